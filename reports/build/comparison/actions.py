"""What a forum agreed to do between two rounds, by dimension, as it stands today."""

from collections.abc import Mapping

from django.db.models import Max, Q
from django.utils import timezone

from assessment.models import Action, Snapshot
from reports.agreed import AgreedAction
from reports.build.agreed import told_action


def actions_between(first: Snapshot, second: Snapshot) -> Mapping[str, tuple[AgreedAction, ...]]:
    """Actions that could have moved a dimension between both closings, in the active language; one query.

    Neither what was added after the second closed nor what had come to its end when the first did.
    """
    could_still_move = (
        Q(status__in=Action.UNFINISHED) | Q(last_moved_at=None) | Q(last_moved_at__gt=first.closed_at)
    )
    actions = (
        Action.objects.filter(
            track__in={first.round.track_id, second.round.track_id},
            added_on__lte=timezone.localdate(second.closed_at),
        )
        .annotate(last_moved_at=Max("moves__moved_at"))
        .filter(could_still_move)
    )
    found: dict[str, tuple[AgreedAction, ...]] = {}
    for action in actions:
        found[action.dimension] = (*found.get(action.dimension, ()), told_action(action))
    return found
