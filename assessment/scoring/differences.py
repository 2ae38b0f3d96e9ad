"""Rule families 9 and 10: the difference of two scores, what it may be called, and how sure that is."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import stdtr

from assessment.scoring.scale import without_noise
from assessment.scoring.uncertainty import half_width

MIRROR = {"progress": "decline", "indication_of_progress": "indication_of_decline"}


class Difference(NamedTuple):
    """Second minus first; the 95 % interval (by default) and the 90 % one of two one-sided tests."""

    delta: float
    se: float
    df: float
    t: float
    p: float
    lower: float
    upper: float
    lower90: float
    upper90: float


def difference(
    mean1: float, se1: float, n1: int, mean2: float, se2: float, n2: int, confidence: float = 0.95
) -> Difference:
    """Rules 8.2 and 10.2: Δ = mean2 - mean1 with SE = √(SE₁² + SE₂²) and Welch's degrees of freedom.

    t and p equal `scipy.stats.ttest_ind_from_stats(mean2, se2·√n2, n2, mean1, se1·√n1, n1, equal_var=False)`.
    Intervals are not cut. Both standard errors zero, or fewer than two units on a side: ValueError.
    Source: Welch (1947). Two rounds count as independent, which is conservative when the same people answer.
    """
    if min(n1, n2) < 2:
        raise ValueError("a difference needs at least two units on both sides")
    variance = se1**2 + se2**2
    if variance == 0:
        raise ValueError("two standard errors of zero leave nothing to compare with")
    se, delta = math.sqrt(variance), mean2 - mean1
    df = variance**2 / (se1**4 / (n1 - 1) + se2**4 / (n2 - 1))
    wide, narrow = half_width(se, df, confidence), half_width(se, df, 0.90)
    return Difference(
        delta=delta,
        se=se,
        df=df,
        t=delta / se,
        p=2 * float(stdtr(df, -abs(delta / se))),
        lower=delta - wide,
        upper=delta + wide,
        lower90=delta - narrow,
        upper90=delta + narrow,
    )


def holm(p_values: Sequence[float]) -> np.ndarray:
    """Rule 10.3: p̃_(r) = max over q ≤ r of min(1, (m - q + 1) · p_(q)), in the order of the input [Holm 1979]."""
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p, kind="stable")
    stepped = np.minimum(1, (p.size - np.arange(p.size)) * p[order])
    adjusted = np.empty_like(p)
    adjusted[order] = np.maximum.accumulate(stepped)
    return adjusted


def verdict(
    diff: Difference, p_adjusted: float, min_delta: float = 5, equivalence: float = 10, alpha: float = 0.05
) -> str:
    """Rule 10.4: the first that applies of progress (or its indication), its mirror image, stable, within_margin.

    Progress needs an interval above 0 and Δ of at least `min_delta`; the adjusted p decides whether it is more
    than an indication. `stable` is the 90 % interval inside ±`equivalence` [two one-sided tests, Schuirmann 1987].
    """
    code = "progress" if without_noise(p_adjusted) < alpha else "indication_of_progress"
    if without_noise(diff.lower) > 0 and without_noise(diff.delta) >= min_delta:
        return code
    if without_noise(diff.upper) < 0 and without_noise(diff.delta) <= -min_delta:
        return MIRROR[code]
    inside = without_noise(diff.lower90) > -equivalence and without_noise(diff.upper90) < equivalence
    return "stable" if inside else "within_margin"


def experienced_signal(code: str, experienced: float | None, threshold: float = 25) -> str | None:
    """Rule 9.1: a code when members experience what the measured change (`code`, a verdict) does not show.

    `experienced` is E_d from -100 to +100; None or a comparison that cannot be made: None. People who learn judge
    more strictly [Drennan & Hyde 2008].
    """
    if experienced is None or code == "not_comparable":
        return None
    rising, falling = tuple(MIRROR), tuple(MIRROR.values())
    if without_noise(experienced) >= threshold and code not in rising:
        return "experienced_not_measured"
    if without_noise(experienced) <= -threshold and code not in falling:
        return "decline_experienced_not_measured"
    return None
