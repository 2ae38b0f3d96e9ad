"""The own result: what one person sees with the receipt, as plain values."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from assessment.scoring.disclosure import has_enough
from questionnaires.content import Content, Dimension
from questionnaires.texts import capital, lower, text
from reports.report import Level

MOST_UNKNOWN = 10  # statements that are told one by one on paper


@dataclass(frozen=True)
class OwnAnswer:
    """One statement with the own answer in words; empty when it was skipped."""

    statement: str
    answer: str


@dataclass(frozen=True)
class OwnDimension:
    """One dimension: the own score as a whole number and in words; the forum beside it where that is allowed.

    `position` is "lower", "similar" or "higher" than the forum, empty where that is not told. `score` is None without a
    score, `forum` and `margin` are None below the threshold for comparing.
    """

    code: str
    name: str
    sentence: str
    score: int | None
    level: str
    forum: int | None
    margin: int | None
    comparison: str
    position: str
    answers: tuple[OwnAnswer, ...]


@dataclass(frozen=True)
class OwnPriority:
    """A dimension that this person finds important and sees room in, with its question for a conversation."""

    name: str
    question: str


@dataclass(frozen=True)
class PersonalReport:
    """Everything that page and file show, in `language` ("nl" or "en"). `levels` are those of the axis.

    `beside_group` says in one sentence where the dimensions stand beside the group, empty where that is not told.
    `unknown` are the statements that were answered with "don't know"; `unknown_in_short` the same for one page, where
    there are many by dimension with their number.
    """

    language: str
    subtitle: str
    publisher: str
    closed_at: datetime.datetime
    levels: tuple[Level, ...]
    dimensions: tuple[OwnDimension, ...]
    is_compared: bool
    group_lead: str
    beside_group: str
    unknown: tuple[str, ...]
    unknown_in_short: tuple[str, ...]
    priorities: tuple[OwnPriority, ...]


@dataclass(frozen=True)
class Beside:
    """Two own results of one person, the earlier round first, with the names of both rounds; nothing is concluded.

    `subtitle` says of which forum they are and when each round closed.
    """

    subtitle: str
    first: PersonalReport
    second: PersonalReport
    names: tuple[str, str]

    @property
    def rows(self) -> tuple[tuple[OwnDimension, OwnDimension], ...]:
        """A dimension of both rounds, in the order of the later one; what only one of them asked stands in no row."""
        earlier = {own.code: own for own in self.first.dimensions}
        return tuple((earlier[own.code], own) for own in self.second.dimensions if own.code in earlier)

    @property
    def description(self) -> str:
        """What the chart shows, in words."""
        told = [
            f"{name}: {own.sentence}" for row in self.rows for name, own in zip(self.names, row, strict=True)
        ]
        return " ".join(told)


def personal_report(
    own: dict[str, Any],
    *,
    content: Content,
    subtitle: str,
    responses: int,
    closed_at: datetime.datetime,
    language: str,
) -> PersonalReport:
    """Rules 16.1 to 16.3 of docs/scoring.md in words; `own` is what `individual_result` gave.

    `responses` is the number of counting responses. Built in the active language, which is `language`.
    """
    missing = str(content.answer_scales.agreement.missing_option)
    dimensions = tuple(
        _dimension(content, dimension, own["dimensions"][dimension.code]) for dimension in content.dimensions
    )
    is_compared = has_enough(responses, content.privacy.k_individual_comparison)
    unknown = {
        each.name: [answer.statement for answer in each.answers if answer.answer == missing]
        for each in dimensions
    }
    lead = text("receipt.group.lead", members=responses) if is_compared else text("receipt.group.too_few")
    return PersonalReport(
        language=language,
        subtitle=subtitle,
        publisher=settings.ORGANISATION_NAME or text("app.name"),
        closed_at=closed_at,
        levels=tuple(Level(str(level), level.min_score) for level in content.levels),
        dimensions=dimensions,
        is_compared=is_compared,
        group_lead=lead,
        beside_group=_beside_group(dimensions) if is_compared else "",
        unknown=tuple(statement for statements in unknown.values() for statement in statements),
        unknown_in_short=_in_short(unknown),
        priorities=tuple(_priority(content.dimension(code)) for code in own["priorities"]),
    )


def _beside_group(dimensions: tuple[OwnDimension, ...]) -> str:
    """What each dimension says of the group, gathered."""
    found: dict[str, list[str]] = {"higher": [], "similar": [], "lower": [], "too_few": []}
    for each in dimensions:
        if each.comparison:
            found[each.position or "too_few"].append(lower(each.name))
    told = [
        text(f"receipt.group.all.{key}", dimensions=", ".join(names)) for key, names in found.items() if names
    ]
    return f"{capital('; '.join(told))}." if told else ""


def _in_short(unknown: dict[str, list[str]]) -> tuple[str, ...]:
    if sum(map(len, unknown.values())) <= MOST_UNKNOWN:
        return tuple(statement for statements in unknown.values() for statement in statements)
    return tuple(
        text("receipt.unknown.many", dimension=name, n=len(statements), count=len(statements))
        for name, statements in unknown.items()
        if statements
    )


def _priority(dimension: Dimension) -> OwnPriority:
    return OwnPriority(str(dimension.name), str(dimension.dialogue_question))


def _dimension(content: Content, dimension: Dimension, own: dict[str, Any]) -> OwnDimension:
    level = lower(str(content.level(own["level"]).name)) if own["level"] else ""
    return OwnDimension(
        code=dimension.code,
        name=str(dimension.name),
        sentence=_sentence(str(dimension.name), own, level),
        score=own["display"],
        level=level,
        forum=own["forum_display"],
        margin=own["forum_margin"],
        comparison=_comparison(str(dimension.name), own),
        position=own["position"] or "",
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
    return text("receipt.profile.sentence", dimension=name, score=own["display"], level=level)


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
