"""What the members find important, as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Weighed:
    """How important a dimension is to the members, beside its score; None where not shown.

    `quadrant` is one word, and `meaning` what it stands for; both are empty where one of the two is not shown.
    """

    name: str
    short_name: str
    importance: int | None
    score: int | None
    quadrant: str
    meaning: str
    is_priority: bool


@dataclass(frozen=True)
class Quadrant:
    """A quarter of the importance matrix: more or less important, and beyond the score that leaves room or not."""

    name: str
    is_important: bool
    is_advanced: bool


@dataclass(frozen=True)
class Importance:
    """What the members find important. `line` parts more from less important, None where nothing does.

    `filled` says what the priorities are: of the forum, or proposed.
    """

    dimensions: tuple[Weighed, ...]
    quadrants: tuple[Quadrant, ...]
    performance_line: int
    line: float | None
    description: str
    notes: tuple[str, ...]
    filled: str
