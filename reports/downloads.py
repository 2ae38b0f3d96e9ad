"""Files of a forum's result to keep and to send on, each made of the same report as the page.

A file leaves only by POST, since handing it out is noted (docs/decisions/0008-issued-files.md). A GET, such as after
signing in again, leads to the page with the buttons.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessment.actions.issuing import issue
from assessment.models import IssuedFile, Snapshot
from reports.build import build_report
from reports.exports.files import as_csv, as_json, codebook_csv, schema
from reports.exports.workbook import as_xlsx
from reports.guards import interface_language, snapshot_of
from reports.report import Report

Kind = IssuedFile.Kind
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FileForm(NamedTuple):
    """A form in which a report leaves."""

    extension: str
    content_type: str
    write: Callable[[Report], bytes]


def _pdf(report: Report) -> bytes:
    from reports.pdf.forum import forum_pdf  # loads reportlab: only for whoever asks for a PDF

    return forum_pdf(report)


FORMS = {
    Kind.REPORT_PDF: FileForm("pdf", "application/pdf", _pdf),
    Kind.FIGURES_XLSX: FileForm("xlsx", XLSX, as_xlsx),
    Kind.FIGURES_CSV: FileForm("csv", CSV, as_csv),
    Kind.FIGURES_JSON: FileForm("json", "application/json", as_json),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def download(request: HttpRequest, forum: str, round: int, kind: Kind) -> HttpResponse:
    """One file, in the language of the interface."""
    snapshot = snapshot_of(request.user, forum, round)
    if request.method != "POST":
        return redirect("reports:result", forum, round)
    report = build_report(snapshot, language=interface_language())
    return hand_out(snapshot, kind, report, name=name_of(snapshot))


def hand_out(snapshot: Snapshot, kind: Kind, report: Report, *, name: str) -> HttpResponse:
    """The report as a file whose leaving is noted; `name` is without its extension."""
    form = FORMS[kind]
    full_name = f"{name}.{form.extension}"
    return file_of(snapshot, kind, form.write(report), name=full_name, content_type=form.content_type)


def file_of(snapshot: Snapshot, kind: Kind, data: bytes, *, name: str, content_type: str) -> HttpResponse:
    """Any file of a result, noted."""
    issue(snapshot=snapshot, kind=kind, data=data)
    return sent(data, name=name, content_type=content_type)


def sent(data: bytes, *, name: str, content_type: str, is_to_keep: bool = True) -> HttpResponse:
    """A file under its name, to keep or for the browser to show; nothing is noted."""
    headers = {"Content-Disposition": content_disposition_header(is_to_keep, name)}
    return HttpResponse(data, content_type=content_type, headers=headers)


def name_of(snapshot: Snapshot) -> str:
    """How the names of a result's files begin: with forum, round and the day of closing."""
    round_ = snapshot.round
    kind = slugify(str(round_.content.round(round_.kind)))
    closed_on = timezone.localtime(snapshot.closed_at).date()
    return f"regiospiegel-{round_.forum.slug}-{kind}-{closed_on.isoformat()}"


@require_safe
@never_cache
def figures_codebook(request: HttpRequest) -> HttpResponse:
    """What every variable of the figures means; of no forum, so open to all."""
    return sent(codebook_csv(), name="regiospiegel-codeboek.csv", content_type=CSV)


@require_safe
@never_cache
def figures_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of the figures; open to all too."""
    name = "regiospiegel-cijfers.schema.json"
    return sent(schema(), name=name, content_type="application/schema+json")
