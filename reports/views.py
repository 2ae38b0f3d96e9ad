"""Page and PDF of a forum's result: two layouts of the same report, in the language of the interface."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessment.access import rounds_for
from assessment.models import Round, Snapshot
from questionnaires.texts import text
from reports.build import build_report
from reports.report import Profile, Report


@require_safe
@never_cache
@login_required
def result(request: HttpRequest, forum: str, round: int) -> HttpResponse:
    """The report as a page; below the threshold the counts and the reason."""
    snapshot = _find_snapshot(request, forum, round)
    report = _report(snapshot)
    charts = _charts(report.result.profile) if report.result else {}
    context = {"report": report, "round": snapshot.round, "forum": snapshot.round.forum} | charts
    return render(request, "reports/result.html", context)


@require_safe
@never_cache
@login_required
def pdf(request: HttpRequest, forum: str, round: int) -> HttpResponse:
    """The report as a file to keep and to send on."""
    from reports.pdf.forum import forum_pdf  # loads reportlab: only for whoever asks for a PDF

    snapshot = _find_snapshot(request, forum, round)
    headers = {"Content-Disposition": f'attachment; filename="{_file_name(snapshot)}"'}
    return HttpResponse(forum_pdf(_report(snapshot)), content_type="application/pdf", headers=headers)


def _find_snapshot(request: HttpRequest, forum: str, round: int) -> Snapshot:
    """The frozen result of a round that the user may see, else 404: also while there is none yet."""
    rounds = rounds_for(request.user).select_related("forum", "version", "snapshot")
    found: Round = get_object_or_404(rounds, pk=round, forum__slug=forum)
    if not hasattr(found, "snapshot"):
        raise Http404
    return found.snapshot


def _report(snapshot: Snapshot) -> Report:
    return build_report(snapshot, language=(get_language() or "nl").partition("-")[0])


def _charts(profile: Profile) -> dict[str, SafeString]:
    """The same chart twice: style sheets show the one that fits the screen."""
    from reports.charts.profile import profile_plot  # loads reportlab: only for whoever asks for a result
    from reports.charts.svg import svg

    words = {"title": text("report.profile.figure"), "description": profile.description}
    return {
        "wide_chart": svg(profile_plot(profile), prefix="wide", **words),
        "narrow_chart": svg(profile_plot(profile, is_narrow=True), prefix="narrow", **words),
    }


def _file_name(snapshot: Snapshot) -> str:
    round_ = snapshot.round
    kind = slugify(str(round_.content.round(round_.kind)))
    closed_on = timezone.localtime(snapshot.closed_at).date()
    return f"regiospiegel-{round_.forum.slug}-{kind}-{closed_on.isoformat()}.pdf"
