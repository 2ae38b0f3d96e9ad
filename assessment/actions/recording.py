"""Recording what a forum says of itself in a session: the level that it gives itself, and the fact that shows it."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from assessment.actions.holding import hold_round
from assessment.models import GroupLevel, Round


class Placement(NamedTuple):
    """Where the group places itself in a dimension; `level` is None when it found no common one."""

    level: int | None
    evidence: str = ""


@transaction.atomic
def record_group_levels(*, round: Round, placements: Mapping[str, Placement | None]) -> None:
    """Record, change or (None) forget the level of each dimension given by code; others stay as they are.

    Raises RoundStateError unless the round is closed, and KeyError for a dimension or level that its questionnaire
    does not have.
    """
    held = hold_round(round, Round.State.CLOSED)
    for dimension, placement in placements.items():
        _record(held, held.content.dimension(dimension).code, placement)


def _record(round_: Round, dimension: str, placement: Placement | None) -> None:
    if placement is None:
        GroupLevel.objects.filter(round=round_, dimension=dimension).delete()
        return
    if placement.level is not None:
        round_.content.level(placement.level)
    values = placement._asdict() | {"recorded_on": timezone.localdate()}
    GroupLevel.objects.update_or_create(round=round_, dimension=dimension, defaults=values)
