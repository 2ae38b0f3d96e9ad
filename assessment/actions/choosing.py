"""What a forum chooses for its year: target levels, and the priorities that it works on.

Both are kept beside what they stand next to: a target beside the ones before it, a priority beside what the rule
proposed from the frozen result.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from assessment.actions.holding import hold_round, hold_track
from assessment.actions.refusals import RefusedError
from assessment.models import Priority, Round, Target, Track


class ChoosingError(RefusedError):
    """A choice that breaks a rule."""


class Decision(NamedTuple):
    """What a forum decided to work on after a round: codes in order, and why they are not those of the calculation.

    `chosen` is None before it did, and empty when it chose none; the reason is empty where it follows the calculation.
    """

    chosen: tuple[str, ...] | None
    reason: str


def decision_after(round: Round) -> Decision:
    """One query."""
    rows = list(round.priorities.order_by("place").values_list("proposed", "chosen", "reason"))
    if not rows:
        return Decision(None, "")
    reasons = [reason for proposed, _, reason in rows if proposed and reason]
    return Decision(tuple(chosen for _, chosen, _ in rows if chosen), reasons[0] if reasons else "")


class Wish(NamedTuple):
    """A target level as the forum chose it; `level` is None where it wants none."""

    level: int | None
    reason: str = ""


class Chosen(NamedTuple):
    """A target level that stands."""

    level: int
    reason: str
    chosen_on: datetime.date


def chosen_targets(track: Track) -> dict[str, Chosen]:
    """The targets by which the forum stands, by code of the dimension."""
    return {
        each.dimension: Chosen(each.level, each.reason, each.chosen_on)
        for each in track.targets.current()
        if each.level is not None
    }


@transaction.atomic
def choose_targets(*, track: Track, wishes: Mapping[str, Wish], chosen_on: datetime.date) -> list[Target]:
    """Choose, change or take back the target of each dimension given by code; others stay as they are.

    What was chosen before stays as history. A wish that changes nothing is no new choice.
    """
    held = hold_track(track)
    current = {each.dimension: each for each in held.targets.current()}
    return [
        _choose(held, dimension, wish, chosen_on, current.get(dimension))
        for dimension, wish in wishes.items()
        if _is_new(wish, current.get(dimension))
    ]


def _is_new(wish: Wish, before: Target | None) -> bool:
    if before is None or before.level is None:
        return wish.level is not None
    return wish != (before.level, before.reason)


def _choose(
    track: Track, dimension: str, wish: Wish, chosen_on: datetime.date, before: Target | None
) -> Target:
    if before is not None:
        before.replaced_on = timezone.localdate()
        before.save(update_fields=["replaced_on"])
    return Target.objects.create(track=track, dimension=dimension, chosen_on=chosen_on, **wish._asdict())


def proposed_priorities(round: Round) -> list[str]:
    """The dimensions that the rule proposes after a closed round, the first one first (Rule 11.3)."""
    return [each["dimension"] for each in round.snapshot.result["priorities"]]


@transaction.atomic
def decide_priorities(
    *, round: Round, chosen: Sequence[str], reason: str, decided_on: datetime.date
) -> list[Priority]:
    """What the forum works on after this round; another decision takes the place of an earlier one.

    Proposal and choice stand beside each other in each place. Raises ChoosingError for too many and for leaving a
    proposal out without a reason, RoundStateError unless the round is closed.
    """
    held = hold_round(round, Round.State.CLOSED)
    if len(chosen) > (most := held.content.scoring.priority.n_priorities):
        raise ChoosingError("track.priorities.error.too_many", "chosen", count=most)
    proposed = proposed_priorities(held)
    if not reason and not set(proposed) <= set(chosen):
        raise ChoosingError("track.priorities.error.reason", "reason")
    held.priorities.all().delete()
    places = enumerate(_pairs(proposed, chosen), start=1)
    return [
        Priority.objects.create(
            round=held,
            place=place,
            proposed=before,
            chosen=after,
            reason="" if before == after else reason,
            decided_on=decided_on,
        )
        for place, (before, after) in places
    ]


def _pairs(proposed: Sequence[str], chosen: Sequence[str]) -> list[tuple[str, str]]:
    """What was proposed beside what was chosen: an accepted proposal beside itself, else another dimension."""
    others = iter([each for each in chosen if each not in proposed])
    pairs = [(each, each if each in chosen else next(others, "")) for each in proposed]
    return [*pairs, *(("", each) for each in others)]
