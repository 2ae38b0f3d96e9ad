"""The development track: the priorities that follow from the answers, each with the next step of its level."""

from collections.abc import Iterator
from typing import Any

from questionnaires.texts import listed, text
from reports.build.agreed import agreed_on
from reports.build.source import Source, Told
from reports.report import Action, Description, Priority, Rung, Track, Unseen

# Quadrants of what the members find less important than the other dimensions (rule 11.2).
LESS_IMPORTANT = ("later", "watch")


def track(source: Source) -> Track:
    is_complete = len(source.priorities) == source.content.scoring.priority.n_priorities
    return Track(
        title=text("report.track.title") if is_complete else text("report.track.title_fewer"),
        lead=_lead(source),
        priorities=tuple(_priority(source, told) for told in source.priorities),
        make_visible=tuple(
            Unseen(told.name, text("report.priority.make_visible"))
            for told in source.dimensions
            if told.entry["low_visibility"]
        ),
        overruled=_overruled(source),
    )


def _lead(source: Source) -> str:
    if source.is_decided:
        return text("report.track.decided" if source.priorities else "report.track.decided_none")
    return text("report.track.lead" if source.priorities else "report.track.none")


def _overruled(source: Source) -> str:
    """Which dimensions the forum chose instead of which, and why."""
    if not source.overruled:
        return ""
    chosen = [told.in_sentence for told in source.priorities if told.dimension.code not in source.proposed]
    left = [source.told(code).in_sentence for code in source.proposed if code not in (source.chosen or ())]
    reason = source.overruled.rstrip(".")
    if not chosen or not left:
        return text("report.priority.overruled", reason=reason)
    return text("report.priority.instead", chosen=listed(chosen), proposed=listed(left), reason=reason)


def _priority(source: Source, told: Told) -> Priority:
    proposed = source.proposed.get(told.dimension.code)
    if not told.is_published:
        return _unseen_priority(source, told)
    step = told.dimension.next_step_by_level[told.entry["level"]]
    question = text("report.agreement.question", question=str(told.dimension.dialogue_question))
    return Priority(
        name=told.name,
        now=source.level_sentence(told),
        descriptions=tuple(_descriptions(source, told)),
        ladder=tuple(_ladder(source, told)),
        notes=tuple(notes(told, proposed, is_decided=source.is_decided))
        if proposed
        else (text("report.priority.own_choice"),),
        question=question if proposed and proposed["dialogue_first"] else "",
        step=str(step.title),
        actions=tuple(Action(str(each.what), str(each.method), str(each.who)) for each in step.actions),
        evidence=str(step.evidence),
        agreed=agreed_on(source, told),
    )


def _unseen_priority(source: Source, told: Told) -> Priority:
    """What a forum chose although no score of it is shown: no step follows from a level then."""
    return Priority(
        name=told.name,
        now=text("report.warning.too_few_dimension", dimension=told.in_sentence),
        descriptions=(),
        ladder=tuple(_ladder(source, told)),
        notes=(text("report.priority.own_choice"),),
        question="",
        step="",
        actions=(),
        evidence="",
        agreed=agreed_on(source, told),
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
        if told.is_published and told.entry["level_low"] <= level.level <= told.entry["level_high"]:
            marks.append(text("report.ladder.calculated"))
        if placement is not None and placement.level == level.level:
            marks.append(text("report.ladder.group"))
        if target is not None and target.level == level.level:
            marks.append(text("report.ladder.target"))
        yield Rung(str(level), str(told.dimension.rubric_by_level[level.level]), tuple(marks))


def notes(told: Told, chosen: dict[str, Any], *, is_decided: bool = False) -> Iterator[str]:
    """What to know of a proposed priority before acting; once the forum decided, nobody has to choose any more."""
    if chosen["stable"]:
        yield text("report.priority.stable")
    elif not is_decided:
        yield text("report.priority.unstable")
    if told.entry["quadrant"] in LESS_IMPORTANT and not chosen["enabling"]:
        yield text("report.priority.weighed")
    if chosen["enabling"]:
        yield text("report.priority.conditional", dimension=told.in_sentence)
    if chosen["dialogue_first"]:
        yield text("report.priority.talk_first")
