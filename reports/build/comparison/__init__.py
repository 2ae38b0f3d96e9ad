"""Two frozen results become a comparison: verdicts and margins are those of scoring, sentences follow its rules.

What two results amount to is computed from both when it is asked for, as rule 10 says; nothing of it is stored.
"""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format

from assessment.models import Snapshot
from questionnaires.texts import capital, text
from reports.build import source_of
from reports.build.comparison.actions import actions_between
from reports.build.comparison.between import Between
from reports.build.comparison.cautions import cautions
from reports.build.comparison.changes import changes, signed
from reports.build.comparison.pair import Pair
from reports.build.comparison.reasons import reason
from reports.build.respondents import cover
from reports.build.source import Source
from reports.comparison import Change, Comparison, Side
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
            publisher=second.publisher,
            closed_at=second.facts.closed_at,
            first=_side(first, pair.names[0]),
            second=_side(second, pair.names[1]),
            reason=tuple(reason(pair)),
            cautions=tuple(cautions(pair)),
            levels=tuple(Level(str(level), level.min_score) for level in second.content.levels),
            changes=told,
            total=tuple(_total(pair)),
            description=_description(told),
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


def _total(pair: Pair) -> Iterator[str]:
    """Rule 10.3: the total is judged alone; nothing is said of it where the rounds as a whole cannot be compared."""
    if not pair.is_comparable:
        return
    entry = pair.compared["total"]
    if entry["verdict"] == "not_comparable":
        yield text("compare.total.none")
        return
    before, after = (source.result["total"]["display"] for source in (pair.first, pair.second))
    yield text("verdict.total", score_1=before, score_2=after)
    yield text(
        f"compare.total.{entry['verdict']}", difference=signed(entry["display"]), margin=entry["margin"]
    )


def _description(told: tuple[Change, ...]) -> str:
    values = [words for change in told for words in _values(change)]
    return f"{text('compare.figure')}. {' '.join(values)}"


def _values(change: Change) -> Iterator[str]:
    """What a line of the chart shows, in words."""
    yield change.sentence
    if change.target:
        yield text("report.profile.value_target", target=change.target)


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
