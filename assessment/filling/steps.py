"""The steps of the questionnaire for one member: which, in which order, with which questions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from questionnaires.content import Content, Dimension
from questionnaires.questions import Question, questions_for

ROLE, CHANGE, OPEN, REVIEW = "rol", "verandering", "eigen-woorden", "nakijken"


@dataclass(frozen=True)
class Step:
    """One page: `code` stands in the address; `dimension` is None where the page is not about one dimension."""

    code: str
    questions: tuple[Question, ...] = ()
    dimension: Dimension | None = None

    def question(self, name: str) -> Question:
        """The question behind a field; a field is named by its item, which is unique on a page."""
        return next(question for question in self.questions if question.item == name)

    def is_done(self, answered: Collection[tuple[str, str]]) -> bool:
        """Whether every question that must have an answer has one."""
        return all((q.kind, q.item) in answered for q in self.questions if q.is_required)


def steps_for(content: Content, *, role: str, round_kind: str) -> Mapping[str, Step]:
    """Role, one step a dimension, change (where asked), open questions, review; by code, in order."""
    key = ("steps", role, round_kind)
    if key not in content.kept:
        content.kept[key] = MappingProxyType({step.code: step for step in _steps(content, role, round_kind)})
    return content.kept[key]


def _steps(content: Content, role: str, round_kind: str) -> list[Step]:
    asked = questions_for(content, role=role, round_kind=round_kind)
    steps = [Step(ROLE)]
    for dimension in content.dimensions_for(role):
        own = tuple(q for q in asked if q.dimension == dimension.code and q.kind != "change")
        steps.append(Step(dimension.code.lower(), own, dimension))
    for code, kind in ((CHANGE, "change"), (OPEN, "open")):
        questions = tuple(q for q in asked if q.kind == kind)
        if questions:
            steps.append(Step(code, questions))
    return [*steps, Step(REVIEW)]
