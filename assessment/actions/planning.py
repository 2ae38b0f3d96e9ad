"""Planning a round, changing or cancelling the plan, and moving the closing date of an open round.

Planning holds the row of the forum, so that two coaches never plan the same kind twice or two rounds over each
other. What concerns one round holds that round as well; in another state than it needs it raises RoundStateError.
"""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from assessment.actions.holding import hold_round
from assessment.actions.refusals import RefusedError
from assessment.models import Forum, Member, Round, Track
from questionnaires.models import QuestionnaireVersion

# Where a kind stands in a track.
PLACE: dict[str, int] = {kind: place for place, kind in enumerate(Round.Kind)}


class PlanningError(RefusedError):
    """A plan that breaks a rule."""


def running_track(forum: Forum, day: datetime.date) -> Track | None:
    """The track whose year holds `day`; the last one that began, should two years overlap."""
    return forum.tracks.filter(starts_on__lte=day, ends_on__gte=day).order_by("-starts_on").first()


def current_track(forum: Forum) -> Track | None:
    """The track that runs today, else the next one; None when a new plan begins one."""
    today = timezone.localdate()
    return running_track(forum, today) or upcoming_track(forum, today)


def upcoming_track(forum: Forum, day: datetime.date) -> Track | None:
    """The first track that begins after `day`."""
    return forum.tracks.filter(starts_on__gt=day).order_by("starts_on").first()


def track_to_show(forum: Forum) -> Track | None:
    """The current track, else the last one that ended; None for a forum without any."""
    return current_track(forum) or forum.tracks.order_by("-starts_on").first()


def free_kinds(track: Track | None) -> list[str]:
    """The kinds that no round of the track has yet and that can still follow what was opened, in order."""
    rounds = track.rounds.values_list("kind", "state") if track else []
    taken = {kind for kind, _ in rounds}
    begun = [PLACE[kind] for kind, state in rounds if state != Round.State.PLANNED]
    return [kind for kind in Round.Kind if kind not in taken and PLACE[kind] > max(begun, default=-1)]


def newest_version() -> QuestionnaireVersion:
    """The version that a new round uses. Raises PlanningError when none is published."""
    version = QuestionnaireVersion.objects.published().newest()
    if version is None:
        raise PlanningError("round.error.no_version")
    return version


@transaction.atomic
def plan_round(
    *,
    forum: Forum,
    kind: str,
    opens_on: datetime.date,
    closes_on: datetime.date,
    version: QuestionnaireVersion | None = None,
    message: str = "",
    members: Iterable[Member] = (),
    has_reminders: bool = True,
) -> Round:
    """Plan a round in the track that runs on `opens_on`, or in a new track of one year from that day.

    Without `version` the newest published one; without `members` everybody who sits when the round opens.
    That `opens_on` lies ahead is for the caller: a demo plans rounds of the past. Raises PlanningError.
    """
    forum = Forum.objects.select_for_update(no_key=True).get(pk=forum.pk)
    if forum.is_archived:
        raise PlanningError("round.error.archived")
    round_ = Round(forum=forum, version=version or newest_version(), has_reminders=has_reminders)
    return _plan(round_, kind, opens_on, closes_on, message, members)


@transaction.atomic
def change_round(
    *,
    round: Round,
    kind: str,
    opens_on: datetime.date,
    closes_on: datetime.date,
    message: str = "",
    members: Iterable[Member] = (),
    has_reminders: bool = True,
) -> Round:
    """Change a planned round; the same rules as planning, and its version stays. Raises PlanningError."""
    Forum.objects.select_for_update(no_key=True).get(pk=round.forum_id)
    planned = hold_round(round, Round.State.PLANNED)
    track, planned.has_reminders = planned.track, has_reminders
    changed = _plan(planned, kind, opens_on, closes_on, message, members)
    _drop_when_empty(track)
    return changed


@transaction.atomic
def cancel_round(*, round: Round) -> None:
    """Forget a planned round, and its track when it was the only round. Raises PlanningError."""
    Forum.objects.select_for_update(no_key=True).get(pk=round.forum_id)
    planned = hold_round(round, Round.State.PLANNED)
    planned.delete()
    _drop_when_empty(planned.track)


