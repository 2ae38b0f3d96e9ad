"""Every variable of the exported figures: workbook, rows, document, schema and codebook are all made from this list."""

from collections.abc import Iterator
from dataclasses import dataclass

from questionnaires.texts import text

Value = int | str | bool | None


@dataclass(frozen=True)
class Variable:
    """`kind` is int, str or bool; a whole number lies from `low` to `high`, None is no bound.

    `may_lack`: it can be empty, because it is not shown or because there is none. Then the workbook says `lacking`, a
    key of a text. `chapter` is the one of the report that it belongs to, where that is not the part's own.
    """

    name: str
    kind: type[int] | type[str] | type[bool] = str
    low: int | None = None
    high: int | None = None
    may_lack: bool = False
    lacking: str = ""
    chapter: str = ""

    @property
    def heading(self) -> str:
        return text(f"figures.{self.name}")

    @property
    def meaning(self) -> str:
        return text(f"figures.{self.name}.meaning")


def _points(name: str, low: int = 0) -> Variable:
    """A displayed number on the scale, which may not be shown."""
    return Variable(name, int, low, 100, may_lack=True)


def _word(name: str, chapter: str = "") -> Variable:
    """A word that may not be shown."""
    return Variable(name, may_lack=True, lacking="report.suppressed", chapter=chapter)


def _count(name: str) -> Variable:
    return Variable(name, int, 0, may_lack=True)


CODE, DIMENSION, SCORE, MARGIN = Variable("code"), Variable("dimension"), _points("score"), _points("margin")
VERDICT, SENTENCE = Variable("verdict"), Variable("sentence", may_lack=True)

ABOUT = (
    Variable("title"),
    Variable("round"),
    Variable("closed_on"),
    Variable("language"),
    Variable("is_published", bool),
    Variable("members", int, 0),
    Variable("municipalities", int, 0),
    _count("municipalities_total"),
    Variable("questionnaire"),
    Variable("software"),
    Variable("fingerprint"),
)
# The parts with a row for each dimension or statement, in the order of the sheets.
PARTS = {
    "profile": (
        CODE,
        DIMENSION,
        SCORE,
        MARGIN,
        _word("level"),
        _word("agreement", chapter="agreement"),
        Variable("importance", int, 0, 100, may_lack=True, chapter="importance"),
        Variable("quadrant", may_lack=True, chapter="importance"),
        Variable("is_priority", bool),
        _points("partners_score"),
        _count("n_members"),
        _count("n_municipalities"),
        Variable("group_level", may_lack=True, chapter="levels"),
        Variable("target", may_lack=True, chapter="targets"),
    ),
    "statements": (
        CODE,
        DIMENSION,
        Variable("statement"),
        SCORE,
        _word("answer"),
        _word("agreement", chapter="agreement"),
        Variable("has_two_camps", bool),
        *(_points(f"share_{of_three}") for of_three in ("disagree", "between", "agree")),
        *(_points(f"share_{answer}") for answer in range(1, 6)),
    ),
    "agreement": (CODE, DIMENSION, Variable("agreement"), SENTENCE, Variable("question")),
    "change": (
        Variable("since"),
        CODE,
        DIMENSION,
        _points("before"),
        _points("after"),
        _points("difference", -100),
        MARGIN,
        VERDICT,
        SENTENCE,
    ),
    "actions": (
        CODE,
        DIMENSION,
        Variable("action"),
        Variable("owner", may_lack=True),
        Variable("due_on", may_lack=True),
        Variable("status"),
        Variable("evidence", may_lack=True),
    ),
    "experience": (CODE, DIMENSION, _points("experienced", -100), _word("answer"), VERDICT, SENTENCE),
}

# The chapter of the report that a part belongs to.
CHAPTER_OF = {
    "profile": "profile",
    "statements": "statements",
    "agreement": "agreement",
    "change": "change",
    "actions": "agreed",
    "experience": "experience",
}


def every_variable() -> Iterator[tuple[str, Variable]]:
    """With the part in which it stands."""
    for part, variables in {"about": ABOUT, **PARTS}.items():
        for variable in variables:
            yield part, variable


def codebook() -> list[list[str]]:
    """A table with a row for each variable, in the active language."""
    columns = ("part", "variable", "heading", "meaning", "kind", "low", "high", "may_lack")
    head = [text(f"codebook.{column}") for column in columns]
    return [head, *(_described(part, variable) for part, variable in every_variable())]


def _described(part: str, variable: Variable) -> list[str]:
    bounds = ["" if bound is None else str(bound) for bound in (variable.low, variable.high)]
    kind = text(f"codebook.kind.{variable.kind.__name__}")
    may_lack = text("figures.yes" if variable.may_lack else "figures.no")
    return [part, variable.name, variable.heading, variable.meaning, kind, *bounds, may_lack]
