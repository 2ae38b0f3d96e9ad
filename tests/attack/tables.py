"""What a displayed number or word leaves possible, worked out with the functions of the scoring itself."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import product
from math import ceil, sqrt
from typing import Any

import numpy as np

from assessment.scoring.agreement import (
    LABELS,
    SMALL_N,
    SMALL_N_BOUND,
    average_deviation,
    awg,
    consensus,
    rwg,
)
from assessment.scoring.scale import half_up, level
from assessment.scoring.uncertainty import half_width, standard_error
from tests.attack.answers import VALUES

SCALED = 10**6  # consensus and indices as whole numbers
MISSING = 2 * SCALED
INDICES = {"rwg": rwg, "awg": awg, "ad": average_deviation}
Entry = Mapping[str, Any]


def sums_for(display: int, places: int) -> range:
    """The sums, each up to 4 · places, of which 25 / places is displayed as this."""
    first, after = (ceil(Fraction((2 * display + side) * places, 50)) for side in (-1, 1))
    return range(max(0, first), min(4 * places + 1, after))


def spreads_for(entry: Entry, total: int, n: int, unit: int, members: int | None) -> tuple[int, int] | None:
    """The least and the largest n · Σ Y² - (Σ Y)² that give the margin and the levels that are told."""
    mean = total * 25 / (unit * n)

    def seen(spread: int) -> tuple[int, int, int]:
        """Margin and width in levels, none of which falls when the spread rises."""
        sd = sqrt(spread / (n * (n - 1))) * 25 / unit
        h = half_width(standard_error(sd, n, members), n - 1)
        return half_up(h), -level(max(0, mean - h)), level(min(100, mean + h))

    wanted = entry["margin"], -entry["level_low"], entry["level_high"]
    most = 4 * (unit * n) ** 2
    first = first_from(lambda spread: all(a >= b for a, b in zip(seen(spread), wanted, strict=True)), most)
    after = first_from(lambda spread: any(a > b for a, b in zip(seen(spread), wanted, strict=True)), most)
    return (first, after - 1) if first < after else None


def first_from(holds: Callable[[int], bool], most: int) -> int:
    """The first whole number up to most + 1 from which a condition holds that never stops to."""
    low, high = 0, most + 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def distributions(whole: int) -> Iterator[tuple[int, ...]]:
    """Every way to spread `whole` over the five answers."""
    rows = product(range(whole + 1), repeat=len(VALUES) - 1)
    return ((*row, whole - sum(row)) for row in rows if sum(row) <= whole)


@cache
def consensus_table(whole: int) -> list[tuple[int, ...]]:
    """Every distribution with its consensus in millionths."""
    return [(*row, round(SCALED * (consensus(row) or 0))) for row in distributions(whole)]


@cache
def indices_table(k: int) -> list[tuple[int, ...]]:
    """Every distribution of k answers with its three indices in millionths; a_wg does not exist for all of them."""
    table = []
    for row in distributions(k):
        given = np.repeat(VALUES, row)
        found = [index(given) for index in INDICES.values()]
        table.append((*row, *(MISSING if value is None else round(SCALED * value) for value in found)))
    return table


def label_bounds(label: str, n: int) -> tuple[float, float]:
    """From which to which consensus a label runs, in millionths (rule 7.3)."""
    bounds = dict(LABELS)
    if n <= SMALL_N:
        bounds["mostly_agreed"] = max(bounds["mostly_agreed"], SMALL_N_BOUND)
    codes = list(bounds)
    place = codes.index(label)
    return SCALED * bounds[label], SCALED * (bounds[codes[place - 1]] if place else 1.0)
