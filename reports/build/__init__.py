"""The only place where a result becomes a report: numbers as displayed, and sentences by the rules of docs/scoring.md.

Nothing is computed here that a reader could take for a measurement; scores, margins, levels and labels are those of the
frozen result. What the result suppresses never enters a report.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.utils import translation

from assessment.actions.beside import Beside, beside_of, earlier_results
from assessment.actions.shared_document import SharedDocument
from assessment.models import Snapshot
from questionnaires.texts import text
from reports.build.agreed import agreed
from reports.build.agreement import agreement
from reports.build.annex import annex
from reports.build.change import change, experience
from reports.build.foreword import foreword
from reports.build.glance import glance
from reports.build.group_levels import group_levels
from reports.build.guide import guide
from reports.build.importance import importance
from reports.build.narrowing import narrowed, omitted, within
from reports.build.origin import origin
from reports.build.preparation import preparation
from reports.build.profile import profile
from reports.build.respondents import cover, respondents
from reports.build.source import Earlier, Facts, Source
from reports.build.statements import statements
from reports.build.targets import targets
from reports.build.track import track
from reports.build.voices import voices, voices_in
from reports.preparation import Preparation
from reports.report import Report, Result

__all__ = [
    "Earlier",
    "Facts",
    "Source",
    "build_preparation",
    "build_report",
    "build_shared_report",
    "preparation_of",
    "report_of",
    "shared_source",
    "source_of",
    "source_with_earlier",
]


def build_report(snapshot: Snapshot, *, language: str) -> Report:
    """The report of a closed round in "nl" or "en"."""
    source = replace(source_with_earlier(snapshot, language=language), voices=voices(snapshot.round))
    return report_of(source, language=language)


def build_shared_report(snapshot: Snapshot, document: SharedDocument, *, language: str) -> Report:
    """The report as its coach shared it: the chapters that are told, with what stood beside the result then.

    Nothing of what was left out is in it. Quotes that the coach took back since are gone, and shortened ones shorter.
    """
    report = report_of(shared_source(snapshot, document, language=language), language=language)
    with translation.override(language):
        return replace(
            narrowed(report, document.chapters),
            foreword=foreword(document),
            omitted=omitted(document.left_out),
        )


def shared_source(snapshot: Snapshot, document: SharedDocument, *, language: str) -> Source:
    """What a shared report is made from: the frozen copy, without what belongs to a chapter that was left out."""
    beside = document.beside
    rounds = Snapshot.objects.filter(pk__in=beside.earlier).select_related("round").order_by("closed_at")
    source = replace(
        source_of(snapshot, language=language, beside=beside),
        earlier=_earlier(rounds),
        voices=voices_in(beside.themes, snapshot.round),
    )
    return within(source, document.chapters)


def build_preparation(snapshot: Snapshot, *, language: str) -> Preparation:
    """The same report without voices, and what to begin the conversation with."""
    return preparation_of(source_with_earlier(snapshot, language=language), language=language)


def source_with_earlier(snapshot: Snapshot, *, language: str) -> Source:
    """With the rounds of the track that closed before this one; so a report stays as it is when another one follows."""
    rounds = earlier_results(snapshot).select_related("round")
    return replace(source_of(snapshot, language=language), earlier=_earlier(rounds))


def _earlier(snapshots: Iterable[Snapshot]) -> tuple[Earlier, ...]:
    return tuple(Earlier(each.round.kind, each.closed_at, each.result) for each in snapshots)


def source_of(snapshot: Snapshot, *, language: str, beside: Beside | None = None) -> Source:
    """What is told of this result alone, with what stands beside it now unless `beside` says what stood there."""
    round_ = snapshot.round
    beside = beside or beside_of(round_)
    facts = Facts(
        kind=round_.kind,
        forum=beside.forum_in_sentence(language),
        coach=beside.coach,
        closed_at=snapshot.closed_at,
        invited_members=snapshot.invited_members,
        is_entered=snapshot.is_entered,
        questionnaire_version=snapshot.questionnaire_version,
        track_starts_on=beside.track_starts_on,
        track_ends_on=beside.track_ends_on,
        software_version=snapshot.software_version,
        fingerprint=snapshot.fingerprint,
    )
    return Source(
        snapshot.result,
        round_.content,
        facts,
        placements=beside.placements,
        targets=beside.targets,
        agreed=beside.agreed,
        chosen=beside.chosen,
        overruled=beside.overruled,
    )


def report_of(source: Source, *, language: str) -> Report:
    """The same from plain values."""
    with translation.override(language):
        return Report(
            language=language,
            title=text("report.title"),
            subtitle=text("report.subtitle", round=source.round_name, forum=source.facts.forum),
            publisher=source.publisher,
            closed_at=source.facts.closed_at,
            origin=origin(source),
            cover=cover(source),
            respondents=respondents(source),
            result=_result(source) if source.is_published else None,
            group_levels=group_levels(source),
            targets=targets(source),
            agreed=agreed(source),
        )


def preparation_of(source: Source, *, language: str) -> Preparation:
    """The same from plain values."""
    with translation.override(language):
        return preparation(source, report_of(source, language=language))


def _result(source: Source) -> Result:
    return Result(
        glance=glance(source),
        guide=guide(source),
        profile=profile(source),
        agreement=agreement(source),
        statements=statements(source),
        change=change(source),
        experience=experience(source),
        importance=importance(source),
        track=track(source),
        voices=source.voices,
        annex=annex(source),
    )
