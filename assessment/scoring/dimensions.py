"""Rule family 3: from answers to the forum score, one vote per municipality.

These functions take and give frames; the arithmetic stands once, in `votes`.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.scoring.answers import code_answers, require_columns, widen
from assessment.scoring.votes import dimension_scores, means_by, spread_by, totals, vote_shares


def response_scores(answers: pd.DataFrame, min_answered: int = 3) -> pd.DataFrame:
    """Rule 3.1 for a checked long frame: a row per response and dimension that was asked, sorted by response.

    Columns: response, group, delegation, dimension, score (to100 of the mean of the answered statements, NaN when
    fewer than `min_answered` were answered), and the counts answered, dont_know and asked. Dimensions keep the
    order of the frame. A missing column: ValueError.
    """
    require_columns(answers)
    statements = answers[answers["kind"] == "statement"]
    pairs = statements[["dimension", "item"]].drop_duplicates()
    dimensions = {code: tuple(items) for code, items in pairs.groupby("dimension", sort=False)["item"]}
    wide = widen(code_answers(statements), dimensions)
    scores, answered = dimension_scores(wide.statements, wide.blocks, min_answered)
    asked = wide.per_dimension(wide.asked)
    row, column = np.nonzero(asked)
    # The code -1 of a response without delegation points at the None after the last label.
    labels = np.array([*wide.delegation_labels, None], dtype=object)
    return pd.DataFrame(
        {
            "response": wide.responses[row],
            "group": wide.groups[row],
            "delegation": labels[wide.delegations[row]],
            "dimension": np.array(list(dimensions), dtype=object)[column],
            "score": scores[row, column],
            "answered": answered[row, column],
            "dont_know": wide.per_dimension(wide.dont_know)[row, column],
            "asked": asked[row, column],
        }
    )


def delegation_means(values: pd.DataFrame, key: str) -> pd.DataFrame:
    """Rule 3.2: the plain mean of the valid values of each delegation, per `key`.

    `values` has the columns `key`, delegation and value; rows without one of them drop out. Returns `key`,
    delegation, value and n_responses, sorted by key and delegation.
    """
    keys, key_labels = pd.factorize(values[key], sort=True)
    delegations, labels = pd.factorize(values["delegation"], sort=True)
    present = (keys >= 0) & (delegations >= 0) & values["value"].notna().to_numpy()
    pairs, codes = np.unique(keys[present] * max(1, len(labels)) + delegations[present], return_inverse=True)
    numbers = values["value"].to_numpy(dtype=float, na_value=np.nan)[present]
    means, counts = means_by(numbers[:, np.newaxis], codes, len(pairs))
    of_key, of_delegation = np.divmod(pairs, max(1, len(labels)))
    return pd.DataFrame(
        {
            key: key_labels.take(of_key),
            "delegation": labels.take(of_delegation),
            "value": means[:, 0],
            "n_responses": counts[:, 0],
        }
    )


def forum_means(values: pd.DataFrame, key: str) -> pd.DataFrame:
    """Rule 3.3: the plain mean over the delegations that have a value, per `key`: one vote per municipality.

    Same input as `delegation_means`. Returns a frame indexed by `key` with mean, sd (divisor n - 1, NaN for one
    delegation), n_delegations and n_responses. A key without any valid value has no row.
    """
    own = delegation_means(values, key)
    codes, labels = pd.factorize(own[key], sort=True)
    votes = own["value"].to_numpy()[:, np.newaxis]
    means, counts = means_by(votes, codes, len(labels))
    responses = np.bincount(codes, weights=own["n_responses"], minlength=len(labels)).astype(int)
    return pd.DataFrame(
        {
            "mean": means[:, 0],
            "sd": spread_by(votes, codes, means, counts)[:, 0],
            "n_delegations": counts[:, 0],
            "n_responses": responses,
        },
        index=pd.Index(labels, name=key),
    )


def delegation_shares(
    values: Sequence[float | None], delegations: Sequence[str | None], categories: int = 5
) -> np.ndarray:
    """Rule 7.1: the shares of the answers 1 to `categories`, one vote per delegation.

    Two equally long sequences (else ValueError). Missing values and missing delegations drop out; all zero when
    nothing was given.
    """
    numbers = np.asarray(values, dtype=float)
    if len(numbers) != len(delegations):
        raise ValueError("every value needs its delegation, or None")
    codes, labels = pd.factorize(np.asarray(delegations, dtype=object))
    return vote_shares(numbers[:, np.newaxis], codes, len(labels), categories)[0]


def delegation_totals(scores: pd.DataFrame, min_dimensions: int = 6) -> pd.Series:
    """Rule 3.6: T_g, the mean of the y_gd of each delegation with at least `min_dimensions` valid dimensions.

    `scores` is the output of `response_scores`. Returns a Series by delegation; other delegations are left out.
    """
    own = delegation_means(scores.rename(columns={"score": "value"}), "dimension")
    table = own.pivot(index="delegation", columns="dimension", values="value")
    return pd.Series(totals(table.to_numpy(), min_dimensions), index=table.index, name="total").dropna()
