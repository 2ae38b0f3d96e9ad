"""Which questions somebody is asked: by role, and by kind of round."""

from collections.abc import Iterator
from typing import NamedTuple

from questionnaires.content import Content


class Question(NamedTuple):
    """One question: `kind` is statement, importance, change or open; `item` its code within that kind.

    `dimension` is empty for an open question. The item of importance and change is the code of the dimension.
    """

    kind: str
    item: str
    dimension: str = ""

    @property
    def is_required(self) -> bool:
        return self.kind != "open"


def questions_for(content: Content, *, role: str, round_kind: str) -> tuple[Question, ...]:
    """Every question for this role in a round of this kind, in the order of the questionnaire.

    Raises KeyError for a role or a round that the questionnaire does not have.
    """
    key = ("questions", role, round_kind)
    if key not in content.kept:
        content.kept[key] = (*_scaled(content, role, round_kind), *_open(content, round_kind))
    return content.kept[key]


def _scaled(content: Content, role: str, round_kind: str) -> Iterator[Question]:
    dimensions = content.dimensions_for(role)
    for dimension in dimensions:
        for statement in dimension.statements:
            yield Question("statement", statement.code, dimension.code)
        yield Question("importance", dimension.code, dimension.code)
    if content.round(round_kind).asks_change:
        for dimension in dimensions:
            yield Question("change", dimension.code, dimension.code)


def _open(content: Content, round_kind: str) -> Iterator[Question]:
    for question in content.open_questions_for(round_kind):
        yield Question("open", question.code)
