"""The only place where a result becomes a report: numbers as displayed, and sentences by the rules of docs/scoring.md.

Nothing is computed here that a reader could take for a measurement; scores, margins, levels and labels are those of the
frozen result. What the result suppresses never enters a report.
"""

from dataclasses import replace

from django.utils import translation

from assessment.actions.agreeing import agreed_in
from assessment.actions.choosing import chosen_targets, decision_after
from assessment.actions.recording import Placement
from assessment.models import Round, Snapshot
from questionnaires.texts import text
from reports.build.agreed import agreed
from reports.build.agreement import agreement
from reports.build.annex import annex
from reports.build.change import change, experience
from reports.build.glance import glance
from reports.build.group_levels import group_levels
from reports.build.guide import guide
from reports.build.importance import importance
from reports.build.origin import origin
from reports.build.preparation import preparation
from reports.build.profile import profile
from reports.build.respondents import cover, respondents
from reports.build.source import Earlier, Facts, Source
from reports.build.statements import statements
from reports.build.targets import targets
from reports.build.track import track
from reports.build.voices import voices
from reports.preparation import Preparation
from reports.report import Report, Result

__all__ = [
    "Earlier",
    "Facts",
    "Source",
    "build_preparation",
    "build_report",
    "preparation_of",
    "report_of",
    "source_of",
    "source_with_earlier",
]


def build_report(snapshot: Snapshot, *, language: str) -> Report:
    """The report of a closed round in "nl" or "en"."""
    source = replace(source_with_earlier(snapshot, language=language), voices=voices(snapshot.round))
    return report_of(source, language=language)


def build_preparation(snapshot: Snapshot, *, language: str) -> Preparation:
    """The same report without voices, and what to begin the conversation with."""
    return preparation_of(source_with_earlier(snapshot, language=language), language=language)


def source_with_earlier(snapshot: Snapshot, *, language: str) -> Source:
    """With the rounds of the track that closed before this one; so a report stays as it is when another one follows."""
    before = Snapshot.objects.filter(round__track=snapshot.round.track_id, closed_at__lt=snapshot.closed_at)
    rounds = before.select_related("round").order_by("closed_at")
    earlier = tuple(Earlier(each.round.kind, each.closed_at, each.result) for each in rounds)
    return replace(source_of(snapshot, language=language), earlier=earlier)


def source_of(snapshot: Snapshot, *, language: str) -> Source:
    """What is told of this result alone."""
    round_ = snapshot.round
    forum = round_.forum
    coach = forum.coaches.order_by("name").first()
    facts = Facts(
        kind=round_.kind,
        forum=forum.in_sentence(language),
        coach=coach.name if coach else "",
        closed_at=snapshot.closed_at,
        invited_members=snapshot.invited_members,
        is_entered=snapshot.is_entered,
        questionnaire_version=snapshot.questionnaire_version,
        track_starts_on=round_.track.starts_on,
        track_ends_on=round_.track.ends_on,
        software_version=snapshot.software_version,
        fingerprint=snapshot.fingerprint,
    )
    decision = decision_after(round_)
    return Source(
        snapshot.result,
        round_.content,
        facts,
        placements=_placements(round_),
        targets=chosen_targets(round_.track),
        agreed=agreed_in(round_.track),
        chosen=decision.chosen,
        overruled=decision.reason,
    )


def _placements(round_: Round) -> dict[str, Placement]:
    return {each.dimension: Placement(each.level, each.evidence) for each in round_.group_levels.all()}


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
