"""`python -m bench.million`: a million responses in 50,000 forums, scored all at once.

In a process of its own, so that the peak of memory is of this and of nothing else. The answers are made a column at
a time, because making them must not need more than scoring them.
"""

import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assessment.scoring.votes import dimension_scores, means_by
from bench.lines import tell

RESPONSES, FORUMS, DELEGATIONS = 1_000_000, 50_000, 10  # the last in each forum
DIMENSIONS, STATEMENTS = 8, 4  # the last in each dimension
SKIPPED = 0.05


class Answers(NamedTuple):
    """(responses, statements) with 1 to 5 or NaN, and the delegation of each response among those of all forums."""

    statements: np.ndarray
    delegations: np.ndarray
    n_forums: int


def drawn(responses: int = RESPONSES, forums: int = FORUMS) -> Answers:
    """Answers without a pattern, one in twenty missing, the same every time."""
    chance = np.random.default_rng(1)
    statements = np.empty((responses, DIMENSIONS * STATEMENTS), order="F")
    for column in statements.T:
        column[:] = chance.integers(1, 6, responses, dtype=np.int8)
        column[chance.random(responses, dtype=np.float32) < SKIPPED] = np.nan
    return Answers(statements, chance.integers(0, forums * DELEGATIONS, responses), forums)


def response_scores(answers: Answers) -> np.ndarray:
    """Rule 3.1: (responses, dimensions)"""
    blocks = [slice(d * STATEMENTS, (d + 1) * STATEMENTS) for d in range(DIMENSIONS)]
    return dimension_scores(answers.statements, blocks)[0]


def delegation_scores(scores: np.ndarray, answers: Answers) -> np.ndarray:
    """Rule 3.2: (delegations of all forums, dimensions)"""
    return means_by(scores, answers.delegations, answers.n_forums * DELEGATIONS)[0]


def forum_scores(scores: np.ndarray, answers: Answers) -> np.ndarray:
    """Rule 3.3: (forums, dimensions)"""
    return means_by(scores, np.arange(len(scores)) // DELEGATIONS, answers.n_forums)[0]


def tell_million() -> None:
    """Processor time by step, and the most memory at any moment, with everything that was loaded before."""
    loaded = _peak_mb()
    answers = drawn()
    made = _peak_mb()
    moments = [time.process_time()]
    of_responses = response_scores(answers)
    moments.append(time.process_time())
    of_delegations = delegation_scores(of_responses, answers)
    moments.append(time.process_time())
    forum_scores(of_delegations, answers)
    moments.append(time.process_time())
    tell("CPU of scoring 1,000,000", moments[-1] - moments[0], "s", "under 2")
    for step, seconds in zip(("responses", "delegations", "forums"), np.diff(moments), strict=True):
        tell(f"  of which {step}", 1000 * seconds, "ms")
    tell("peak of memory", _peak_mb(), "MB", "under 1,500")
    tell("  of which libraries", loaded, "MB")
    tell("  of which answers", made - loaded, "MB")


def _peak_mb() -> float:
    """The most memory that this process has held so far; `getrusage` would count that of the process before it."""
    told = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
    return int(told["VmHWM"].split()[0]) * 1024 / 1e6


if __name__ == "__main__":
    tell_million()
