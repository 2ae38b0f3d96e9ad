"""The page of a track as plain values: the year, the building blocks, targets, priorities, actions, next steps."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import override

from assessment.models import Action, Block, Priority, Session, Target
from assessment.offer import Offer, the_offer
from questionnaires.content import Content
from questionnaires.texts import text
from reports.build import Source, source_of
from reports.build.track import notes
from reports.track.reading import Reading
from reports.track.year import DUE, MILESTONE, ROUND, SESSION, TODAY, Moment, year


@dataclass(frozen=True)
class Card:
    """An action as it stands in its column; `moves` are the other states."""

    action: Action
    dimension: str
    offer: Offer | None
    moves: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """The actions in one state."""

    status: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class BlockCount:
    """A building block of the track with how many of its actions are in which state, in words."""

    code: str
    counts: tuple[str, ...]


@dataclass(frozen=True)
class ChosenTarget:
    """The target of a dimension as it stands, with what was chosen before it, the newest first."""

    name: str
    level: str
    target: Target
    before: tuple[tuple[str, Target], ...]


@dataclass(frozen=True)
class Proposal:
    """A priority as the rule proposes it, with its reasons."""

    code: str
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Decision:
    """A priority as the forum decided it, in names; `proposed` is empty when it is what was chosen."""

    chosen: str
    proposed: str
    is_proposal: bool
    reason: str


@dataclass(frozen=True)
class Suggestion:
    """An action that the questionnaire suggests; `is_taken` once the track has it."""

    number: int
    what: str
    method: str
    who: str
    is_taken: bool


@dataclass(frozen=True)
class NextStep:
    """The next step of a dimension from the level that it is on; each offer that helps with whether it is outdated."""

    code: str
    name: str
    level: int
    way: str
    title: str
    evidence: str
    suggestions: tuple[Suggestion, ...]
    offers: tuple[tuple[Offer, bool], ...]
    is_priority: bool


def moments(
    reading: Reading, actions: Iterable[Action], targets: Iterable[Target], today: datetime.date
) -> Any:
    return year(
        reading.track,
        today=today,
        rounds=reading.rounds,
        targets=targets,
        priorities=reading.priorities,
        actions=actions,
        sessions=Session.objects.in_track(reading.track).defer("agenda", "note"),
    )


def line(reading: Reading, found: Sequence[Moment]) -> SafeString:
    """The year as a drawing; what it shows is said once more in words, for whoever does not see it."""
    from reports.charts.track_line import (  # loads reportlab: only for whoever asks for a track
        Mark,
        track_svg,
    )

    drawn = (ROUND, SESSION, MILESTONE, DUE, TODAY)
    marks = [Mark(each.kind, each.day, each.until, each.label) for each in found if each.kind in drawn]
    description = " ".join(f"{date_format(each.day, 'j F Y')}: {each.words}." for each in found)
    track = reading.track
    return track_svg(marks, start=track.starts_on, end=track.ends_on, description=description)


def columns(actions: Sequence[Action], content: Content) -> tuple[Column, ...]:
    cards = [_card(each, content) for each in actions]
    return tuple(
        Column(status, tuple(card for card in cards if card.action.status == status))
        for status in Action.Status
    )


def _card(action: Action, content: Content) -> Card:
    moves = tuple(status for status in Action.Status if status != action.status)
    return Card(action, dimension_name(content, action.dimension), the_offer().find(action.offer), moves)


def dimension_name(content: Content, code: str) -> str:
    """Its name; the code itself for a dimension that this version of the questionnaire no longer has."""
    try:
        return str(content.dimension(code))
    except KeyError:
        return code


def blocks(actions: Sequence[Action]) -> tuple[BlockCount, ...]:
    return tuple(BlockCount(code, tuple(_counts(actions, code))) for code in Block)


def _counts(actions: Sequence[Action], block: str) -> Iterator[str]:
    for status in Action.Status:
        count = sum(each.block == block and each.status == status for each in actions)
        if count:
            yield text(f"track.block.count.{status}", count=count)


def chosen_targets(targets: Sequence[Target], content: Content) -> tuple[ChosenTarget, ...]:
    """In the order of the questionnaire; also where a target was taken back."""
    return tuple(_chosen(targets, content))


def _chosen(targets: Sequence[Target], content: Content) -> Iterator[ChosenTarget]:
    for dimension in content.dimensions:
        own = [each for each in reversed(targets) if each.dimension == dimension.code]
        if own:
            first, *before = own
            yield ChosenTarget(
                str(dimension),
                _level(first, content),
                first,
                tuple((_level(each, content), each) for each in before),
            )


def _level(target: Target, content: Content) -> str:
    return text("track.targets.none") if target.level is None else str(content.level(target.level)).lower()


def proposals(source: Source) -> tuple[Proposal, ...]:
    return tuple(_proposal(source, each) for each in source.result["priorities"])


def _proposal(source: Source, proposed: dict[str, Any]) -> Proposal:
    told = source.told(proposed["dimension"])
    quadrant = told.entry["quadrant"]
    importance = [text(f"report.importance.{quadrant}")] if quadrant else []
    reasons = (source.level_sentence(told), *importance, *notes(told, proposed))
    return Proposal(told.dimension.code, told.name, reasons)


def decisions(priorities: Sequence[Priority], content: Content) -> tuple[Decision, ...]:
    return tuple(
        Decision(
            chosen=dimension_name(content, each.chosen) if each.chosen else "",
            proposed=dimension_name(content, each.proposed) if each.is_overruled else "",
            is_proposal=each.chosen != "" and each.chosen == each.proposed,
            reason=each.reason,
        )
        for each in priorities
    )


def next_steps(
    source: Source, actions: Sequence[Action], first: Sequence[str], today: datetime.date
) -> tuple[NextStep, ...]:
    """Of every published dimension, the priorities (`first`) before the others."""
    codes = [told.dimension.code for told in source.published]
    order = [*(code for code in first if code in codes), *(code for code in codes if code not in first)]
    taken = {each.what for each in actions}
    return tuple(_next_step(source, code, taken, today, is_priority=code in first) for code in order)


def _next_step(
    source: Source, code: str, taken: set[str], today: datetime.date, *, is_priority: bool
) -> NextStep:
    told = source.told(code)
    level = told.entry["level"]
    step = told.dimension.next_step_by_level[level]
    with override("nl"):
        kept = [str(each.what).rstrip(".") for each in step.actions]
    return NextStep(
        code=code,
        name=told.name,
        level=level,
        way=_way(source, level),
        title=str(step.title),
        evidence=str(step.evidence),
        suggestions=tuple(
            Suggestion(number, str(each.what), str(each.method), str(each.who), kept[number] in taken)
            for number, each in enumerate(step.actions)
        ),
        offers=tuple((each, each.is_outdated(today)) for each in the_offer().that_helps(code, level, today)),
        is_priority=is_priority,
    )


def _way(source: Source, level: int) -> str:
    """From this level to the next; on the highest what holds on to it."""
    highest = source.content.levels[-1].level
    if level == highest:
        return text("report.track.secure")
    levels: dict[str, Any] = {
        "level_low": source.level_name(level),
        "level_high": source.level_name(level + 1),
    }
    return text("track.next_steps.from", **levels)


def source_for(reading: Reading, language: str) -> Source | None:
    """What proposals and next steps follow from; None while the track has no result that may be told."""
    return source_of(reading.snapshot, language=language) if reading.snapshot else None
