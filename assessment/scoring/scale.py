"""Rule family 2 and 12: the scale from 0 to 100, the one rounding function, levels and targets."""

from typing import TYPE_CHECKING, Any, Literal, TypedDict, TypeVar

import numpy as np

from assessment.scoring.rounding import NOISE_DECIMALS, half_up

if TYPE_CHECKING:
    # Only named here, so that a report can round without the second that pandas takes to load.
    import pandas as pd

__all__ = [
    "displayed",
    "half_up",
    "level",
    "level_range",
    "target_gap",
    "to100",
    "to_signed100",
    "without_noise",
]

Numbers = TypeVar("Numbers", float, np.ndarray, "pd.Series")

LEVEL_CUTS = (20, 40, 60, 80)
Status = Literal["reached", "within_margin", "not_reached"]


class TargetGap(TypedDict):
    """What separates a dimension from the level that the forum aims at (rule 12.1)."""

    status: Status
    levels: int
    points: int


def to100(value: Numbers, low: float = 1, high: float = 5) -> Numbers:
    """Rule 2.1: y = (x - low) / (high - low) * 100; 1, 2, 3, 4, 5 become 0, 25, 50, 75, 100.

    A number, Series or array of any shape gives the same shape. NaN stays NaN. Nothing is rounded. The
    transformation is linear, so the mean of transformed answers is the transformed mean.
    """
    return (value - low) / (high - low) * 100


def to_signed100(value: Numbers, low: float = 1, high: float = 5) -> Numbers:
    """Rule 2.1: (x - middle) / half the width * 100, from -100 to +100, for experienced change.

    A number, Series or array of any shape gives the same shape. NaN stays NaN.
    """
    return (value - (low + high) / 2) / ((high - low) / 2) * 100


def displayed(values: np.ndarray) -> np.ndarray:
    """Rule 2.2 for a whole array of scores, as floats; NaN stays NaN."""
    return np.floor(without_noise(values) + 0.5)


def without_noise(value: Numbers) -> Numbers:
    """Rule 2.5: a value as it is compared with a threshold, so that 0.3 reached by adding is 0.3."""
    found: Any = np.round(value, NOISE_DECIMALS) if np.ndim(value) else round(float(value), NOISE_DECIMALS)
    return found


def level(score: float, cuts: tuple[int, ...] = LEVEL_CUTS) -> int:
    """Rule 2.3: L = 1 + the number of cuts that the displayed score reaches, 1 to 5 with four cuts."""
    shown = half_up(score)
    return 1 + sum(shown >= cut for cut in cuts)


def level_range(lower: float, upper: float, cuts: tuple[int, ...] = LEVEL_CUTS) -> tuple[int, int]:
    """Rule 2.4: the levels of both ends of an interval; when they differ the score lies on a boundary."""
    return level(lower, cuts), level(upper, cuts)


def target_gap(
    score: float, upper: float | None, target: int, cuts: tuple[int, ...] = LEVEL_CUTS
) -> TargetGap:
    """Rule 12.1: how far a score is from the target level.

    `reached` if the level is at least the target; `within_margin` if the level of the interval's upper end is
    (`upper` None: there is no interval); else `not_reached`. `levels` and `points` are never negative; points
    count from the displayed score to the lower cut of the target level. A target that is no level: ValueError.
    """
    if target not in range(1, len(cuts) + 2):
        raise ValueError(f"a target level lies between 1 and {len(cuts) + 1}, not {target!r}")
    reached = level(score, cuts)
    floor = (0, *cuts)[int(target) - 1]
    status: Status
    if reached >= target:
        status = "reached"
    elif upper is not None and level(upper, cuts) >= target:
        status = "within_margin"
    else:
        status = "not_reached"
    return {
        "status": status,
        "levels": max(0, int(target) - reached),
        "points": max(0, floor - half_up(score)),
    }
