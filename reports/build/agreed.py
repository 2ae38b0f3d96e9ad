"""What the forum agreed to do in the track of a round, as it stands when the report is built."""

from assessment.models import Track
from reports.report import Agreed


def agreed(track: Track) -> tuple[Agreed, ...]:
    """What is due first comes first."""
    return tuple(
        Agreed(
            dimension=each.dimension,
            what=each.what,
            method=each.method,
            owner=each.owner,
            due_on=each.due_on,
            status=each.status,
            evidence=each.evidence,
            seen_on=each.evidence_seen_on,
        )
        for each in track.actions.all()
    )
