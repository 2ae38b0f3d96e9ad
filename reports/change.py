"""What changed between rounds, as plain values: in the report of a round and in a comparison of two alike."""

from dataclasses import dataclass


def signed(number: int | None) -> str:
    """A difference with its sign, the minus of typography; a dash for none."""
    if number is None:
        return "–"
    return f"+{number}" if number > 0 else str(number).replace("-", "\N{MINUS SIGN}")


@dataclass(frozen=True)
class Score:
    """A score with its margin in one round, whole numbers."""

    display: int
    margin: int


@dataclass(frozen=True)
class Changed:
    """A dimension in two rounds; a side that is not shown is None.

    `difference` and its `margin` are None where the two are not put beside each other, and `told` ("+7 (marge 5)") is
    empty then; `verdict` ("binnen de marge") and `sentence` are always there. `target` is the level that the forum aims
    at and `target_from` the lowest score on it.
    """

    name: str
    before: Score | None
    after: Score | None
    difference: int | None
    margin: int | None
    told: str
    verdict: str
    sentence: str
    target: str
    target_from: int | None

    @property
    def signed_difference(self) -> str:
        return signed(self.difference)


@dataclass(frozen=True)
class Since:
    """What changed since an earlier round; `names` are those of both rounds.

    `reason` says why the rounds as a whole cannot be compared, empty when they can. `description` has what the chart
    shows in words. `findings` are the sentences on which the numbers say something, `total` is what both rounds say
    over all dimensions, `notes` is what to bear in mind.
    """

    title: str
    names: tuple[str, str]
    reason: str
    changes: tuple[Changed, ...]
    description: str
    findings: tuple[str, ...]
    total: tuple[str, ...]
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

    @property
    def has_score(self) -> bool:
        """Without a total in any round there is nothing to draw."""
        return any(each.score is not None for each in self.moments)


@dataclass(frozen=True)
class Change:
    """Since the first round of the track, and since the round before this one where that is another."""

    year: Year
    comparisons: tuple[Since, ...]


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
