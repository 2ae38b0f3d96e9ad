"""The only place where a result becomes a report: numbers as displayed, and sentences by the rules of docs/scoring.md.

Nothing is computed here that a reader could take for a measurement; scores, margins, levels and labels are those of the
frozen result. What the result suppresses never enters a report.
"""

from django.utils import translation

from assessment.models import Snapshot
from questionnaires.texts import text
from reports.build.agreement import agreement
from reports.build.annex import annex
from reports.build.glance import glance
from reports.build.guide import guide
from reports.build.profile import profile
from reports.build.respondents import cover, respondents
from reports.build.source import Facts, Source
from reports.build.track import track
from reports.report import Report, Result

__all__ = ["Facts", "Source", "build_report", "report_of"]


def build_report(snapshot: Snapshot, *, language: str) -> Report:
    """The report of a closed round in "nl" or "en"."""
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
        software_version=snapshot.software_version,
        fingerprint=snapshot.fingerprint,
    )
    return report_of(Source(snapshot.result, round_.content, facts), language=language)


def report_of(source: Source, *, language: str) -> Report:
    """The same from plain values."""
    with translation.override(language):
        return Report(
            language=language,
            title=text("report.title"),
            subtitle=text("report.subtitle", round=source.round_name, forum=source.facts.forum),
            publisher=source.publisher,
            closed_at=source.facts.closed_at,
            cover=cover(source),
            respondents=respondents(source),
            result=_result(source) if source.is_published else None,
        )


def _result(source: Source) -> Result:
    return Result(
        glance=glance(source),
        guide=guide(source),
        profile=profile(source),
        agreement=agreement(source),
        track=track(source),
        annex=annex(source),
    )
