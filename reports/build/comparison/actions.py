"""What a forum agreed to do between two rounds, by dimension, as it stands today."""

from collections.abc import Mapping

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.formats import date_format

from assessment.models import Action, Snapshot
from questionnaires.texts import text
from reports.comparison import AgreedAction


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
        found[action.dimension] = (*found.get(action.dimension, ()), action_in_words(action))
    return found


def action_in_words(action: Action, *, beside: str = "") -> AgreedAction:
    """As it stands, in the active language; `beside` is told right behind what it is."""
    return AgreedAction(
        what=f"{action.what.rstrip('.')}. {beside}" if beside else action.what,
        status=text(f"action.status.{action.status}"),
        owner=action.owner,
        due=date_format(action.due_on, "j F Y") if action.due_on else "",
        evidence=action.evidence,
        seen=text("action.evidence_seen", date=date_format(action.evidence_seen_on, "j F Y"))
        if action.evidence_seen_on
        else "",
    )
