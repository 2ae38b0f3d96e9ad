"""What changed in each dimension: the verdict in a sentence, and beside it what was experienced, aimed at and done."""

from collections.abc import Iterator
from typing import Any

from questionnaires.content import Dimension
from questionnaires.texts import lower, text
from reports.build.comparison.pair import Pair
from reports.build.differences import changed, experienced_beside_measured, published
from reports.build.source import Told
from reports.build.targets import target_sentence
from reports.change import signed
from reports.comparison import Beside


def changes(pair: Pair) -> Iterator[Beside]:
    """In the order of the questionnaire, never by what moved most."""
    for dimension in pair.second.content.dimensions:
        yield _beside(pair, dimension)


def _beside(pair: Pair, dimension: Dimension) -> Beside:
    told = changed(pair.second, dimension, pair.compared, pair.first.result, pair.second.result)
    seen = _experienced(pair, dimension)
    return Beside(
        **vars(told),
        code=dimension.code,
        experienced=signed(seen["display"]) if seen and pair.is_comparable else "",
        remarks=tuple(_remarks(pair, dimension)),
        actions=tuple(pair.between.actions.get(dimension.code, ())),
    )


def _experienced(pair: Pair, dimension: Dimension) -> Any:
    after = published(pair.second.result, dimension.code)
    return after and after["experienced_change"]


def _remarks(pair: Pair, dimension: Dimension) -> Iterator[str]:
    about: dict[str, Any] = {"dimension": lower(str(dimension))}
    yield from _experienced_beside_measured(pair, dimension)
    yield from _group_level(pair, dimension, about)
    yield from _target(pair, dimension)


def _experienced_beside_measured(pair: Pair, dimension: Dimension) -> Iterator[str]:
    """Only over the time that members were asked about, since the start of the track."""
    if not pair.between.is_since_start:
        return
    found, seen = pair.compared["dimensions"][dimension.code], _experienced(pair, dimension)
    sentence = experienced_beside_measured(str(dimension), seen, found, pair.parameters.experienced_signal)
    if sentence:
        yield sentence


def _group_level(pair: Pair, dimension: Dimension, about: dict[str, Any]) -> Iterator[str]:
    """Where the group placed itself, when it did so after both rounds."""
    placed = [source.placements.get(dimension.code) for source in (pair.first, pair.second)]
    levels = [each.level for each in placed if each is not None and each.level is not None]
    if len(levels) == 2 and pair.is_comparable:
        before, after = (pair.second.level_name(level) for level in levels)
        key = "compare.group_level.same" if before == after else "compare.group_level"
        yield text(key, **about, before=before, after=after)


def _target(pair: Pair, dimension: Dimension) -> Iterator[str]:
    """Rule 12.1, of the second round."""
    chosen = pair.second.targets.get(dimension.code)
    if chosen is not None:
        entry = pair.second.result["dimensions"].get(dimension.code, {"published": False})
        yield target_sentence(pair.second, Told(dimension, entry), chosen)
