"""The memo of a result: its page, and its files. Who may ask for it is the matter of the view that calls."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessment.coaching.forms.fields import FormalErrors
from assessment.coaching.forms.fields import lazy_text as text
from assessment.models import IssuedFile, Municipality, Snapshot
from reports.build import source_with_earlier
from reports.build.memo import memo_of
from reports.build.source import Source
from reports.downloads import file_of, name_of
from reports.guards import interface_language, snapshot_of
from reports.memo import Memo, Reader

Kind = IssuedFile.Kind
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {
    (Reader.COLLEGE, "pdf"): Kind.MEMO_COLLEGE_PDF,
    (Reader.COLLEGE, "docx"): Kind.MEMO_COLLEGE_DOCX,
    (Reader.COUNCIL, "pdf"): Kind.MEMO_COUNCIL_PDF,
    (Reader.COUNCIL, "docx"): Kind.MEMO_COUNCIL_DOCX,
}


class MemoForm(FormalErrors, forms.Form):
    """For whom, and of which municipality of the forum; without a choice the first of both."""

    voor = forms.ChoiceField(
        label=text("memo.choose"), choices=[(each.value, text(f"memo.choose.{each}")) for each in Reader]
    )
    gemeente = forms.ChoiceField(label=text("memo.municipality"))

    def __init__(self, data: QueryDict, *, municipalities: Sequence[Municipality]) -> None:
        first = {"voor": Reader.COLLEGE, "gemeente": str(municipalities[0].pk)}
        given = {name: data[name] for name in first if name in data}
        super().__init__(first | given, auto_id="%s")
        self.names = {str(each.pk): each.name for each in municipalities}
        self.fields["gemeente"].choices = list(self.names.items())  # type: ignore[attr-defined]

    def memo(self, source: Source) -> Memo:
        """Of a valid form, in the language of the interface."""
        return memo_of(
            source,
            reader=Reader(self.cleaned_data["voor"]),
            municipality=self.names[self.cleaned_data["gemeente"]],
            language=interface_language(),
            made_on=timezone.localdate(),
        )


def municipalities_of(snapshot: Snapshot) -> list[Municipality]:
    """Those with a seat in the forum, by name; a memo is about one of them. An organisation has no college."""
    seated = Municipality.objects.filter(seats__forum=snapshot.round.forum_id)
    return list(seated.distinct().order_by("name"))


def memo_page(snapshot: Snapshot, source: Source, data: QueryDict) -> dict[str, Any]:
    """What the page lays out: `form` and, when that is valid, `memo`; neither without a municipality."""
    municipalities = municipalities_of(snapshot)
    if not municipalities:
        return {}
    form = MemoForm(data, municipalities=municipalities)
    return {"form": form} | ({"memo": form.memo(source)} if form.is_valid() else {})


def memo_file(snapshot: Snapshot, source: Source, data: QueryDict, extension: str) -> HttpResponse | None:
    """The memo as a file whose leaving is noted; none where the choice is none of the forum's."""
    memo = memo_page(snapshot, source, data).get("memo")
    if memo is None:
        return None
    name = f"{name_of(snapshot)}-{text(f'memo.file.{memo.reader}')}-{slugify(memo.municipality)}.{extension}"
    kind = KINDS[memo.reader, extension]
    if extension == "docx":
        from reports.exports.memo_docx import memo_docx  # loads lxml: only for whoever asks for a Word file

        return file_of(snapshot, kind, memo_docx(memo), name=name, content_type=DOCX)
    from reports.pdf.memo import memo_pdf  # loads reportlab: only for whoever asks for a PDF

    return file_of(snapshot, kind, memo_pdf(memo), name=name, content_type="application/pdf")


def asked(data: QueryDict) -> str:
    """The choice as it stands in the address of the page."""
    return urlencode({name: data[name] for name in MemoForm.base_fields if name in data})


@require_safe
@never_cache
@login_required
def memo(request: HttpRequest, forum: str, round: int) -> HttpResponse:
    """Choose and read it; below the threshold there is none."""
    snapshot, source = _told(request, forum, round)
    context = memo_page(snapshot, source, request.GET)
    about: dict[str, Any] = {"round": snapshot.round, "forum": snapshot.round.forum}
    files = {each: reverse(f"reports:memo_{each}", args=[forum, round]) for each in ("pdf", "docx")}
    return render(request, "reports/memo.html", about | context | {"files": files})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def download(request: HttpRequest, forum: str, round: int, extension: str) -> HttpResponse:
    """The same as a file."""
    if request.method != "POST":
        snapshot_of(request.user, forum, round)
        return redirect("reports:memo", forum, round)
    snapshot, source = _told(request, forum, round)
    found = memo_file(snapshot, source, request.POST, extension)
    # What was chosen wrongly is told on the page.
    return found or redirect(f"{reverse('reports:memo', args=[forum, round])}?{asked(request.POST)}")


def _told(request: HttpRequest, forum: str, round: int) -> tuple[Snapshot, Source]:
    snapshot = snapshot_of(request.user, forum, round)
    source = source_with_earlier(snapshot, language=interface_language())
    if not source.is_published:
        raise Http404
    return snapshot, source
