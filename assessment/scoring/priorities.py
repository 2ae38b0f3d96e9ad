"""Rule family 11: where work pays most, and how firmly the answers say so."""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from assessment.scoring.scale import Numbers, displayed, half_up, without_noise

ENABLING = ("VER", "NET")

Score = float | None


def priority_index(importance: Numbers, score: Numbers) -> Numbers:
    """Rule 11.1: P = I · (100 - S) / 100, for numbers or arrays; NaN stays NaN."""
    return importance * (100 - score) / 100


def importance_line(importance: Mapping[str, Score]) -> Score:
    """Rule 11.2: the plain mean importance of the dimensions that have one; None if none has."""
    given = [value for value in importance.values() if value is not None]
    return float(np.mean(given)) if given else None


def quadrant(
    score: float, importance: float, line: float, performance_line: float = 60
) -> Literal["priority", "later", "keep", "watch"]:
    """Rule 11.2: which quarter of the plane of score and importance a dimension is in [after Martilla & James 1977].

    The displayed score is compared with `performance_line`, the unrounded importance with `line`.
    """
    important = without_noise(importance) >= without_noise(line)
    if half_up(score) < performance_line:
        return "priority" if important else "later"
    return "keep" if important else "watch"


def choose_priorities(
    scores: Mapping[str, Score],
    importance: Mapping[str, Score],
    dont_know: Mapping[str, Score],
    n: int = 3,
    enabling: Sequence[str] = ENABLING,
    enabling_below: float = 40,
    dont_know_from: float = 0.30,
) -> list[str]:
    """Rule 11.3: at most n dimension codes, the first priority first.

    Eligible is a dimension with a score and an importance (not None) and a don't-know share below
    `dont_know_from` (missing or None = 0). Enabling dimensions with a displayed score below `enabling_below` come
    first, then the highest index P; ties go to the lower score, then to the order of `scores`.
    """
    codes = list(scores)
    eligible = eligible_for_priority(scores, importance, dont_know, dont_know_from)
    score_row, importance_row = (
        np.array([[given.get(code) for code in codes]], dtype=float) for given in (scores, importance)
    )
    (chosen,) = choose_by_row(codes, score_row, importance_row, eligible, n, enabling, enabling_below)
    return chosen


def eligible_for_priority(
    scores: Mapping[str, Score],
    importance: Mapping[str, Score],
    dont_know: Mapping[str, Score],
    dont_know_from: float = 0.30,
) -> np.ndarray:
    """Rule 11.3 (a): a flag per dimension of `scores`."""
    return np.array(
        [
            score is not None
            and importance.get(code) is not None
            and without_noise(dont_know.get(code) or 0) < dont_know_from
            for code, score in scores.items()
        ],
        dtype=bool,
    )


def choose_by_row(
    codes: Sequence[str],
    scores: np.ndarray,
    importance: np.ndarray,
    eligible: np.ndarray,
    n: int = 3,
    enabling: Sequence[str] = ENABLING,
    enabling_below: float = 40,
) -> list[list[str]]:
    """Rule 11.3 (b) and (c) for many runs at once: scores and importance are (runs, dimensions).

    `eligible` is one flag per dimension, the same in every run.
    """
    first = np.isin(codes, enabling) & (displayed(scores) < enabling_below)
    index = without_noise(priority_index(importance, scores))
    keys = (without_noise(scores), -index, ~first, np.broadcast_to(~eligible, scores.shape))
    # lexsort ranks by its last key first and is stable, so equal dimensions keep the order of the questionnaire.
    ranked = np.lexsort(keys, axis=-1)[:, : min(n, int(eligible.sum()))]
    return [[codes[column] for column in row] for row in ranked.tolist()]


def priority_stability(
    chosen: Sequence[str], runs: Sequence[Sequence[str]], stable_from: float = 0.80
) -> dict[str, bool]:
    """Rule 11.5: whether each chosen dimension is chosen in at least `stable_from` of the runs.

    A run leaves out one delegation. No runs: nothing is stable.
    """
    return {
        code: bool(runs) and without_noise(sum(code in run for run in runs) / len(runs)) >= stable_from
        for code in chosen
    }
