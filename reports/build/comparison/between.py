"""What happened between two rounds, beside the answers: who came to sit in the forum, and what it agreed to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessment.composition import has_merger, seats_changed
from assessment.models import Round, Snapshot
from reports.comparison import AgreedAction


@dataclass(frozen=True)
class Between:
    """`seats_changed` is None when nobody can tell any more; actions are by code of the dimension.

    `is_since_start`: the first round is the baseline of the track of the second, and so the time over which members
    were asked about change is the time that is measured.
    """

    is_since_start: bool = True
    seats_changed: int | None = None
    has_merger: bool = False
    actions: Mapping[str, tuple[AgreedAction, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, first: Snapshot, second: Snapshot, actions: Mapping[str, tuple[AgreedAction, ...]]
    ) -> "Between":
        begins, ends = first.round, second.round
        return cls(
            is_since_start=begins.track_id == ends.track_id and begins.kind == Round.Kind.BASELINE,
            seats_changed=seats_changed(first, second),
            has_merger=has_merger(first, second),
            actions=actions,
        )
