"""What changed since earlier rounds of the track (section 10), and how the members see it (section 9)."""

import datetime
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from questionnaires.texts import lower, text
from reports.build.differences import (
    CLEAR,
    INDICATIONS,
    changed,
    described,
    experienced_beside_measured,
    has_lone_indication,
    total,
    verdict_label,
)
from reports.build.source import Earlier, Source, Told
from reports.change import Change, Experience, Moment, Since, Year

Entry = dict[str, Any]


def compared(source: Source, first: Entry, second: Entry) -> Entry:
    """Two results of the track, as rule 17.2 describes their comparison."""
    # It loads scipy: only for whoever asks for a result.
    from assessment.scoring.change import compare_rounds
    from assessment.scoring.parameters import Parameters

    return compare_rounds(first, second, Parameters.from_content(source.content))


def change(source: Source) -> Change | None:
    """Rule 10.7: since the first round, which is the headline, and since the last one before this one."""
    if not source.earlier:
        return None
    first, last = source.earlier[0], source.earlier[-1]
    rounds = [first] if first is last else [first, last]
    return Change(year=year_of(source), comparisons=tuple(_since(source, earlier) for earlier in rounds))


def _since(source: Source, earlier: Earlier) -> Since:
    first, second = earlier.result, source.result
    found = compared(source, first, second)
    changes = tuple(changed(source, each, found, first, second) for each in source.content.dimensions)
    verdicts = [found["dimensions"][each.code]["verdict"] for each in source.content.dimensions]
    return Since(
        title=text("report.change.since", round_1=source.name_of_round(earlier.kind)),
        names=(str(source.content.round(earlier.kind)), str(source.content.round(source.facts.kind))),
        reason=_reason(found),
        changes=changes,
        description=described(changes),
        findings=tuple(
            each.sentence
            for each, verdict in zip(changes, verdicts, strict=True)
            if verdict in CLEAR + INDICATIONS
        ),
        total=tuple(total(found, first, second)),
        notes=tuple(_notes(found)),
    )


def _reason(found: Entry) -> str:
    if found["comparable"]:
        return ""
    return f"{text('compare.why.title')}. {text('verdict.reason.' + found['reason'])}"


def _notes(found: Entry) -> Iterator[str]:
    if not found["comparable"]:
        return
    if has_lone_indication(found):
        yield text("report.change.lone_hint")
    if found["composition_warning"]:
        yield text("report.change.response")


# --- The year ----------------------------------------------------------------------------------------------------


def year_of(source: Source) -> Year:
    """The total over the rounds of the track up to this one."""
    facts = source.facts
    this = Earlier(facts.kind, facts.closed_at, source.result)
    rounds = [*source.earlier, this]
    moments = tuple(_moment(source, each) for each in rounds)
    return Year(
        start=date_format(facts.track_starts_on, "F Y"),
        end=date_format(facts.track_ends_on, "F Y"),
        moments=moments,
        is_joined=tuple(_is_joined(source, *pair) for pair in pairwise(rounds)),
        description=_description(moments),
    )


def _moment(source: Source, round_: Earlier) -> Moment:
    closed_on = timezone.localtime(round_.closed_at).date()
    total = round_.result["total"] or {}
    return Moment(
        name=str(source.content.round(round_.kind)),
        date=date_format(closed_on, "j F Y"),
        place=_place(closed_on, source.facts.track_starts_on, source.facts.track_ends_on),
        score=total.get("display"),
        margin=total.get("margin"),
    )


def _is_joined(source: Source, first: Earlier, second: Earlier) -> bool:
    """Whether two rounds may be compared: a line between them says so."""
    return compared(source, first.result, second.result)["total"]["display"] is not None


def _place(day: datetime.date, start: datetime.date, end: datetime.date) -> float:
    """Where a day lies in the track; a round that closes after its end stands at the end."""
    return min(1.0, max(0.0, (day - start).days / (end - start).days))


def _description(moments: tuple[Moment, ...]) -> str:
    values = [
        text("report.year.value_hidden", round=each.name, date=each.date)
        if each.score is None
        else text("report.year.value", round=each.name, date=each.date, score=each.score, margin=each.margin)
        for each in moments
    ]
    return f"{text('report.year.figure')}. {' '.join(values)}"


# --- As the members see it ---------------------------------------------------------------------------------------


def experience(source: Source) -> tuple[Experience, ...]:
    """In a round that asks it. The question is about the whole track, so the measured side is since its first round."""
    if not source.earlier or not any(told.entry["experienced_change"] for told in source.dimensions):
        return ()
    found = compared(source, source.earlier[0].result, source.result)
    return tuple(_experience(source, told, found) for told in source.dimensions)


def _experience(source: Source, told: Told, found: Entry) -> Experience:
    seen, entry = told.entry["experienced_change"], found["dimensions"][told.dimension.code]
    experienced = seen["display"] if seen else None
    return Experience(
        name=told.name,
        experienced=experienced,
        answer=text("report.suppressed") if experienced is None else _answer(source, experienced),
        verdict=verdict_label(entry),
        sentence=_sentence(source, told, entry),
    )


def _answer(source: Source, experienced: int) -> str:
    """The option whose value lies nearest: they stand at -100, -50, 0, 50 and 100 (rule 2.1)."""
    options = source.content.answer_scales.change.options
    return lower(str(min(options, key=lambda option: abs((option.value - 3) * 50 - experienced))))


def _sentence(source: Source, told: Told, entry: Entry) -> str:
    """Only over the time that members were asked about, since the start of the track."""
    if source.earlier[0].kind != "baseline":
        return ""
    threshold = source.content.scoring.change.experienced_change_signal
    return experienced_beside_measured(told.name, told.entry["experienced_change"], entry, threshold)
