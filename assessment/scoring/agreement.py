"""Rule family 7: how much the answers agree, as consensus for the report and three indices for the annex."""

from collections.abc import Callable, Sequence

import numpy as np

from assessment.scoring.scale import without_noise

LABELS = (("agreed", 0.80), ("mostly_agreed", 0.60), ("divided", 0.45), ("strongly_divided", 0.0))
SMALL_N = 7
SMALL_N_BOUND = 0.65

Values = Sequence[float] | np.ndarray


def consensus(weights: Values) -> float | None:
    """Rule 7.1: Cns = 1 + sum over p_k > 0 of p_k * log2(1 - |k - mu| / (K - 1)) [Tastle & Wierman 2007].

    `weights` are K counts or shares, one a category in order; they need not add to one. From 0 (half on each
    end) to 1 (all the same). No weights at all: None. A negative weight or fewer than two categories: ValueError.
    """
    array = np.asarray(weights, dtype=float)
    if array.ndim != 1 or array.size < 2:
        raise ValueError("consensus needs a weight for each of at least two categories")
    if (array < 0).any():
        raise ValueError("a weight cannot be negative")
    value = float(consensus_rows(array[np.newaxis, :])[0])
    return None if np.isnan(value) else value


def consensus_rows(weights: np.ndarray) -> np.ndarray:
    """Rule 7.1 for many statements at once: (statements, categories) → (statements,), NaN for a row of zeros."""
    total = weights.sum(axis=1, keepdims=True)
    shares = np.divide(weights, total, out=np.full(weights.shape, np.nan), where=total > 0)
    categories = np.arange(weights.shape[1])
    centre = shares @ categories
    nearness = 1 - np.abs(categories - centre[:, np.newaxis]) / (weights.shape[1] - 1)
    # An empty category adds nothing, whatever its distance; a filled one never lies the full width from the mean
    # unless through rounding, where p itself is as good as zero.
    counts = (shares > 0) & (nearness > 0)
    terms = shares * np.log2(nearness, out=np.zeros_like(shares), where=counts)
    return np.clip(1 + terms.sum(axis=1), 0, 1)


def consensus_label(
    value: float | None,
    n: int,
    labels: Sequence[tuple[str, float]] = LABELS,
    small_n: int = SMALL_N,
    small_n_bound: float = SMALL_N_BOUND,
) -> str | None:
    """Rule 7.3: the word for a consensus reached by n delegations; None for None.

    `labels` are (code, lower bound) from high to low. With at most `small_n` delegations the second label needs
    `small_n_bound`, since consensus rises by itself in small groups.
    """
    if value is None:
        return None
    bounds = [bound for _, bound in labels]
    if n <= small_n:
        bounds[1] = max(bounds[1], small_n_bound)
    codes = (code for (code, _), bound in zip(labels, bounds, strict=True) if without_noise(value) >= bound)
    return next(codes, labels[-1][0])


def two_camps(shares: Values, n: int, min_share: float = 0.30, min_n: int = 10) -> bool | None:
    """Rule 7.4: at least `min_share` on {1, 2} and on {4, 5} of five weighted shares; None below `min_n` answers."""
    if n < min_n:
        return None
    low, high = float(shares[0] + shares[1]), float(shares[3] + shares[4])
    return without_noise(low) >= min_share and without_noise(high) >= min_share


def uniform_variance(categories: int = 5) -> float:
    """Rule 7.5: (A² - 1) / 12, the variance when all A categories are equally likely."""
    return (categories**2 - 1) / 12


def rwg(values: Values, null_variance: float = 2.0, truncate: bool = False) -> float | None:
    """Rule 7.5: 1 - mean(s²) / null_variance, s² with divisor n - 1.

    One statement (1-D) or responses × statements (2-D); NaN drops out per statement. Not cut at zero unless
    `truncate`. A statement with fewer than two answers: None.
    Sources: James, Demaree & Wolf (1984); Lindell & Brandt (1999).
    """
    columns = _columns(values)
    if not columns or min(column.size for column in columns) < 2:
        return None
    value = 1 - float(np.mean([column.var(ddof=1) for column in columns])) / null_variance
    return max(0.0, value) if truncate else value


def awg(values: Values, low: int = 1, high: int = 5) -> float | None:
    """Rule 7.5: 1 - 2s² / ((H + L)M - M² - H·L) · (k - 1) / k of k answers with mean M [Brown & Hauenstein 2005].

    s² has divisor k - 1; NaN drops out. 1 when M is an end of the scale. None outside
    (L(k-1) + H) / k ≤ M ≤ (H(k-1) + L) / k, and for fewer than two answers.
    """
    (given,) = _columns(values)
    k = given.size
    if k < 2:
        return None
    mean = float(given.mean())
    if mean in (low, high):
        return 1.0
    if (
        not without_noise((low * (k - 1) + high) / k)
        <= without_noise(mean)
        <= without_noise((high * (k - 1) + low) / k)
    ):
        return None
    largest = ((high + low) * mean - mean**2 - high * low) * k / (k - 1)
    return 1 - 2 * float(given.var(ddof=1)) / largest


def average_deviation(values: Values) -> float | None:
    """Rule 7.5: AD = mean |x - M|; NaN drops out, fewer than two answers: None [Burke, Finkelstein & Dusig 1999]."""
    (given,) = _columns(values)
    return float(np.abs(given - given.mean()).mean()) if given.size >= 2 else None


def over_statements(index: Callable[[np.ndarray], float | None], values: np.ndarray) -> float | None:
    """Rule 7.5: the mean of an index over the columns of responses × statements; None if it is None for one of them."""
    results = [index(column) for column in values.T]
    known = [result for result in results if result is not None]
    return float(np.mean(known)) if known and len(known) == len(results) else None


def _columns(values: Values) -> list[np.ndarray]:
    """The given answers of each statement."""
    array = np.asarray(values, dtype=float)
    matrix = array[:, np.newaxis] if array.ndim == 1 else array
    return [column[~np.isnan(column)] for column in matrix.T]
