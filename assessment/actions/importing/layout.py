"""Which columns a file has, and which of them each group fills in, as the questionnaire says."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from assessment.models import Municipality
from assessment.models.rounds import AnswerKind
from questionnaires.content import Content
from questionnaires.questions import Question

GROUP, MUNICIPALITY = "group", "municipality"


@dataclass(frozen=True)
class Group:
    """A group of the questionnaire; `asked` are the names of the columns that it fills in."""

    code: str
    has_municipality: bool
    asked: frozenset[str]


@dataclass(frozen=True)
class Layout:
    """The columns of a questionnaire, in a round that asks experienced change or does not."""

    content: Content
    asks_change: bool

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The question of every column with answers, by its name, in the order of a new file."""
        dimensions = self.content.dimensions
        statements = [Question("statement", s.code, d.code) for d in dimensions for s in d.statements]
        kinds = [AnswerKind.IMPORTANCE, AnswerKind.CHANGE] if self.asks_change else [AnswerKind.IMPORTANCE]
        others = [Question(kind.value, d.code, d.code) for kind in kinds for d in dimensions]
        return {_column(question): question for question in [*statements, *others]}

    @cached_property
    def names(self) -> dict[str, str]:
        """Every column by its folded name."""
        return {folded(name): name for name in (GROUP, MUNICIPALITY, *self.questions)}

    @cached_property
    def unasked(self) -> dict[str, str]:
        """Columns of the questionnaire that this round does not ask, by their folded name."""
        if self.asks_change:
            return {}
        asked_later = Layout(self.content, asks_change=True)
        return {folded(name): name for name in asked_later.questions if name not in self.questions}

    @cached_property
    def groups(self) -> dict[str, Group]:
        """The groups by their folded code and by their folded Dutch name."""
        found: dict[str, Group] = {}
        for each in self.content.report_groups:
            roles = [role for role in self.content.roles if role.report_group == each.code]
            dimensions = {d.code for role in roles for d in self.content.dimensions_for(role.code)}
            asked = frozenset(name for name, q in self.questions.items() if q.dimension in dimensions)
            group = Group(each.code, any(role.counts_in_forum_score for role in roles), asked)
            found |= {folded(each.code): group, folded(each.nl): group}
        return found


def column_names(content: Content, *, asks_change: bool) -> list[str]:
    """The header of a new file."""
    return [GROUP, MUNICIPALITY, *Layout(content, asks_change).questions]


def places(municipalities: Iterable[Municipality]) -> dict[str, str]:
    """NIS codes by themselves and by the folded official name."""
    found: dict[str, str] = {}
    for each in municipalities:
        found |= {folded(each.nis): each.nis, folded(each.name): each.nis}
    return found


def folded(words: str) -> str:
    """Words without regard to case, to spaces beyond one, and to how an accent was typed."""
    return " ".join(unicodedata.normalize("NFC", words).casefold().split())


def _column(question: Question) -> str:
    is_statement = question.kind == AnswerKind.STATEMENT
    return question.item if is_statement else f"{question.kind}_{question.item}"
