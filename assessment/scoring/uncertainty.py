"""Rule family 6: how sure a forum score is, of a finite population that might answer otherwise next week."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

# 25 / sqrt(12 * 4): the rounding error of four five-point statements, as the questionnaire writes it (rule 6.2).
SD_FLOOR = 3.608439
RHO = 0.60


class Estimate(NamedTuple):
    """A mean with its interval; `margin` is the unrounded half width, not cut at the ends of the scale."""

    mean: float
    n: int
    sd: float | None
    se: float | None
    df: int
    lower: float | None
    upper: float | None
    margin: float | None

    @property
    def interval(self) -> tuple[float, float, float]:
        """Lower, upper and margin; ValueError when a single value left no interval."""
        if self.lower is None or self.upper is None or self.margin is None:
            raise ValueError("one value has no interval")
        return self.lower, self.upper, self.margin


def standard_error(
    sd: float | None, n: int, population: int | None = None, rho: float = RHO, sd_floor: float = SD_FLOOR
) -> float | None:
    """Rules 6.1 and 8.2: SE = max(s, s_min) * sqrt((1 - rho * f) / n) with f = n / N.

    `sd` is the standard deviation of the n delegation scores (divisor n - 1), `population` is N; unknown (None)
    means f = 0, the widest margin. None for fewer than two units or without `sd`. n > N: ValueError.

    Sources: Cochran (1977) for the finite population, Hansen, Hurwitz & Bershad (1961) for response error. With
    rho = 1 and sd_floor = 0 this is the classical correction.
    """
    if population is not None and n > population:
        raise ValueError(f"{n} units cannot come from a population of {population}")
    if n < 2 or sd is None or math.isnan(sd):
        return None
    fraction = 0.0 if population is None else n / population
    return max(sd, sd_floor) * math.sqrt((1 - rho * fraction) / n)


def half_width(se: float, df: float, confidence: float = 0.95) -> float:
    """Rule 6.4: half the t interval: t(1 - (1 - confidence) / 2; df) * SE, equal to `scipy.stats.t.ppf` times SE."""
    return float(stdtrit(df, (1 + confidence) / 2)) * se


def smallest_change(se: float, n: int, confidence: float = 0.95, min_delta: float = 5) -> float:
    """Rule 10.8: max(min_delta, t(0.975; 2(n - 1)) * √2 * SE), the smallest Δ that rule 10.4 calls a change.

    For two rounds alike: `se` and `n` (delegations, at least 2, else ValueError) hold for both. In points, not
    rounded. A true change of exactly this size is seen in about one case of two.
    """
    if n < 2:
        raise ValueError("a difference needs at least two units on both sides")
    return max(min_delta, half_width(se * math.sqrt(2), 2 * (n - 1), confidence))


def estimate(
    values: Sequence[float] | np.ndarray,
    population: int | None = None,
    rho: float = RHO,
    sd_floor: float = SD_FLOOR,
    confidence: float = 0.95,
    bounds: tuple[float, float] | None = (0, 100),
    mean: float | None = None,
) -> Estimate | None:
    """Rule 6.4: mean ± t(n - 1) * SE of delegation scores, the ends cut to `bounds` (None: not cut).

    NaN in `values` drops out. `mean` replaces the centre of the interval (rule 3.6), not the deviation. No
    values: None. One value: the mean alone, everything else None (rule 6.3). More values than N: ValueError.
    """
    given = np.asarray(values, dtype=float)
    given = given[~np.isnan(given)]
    n = given.size
    if n == 0:
        return None
    centre = float(given.mean()) if mean is None else float(mean)
    sd = float(given.std(ddof=1)) if n > 1 else None
    se = standard_error(sd, n, population, rho, sd_floor)
    if se is None:
        return Estimate(centre, n, None, None, n - 1, None, None, None)
    margin = half_width(se, n - 1, confidence)
    lowest, highest = bounds if bounds is not None else (-math.inf, math.inf)
    return Estimate(
        centre, n, sd, se, n - 1, max(lowest, centre - margin), min(highest, centre + margin), margin
    )
