"""The own result: what one person sees with the receipt, as plain values."""

from dataclasses import dataclass
from typing import Any

from assessment.scoring.disclosure import has_enough
from questionnaires.content import Content, Dimension
from questionnaires.texts import lower, text


@dataclass(frozen=True)
class OwnAnswer:
    """One statement with the own answer in words; empty when it was skipped."""

    statement: str
    answer: str


@dataclass(frozen=True)
class OwnDimension:
    """One dimension: the own score as a whole number and in words; the forum beside it where that is allowed.

    `score` is None without a score, `forum` and `margin` are None below the threshold for comparing.
    """

    name: str
    sentence: str
    score: int | None
    level: str
    forum: int | None
    margin: int | None
    comparison: str
    answers: tuple[OwnAnswer, ...]


@dataclass(frozen=True)
class PersonalReport:
    """Everything the page shows, in the language in which it was built."""

    subtitle: str
    dimensions: tuple[OwnDimension, ...]
    is_compared: bool
    group_lead: str
    unknown: tuple[str, ...]
    priorities: tuple[str, ...]


def personal_report(
    own: dict[str, Any], *, content: Content, subtitle: str, responses: int
) -> PersonalReport:
    """Rules 16.1 to 16.3 of docs/scoring.md in words; `own` is what `individual_result` gave.

    `responses` is the number of counting responses. Built in the active language.
    """
    missing = str(content.answer_scales.agreement.missing_option)
    dimensions = tuple(
        _dimension(content, dimension, own["dimensions"][dimension.code]) for dimension in content.dimensions
    )
    is_compared = has_enough(responses, content.privacy.k_individual_comparison)
    lead = text("receipt.group.lead", members=responses) if is_compared else text("receipt.group.too_few")
    return PersonalReport(
        subtitle=subtitle,
        dimensions=dimensions,
        is_compared=is_compared,
        group_lead=lead,
        unknown=tuple(a.statement for d in dimensions for a in d.answers if a.answer == missing),
        priorities=tuple(str(content.dimension(code).name) for code in own["priorities"]),
    )


def _dimension(content: Content, dimension: Dimension, own: dict[str, Any]) -> OwnDimension:
    level = str(content.level(own["level"]).name) if own["level"] else ""
    return OwnDimension(
        name=str(dimension.name),
        sentence=_sentence(str(dimension.name), own, level),
        score=own["display"],
        level=level,
        forum=own["forum_display"],
        margin=own["forum_margin"],
        comparison=_comparison(str(dimension.name), own),
        answers=tuple(
            OwnAnswer(str(content.statement(code)), _in_words(content, value))
            for code, value in own["statements"].items()
        ),
    )


def _sentence(name: str, own: dict[str, Any], level: str) -> str:
    if not own["asked"]:
        return text("receipt.profile.skipped", dimension=name)
    if own["display"] is None:
        return text("receipt.profile.missing", dimension=name)
    return text("receipt.profile.sentence", dimension=name, score=own["display"], level=lower(level))


def _comparison(name: str, own: dict[str, Any]) -> str:
    if own["position"]:
        return text(f"receipt.group.{own['position']}", dimension=name)
    if own["asked"] and own["display"] is not None:
        return text("receipt.group.too_few_dimension", dimension=name)
    return ""


def _in_words(content: Content, value: int | str | None) -> str:
    if value is None:
        return ""
    scale = content.answer_scales.agreement
    if value == scale.missing_option.code:
        return str(scale.missing_option)
    return next(str(option) for option in scale.options if option.value == value)
