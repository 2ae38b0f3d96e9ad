"""A report as rows of displayed values, the same for every file; nothing here is computed or looked up."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from questionnaires.texts import text
from reports.exports.codebook import CHAPTER_OF, PARTS, Value, Variable
from reports.report import Explanation, Report, Result
from reports.statements import Statement

Row = dict[str, Value]


@dataclass(frozen=True)
class Figures:
    """`about` is one row; `parts` are those of the codebook, empty where there is nothing to tell.

    `variables` are those of each part that is told: of a shared report not of chapters that its coach left out.
    """

    about: Row
    guide: tuple[Explanation, ...]
    notes: tuple[str, ...]
    parts: dict[str, list[Row]]
    variables: dict[str, tuple[Variable, ...]]


def figures(report: Report) -> Figures:
    result = report.result
    return Figures(
        about=_about(report),
        guide=result.guide if result else (),
        notes=(*report.respondents.sentences, *report.respondents.cautions, *_omission(report)),
        variables=dict(_variables(report)),
        parts={
            "profile": list(_profile(report, result)) if result else [],
            "statements": list(_statements(report, result)) if result else [],
            "agreement": list(_agreement(report, result)) if result else [],
            "change": list(_change(report, result)) if result else [],
            "actions": list(_actions(report)),
            "experience": list(_experience(report, result)) if result else [],
        },
    )


def _omission(report: Report) -> Iterator[str]:
    if report.omitted:
        yield text("report.omitted.sentence", chapters="; ".join(report.omitted))


def _variables(report: Report) -> Iterator[tuple[str, tuple[Variable, ...]]]:
    for part, variables in PARTS.items():
        if report.tells(CHAPTER_OF[part]):
            yield part, tuple(each for each in variables if not each.chapter or report.tells(each.chapter))


def _about(report: Report) -> Row:
    origin = report.origin
    return {
        "title": report.subtitle,
        "round": origin.round,
        "closed_on": timezone.localtime(report.closed_at).date().isoformat(),
        "language": report.language,
        "is_published": report.result is not None,
        "members": origin.members,
        "municipalities": origin.municipalities,
        "municipalities_total": origin.municipalities_total,
        "questionnaire": origin.questionnaire,
        "software": origin.software,
        "fingerprint": origin.fingerprint,
    }


def _profile(report: Report, result: Result) -> Iterator[Row]:
    partners = {each.name: each.score for each in result.profile.others}
    counts = {each.name: each for each in result.annex.counts}
    weights = {each.name: each for each in result.importance.dimensions}
    group_levels = {each.name: each.level for each in report.group_levels}
    for each in result.profile.measures:
        weight, count = weights.get(each.name), counts[each.name]
        yield {
            "code": report.origin.code(each.name),
            "dimension": each.name,
            "score": each.score,
            "margin": each.margin,
            "level": _shown(each.level),
            "agreement": _shown(each.agreement) or None,
            "importance": weight.importance if weight else None,
            "quadrant": weight.quadrant or None if weight else None,
            "is_priority": each.name in result.glance.priorities,
            "partners_score": partners.get(each.name),
            "n_members": count.members,
            "n_municipalities": count.municipalities,
            "group_level": group_levels.get(each.name),
            "target": each.target or None,
        }


def _statements(report: Report, result: Result) -> Iterator[Row]:
    if not report.tells("statements"):
        return
    for coded, group in zip(report.origin.dimensions, result.statements.groups, strict=True):
        for code, each in zip(coded.statements, group.statements, strict=True):
            yield {
                "code": code,
                "dimension": group.name,
                "statement": each.text,
                "score": each.score,
                "answer": each.answer or None,
                "agreement": each.agreement or None,
                "has_two_camps": each.has_two_camps,
                **_shares(each),
            }


def _shares(statement: Statement) -> Row:
    """In three classes or in five, as the report shows them; the others stay empty."""
    three = statement.shares if len(statement.shares) == 3 else (None,) * 3
    five = statement.shares if len(statement.shares) == 5 else (None,) * 5
    names = ("disagree", "between", "agree", 1, 2, 3, 4, 5)
    return {f"share_{name}": share for name, share in zip(names, (*three, *five), strict=True)}


def _agreement(report: Report, result: Result) -> Iterator[Row]:
    words = {each.name: each.agreement for each in result.profile.measures}
    for each in result.agreement:
        yield {
            "code": report.origin.code(each.name),
            "dimension": each.name,
            "agreement": words[each.name],
            "sentence": each.sentence,
            "question": each.question,
        }


def _change(report: Report, result: Result) -> Iterator[Row]:
    for comparison in result.change.comparisons if result.change else ():
        for each in comparison.changes:
            yield {
                "since": comparison.title,
                "code": report.origin.code(each.name),
                "dimension": each.name,
                "before": each.before.display if each.before else None,
                "after": each.after.display if each.after else None,
                "difference": each.difference,
                "margin": each.margin,
                "verdict": each.verdict,
                "sentence": each.sentence,
            }


def _actions(report: Report) -> Iterator[Row]:
    for each in report.agreed:
        yield {
            "code": report.origin.code(each.dimension),
            "dimension": each.dimension,
            "action": each.what,
            "owner": each.owner or None,
            "due_on": each.due_on or None,
            "status": each.status,
            "evidence": each.evidence or None,
        }


def _experience(report: Report, result: Result) -> Iterator[Row]:
    for each in result.experience:
        yield {
            "code": report.origin.code(each.name),
            "dimension": each.name,
            "experienced": each.experienced,
            "answer": _shown(each.answer),
            "verdict": each.verdict,
            "sentence": each.sentence or None,
        }


def _shown(word: str) -> str | None:
    """None where the report says that it does not show the word."""
    return None if word == text("report.suppressed") else word
