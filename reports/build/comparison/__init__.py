"""Two frozen results become a comparison: verdicts and margins are those of scoring, sentences follow its rules.

What two results amount to is computed from both when it is asked for, as rule 10 says; nothing of it is stored.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format

from assessment.models import Snapshot
from questionnaires.texts import capital, text
from reports.build import source_of
from reports.build.comparison.actions import actions_between
from reports.build.comparison.between import Between
from reports.build.comparison.cautions import cautions
from reports.build.comparison.changes import changes
from reports.build.comparison.pair import Pair
from reports.build.comparison.reasons import reason
from reports.build.differences import described, total
from reports.build.respondents import cover
from reports.build.source import Source
from reports.comparison import Beside, Comparison, Side
from reports.report import Level

__all__ = ["Between", "build_comparison", "comparison_of"]


def build_comparison(first: Snapshot, second: Snapshot, *, language: str) -> Comparison:
    """Two closed rounds of one forum beside each other, the earlier one first, in "nl" or "en"."""
    with translation.override(language):
        between = Between.of(first, second, actions_between(first, second))
    return comparison_of(
        source_of(first, language=language), source_of(second, language=language), between, language=language
    )


def comparison_of(first: Source, second: Source, between: Between, *, language: str) -> Comparison:
    """The same from plain values."""
    with translation.override(language):
        pair = Pair.of(first, second, between)
        told = tuple(changes(pair))
        return Comparison(
            language=language,
            title=text("report.change.title"),
            subtitle=text("compare.subtitle", **pair.named, forum=second.facts.forum),
            header=text("compare.header", forum=second.facts.forum),
            publisher=second.publisher,
            closed_at=second.facts.closed_at,
            first=_side(first, pair.names[0]),
            second=_side(second, pair.names[1]),
            reason=tuple(reason(pair)),
            cautions=tuple(cautions(pair)),
            levels=tuple(Level(str(level), level.min_score) for level in second.content.levels),
            changes=told,
            on_actions=tuple(_on_actions(told, is_comparable=pair.is_comparable)),
            total=tuple(total(pair.compared, first.result, second.result)),
            description=described(told),
            notes=tuple(_notes(pair)),
        )


def _side(source: Source, name: str) -> Side:
    front = cover(source)
    return Side(
        name=capital(name),
        closed_on=date_format(timezone.localtime(source.facts.closed_at), "j F Y"),
        response=front.response,
        version=front.version,
    )


def _on_actions(changes: Sequence[Beside], *, is_comparable: bool) -> Iterator[str]:
    """That there are none is said once, whether for all dimensions or for the rest."""
    with_actions = sum(bool(each.actions) for each in changes)
    if with_actions:
        yield text("compare.actions.note" if is_comparable else "compare.actions.note_apart")
        if with_actions < len(changes):
            yield text("compare.actions.none_others")
    elif is_comparable:
        yield text("compare.actions.none")


def _notes(pair: Pair) -> Iterator[str]:
    """How to read the figures; last what the comparison does not say."""
    if not pair.is_comparable:
        return
    yield text("compare.margin")
    if pair.asks_change:
        scale: Any = pair.second.content.answer_scales.change
        yield text(
            "compare.experienced",
            question=str(scale.question),
            lowest=str(scale.options[0]).lower(),
            highest=str(scale.options[-1]).lower(),
        )
        if not pair.between.is_since_start:
            yield text("compare.experienced.longer")
    yield text("compare.caution")
    yield text("compare.no_proof")
