"""What the forum of a track agreed to do, by dimension, as it stands when the report is built."""

from collections.abc import Mapping

from django.utils.formats import date_format

from assessment.models import Action, Track
from questionnaires.texts import text
from reports.agreed import AgreedAction


def agreed_actions(track: Track) -> Mapping[str, tuple[AgreedAction, ...]]:
    """All actions of the track, in the active language; one query."""
    found: dict[str, tuple[AgreedAction, ...]] = {}
    for action in track.actions.all():
        found[action.dimension] = (*found.get(action.dimension, ()), told_action(action))
    return found


def told_action(action: Action) -> AgreedAction:
    return AgreedAction(
        what=action.what,
        status=text(f"action.status.{action.status}"),
        owner=action.owner,
        due=date_format(action.due_on, "j F Y") if action.due_on else "",
        evidence=action.evidence,
        seen=text("action.evidence_seen", date=date_format(action.evidence_seen_on, "j F Y"))
        if action.evidence_seen_on
        else "",
    )
