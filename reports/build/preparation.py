"""Where the conversation begins: three talks at most, and the dimensions on which opinions differ."""

from collections.abc import Iterable, Iterator
from typing import Any

from questionnaires.texts import capital, text
from reports.build.agreement import agreement_on, camps
from reports.build.glance import DIVIDED, consensus
from reports.build.source import Source, Told
from reports.build.track import LESS_IMPORTANT
from reports.preparation import Preparation, Shared, Talk
from reports.report import Description, Report

N_TALKS = 3
_LABELS = ("agreed", "mostly_agreed", "divided", "strongly_divided")


def preparation(source: Source, report: Report) -> Preparation:
    """In the active language."""
    if not source.is_published:
        return Preparation(report)
    known = [told for told in source.published if told.entry["agreement"]]
    about_forum = [told for told in known if not told.is_about_municipalities]
    different = sorted(_different(source, about_forum), key=consensus)
    own = _different(source, (told for told in known if told.is_about_municipalities))
    return Preparation(
        report=report,
        talks=_talks(source, different),
        shared=tuple(_shared(source, about_forum)),
        differences=tuple(agreement_on(source, told) for told in different),
        municipalities=tuple(agreement_on(source, told) for told in own),
        camps=tuple(statement for told in about_forum for statement in camps(source, told)),
    )


def _different(source: Source, dimensions: Iterable[Told]) -> list[Told]:
    """Where the members are divided, or stand in two camps on a statement."""
    return [told for told in dimensions if told.entry["agreement"] in DIVIDED or any(camps(source, told))]


def _talks(source: Source, different: list[Told]) -> tuple[Talk, ...]:
    """Priorities with a conversation to hold first (rule 11.4), the other ones, then where opinions differ most."""
    priorities = sorted(source.result["priorities"], key=lambda each: not each["dialogue_first"])
    talks = [_of_priority(source, each) for each in priorities]
    begun = {talk.code for talk in talks}
    talks += [
        _talk(source, told, (agreement_on(source, told).sentence,))
        for told in different
        if told.dimension.code not in begun
    ]
    return tuple(talks[:N_TALKS])


def _of_priority(source: Source, chosen: dict[str, Any]) -> Talk:
    told = source.told(chosen["dimension"])
    return _talk(source, told, tuple(_reasons(told, chosen)))


def _reasons(told: Told, chosen: dict[str, Any]) -> Iterator[str]:
    if chosen["dialogue_first"]:
        yield text("report.priority.talk_first")
    if chosen["enabling"]:
        yield text("report.priority.conditional", dimension=told.in_sentence)
    if told.entry["quadrant"] == "priority":
        yield capital(text("report.importance.priority")) + "."
    elif told.entry["quadrant"] in LESS_IMPORTANT and not chosen["enabling"]:
        yield text("report.priority.weighed")
    if not chosen["stable"]:
        yield text("report.priority.unstable")


def _talk(source: Source, told: Told, reasons: tuple[str, ...]) -> Talk:
    return Talk(
        code=told.dimension.code,
        name=told.name,
        reasons=reasons,
        standing=source.level_sentence(told),
        question=str(told.dimension.dialogue_question),
        descriptions=tuple(
            Description(str(level), str(told.dimension.rubric_by_level[level.level]))
            for level in source.content.levels
        ),
    )


def _shared(source: Source, known: list[Told]) -> Iterator[Shared]:
    for label in _LABELS:
        names = tuple(told.name for told in known if told.entry["agreement"] == label)
        if names:
            yield Shared(text(f"report.agreement.{label}"), names)
