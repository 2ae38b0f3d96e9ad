"""The list of members: on the screen, and as a file."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render

from assessment.actions.member_rows import EXPORTED, as_table
from assessment.actions.writing_tables import Table, as_csv, as_xlsx
from assessment.coaching.forms.member_list import FindMemberForm
from assessment.coaching.listed_members import listed_members, sitting_once
from assessment.coaching.views.guards import StaffRequest, desk_page, forum_of
from assessment.models import Member
from questionnaires.texts import text

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@desk_page("GET")
def show(request: StaffRequest, forum: str) -> HttpResponse:
    found = forum_of(request.user, forum)
    form = FindMemberForm(request.GET)
    words, is_ended = form.asked("zoek"), form.asked("wie") == "vroeger"
    members = listed_members(found, words=words, is_ended=is_ended, order=form.asked("volgorde"))
    context = {"forum": found, "form": form, "members": members, "words": words, "is_ended": is_ended}
    return render(request, "coaching/members.html", context)


@desk_page("GET")
def csv_file(request: StaffRequest, forum: str) -> HttpResponse:
    return _download(request, forum, as_csv, "csv", CSV)


@desk_page("GET")
def xlsx_file(request: StaffRequest, forum: str) -> HttpResponse:
    return _download(request, forum, as_xlsx, "xlsx", XLSX)


@desk_page("GET")
def example(request: StaffRequest, forum: str) -> HttpResponse:
    """The columns with two rows of nobody."""
    forum_of(request.user, forum)
    table = [
        [text(f"import.column.{name}") for name in EXPORTED],
        _example("mayor", Member.Kind.VOTING, "municipality"),
        _example("coordinator", Member.Kind.SUPPORT, "organisation"),
    ]
    return _file(as_xlsx(table), f"{text('import.example.file')}.xlsx", XLSX)


def _example(who: str, kind: str, place: str) -> list[str]:
    return [
        text(f"import.example.{who}"),
        f"{text(f'import.example.{who}.function')}@{place}.example".replace("ö", "o"),
        text(f"import.example.{who}.function"),
        text(f"import.example.{place}"),
        text(f"member.kind.{kind}"),
        text(f"member.language.{Member.Language.NL}"),
    ]


def _download(
    request: StaffRequest, forum: str, write: Callable[[Table], bytes], ending: str, content_type: str
) -> HttpResponse:
    found = forum_of(request.user, forum)
    name = f"{text('members.file')}-{found.slug}.{ending}"
    return _file(write(as_table(sitting_once(found))), name, content_type)


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
