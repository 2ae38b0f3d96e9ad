"""The page of a forum's result, in the language of the interface; its files are in reports/downloads.py."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessment.access import sees_names
from reports.build import build_report
from reports.guards import interface_language, snapshot_of
from reports.page import laid_out

FILES = {"pdf": "forum_pdf", "xlsx": "figures_xlsx", "csv": "figures_csv", "json": "figures_json"}


@require_safe
@never_cache
@login_required
def result(request: HttpRequest, forum: str, round: int) -> HttpResponse:
    """The report as a page; below the threshold the counts and the reason."""
    snapshot = snapshot_of(request.user, forum, round)
    report = build_report(snapshot, language=interface_language())
    is_coach = sees_names(request.user, snapshot.round.forum)
    context = {
        "round": snapshot.round,
        "forum": snapshot.round.forum,
        "files": {name: reverse(f"reports:{view}", args=[forum, round]) for name, view in FILES.items()},
        "is_coach": is_coach,
        "shared": snapshot.round.shared_reports.current().first() if is_coach else None,
    }
    return render(request, "reports/result.html", context | laid_out(report))
