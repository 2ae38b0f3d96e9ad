"""The coach prepares what members will read, looks at it as they will, shares it, updates it, takes it back."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assessment.actions import sharing
from assessment.actions.refusals import RefusedError
from assessment.actions.shared_document import SharedDocument, read, written
from assessment.coaching.views.guards import StaffRequest, desk_page
from assessment.models import Round, SharedReport, User
from assessment.tasks.sharing import mails_on_their_way
from questionnaires.texts import text
from reports.build import build_report, build_shared_report
from reports.chapters import OPTIONAL, chapters_of, chapters_without
from reports.downloads import FORMS, Kind, sent
from reports.guards import coached_snapshot_of, interface_language
from reports.page import laid_out
from reports.report import Report
from reports.sharing.forms import SharingForm, UpdateForm

Context = dict[str, Any]


@desk_page("GET", "POST")
def share(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    """What members will read, kept for the page on which it is looked at; and what they read now, with its link."""
    found = coached_snapshot_of(request.user, forum, round).round
    form = _form(request, found)
    if form.is_valid():
        try:
            sharing.prepare_sharing(
                round=found,
                foreword=form.cleaned_data["foreword"],
                left_out=form.left_out,
                known=OPTIONAL,
            )
        except RefusedError as error:
            form.add_refusal(error)
        else:
            return redirect("reports:share_check", forum, round)
    shared = _not_ended(found)
    context: Context = {"form": form, "shared": shared, "can_share": _can_share(found)}
    if shared and shared.is_shared:
        context |= {"has_changed": _has_changed(shared), "waiting": mails_on_their_way(shared)}
        context["was_invited"] = found.invitations.exists()
        context["address"] = settings.BASE_URL.rstrip("/") + reverse("reports:shared", args=[shared.token])
    return render(request, "reports/sharing/share.html", _context(found) | context)


def _has_changed(shared: SharedReport) -> bool:
    """Whether members would read something else after an update, whoever of the coaches signs it."""
    now = sharing.document_of(
        shared, chapters=chapters_without(shared.left_out), by=read(shared.document).signed_by
    )
    return written(now) != shared.document


def _form(request: StaffRequest, round_: Round) -> SharingForm:
    """Begins with what was chosen last, also for a sharing that has ended."""
    titles = chapters_of(build_report(round_.snapshot, language=interface_language()))
    offered = {name: title for name, title in titles.items() if name in OPTIONAL}
    last = round_.shared_reports.last()
    left_out = [name for name in last.left_out if name in OPTIONAL] if last else []
    initial = {
        "foreword": last.foreword if last else "",
        "chapters": [name for name in offered if name not in left_out],
    }
    data = request.POST if request.method == "POST" else None
    return SharingForm(data, offered=offered, left_out_before=left_out, initial=initial)


@desk_page("GET", "POST")
def check(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    """The report as members will read it and how many of them get a mail; sharing it is a button below that."""
    found = coached_snapshot_of(request.user, forum, round).round
    prepared = _not_ended(found)
    if prepared is None or not _can_share(found):
        return redirect("reports:share", forum, round)
    if request.method == "POST":
        return _share(request, prepared)
    document = _document(prepared, request.user)
    context = {
        "shared": prepared,
        "seal": sharing.seal_of(document, found),
        "count": len(sharing.to_be_told(found)),
        "form": UpdateForm(),
    }
    page = laid_out(_report(prepared, document))
    return render(request, "reports/sharing/check.html", _context(found) | page | context)


def _share(request: StaffRequest, prepared: SharedReport) -> HttpResponse:
    place = prepared.round.forum.slug, prepared.round.pk
    asked: dict[str, Any] = {
        "round": prepared.round,
        "chapters": chapters_without(prepared.left_out),
        "seen": request.POST.get("seal", ""),
        "by": request.user.name,
    }
    try:
        if "update" in request.POST:
            sharing.update_shared_report(**asked, is_mailed="is_mailed" in request.POST)
        else:
            sharing.share_report(**asked)
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect("reports:share_check", *place)
    messages.success(request, text("sharing.updated" if "update" in request.POST else "sharing.done"))
    return redirect("reports:share", *place)


@desk_page("GET")
def preview_pdf(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    """The file as members will have it, to look at: it is not handed out, so nothing is noted."""
    found = coached_snapshot_of(request.user, forum, round).round
    prepared = _not_ended(found)
    if prepared is None:
        return redirect("reports:share", forum, round)
    form = FORMS[Kind.REPORT_PDF]
    data = form.write(_report(prepared, _document(prepared, request.user)))
    name = f"{text('sharing.preview.file')}.pdf"
    return sent(data, name=name, content_type=form.content_type, is_to_keep=False)


@desk_page("GET", "POST")
def end(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    """Asked first: the link that members have never works again."""
    found = coached_snapshot_of(request.user, forum, round).round
    shared = _not_ended(found)
    if request.method == "POST":
        if sharing.end_sharing(round=found):
            messages.success(request, text("sharing.ended"))
    elif shared and shared.is_shared:
        return render(request, "reports/sharing/end.html", _context(found) | {"shared": shared})
    return redirect("reports:share", forum, round)


def _not_ended(round_: Round) -> SharedReport | None:
    shared = round_.shared_reports.not_ended().first()
    if shared is not None:
        shared.round = round_
    return shared


def _can_share(round_: Round) -> bool:
    return round_.snapshot.result["published"] and not round_.forum.is_archived


def _document(prepared: SharedReport, user: User) -> SharedDocument:
    return sharing.document_of(prepared, chapters=chapters_without(prepared.left_out), by=user.name)


def _report(prepared: SharedReport, document: SharedDocument) -> Report:
    return build_shared_report(prepared.round.snapshot, document, language=interface_language())


def _context(round_: Round) -> Context:
    return {"round": round_, "forum": round_.forum}
