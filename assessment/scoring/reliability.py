"""Rule family 15: the reliability of the questionnaire, for its owner only and never per forum.

Covariance matrices are (items, items); lists are in the order of the items.
"""

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from scipy.special import fdtri

Matrix = np.ndarray | Sequence[Sequence[float]]


def pooled_covariance(matrix: Matrix, clusters: Sequence[Hashable]) -> tuple[np.ndarray, int]:
    """Rule 15.2: C = X'X / df of rows minus their cluster mean, df = rows - clusters.

    `matrix` is (rows, items); a row with a NaN drops out whole. A cluster is a forum and round. df < 1, or a
    number of clusters that differs from the number of rows: ValueError.
    """
    values = np.asarray(matrix, dtype=float)
    if len(values) != len(clusters):
        raise ValueError("every row needs its cluster")
    complete = ~np.isnan(values).any(axis=1)
    kept = values[complete]
    position: dict[Hashable, int] = {}
    codes = np.array(
        [position.setdefault(name, len(position)) for name in _kept(clusters, complete)], dtype=int
    )
    df = len(kept) - len(position)
    if df < 1:
        raise ValueError("no more complete rows than clusters")
    sums = np.zeros((len(position), kept.shape[1]))
    np.add.at(sums, codes, kept)
    centred = kept - (sums / np.bincount(codes)[:, np.newaxis])[codes]
    return centred.T @ centred / df, df


def cronbach_alpha(covariance: Matrix) -> float | None:
    """Rule 15.3: α = k/(k - 1) · (1 - tr C / ΣΣC) [Cronbach 1951]; None if ΣΣC ≤ 0, fewer than 2 items: ValueError."""
    c = _square(covariance, at_least=2)
    total = float(c.sum())
    return None if total <= 0 else len(c) / (len(c) - 1) * (1 - float(np.trace(c)) / total)


def feldt_interval(alpha: float, df: int, n_items: int, confidence: float = 0.95) -> tuple[float, float]:
    """Rule 15.3: 1 - (1 - α) · F at the upper and the lower tail point of F(df, df·(k - 1)) [Feldt 1965].

    Equal to `scipy.stats.f.isf` at those points.
    """
    tail = (1 - confidence) / 2
    upper_point, lower_point = (float(fdtri(df, df * (n_items - 1), p)) for p in (1 - tail, tail))
    return 1 - (1 - alpha) * upper_point, 1 - (1 - alpha) * lower_point


def alpha_if_dropped(covariance: Matrix) -> list[float | None]:
    """Rule 15.5: α without each item in turn; fewer than 3 items: ValueError."""
    c = _square(covariance, at_least=3)
    return [cronbach_alpha(np.delete(np.delete(c, i, axis=0), i, axis=1)) for i in range(len(c))]


def item_rest_correlations(covariance: Matrix) -> list[float | None]:
    """Rule 15.5: the correlation of each item with the sum of the others; None where one of both is constant."""
    c = _square(covariance, at_least=2)
    with_sum, own = c.sum(axis=1), np.diag(c)
    rest = c.sum() - 2 * with_sum + own
    return [
        float((shared - variance) / np.sqrt(variance * other)) if variance > 0 and other > 0 else None
        for shared, variance, other in zip(with_sum, own, rest, strict=True)
    ]


def omega_total(covariance: Matrix) -> float | None:
    """Rule 15.4: ω = (Σλσ)² / ((Σλσ)² + Σσ²(1 - λ²)) with the loadings λ of one factor [McDonald 1999].

    Fewer than 3 items: ValueError; a constant item: None.
    """
    c = _square(covariance, at_least=3)
    variances = np.diag(c)
    if (variances <= 0).any():
        return None
    deviations = np.sqrt(variances)
    loadings = _loadings(c / np.outer(deviations, deviations))
    common = float((loadings * deviations).sum()) ** 2
    return common / (common + float((variances * (1 - loadings**2)).sum()))


def dimension_reliability(
    matrix: Matrix, clusters: Sequence[Hashable], min_complete: int = 50
) -> dict[str, Any] | None:
    """Rule 15.1: all coefficients of one dimension, or None below `min_complete` complete rows.

    {n, df, alpha, alpha_interval, omega, alpha_if_dropped, item_rest}; the interval is None when alpha is.
    """
    values = np.asarray(matrix, dtype=float)
    n = int(np.count_nonzero(~np.isnan(values).any(axis=1)))
    if n < min_complete:
        return None
    covariance, df = pooled_covariance(values, clusters)
    alpha = cronbach_alpha(covariance)
    return {
        "n": n,
        "df": df,
        "alpha": alpha,
        "alpha_interval": None if alpha is None else feldt_interval(alpha, df, len(covariance)),
        "omega": omega_total(covariance),
        "alpha_if_dropped": alpha_if_dropped(covariance),
        "item_rest": item_rest_correlations(covariance),
    }


def _loadings(correlations: np.ndarray) -> np.ndarray:
    """Minres [Harman & Jones 1966]: least squares on the off-diagonal correlations, λ in [-1, 1], Σλ ≥ 0."""
    # scipy.optimize is slow to import and only the owner of the questionnaire ever needs it.
    from scipy.optimize import least_squares

    pairs = np.triu_indices(len(correlations), k=1)
    values, vectors = np.linalg.eigh(correlations)
    start = np.clip(vectors[:, -1] * np.sqrt(values[-1]), -0.99, 0.99)
    fit = least_squares(
        lambda loading: np.outer(loading, loading)[pairs] - correlations[pairs],
        start,
        bounds=(-1, 1),
        xtol=1e-12,
        ftol=1e-12,
        gtol=1e-12,
    )
    return fit.x if fit.x.sum() >= 0 else -fit.x


def _square(covariance: Matrix, at_least: int) -> np.ndarray:
    c = np.asarray(covariance, dtype=float)
    if c.ndim != 2 or c.shape[0] != c.shape[1]:
        raise ValueError("a covariance matrix is square")
    if len(c) < at_least:
        raise ValueError(f"at least {at_least} items are needed, not {len(c)}")
    return c


def _kept(clusters: Sequence[Hashable], complete: np.ndarray) -> list[Hashable]:
    return [name for name, keep in zip(clusters, complete, strict=True) if keep]
