"""What members read behind the link of a sharing, without an account: the report as it was shared, and its files."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessment.actions.shared_document import SharedDocument, read
from assessment.filling.links import LANGUAGES, link_not_found, speak
from assessment.models import SharedReport
from assessment.models.rounds import token_hash
from questionnaires.texts import text
from reports.build import Source, build_shared_report, shared_source
from reports.downloads import Kind, hand_out, name_of
from reports.guards import interface_language
from reports.memos import asked, memo_file, memo_page
from reports.page import laid_out
from reports.report import Report

# In an address: the language of the member who came from an invitation. A language that was chosen here goes before it.
LANGUAGE = "taal"


def find_shared_report(token: str) -> SharedReport | None:
    """What is shared now behind a link, in one query; None for one that never was, and for one that ended."""
    wanted = SharedReport.objects.current().filter(token_hash=token_hash(token))
    found = wanted.select_related("round__forum", "round__track", "round__version", "round__snapshot").first()
    return None if found and found.round.forum.is_demo and not settings.DEMO else found


def shared_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page behind the link of a sharing: kept by no browser, one and the same 404 for any other link."""

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, token: str, **kwargs: object) -> HttpResponse:
        shared = find_shared_report(token)
        if shared is None:
            return link_not_found(request, "reports/sharing/ended.html")
        if (language := request.GET.get(LANGUAGE)) in LANGUAGES:
            speak(request, language)
        return view(request, shared, token, **kwargs)

    return page


@require_safe
@shared_page
def report(request: HttpRequest, shared: SharedReport, token: str) -> HttpResponse:
    """The report as a page, with a button for every file."""
    document = read(shared.document)
    context = laid_out(_report(shared, document)) | {
        "forum_name": document.beside.forum_in_sentence(interface_language()),
        "files": {
            name: f"{reverse(f'reports:shared_{name}', args=[token])}{_way(request)}" for name in FILES
        },
        "memo_url": f"{reverse('reports:shared_memo', args=[token])}{_way(request)}",
    }
    return render(request, "reports/sharing/shared.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@shared_page
def download(request: HttpRequest, shared: SharedReport, token: str, kind: Kind) -> HttpResponse:
    """One file of the same report; it leaves by POST, as every file does."""
    if request.method != "POST":
        return redirect(f"{reverse('reports:shared', args=[token])}{_way(request)}")
    # The coach may have the full report in the same folder.
    name = f"{name_of(shared.round.snapshot)}-{text('sharing.file')}"
    return hand_out(shared.round.snapshot, kind, _report(shared, read(shared.document)), name=name)


@require_safe
@shared_page
def memo(request: HttpRequest, shared: SharedReport, token: str) -> HttpResponse:
    """The memo for a college or council, made of what was shared."""
    way = _way(request)
    context = memo_page(shared.round.snapshot, _source(shared), request.GET) | {
        "files": {
            each: f"{reverse(f'reports:shared_memo_{each}', args=[token])}{way}" for each in ("pdf", "docx")
        },
        "report_url": f"{reverse('reports:shared', args=[token])}{way}",
        "language": request.GET.get(LANGUAGE) if way else "",
    }
    return render(request, "reports/sharing/memo.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@shared_page
def memo_download(request: HttpRequest, shared: SharedReport, token: str, extension: str) -> HttpResponse:
    """The same as a file; what was chosen wrongly is told on the page."""
    page = f"{reverse('reports:shared_memo', args=[token])}{_way(request)}"
    if request.method != "POST":
        return redirect(page)
    found = memo_file(shared.round.snapshot, _source(shared), request.POST, extension)
    return found or redirect(f"{page}{'&' if '?' in page else '?'}{asked(request.POST)}")


def _source(shared: SharedReport) -> Source:
    return shared_source(shared.round.snapshot, read(shared.document), language=interface_language())


FILES = {
    "pdf": Kind.REPORT_PDF,
    "xlsx": Kind.FIGURES_XLSX,
    "csv": Kind.FIGURES_CSV,
    "json": Kind.FIGURES_JSON,
}


def _report(shared: SharedReport, document: SharedDocument) -> Report:
    return build_shared_report(shared.round.snapshot, document, language=interface_language())


def _way(request: HttpRequest) -> str:
    """The language that the visitor came with, taken along to what the page leads to."""
    language = request.GET.get(LANGUAGE)
    return f"?{LANGUAGE}={language}" if language in LANGUAGES else ""