@transaction.atomic
def postpone_closing(*, round: Round, closes_on: datetime.date) -> Round:
    """Give members of an open round more time: the date moves later only, and not once it has passed.

    Raises PlanningError.
    """
    open_round = hold_round(round, Round.State.OPEN)
    if not open_round.takes_answers:
        raise PlanningError("round.error.too_late")
    if closes_on <= open_round.closes_on:
        raise PlanningError("round.error.extend_past", "closes_on")
    _check_next(open_round, open_round.opens_on, closes_on)
    open_round.closes_on = closes_on
    open_round.save(update_fields=["closes_on"])
    return open_round


def _plan(
    round_: Round,
    kind: str,
    opens_on: datetime.date,
    closes_on: datetime.date,
    message: str,
    members: Iterable[Member],
) -> Round:
    if closes_on <= opens_on:
        raise PlanningError("round.error.order", "closes_on")
    track = _track_for(round_, opens_on)
    _check_kind(round_, track, kind, opens_on)
    _check_previous(round_, opens_on)
    _check_next(round_, opens_on, closes_on)
    track.save()
    round_.track, round_.kind, round_.message = track, kind, message
    round_.opens_on, round_.closes_on = opens_on, closes_on
    round_.save()
    round_.chosen_members.set(members)
    return round_


def _track_for(round_: Round, opens_on: datetime.date) -> Track:
    """The own track, the one that runs then or the next one, as long as one year holds it; else a new one."""
    if round_.pk is not None and (track := widened(round_.track, round_, opens_on)):
        return track
    if running := running_track(round_.forum, opens_on):
        return running
    upcoming = upcoming_track(round_.forum, opens_on)
    if upcoming and (track := widened(upcoming, round_, opens_on)):
        return track
    return year_from(Track(forum=round_.forum), opens_on)


def widened(track: Track, round_: Round, opens_on: datetime.date) -> Track | None:
    """The track as the year from its first round, this one among them; None when they are a year apart."""
    days = [opens_on, *_others(track.rounds.all(), round_).values_list("opens_on", flat=True)]
    return year_from(track, min(days)) if max(days) < _a_year_later(min(days)) else None


def year_from(track: Track, day: datetime.date) -> Track:
    """The track as one year from `day`; not saved."""
    track.starts_on, track.ends_on = day, _a_year_later(day) - datetime.timedelta(days=1)
    return track


def _a_year_later(day: datetime.date) -> datetime.date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, month=3, day=1)


def _check_kind(round_: Round, track: Track, kind: str, opens_on: datetime.date) -> None:
    """Each kind once a track, and in the order of the kinds."""
    place = PLACE[kind]
    others = _others(track.rounds.all(), round_) if track.pk else Round.objects.none()
    for other in others:
        is_earlier = other.state != Round.State.PLANNED or other.opens_on < opens_on
        if is_earlier and other.kind == Round.Kind.FINAL:
            raise PlanningError("round.error.track_full", "opens_on", date=track.ends_on)
        if PLACE[other.kind] == place or is_earlier != (PLACE[other.kind] < place):
            raise PlanningError("round.error.kind", "kind")


def _check_previous(round_: Round, opens_on: datetime.date) -> None:
    """One round after the other; one that was closed early leaves the days after it free."""
    not_closed = _others(round_.forum.rounds.all(), round_).exclude(state=Round.State.CLOSED)
    earlier = not_closed.filter(Q(opens_on__lte=opens_on) | Q(state=Round.State.OPEN))
    previous = earlier.order_by("-closes_on").first()
    if previous is not None and previous.closes_on >= opens_on:
        raise PlanningError("round.error.previous", "opens_on", date=previous.closes_on)


def _check_next(round_: Round, opens_on: datetime.date, closes_on: datetime.date) -> None:
    later = _others(round_.forum.rounds.all(), round_).filter(
        state=Round.State.PLANNED, opens_on__gt=opens_on
    )
    following = later.order_by("opens_on").first()
    if following is not None and following.opens_on <= closes_on:
        raise PlanningError("round.error.next", "closes_on", date=following.opens_on)


def _others(rounds: QuerySet[Round], round_: Round) -> QuerySet[Round]:
    return rounds.exclude(pk=round_.pk)


def _drop_when_empty(track: Track) -> None:
    """A track without a round is nothing yet: the next plan makes it anew. What a forum chose or agreed stays."""
    if not (track.rounds.exists() or track.targets.exists() or track.actions.exists()):
        track.delete()
