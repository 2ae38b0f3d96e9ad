"""What reference values tell of one forum to whoever knows the scores of others (docs/privacy.md, rules 14.2 to 14.4).

The attacker knows scores to the last decimal, more than any report prints. A forum here is one score of one dimension.
"""

import random
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from assessment.scoring.benchmark import benchmark, may_refresh

TRIED = np.arange(0, 100.01, 0.5)  # the scores that an attacker tries for the forum they do not know
SEEDS = range(12)


def published(scores: Sequence[float]) -> tuple[int, int, int]:
    """Mean, and both ends of the middle half, as the page shows them."""
    value = benchmark(pd.DataFrame({"VIS": list(scores)}))["VIS"]
    assert value is not None
    return value["mean"], value["low"], value["high"]


def shown(table: np.ndarray) -> np.ndarray:
    """The same for many sets of forums at once, one a row."""
    low, high = np.percentile(table, (25, 75), axis=1)
    return np.floor(np.round([table.mean(axis=1), low, high], 9) + 0.5).T


def possible(known: Sequence[float], told: tuple[int, int, int]) -> np.ndarray:
    """The scores of one more forum that would give what is told."""
    table = np.column_stack([np.tile(known, (len(TRIED), 1)), TRIED])
    return TRIED[(shown(table) == told).all(axis=1)]


def spread(values: np.ndarray) -> float:
    return float(values.max() - values.min())


def drawn(seed: int, count: int) -> list[float]:
    chance = random.Random(seed)
    return [round(chance.gauss(55, 14), 3) for _ in range(count)]


def test_many_at_once_are_computed_as_one_by_one():
    rows = [drawn(seed, 6) for seed in SEEDS]

    assert [tuple(map(int, row)) for row in shown(np.array(rows))] == [published(row) for row in rows]


@pytest.mark.parametrize("seed", SEEDS)
def test_of_five_forums_the_fifth_is_told_within_five_points_to_whoever_knows_the_others(seed):
    """Not promised, and written down: five is few. To the outside, which knows none of them, nothing is told."""
    *known, _ = forums = drawn(seed, 5)

    left = possible(known, published(forums))

    assert len(left) > 0
    assert spread(left) <= 5


@pytest.mark.parametrize("newcomers", [1, 2])
def test_one_or_two_newcomers_leave_what_is_published_as_it_was(newcomers):
    """So nothing is told of them, whatever they scored: what is not replaced cannot be compared."""
    before = list(range(5))
    new = list(range(5, 5 + newcomers))

    assert not may_refresh(before, [*before, *new])
    assert not any(may_refresh(before, [*kept, *new]) for kept in combinations(before, 4))


def test_of_three_newcomers_none_is_told_even_to_whoever_knows_all_before():
    """Their sum is told within seven points, each of them alone is not: 6 points are left at least, mostly 20."""
    left = [newcomers_left(seed) for seed in SEEDS]

    assert max(spread(each.sum(axis=1)) for each in left) <= 7
    alone = sorted(min(spread(each[:, place]) for place in range(3)) for each in left)
    assert alone[0] >= 6
    assert alone[len(alone) // 2] >= 20


def newcomers_left(seed: int) -> np.ndarray:
    """Every three scores, two points apart, that would give what is told after three forums came to five."""
    forums = [2 * round(score / 2) for score in drawn(seed, 8)]
    known, told = forums[:5], published(forums)
    tried = np.arange(0, 101, 2.0)
    triples = np.array(np.meshgrid(tried, tried, tried)).reshape(3, -1).T
    means = np.floor(np.round((sum(known) + triples.sum(axis=1)) / 8, 9) + 0.5)
    triples = triples[means == told[0]]  # few are left for what takes longer
    table = np.column_stack([np.tile(known, (len(triples), 1)), triples])
    return triples[(shown(table) == told).all(axis=1)]
