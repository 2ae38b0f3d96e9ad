"""What changed since earlier rounds, as plain values."""

from dataclasses import dataclass


def signed(number: int | None) -> str:
    """A difference with its sign, the minus of typography; a dash for none."""
    if number is None:
        return "–"
    return f"+{number}" if number > 0 else str(number).replace("-", "\N{MINUS SIGN}")


@dataclass(frozen=True)
class Changed:
    """A dimension in two rounds, whole numbers or None; `verdict` is the conclusion in words, `sentence` in full."""

    name: str
    before: int | None
    after: int | None
    difference: int | None
    margin: int | None
    verdict: str
    sentence: str

    @property
    def signed_difference(self) -> str:
        return signed(self.difference)


@dataclass(frozen=True)
class Comparison:
    """What changed since an earlier round.

    `findings` are the sentences on which the numbers say something, `notes` is what to bear in mind.
    """

    title: str
    dimensions: tuple[Changed, ...]
    findings: tuple[str, ...]
    total: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Moment:
    """A round in the year: `place` from 0 (start of the track) to 1 (its end), and the total score if there is one."""

    name: str
    date: str
    place: float
    score: int | None
    margin: int | None


@dataclass(frozen=True)
class Year:
    """The total over the rounds of a track. `is_joined` tells for each two rounds whether they may be compared."""

    start: str
    end: str
    moments: tuple[Moment, ...]
    is_joined: tuple[bool, ...]
    description: str


@dataclass(frozen=True)
class Change:
    """Since the first round of the track, and since the round before this one where that is another."""

    year: Year
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True)
class Experience:
    """How the members see the change in a dimension: their average from -100 to 100, beside the measured conclusion."""

    name: str
    experienced: int | None
    answer: str
    verdict: str
    sentence: str

    @property
    def signed_experienced(self) -> str:
        return signed(self.experienced)
