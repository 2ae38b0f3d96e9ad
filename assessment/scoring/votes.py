"""Rule family 3 on arrays: one vote per municipality, for one forum or for very many at once.

A row per response, a column per statement or dimension, and for each row a code that names its delegation (or, one
step up, its forum). Codes that run over all delegations of all forums score all those forums in one go.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assessment.scoring.scale import to100


@dataclass(frozen=True)
class Votes:
    """One measure per column, one vote per delegation (rules 3.2 and 3.3); NaN where nobody gave a value."""

    by_delegation: np.ndarray  # (delegations, columns)
    mean: np.ndarray  # (columns,), as the two counts below
    n_delegations: np.ndarray
    n_responses: np.ndarray


def dimension_scores(
    statements: np.ndarray, blocks: Sequence[slice], min_answered: int = 3
) -> tuple[np.ndarray, np.ndarray]:
    """Rule 3.1: to100 of the mean of the answered statements, NaN when fewer than `min_answered` were answered.

    `statements` is (responses, statements) with 1 to 5 or NaN, `blocks` the columns of each dimension. Returns
    the scores and the number of answers, both (responses, dimensions).
    """
    shape = (len(statements), len(blocks))
    scores, answered = np.empty(shape, order="F"), np.zeros(shape, dtype=np.int16, order="F")
    for d, block in enumerate(blocks):
        total = np.zeros(len(statements))
        for column in range(block.start, block.stop):
            given = ~np.isnan(statements[:, column])
            np.add(total, statements[:, column], out=total, where=given)
            answered[:, d] += given
        enough = answered[:, d] >= max(1, min_answered)
        scores[:, d] = to100(np.divide(total, answered[:, d], out=np.full(len(total), np.nan), where=enough))
    return scores, answered


def means_by(values: np.ndarray, codes: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Plain means of the rows with the same code; NaN and the code -1 drop out.

    (rows, columns) and (rows,) → means and counts, both (size, columns); no value: NaN. Responses by delegation
    gives rule 3.2, delegations by forum rule 3.3.
    """
    means = np.full((size, values.shape[1]), np.nan, order="F")
    counts = np.zeros(means.shape, dtype=np.int64, order="F")
    known = codes >= 0
    for column in range(values.shape[1]):
        kept = known & ~np.isnan(values[:, column])
        counts[:, column] = np.bincount(codes[kept], minlength=size)
        sums = np.bincount(codes[kept], weights=values[kept, column], minlength=size)
        np.divide(sums, counts[:, column], out=means[:, column], where=counts[:, column] > 0)
    return means, counts


def spread_by(values: np.ndarray, codes: np.ndarray, means: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Rule 6.1: standard deviations (divisor n - 1) around the means of `means_by`, NaN for fewer than two values."""
    deviations = np.square(values - np.where((codes >= 0)[:, np.newaxis], means[codes], np.nan))
    variances, _ = means_by(deviations, codes, len(means))
    correction = np.divide(counts, counts - 1, out=np.full(means.shape, np.nan), where=counts > 1)
    return np.sqrt(variances * correction)


def one_vote(values: np.ndarray, delegations: np.ndarray, n_delegations: int) -> Votes:
    """Rules 3.2 and 3.3 for one forum: the plain mean over delegations of their plain means.

    `values` is (responses, columns) with NaN, `delegations` the code of each response.
    """
    by_delegation, counts = means_by(values, delegations, n_delegations)
    mean, n = means_by(by_delegation, np.zeros(n_delegations, dtype=int), 1)
    return Votes(by_delegation, mean[0], n[0], counts.sum(axis=0))


def leave_one_out(by_delegation: np.ndarray) -> np.ndarray:
    """Rule 11.5: the forum means without each delegation in turn: (delegations, columns) → the same shape."""
    present = ~np.isnan(by_delegation)
    values = np.where(present, by_delegation, 0)
    left = present.sum(axis=0) - present
    return np.divide(values.sum(axis=0) - values, left, out=np.full(values.shape, np.nan), where=left > 0)


def totals(by_delegation: np.ndarray, min_dimensions: int = 6) -> np.ndarray:
    """Rule 3.6: T_g, the mean of a delegation's dimension scores, NaN with fewer than `min_dimensions` of them."""
    valid = np.count_nonzero(~np.isnan(by_delegation), axis=1)
    enough = valid >= max(1, min_dimensions)
    return np.divide(np.nansum(by_delegation, axis=1), valid, out=np.full(len(valid), np.nan), where=enough)


def vote_shares(
    answers: np.ndarray, delegations: np.ndarray, n_delegations: int, categories: int = 5
) -> np.ndarray:
    """Rule 7.1: the shares of each category, one vote per delegation: (responses, columns) → (columns, categories).

    Each delegation's own shares are averaged over the delegations that answered; NaN and the code -1 drop out; a
    column without answers is all zero.
    """
    n_columns = answers.shape[1]
    row, column = np.nonzero(~np.isnan(answers) & (delegations >= 0)[:, np.newaxis])
    category = answers[row, column].astype(int) - 1
    cell = (column * n_delegations + delegations[row]) * categories + category
    counts = np.bincount(cell, minlength=n_columns * n_delegations * categories)
    counts = counts.reshape(n_columns, n_delegations, categories)
    given = counts.sum(axis=2, keepdims=True)
    own = np.divide(counts, given, out=np.zeros(counts.shape), where=given > 0)
    n = np.count_nonzero(given, axis=1)
    return np.divide(own.sum(axis=1), n, out=np.zeros((n_columns, categories)), where=n > 0)
