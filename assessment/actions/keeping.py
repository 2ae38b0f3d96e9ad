"""What is past its retention period goes: members, invitations, responses, results, tracks, entries of the audit trail.

A period counts whole days, from the day after the last one: what happened on 3 March and is kept twelve months is
there on 3 March of the next year and gone on the 4th. The audit trail does not note any of it, since its entry would
keep what was erased. Erasing again finds nothing left to erase.
"""

import calendar
import datetime
import logging
from typing import NamedTuple

from auditlog.context import disable_auditlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from assessment import tasks
from assessment.actions import cleaning
from assessment.actions.batching import end_batches_with, erase_expired_batches
from assessment.actions.faults import told_briefly
from assessment.actions.forgetting import erase_trail, forget_members
from assessment.models import (
    Answer,
    Benchmark,
    Forum,
    Invitation,
    Member,
    OpenAnswer,
    Response,
    Round,
    Session,
    Snapshot,
    Track,
)
from assessment.models.forums import MemberQuerySet
from assessment.models.rounds import RoundQuerySet

logger = logging.getLogger(__name__)

EARLIEST = datetime.date(1970, 1, 1)  # before anything that is stored


class Erased(NamedTuple):
    """How many rows of each kind went; `entries` of the audit trail."""

    invitations: int
    responses: int
    open_answers: int
    results: int
    members: int
    tracks: int
    sessions: int
    batches: int
    entries: int

    @property
    def told(self) -> str:
        """In words, for a log and a terminal: "invitations 8, responses 0, …"."""
        return ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in self._asdict().items())


def erase_expired(*, is_trial: bool = False) -> Erased:
    """Erase whatever is past its period, and then from the files of the database. `is_trial` only counts.

    Invitations go before members, who stay as long as an invitation names them. Each kind is a transaction of its
    own; when the files cannot be cleaned now, the worker tries again.
    """
    if is_trial:
        with transaction.atomic():
            erased = _erase_all()
            transaction.set_rollback(True)
        return erased
    erased = _erase_all()
    if any(erased):
        _clean_behind()
    return erased


def _erase_all() -> Erased:
    invitations, (responses, open_answers) = erase_invitations(), erase_responses()
    results, members = erase_results(), erase_members()
    tracks, sessions = erase_tracks(), erase_sessions()
    batches, entries = erase_expired_batches(), erase_trail(before=_moment("trail"))
    return Erased(invitations, responses, open_answers, results, members, tracks, sessions, batches, entries)


@transaction.atomic
def erase_invitations() -> int:
    """Erase the invitations of rounds that closed long enough ago, and with them what their mails came to."""
    expired = Invitation.objects.filter(round__in=_closed_long_ago("mails"))
    return expired.delete()[1].get(Invitation._meta.label, 0)


@transaction.atomic
def erase_responses() -> tuple[int, int]:
    """Erase responses and open answers of rounds that closed long enough ago; their result links end.

    Returns how many of each. The frozen result stays.
    """
    rounds = _closed_long_ago("responses")
    Answer.objects.filter(response__round__in=rounds).delete()
    responses = Response.objects.filter(round__in=rounds).delete()[0]
    return responses, OpenAnswer.objects.filter(round__in=rounds).delete()[0]


@transaction.atomic
def erase_results() -> int:
    """Erase frozen results of long ago, each with its round and whatever else is left of that, and reference values.

    Files of many reports that hold one of them go too, before their day is over.
    """
    expired = Snapshot.objects.filter(round__in=_closed_long_ago("results"))
    rounds = list(expired.values_list("round_id", flat=True))
    end_batches_with(rounds)
    expired.delete()
    with disable_auditlog():
        Round.objects.filter(pk__in=rounds).delete()
        # Values as old as that are of results that are gone.
        Benchmark.objects.filter(frozen_at__lt=_moment("results")).delete()
    return len(rounds)


@transaction.atomic
def erase_members() -> int:
    """Erase who left long enough ago, and who sits in a forum whose last track ended as long ago.

    Whoever an invitation still names stays, and so does whoever is chosen for a round that has yet to close. The
    audit trail forgets who they were. The forums are held, in order, so that no round is planned meanwhile.
    """
    forums = _expired_members().order_by().values_list("forum", flat=True).distinct()
    list(Forum.objects.select_for_update(no_key=True).filter(pk__in=list(forums)).order_by("pk"))
    erased = list(_expired_members().values_list("pk", flat=True))
    with disable_auditlog():
        Member.objects.filter(pk__in=erased).delete()
    forget_members(erased, before=_moment("members"))
    return len(erased)


@transaction.atomic
def erase_tracks() -> int:
    """Erase tracks of long ago with what the forum chose and agreed in them, once their last result is gone.

    A track by which members are still to be erased stays until they are.
    """
    day = min(_day("results"), _day("members"))
    expired = Track.objects.filter(ends_on__lt=day, rounds__isnull=True)
    with disable_auditlog():
        return expired.delete()[1].get(Track._meta.label, 0)


@transaction.atomic
def erase_sessions() -> int:
    """Erase sessions that were held as long ago as results are kept, with their note and what was agreed."""
    with disable_auditlog():
        erased = Session.objects.filter(ends_at__lt=_moment("results")).delete()[1]
    return erased.get(Session._meta.label, 0)


def _expired_members() -> MemberQuerySet:
    """Whoever joined after the last track is waiting for the next one and no remnant of the last."""
    day = _day("members")
    last_track = Track.objects.filter(forum=OuterRef("forum")).order_by("-ends_on").values("ends_on")[:1]
    chosen = Round.chosen_members.through.objects.filter(member=OuterRef("pk")).exclude(
        round__state=Round.State.CLOSED
    )
    return Member.objects.annotate(track_ended_on=Subquery(last_track)).filter(
        Q(active_until__lt=day) | Q(track_ended_on__lt=day, active_from__lt=day),
        ~Exists(Invitation.objects.filter(member=OuterRef("pk"))),
        ~Exists(chosen),
    )


def _closed_long_ago(what: str) -> RoundQuerySet:
    return Round.objects.closed().filter(closed_at__lt=_moment(what))


def _moment(what: str) -> datetime.datetime:
    """The midnight before which everything of this kind is past its period."""
    return timezone.make_aware(datetime.datetime.combine(_day(what), datetime.time.min))


def _day(what: str) -> datetime.date:
    return months_before(timezone.localdate(), settings.KEEP_MONTHS[what])


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months earlier, or the last day of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < EARLIEST.year:
        return EARLIEST
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def _clean_behind() -> None:
    try:
        cleaning.clean_up_expired()
    except Exception as error:
        logger.warning("cleaning the database waits: %s", told_briefly(error))
        tasks.queue_cleaning_expired()
