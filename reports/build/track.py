"""The development track: the priorities that follow from the answers, each with the next step of its level."""

from collections.abc import Iterator
from typing import Any

from questionnaires.texts import text
from reports.build.source import Source, Told
from reports.report import Action, Description, Priority, Rung, Track, Unseen


def track(source: Source) -> Track:
    chosen = source.result["priorities"]
    is_complete = len(chosen) == source.content.scoring.priority.n_priorities
    return Track(
        title=text("report.track.title") if is_complete else text("report.track.title_fewer"),
        lead=text("report.track.lead") if chosen else text("report.track.none"),
        priorities=tuple(_priority(source, each) for each in chosen),
        make_visible=tuple(
            Unseen(told.name, text("report.priority.make_visible"))
            for told in source.dimensions
            if told.entry["low_visibility"]
        ),
    )


def _priority(source: Source, chosen: dict[str, Any]) -> Priority:
    told = source.told(chosen["dimension"])
    step = told.dimension.next_step_by_level[told.entry["level"]]
    question = text("report.agreement.question", question=str(told.dimension.dialogue_question))
    return Priority(
        name=told.name,
        now=source.level_sentence(told),
        descriptions=tuple(_descriptions(source, told)),
        ladder=tuple(_ladder(source, told)),
        notes=tuple(notes(told, chosen)),
        question=question if chosen["dialogue_first"] else "",
        step=str(step.title),
        actions=tuple(Action(str(each.what), str(each.method), str(each.who)) for each in step.actions),
        evidence=str(step.evidence),
    )


def _descriptions(source: Source, told: Told) -> Iterator[Description]:
    """The level, or all levels that the interval touches: the forum discusses which of them fits best."""
    for number in range(told.entry["level_low"], told.entry["level_high"] + 1):
        yield Description(str(source.content.level(number)), str(told.dimension.rubric_by_level[number]))


def _ladder(source: Source, told: Told) -> Iterator[Rung]:
    """All levels, with a mark where the answers put the forum, where the group did, and where the forum wants to be."""
    placement = source.placements.get(told.dimension.code)
    target = source.targets.get(told.dimension.code)
    for level in source.content.levels:
        marks = []
        if told.entry["level_low"] <= level.level <= told.entry["level_high"]:
            marks.append(text("report.ladder.calculated"))
        if placement is not None and placement.level == level.level:
            marks.append(text("report.ladder.group"))
        if target is not None and target.level == level.level:
            marks.append(text("report.ladder.target"))
        yield Rung(str(level), str(told.dimension.rubric_by_level[level.level]), tuple(marks))


def notes(told: Told, chosen: dict[str, Any]) -> Iterator[str]:
    """What to know of a proposed priority before acting."""
    yield text("report.priority.stable") if chosen["stable"] else text("report.priority.unstable")
    if chosen["enabling"]:
        yield text("report.priority.conditional", dimension=told.in_sentence)
    if chosen["dialogue_first"]:
        yield text("report.priority.talk_first")
