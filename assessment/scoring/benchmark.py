"""Rule family 14: reference values over forums that agreed to take part."""

from collections.abc import Collection, Hashable

import numpy as np
import pandas as pd

from assessment.scoring.scale import half_up


def benchmark(scores: pd.DataFrame, min_forums: int = 5) -> dict[str, dict[str, int] | None]:
    """Rule 14.2: per dimension the number of forums, the mean and the middle half, displayed.

    `scores` has a row per forum and a column per dimension, NaN where a dimension is not published. `low` and
    `high` are the 25th and 75th percentile [`numpy.percentile`, linear]. Fewer than `min_forums`: None.
    """
    return {
        dimension: _middle(column[~np.isnan(column)], min_forums)
        for dimension, column in zip(
            scores.columns, scores.to_numpy(dtype=float, na_value=np.nan).T, strict=True
        )
    }


def _middle(given: np.ndarray, min_forums: int) -> dict[str, int] | None:
    if given.size < max(1, min_forums):
        return None
    low, high = np.percentile(given, (25, 75))
    return {"n_forums": given.size, "mean": half_up(given.mean()), "low": half_up(low), "high": half_up(high)}


def may_refresh(published: Collection[Hashable], available: Collection[Hashable], min_new: int = 3) -> bool:
    """Rule 14.3: whether the published benchmark may be replaced: at least `min_new` results are new in it.

    Both are ids of results. True when nothing was published yet.
    """
    return not published or len(set(available) - set(published)) >= min_new
