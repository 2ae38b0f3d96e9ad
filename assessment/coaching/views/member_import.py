"""Importing members: hand in a list, see what would change, apply it. Nothing is stored before the last step."""

import csv
import io

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessment.actions.importing_members import import_members
from assessment.actions.member_rows import GivenList
from assessment.actions.planning_members import plan_members
from assessment.actions.refusals import RefusedError
from assessment.coaching.forms.member_list import MemberListForm
from assessment.coaching.handed_list import unwrap, wrap
from assessment.coaching.views.guards import StaffRequest, desk_page, forum_of
from assessment.models import Forum
from questionnaires.texts import text


@desk_page("GET", "POST")
def import_list(request: StaffRequest, forum: str) -> HttpResponse:
    """The form; after it the preview, which is the answer to its POST; after that the list of members."""
    found = forum_of(request.user, forum)
    if "list" in request.POST:
        return _go_on(request, found)
    form = MemberListForm()
    if request.method == "POST":
        form = MemberListForm(request.POST, request.FILES, is_cut=_is_cut(request))
        if form.is_valid():
            return _preview(request, found, form.cleaned_data["given"])
    return _ask(request, found, form)


def _go_on(request: StaffRequest, forum: Forum) -> HttpResponse:
    """From the preview: change the list, look again after choosing, or apply it."""
    handed = unwrap(request.POST["list"], forum=forum, user=request.user)
    if handed is None:
        messages.error(request, text("import.error.lost"))
        return _ask(request, forum, MemberListForm())
    if "edit" in request.POST:
        return _ask(request, forum, MemberListForm(initial={"paste": _as_cells(handed.given)}))
    if "apply" not in request.POST:
        return _preview(request, forum, handed.given)
    if handed.is_stale:
        return _preview(request, forum, handed.given, fault=text("import.error.stale"))
    try:
        import_members(
            forum=forum, rows=handed.given.rows, choices=request.POST.dict(), fingerprint=handed.fingerprint
        )
    except RefusedError as error:
        return _preview(request, forum, handed.given, fault=str(error))
    messages.success(request, text("import.done"))
    return redirect("coaching:members", forum.slug)


def _ask(request: StaffRequest, forum: Forum, form: MemberListForm) -> HttpResponse:
    return render(request, "coaching/member_import.html", {"forum": forum, "form": form})


def _preview(request: StaffRequest, forum: Forum, given: GivenList, *, fault: str = "") -> HttpResponse:
    plan = plan_members(forum=forum, rows=given.rows, choices=request.POST.dict())
    context = {
        "forum": forum,
        "plan": plan,
        "given": given,
        "fault": fault,
        "least": settings.FORUM_SIZE[0],
        "most": settings.FORUM_SIZE[1],
        "list": wrap(given, plan.fingerprint, forum=forum, user=request.user),
    }
    return render(request, "coaching/member_preview.html", context)


def _as_cells(given: GivenList) -> str:
    """The list as it would be pasted."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(given.table)
    return out.getvalue()


def _is_cut(request: StaffRequest) -> bool:
    """Whether so much came that its file was let go (FILE_UPLOAD_HANDLERS)."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    return length > settings.FILE_UPLOAD_MAX_MEMORY_SIZE and not request.FILES
