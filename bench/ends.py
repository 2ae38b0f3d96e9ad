"""What the score and the margin of a dimension tell of one person in a forum of five, for docs/privacy.md.

    .venv/bin/python -m bench.ends

Both rest on how far each person is from the lowest end over the four statements, 0 to 16 steps, and on nothing else of
the answers. So all forums of a make-up are counted at once, one for each set of distances, weighted by the number of
answers that give it. The reader is one of the five and knows who came for which municipality and the own answers.
Somebody from 1 to 15 steps from the end keeps two answers to every statement, whatever is known of the distance; so
only the answers of somebody at 0 or 16 can be found out, and are when that is the only distance that fits.
"""

from collections.abc import Iterator
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from assessment.scoring.scale import LEVEL_CUTS
from assessment.scoring.uncertainty import RHO, SD_FLOOR

END = 16  # steps of one person between the ends: four statements, four steps each
MEMBERS = 16
ROOM = 125  # of the rule that was tried: points times municipalities
HEAD = "| from the own municipality | from the others | margin | under 1 step | 1 to 4 | to 8 | more | farthest |"
BOUNDS = (0, 0.999, 4, 8, 99)  # steps; sums of thirds and halves are never just under a whole one


class Margin(Enum):
    """What is told of the spread: the margin as it is, none, or close to an end the widest that the score allows."""

    ALWAYS = "as it is"
    WIDEST = "widest near an end"
    NEVER = "none"


class MakeUp(NamedTuple):
    """How many people the reader's municipality sends, the reader included, and each of the others."""

    own: int
    others: tuple[int, ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        return self.own, *self.others

    @property
    def unknown(self) -> tuple[int, ...]:
        """The same without the reader."""
        return self.own - 1, *self.others


MAKE_UPS = (
    MakeUp(3, (1, 1)),
    MakeUp(1, (3, 1)),
    MakeUp(2, (2, 1)),
    MakeUp(1, (2, 2)),
    MakeUp(2, (1, 1, 1)),
    MakeUp(1, (2, 1, 1)),
    MakeUp(1, (1, 1, 1, 1)),
)


class Worlds(NamedTuple):
    """All that the others may have answered, a column each.

    `sums` are the steps per municipality without the reader's, `ways` the numbers of answers that give them,
    `steps` the distance of all others together from the nearest end, in steps of one municipality.
    """

    sums: np.ndarray
    ways: np.ndarray
    steps: np.ndarray


class Told(NamedTuple):
    """Of all forums in which the others are not all at one end: the share per column in which somebody is found out.

    `farthest` is how many steps the others are from the nearest end in the farthest of them, 0 when there is none.
    """

    shares: list[float]
    farthest: float


def ways_of(people: int) -> np.ndarray:
    """In how many ways so many people are 0, 1, 2 … steps from the end together."""
    ways = np.ones(1)
    for _ in range(4 * people):
        ways = np.convolve(ways, np.ones(5))
    return ways


def worlds(make_up: MakeUp) -> Worlds:
    counted = [ways_of(people) for people in make_up.unknown]
    sums = np.array([each.ravel() for each in np.indices([each.size for each in counted])])
    ways = np.prod([each[own] for each, own in zip(counted, sums, strict=True)], axis=0)
    sizes = np.array(make_up.sizes)
    low = (sums / sizes[:, None]).sum(axis=0)
    return Worlds(sums, ways, np.minimum(low, low.max() - low))


def published(votes: np.ndarray, members: int | None, margin: Margin = Margin.ALWAYS) -> np.ndarray:
    """Score, margin and levels of the ends (rules 2.2, 2.4 and 6.4), a row a world; `votes` a row a delegation.

    What is not told is 0.
    """
    n, mean = len(votes), votes.mean(axis=0)
    score = half_up(mean)
    if margin is Margin.NEVER:
        return np.column_stack([score, *np.zeros((3, score.size), dtype=int)])
    part = 0 if members is None else RHO * n / members
    sd = np.maximum(votes.std(axis=0, ddof=1), SD_FLOOR)
    if margin is Margin.WIDEST:
        near = np.minimum(score, 100 - score)
        distance = np.minimum(near + 0.5, 50)
        sd = np.where(near * n > ROOM, sd, np.sqrt(distance * (100 - distance) * n / (n - 1)))
    h = stdtrit(n - 1, 0.975) * sd * np.sqrt((1 - part) / n)
    ends = half_up(np.clip([mean - h, mean + h], 0, 100))
    return np.column_stack([score, half_up(h), *np.searchsorted(LEVEL_CUTS, ends, side="right")])


def half_up(values: np.ndarray) -> np.ndarray:
    """Rule 2.2 for many values at once."""
    return np.floor(np.round(values, 9) + 0.5).astype(int)


def found_out(
    make_up: MakeUp, found: Worlds, own: int, members: int | None, margin: Margin = Margin.ALWAYS
) -> np.ndarray:
    """Per world whether somebody's answers are the only ones that fit, for a reader `own` steps from the end."""
    sums = found.sums.copy()
    sums[0] += own
    shown = published(100 / END * sums / np.array(make_up.sizes)[:, None], members, margin)
    # One number for each row; numpy orders rows much more slowly.
    _, same = np.unique(np.ravel_multi_index(shown.T, (101, 1000, 5, 5)), return_inverse=True)
    is_told = np.zeros(same.max() + 1, dtype=bool)
    for steps, people in zip(found.sums, make_up.unknown, strict=True):
        for end in (0, END * people) if people else ():
            is_told |= np.bincount(same, weights=steps != end) == 0
    return is_told[same]


def told(make_up: MakeUp, margin: Margin = Margin.ALWAYS, members: int | None = MEMBERS) -> Told:
    """Over all answers of all five. Forums in which all others are at one end tell that anyway, and are left out."""
    found, reader = worlds(make_up), ways_of(1)
    by_own = [found_out(make_up, found, own, members, margin) for own in range(END + 1)]
    share = reader @ np.array(by_own) / reader.sum()
    is_far = (found.steps > 0) & np.any(by_own, axis=0)
    return Told(list(_shares(found, share)), float(found.steps[is_far].max(initial=0)))


def _shares(found: Worlds, share: np.ndarray) -> Iterator[float]:
    for after, last in pairwise(BOUNDS):
        own = found.ways * ((found.steps > after) & (found.steps <= last))
        yield float((own * share).sum() / own.sum()) if own.any() else 0.0


def table() -> list[str]:
    """The rows of the table in docs/privacy.md."""
    return [_row(make_up, margin, told(make_up, margin)) for make_up in MAKE_UPS for margin in Margin]


def _row(make_up: MakeUp, margin: Margin, found: Told) -> str:
    others = " + ".join(map(str, make_up.others))
    shares = " | ".join(map(_percent, found.shares))
    farthest = f"{found.farthest:.1f}" if found.farthest else "–"
    return f"| {make_up.own} | {others} | {margin.value} | {shares} | {farthest} |"


def _percent(share: float) -> str:
    return "–" if share == 0 else "< 0.1%" if share < 0.001 else f"{share:.1%}"


if __name__ == "__main__":
    print(HEAD, "|---" * 8 + "|", *table(), sep="\n")
