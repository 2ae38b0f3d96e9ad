"""The page of a forum's result, in the language of the interface; its files are in reports/downloads.py."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports.build import build_report
from reports.guards import interface_language, snapshot_of
from reports.report import Profile


@require_safe
@never_cache
@login_required
def result(request: HttpRequest, forum: str, round: int) -> HttpResponse:
    """The report as a page; below the threshold the counts and the reason."""
    snapshot = snapshot_of(request.user, forum, round)
    report = build_report(snapshot, language=interface_language())
    charts = _charts(report.result.profile) if report.result else {}
    context = {"report": report, "round": snapshot.round, "forum": snapshot.round.forum} | charts
    return render(request, "reports/result.html", context)


def _charts(profile: Profile) -> dict[str, SafeString]:
    from reports.charts.profile import profile_svgs  # loads reportlab: only for whoever asks for a result

    return profile_svgs(profile)
