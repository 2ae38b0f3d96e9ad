"""The level according to the group, beside the level that follows from the answers."""

from collections.abc import Iterator
from typing import Any

from assessment.actions.recording import Placement
from questionnaires.content import Dimension
from questionnaires.texts import lower, text
from reports.build.source import Source
from reports.report import GroupLevel


def group_levels(source: Source) -> tuple[GroupLevel, ...]:
    """What was recorded, in the order of the questionnaire; also where no result may be told."""
    return tuple(_group_levels(source))


def _group_levels(source: Source) -> Iterator[GroupLevel]:
    for dimension in source.content.dimensions:
        placement = source.placements.get(dimension.code)
        if placement is not None:
            yield _group_level(source, dimension, placement)


def _group_level(source: Source, dimension: Dimension, placement: Placement) -> GroupLevel:
    entry = source.result["dimensions"].get(dimension.code)
    is_told = entry is not None and entry["published"]
    level = (
        text("session.group_level.none") if placement.level is None else source.level_name(placement.level)
    )
    return GroupLevel(
        name=str(dimension),
        calculated=source.level_words(entry) if is_told else text("report.suppressed"),
        level=level,
        sentence=_sentence(source, dimension, placement, entry if is_told else None),
        evidence=placement.evidence,
    )


def _sentence(
    source: Source, dimension: Dimension, placement: Placement, entry: dict[str, Any] | None
) -> str:
    """`entry` is None where the calculated level may not be told."""
    about: dict[str, Any] = {"dimension": lower(str(dimension))}
    if placement.level is None:
        return text("report.group_level.none", **about)
    about["group_level"] = source.level_name(placement.level)
    if entry is None:
        return text("report.group_level.alone", **about)
    if not entry["level_low"] <= placement.level <= entry["level_high"]:
        return text("report.group_level.differs", **about, level=source.level_words(entry))
    if entry["boundary"]:
        return text("report.group_level.within", **about, level=source.level_words(entry))
    return text("report.group_level.same", **about)
