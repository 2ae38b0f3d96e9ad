"""The page of a forum's result, in the language of the interface; its files are in reports/downloads.py."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from questionnaires.texts import text
from reports.build import build_report
from reports.chapters import CHAPTERS, chapters_of
from reports.guards import interface_language, snapshot_of
from reports.report import Report


@require_safe
@never_cache
@login_required
def result(request: HttpRequest, forum: str, round: int) -> HttpResponse:
    """The report as a page; below the threshold the counts and the reason."""
    snapshot = snapshot_of(request.user, forum, round)
    report = build_report(snapshot, language=interface_language())
    context = {"round": snapshot.round, "forum": snapshot.round.forum} | _told(report)
    return render(request, "reports/result.html", context)


def _told(report: Report, chapters: Collection[str] = CHAPTERS) -> dict[str, Any]:
    """What the page lays out: the report, its chosen chapters, and charts for them."""
    titles = chapters_of(report, chapters)
    told: dict[str, Any] = {
        "report": report,
        "chapters": [
            {"name": name, "title": title, "template": f"reports/chapters/{name}.html"}
            for name, title in titles.items()
        ],
    }
    if report.result is None:
        return told
    from reports.charts.pairs import charts_of  # loads reportlab: only for whoever asks for a result

    charts = charts_of(report.result, titles)
    spread = charts.get("spread") or [None] * len(report.result.agreement)
    agreement = list(zip(report.result.agreement, spread, strict=True))
    return told | {"charts": charts, "agreement": agreement, "loose": text("report.voices.loose")}
