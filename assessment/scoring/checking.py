"""Rule 1.4: what scoring refuses to work on.

Closing checks before it writes, so an error stops the closing and nothing is lost. No message names a response or
a delegation, because messages end in logs (rule 1.5).
"""

import numpy as np
import pandas as pd

from assessment.scoring.answers import (
    KINDS,
    Coded,
    CodedAnswers,
    code_answers,
    first_code,
    question_of,
    questions,
)
from assessment.scoring.parameters import Parameters


def check_answers(answers: pd.DataFrame, parameters: Parameters) -> None:
    """Rule 1.4: raises ValueError when the long frame breaks the contract of rule 1.3.

    That is: a missing column; a value outside 1 to 5 or not whole; a value together with `dont_know`; the same
    (response, kind, item) twice; an unknown group, kind, dimension or statement; a response with two groups or
    two delegations; a counting response without delegation. An empty frame with all columns is fine.
    """
    check_coded(code_answers(answers), parameters)


def check_coded(coded: CodedAnswers, parameters: Parameters) -> None:
    """Rule 1.4 on a frame that was coded already."""
    check_rows(coded, parameters)
    _check_votes(coded, parameters)


def check_rows(coded: CodedAnswers, parameters: Parameters) -> None:
    """Rule 1.4 but for the delegation, which nobody needs to read a single response and which may be erased."""
    _refuse(coded.response.codes < 0, "without response")
    _check_values(coded)
    _check_labels(coded.group, (*parameters.counting_groups, parameters.other_group), "group")
    _check_labels(coded.kind, KINDS, "kind")
    _check_labels(coded.dimension, tuple(parameters.dimensions), "dimension")
    _check_questions(coded, parameters)
    _check_responses(coded)


def _refuse(wrong: np.ndarray, reason: str) -> None:
    if wrong.any():
        raise ValueError(f"{np.count_nonzero(wrong)} rows {reason}")


def _check_values(coded: CodedAnswers) -> None:
    given = ~np.isnan(coded.value)
    _refuse(given & ~np.isin(coded.value, (1, 2, 3, 4, 5)), "with a value that is not 1, 2, 3, 4 or 5")
    _refuse(given & coded.dont_know, "with a value and don't know at once")


def _check_labels(column: Coded, known: tuple[str, ...], name: str) -> None:
    _refuse(column.codes < 0, f"without {name}")
    unknown = sorted(str(label) for label in column.labels if label not in known)
    if unknown:
        raise ValueError(f"unknown {name}: {', '.join(unknown)}")


def _check_questions(coded: CodedAnswers, parameters: Parameters) -> None:
    column = question_of(coded, parameters.dimensions)
    _refuse(column < 0, "with an item that the questionnaire does not have in that dimension")
    n_questions = len(questions(parameters.dimensions))
    times = np.bincount(coded.response.codes * n_questions + column)
    _refuse(times > 1, "that stand there more than once")


def _check_responses(coded: CodedAnswers) -> None:
    rows = coded.response.codes
    for column, name in ((coded.group, "groups"), (coded.delegation, "delegations")):
        _refuse(first_code(column, coded.response)[rows] != column.codes, f"of a response with two {name}")


def _check_votes(coded: CodedAnswers, parameters: Parameters) -> None:
    counting = [code for code, label in enumerate(coded.group.labels) if label in parameters.counting_groups]
    alone = np.isin(coded.group.codes, counting) & (coded.delegation.codes < 0)
    _refuse(alone, "of a counting response without delegation")
