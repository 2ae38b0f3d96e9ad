"""From a track to its report: everything from the frozen results, and from what the forum chose and agreed to do."""

import datetime
from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone
from django.utils.formats import date_format

from assessment.models import Action, Session, Snapshot, Track
from questionnaires.texts import lower, text
from reports.build import source_with_earlier
from reports.build.change import change, year_of
from reports.build.comparison.actions import action_in_words
from reports.build.glance import changes, glance
from reports.build.group_levels import group_levels
from reports.build.respondents import cover, reason, version_line
from reports.build.source import Source
from reports.build.targets import targets
from reports.comparison import AgreedAction
from reports.track.overview import decisions, dimension_name, proposals
from reports.track.reading import Reading
from reports.track.told import Chosen, Happened, TrackReport, Work
from reports.track.year import END, START, TODAY, year


def results_of(track: Track) -> list[Snapshot]:
    """The frozen results of a track, the first one first; a report of it can be made from one on."""
    return list(
        Snapshot.objects.filter(round__track=track)
        .select_related("round__forum", "round__track", "round__version")
        .defer("round__version__document")
        .order_by("closed_at")
    )


def track_report(
    reading: Reading, snapshots: Sequence[Snapshot], *, today: datetime.date, language: str
) -> TrackReport:
    """In the active language, which is `language`; `snapshots` is what `results_of` gave, at least one."""
    source = source_with_earlier(snapshots[-1], language=language)
    actions = list(reading.track.actions.select_related("breakthrough"))
    note, chosen = _priorities(reading, source)
    return TrackReport(
        language=language,
        title=text("track.title", forum=source.facts.forum),
        period=_period(reading),
        publisher=source.publisher,
        coach=cover(source).coach,
        made_at=source.facts.closed_at,
        summary=tuple(_summary(source)),
        year=year_of(source),
        moments=tuple(_moments(reading, actions, today)),
        priorities_note=note,
        priorities=chosen,
        targets=targets(source),
        work=tuple(_work(source, actions)),
        group_levels=group_levels(source),
        sources=tuple(_source(each, source) for each in snapshots),
    )


def _period(reading: Reading) -> str:
    starts_on, ends_on = (
        date_format(each, "j F Y") for each in (reading.track.starts_on, reading.track.ends_on)
    )
    return text("track.period", starts_on=starts_on, ends_on=ends_on)


def _summary(source: Source) -> Iterator[str]:
    """What changed and the total; without both what the report says, and below the threshold why there is no more."""
    if not source.is_published:
        yield reason(source)
        return
    told = list(changes(source))
    if total := source.result["total"]:
        told.append(text("report.glance.total", score=total["display"], margin=total["margin"]))
    yield from told or glance(source).sentences


def _moments(reading: Reading, actions: Sequence[Action], today: datetime.date) -> Iterator[Happened]:
    found = year(
        reading.track,
        today=today,
        rounds=reading.rounds,
        targets=reading.track.targets.all(),
        priorities=reading.priorities,
        actions=actions,
        sessions=Session.objects.in_track(reading.track).defer("agenda", "note"),
    )
    for each in found:
        if each.kind in (START, END, TODAY):
            continue
        day = date_format(each.day, "j F Y")
        if each.until:
            day = text("track.from_to", first=day, last=date_format(each.until, "j F Y"))
        yield Happened(day, each.words, each.note)


# --- Priorities --------------------------------------------------------------------------------------------------


def _priorities(reading: Reading, source: Source) -> tuple[str, tuple[Chosen, ...]]:
    """What the forum decided, else what the calculation proposes; and the sentence that says which of both it is."""
    decided = reading.decided if reading.priorities else []
    if decided:
        note = text("track.priorities.decided_on", date=date_format(decided[0].decided_on, "j F Y"))
        told = decisions(decided, source.content)
        return f"{note}.", tuple(
            Chosen(
                each.chosen or text("track.priorities.left_out"),
                text("track.priorities.accepted")
                if each.is_proposal
                else _instead(each.proposed, each.reason),
            )
            for each in told
        )
    if not source.is_published:
        return text("track.no_result"), ()
    proposed = tuple(Chosen(each.name, text("track.priorities.proposed")) for each in proposals(source))
    return text("track.priorities.undecided") if proposed else text("report.track.none"), proposed


def _instead(proposed: str, reason: str) -> str:
    told = [text("track.priorities.chosen")]
    if proposed:
        told = [text("track.priorities.instead", dimension=lower(proposed))]
    if reason:
        told.append(text("track.reason", reason=reason))
    return " ".join(told)


# --- Actions -----------------------------------------------------------------------------------------------------


def _work(source: Source, actions: Sequence[Action]) -> Iterator[Work]:
    """In the order of the questionnaire; a dimension that it no longer has comes last under its code."""
    measured = dict(_measured(source))
    own = [each.code for each in source.content.dimensions]
    codes = sorted(
        {each.dimension for each in actions}, key=lambda code: own.index(code) if code in own else len(own)
    )
    for code in codes:
        told = tuple(_action(each) for each in actions if each.dimension == code)
        yield Work(dimension_name(source.content, code), measured.get(code, ""), told)


def _measured(source: Source) -> Iterable[tuple[str, str]]:
    """By code: what changed since the first round of the track, else where the forum stands."""
    if not source.is_published:
        return
    changed = change(source)
    if changed:
        sentences = (each.sentence for each in changed.comparisons[0].changes)
        yield from zip((told.dimension.code for told in source.dimensions), sentences, strict=True)
        return
    for told in source.published:
        yield told.dimension.code, source.level_sentence(told)


def _action(action: Action) -> AgreedAction:
    """With what makes it a regional breakthrough behind its name."""
    bid = getattr(action, "breakthrough", None)
    return action_in_words(
        action, beside=text("track.report.breakthrough", partners=bid.partners) if bid else ""
    )


def _source(snapshot: Snapshot, source: Source) -> str:
    closed_on = date_format(timezone.localtime(snapshot.closed_at), "j F Y")
    name = text("compare.round", round=str(source.content.round(snapshot.round.kind)), date=closed_on)
    version = version_line(snapshot.questionnaire_version, snapshot.software_version, snapshot.fingerprint)
    return f"{name}. {version}"
