"""Rule family 1: the long frame of answers, read once into arrays with a row per response and a column per question.

Rule 1.3, one row per response and item that was asked: `response`, `group`, `delegation` (missing for support and
partners), `dimension`, `item`, `kind`, `value` (1.0 to 5.0 or NaN) and `dont_know`. NaN with `dont_know` False is a
skipped question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

COLUMNS = ("response", "group", "delegation", "dimension", "item", "kind", "value", "dont_know")
KINDS = ("statement", "importance", "change")

Dimensions = Mapping[str, Sequence[str]]


class Coded(NamedTuple):
    """A column as numbers: `codes` per row (-1 is missing) point into `labels`."""

    codes: np.ndarray
    labels: list


@dataclass(frozen=True)
class CodedAnswers:
    """The long frame with its text columns coded; every array has one entry per row."""

    response: Coded
    group: Coded
    delegation: Coded
    dimension: Coded
    item: Coded
    kind: Coded
    value: np.ndarray
    dont_know: np.ndarray


class Question(NamedTuple):
    """What one row of the frame asks."""

    kind: str
    item: str
    dimension: str


@dataclass(frozen=True)
class WideAnswers:
    """A row per response and a column per question: the statements, then importance, then change.

    `delegations` are codes from 0 to `n_delegations` - 1, -1 for none. Matrices have shape
    (responses, statements + 2 * dimensions) and are stored by column, because all work is done by column.
    """

    dimensions: Dimensions
    responses: np.ndarray
    groups: np.ndarray
    delegations: np.ndarray
    delegation_labels: np.ndarray
    values: np.ndarray
    dont_know: np.ndarray
    asked: np.ndarray

    @cached_property
    def blocks(self) -> list[slice]:
        """The columns of each dimension's statements."""
        ends = np.cumsum([len(codes) for codes in self.dimensions.values()]).tolist()
        return [slice(start, end) for start, end in zip([0, *ends], ends, strict=False)]

    @property
    def n_statements(self) -> int:
        return self.blocks[-1].stop if self.dimensions else 0

    @property
    def statements(self) -> np.ndarray:
        """Answers 1 to 5 to the statements, NaN when not given: (responses, statements)."""
        return self.values[:, : self.n_statements]

    @property
    def importance(self) -> np.ndarray:
        """(responses, dimensions)"""
        return self.values[:, self.n_statements : self.n_statements + len(self.dimensions)]

    @property
    def change(self) -> np.ndarray:
        """(responses, dimensions)"""
        return self.values[:, self.n_statements + len(self.dimensions) :]

    def per_dimension(self, flags: np.ndarray) -> np.ndarray:
        """Counts true flags of statements by dimension: (responses, columns) → (responses, dimensions)."""
        counts = [np.count_nonzero(flags[:, block], axis=1) for block in self.blocks]
        return np.column_stack(counts) if counts else np.zeros((len(flags), 0), dtype=int)


def require_columns(answers: pd.DataFrame) -> None:
    """Rule 1.4: a missing column is a ValueError."""
    missing = [column for column in COLUMNS if column not in answers.columns]
    if missing:
        raise ValueError(f"the answers miss the columns {', '.join(missing)}")


def _code(column: pd.Series, sort: bool) -> Coded:
    codes, labels = pd.factorize(column, sort=sort)
    return Coded(codes, labels.tolist())


def code_answers(answers: pd.DataFrame) -> CodedAnswers:
    """Codes the text columns of the long frame (rule 1.3).

    Responses and delegations are put in the order of their labels, so that the same rows in another order give
    the same result to the last bit. A missing column, a value that is no number or an unknown `dont_know`:
    ValueError.
    """
    require_columns(answers)
    if answers["dont_know"].isna().any():
        raise ValueError("dont_know is true or false in every row")
    coded = {
        column: _code(answers[column], sort=column in ("response", "delegation")) for column in COLUMNS[:6]
    }
    return CodedAnswers(
        value=answers["value"].to_numpy(dtype=float, na_value=np.nan),
        dont_know=answers["dont_know"].to_numpy(dtype=bool),
        **coded,
    )


def questions(dimensions: Dimensions) -> list[Question]:
    """Rule 1.6: every question of a questionnaire, in the column order of `WideAnswers`."""
    statements = [Question("statement", item, code) for code, items in dimensions.items() for item in items]
    others = [Question(kind, code, code) for kind in KINDS[1:] for code in dimensions]
    return statements + others


def question_of(coded: CodedAnswers, dimensions: Dimensions) -> np.ndarray:
    """Rule 1.6: the column of each row's question, -1 when the questionnaire has no such question."""
    column_of = {question: column for column, question in enumerate(questions(dimensions))}
    kinds, items, names = coded.kind.labels, coded.item.labels, coded.dimension.labels
    # One extra place in each axis holds -1, which is where the code -1 of a missing label points.
    table = np.full((len(kinds) + 1, len(items) + 1, len(names) + 1), -1)
    codes = [{label: code for code, label in enumerate(labels)} for labels in (kinds, items, names)]
    for (kind, item, name), column in column_of.items():
        if kind in codes[0] and item in codes[1] and name in codes[2]:
            table[codes[0][kind], codes[1][item], codes[2][name]] = column
    return table[coded.kind.codes, coded.item.codes, coded.dimension.codes]


def first_code(column: Coded, response: Coded) -> np.ndarray:
    """Rule 1.6: the code of a column for each response, as one of its rows gives it."""
    codes = np.full(len(response.labels), -1)
    codes[response.codes] = column.codes
    return codes


def widen(coded: CodedAnswers, dimensions: Dimensions) -> WideAnswers:
    """Rule 1.6: pivots checked rows once; questions without a row are NaN and not asked."""
    rows, columns = coded.response.codes, question_of(coded, dimensions)
    shape = (len(coded.response.labels), len(questions(dimensions)))
    values = np.full(shape, np.nan, order="F")
    dont_know, asked = np.zeros(shape, dtype=bool, order="F"), np.zeros(shape, dtype=bool, order="F")
    values[rows, columns], dont_know[rows, columns], asked[rows, columns] = coded.value, coded.dont_know, True
    return WideAnswers(
        dimensions=dimensions,
        responses=np.asarray(coded.response.labels, dtype=object),
        groups=np.asarray(coded.group.labels, dtype=object)[first_code(coded.group, coded.response)],
        delegations=first_code(coded.delegation, coded.response),
        delegation_labels=np.asarray(coded.delegation.labels, dtype=object),
        values=values,
        dont_know=dont_know,
        asked=asked,
    )
