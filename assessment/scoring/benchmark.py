"""Rule family 14: reference values over forums that agreed to take part."""

from collections.abc import Collection, Hashable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from assessment.scoring.scale import half_up

if TYPE_CHECKING:
    import pandas as pd


def score_table(results: Mapping[Hashable, Mapping[str, Any]], dimensions: Collection[str]) -> "pd.DataFrame":
    """Rule 14.1: a row per result, a column per dimension; NaN where a dimension is not published.

    `results` are forum results by their id: of one kind of round and one major version, the latest of each forum.
    """
    import pandas as pd  # only whoever freezes reference values pays for it

    return pd.DataFrame(
        [[_published_score(result, code) for code in dimensions] for result in results.values()],
        index=list(results),
        columns=list(dimensions),
        dtype="float64",
    )


def _published_score(result: Mapping[str, Any], code: str) -> float:
    entry = result["dimensions"].get(code)
    return entry["score"] if entry and entry["published"] else np.nan


def benchmark(scores: "pd.DataFrame", min_forums: int = 5) -> dict[str, dict[str, int] | None]:
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
