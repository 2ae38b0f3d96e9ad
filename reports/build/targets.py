"""What the forum wants to reach itself: the target levels it chose, and how the scores stand to them (Rule 12.1)."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from assessment.actions.choosing import Chosen
from questionnaires.texts import text
from reports.build.source import Source, Told
from reports.report import Target


def targets(source: Source) -> tuple[Target, ...]:
    """In the order of the questionnaire; nothing is said of a dimension without a target (Rule 12.2)."""
    return tuple(_targets(source))


def _targets(source: Source) -> Iterator[Target]:
    entries = source.result["dimensions"]
    for dimension in source.content.dimensions:
        chosen = source.targets.get(dimension.code)
        if chosen is None:
            continue
        told = Told(dimension, entries.get(dimension.code, {"published": False}))
        yield Target(
            name=told.name,
            level=source.level_name(chosen.level),
            sentence=target_sentence(source, told, chosen),
            reason=chosen.reason,
            chosen_on=date_format(chosen.chosen_on, "j F Y"),
        )


def target_sentence(source: Source, told: Told, chosen: Chosen) -> str:
    """How a score stands to the level that the forum chose.

    Only which that is for a dimension that is not shown, and for a target of after the round: nobody worked on it yet.
    """
    about: dict[str, Any] = {"dimension": told.in_sentence, "target": source.level_name(chosen.level)}
    closed_on = timezone.localdate(source.facts.closed_at)
    if not told.is_published or chosen.chosen_on > closed_on:
        return text("report.target.set", **about)
    from assessment.scoring.scale import target_gap  # loads numpy: only for a forum that chose a target

    cuts = tuple(each.min_score for each in source.content.levels[1:])
    gap = target_gap(told.entry["score"], told.entry["upper"], chosen.level, cuts)
    if gap["status"] == "reached" and told.entry["level_low"] < chosen.level:
        return text("report.target.reached_margin", **about)
    return text(f"report.target.{gap['status']}", **about)
