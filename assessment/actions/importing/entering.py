"""Storing answers of an earlier self-assessment as a closed round.

They are cut loose as closing does it, and the result is computed and frozen by the same code. There are no
invitations, no receipts and no open answers, so nobody is told anything by mail.
"""

import datetime
import math
import uuid
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.db.models.functions import TruncDate
from django.utils import timezone

from assessment.actions.cutting_loose import Loose, new_label, shuffled, store
from assessment.actions.freezing import freeze
from assessment.actions.planning import (
    PLACE,
    PlanningError,
    newest_version,
    running_track,
    upcoming_track,
    widened,
    year_from,
)
from assessment.models import Answer, Forum, Response, Round, Track
from questionnaires.models import QuestionnaireVersion

if TYPE_CHECKING:
    import pandas as pd


class Counts(NamedTuple):
    """Respondents who sat for a municipality, their municipalities, and respondents of organisations."""

    members: int
    municipalities: int
    others: int


@transaction.atomic
def import_round(
    *,
    forum: Forum,
    kind: str,
    closed_on: datetime.date,
    members: int,
    answers: "pd.DataFrame",
    version: QuestionnaireVersion | None = None,
) -> Round:
    """Store answers (rule 1.3, from `read_round`) as a round that closed on that day, and freeze its result.

    `members` is N, the municipalities that the forum had then. Without `version` the newest published one. Raises
    PlanningError when the round does not fit or more municipalities answered than there were, and ClosingError when
    the answers do not fit the questionnaire; nothing is stored then.
    """
    held = Forum.objects.select_for_update(no_key=True).get(pk=forum.pk)
    track = _place(held, kind, closed_on, members)
    if answers["delegation"].nunique() > members:
        raise PlanningError("import_round.reason.more_than_members", "members")
    track.save()
    round_ = Round(
        forum=held,
        track=track,
        kind=kind,
        version=version or newest_version(),
        state=Round.State.CLOSED,
        opens_on=closed_on,  # when it began is not asked
        closes_on=closed_on,
    )
    round_.closed_at = min(round_.closes_at, timezone.now())
    round_.save()
    labels = store(_cut_loose(round_, answers))
    freeze(round=round_, closed_at=round_.closed_at, members=members, labels=labels, is_entered=True)
    return round_


def counts_of(answers: "pd.DataFrame") -> Counts:
    """How many respondents the answers of `read_round` have, before they are stored."""
    local = answers[answers["delegation"].notna()]
    members = local["response"].nunique()
    return Counts(members, local["delegation"].nunique(), answers["response"].nunique() - members)


def check_round(*, forum: Forum, kind: str, closed_on: datetime.date, members: int) -> None:
    """Whether such a round could be entered now, without storing anything. Raises PlanningError."""
    _place(forum, kind, closed_on, members)


def _place(forum: Forum, kind: str, closed_on: datetime.date, members: int) -> Track:
    """The track, not saved, to which the round belongs."""
    if forum.is_archived:
        raise PlanningError("round.error.archived")
    if closed_on > timezone.localdate():
        raise PlanningError("import_round.error.future", "closed_on")
    if members < 1:
        raise PlanningError("import_round.error.members", "members")
    track = _track_for(forum, kind, closed_on)
    if track.pk and not _fits(track, kind, closed_on):
        raise PlanningError("round.error.kind", "kind")
    _check_overlap(forum, closed_on)
    return track


def _check_overlap(forum: Forum, closed_on: datetime.date) -> None:
    """One round after the other: none that had begun when this one was over may have lasted longer."""
    begun = forum.rounds.exclude(state=Round.State.PLANNED).filter(opens_on__lte=closed_on)
    if begun.open().exists():
        raise PlanningError("round.error.overlap")
    last = begun.closed().annotate(ended_on=TruncDate("closed_at")).order_by("ended_on").last()
    if last is not None and last.ended_on >= closed_on:
        raise PlanningError("round.error.previous", "closed_on", date=last.ended_on)


def _track_for(forum: Forum, kind: str, closed_on: datetime.date) -> Track:
    """The track that ran then; else the next one, when it can begin with this round; else one of its own."""
    if running := running_track(forum, closed_on):
        return running
    following = upcoming_track(forum, closed_on)
    begun = widened(following, Round(forum=forum), closed_on) if following else None
    if begun and _fits(begun, kind, closed_on):
        return begun
    return year_from(Track(forum=forum), closed_on)


def _fits(track: Track, kind: str, closed_on: datetime.date) -> bool:
    """Each kind once a track and in the order of the kinds; what is only planned comes after what was held."""
    for other in track.rounds.all():
        is_earlier = other.state != Round.State.PLANNED and other.opens_on < closed_on
        if PLACE[other.kind] == PLACE[kind] or is_earlier != (PLACE[other.kind] < PLACE[kind]):
            return False
    return True


def _cut_loose(round_: Round, answers: "pd.DataFrame") -> Loose:
    """Rows without any tie to the file: new keys, new labels and another order, whatever the frame had."""
    loose = Loose([], [], [])
    responses: dict[str, Response] = {}
    labels = {label: new_label() for label in answers["delegation"].dropna().unique()}
    for row in answers.itertuples(index=False):
        if row.response not in responses:
            label = labels.get(row.delegation, "")
            responses[row.response] = Response(
                key=uuid.uuid4(), round=round_, group=row.group, delegation=label
            )
        loose.answers.append(_answer(responses[row.response], row))
    loose.responses.extend(responses.values())
    return shuffled(loose)


def _answer(response: Response, row: Any) -> Answer:
    return Answer(
        response=response,
        kind=row.kind,
        item=row.item,
        value=None if math.isnan(row.value) else int(row.value),
        dont_know=row.dont_know,
    )
