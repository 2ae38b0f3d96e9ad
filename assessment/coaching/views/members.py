"""Adding, changing, replacing and ending a membership."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessment.actions.membership import (
    add_member,
    change_member,
    end_membership,
    ends_link,
    open_invitation,
    replace_member,
)
from assessment.actions.refusals import RefusedError
from assessment.coaching.forms.members import MemberForm, PersonForm
from assessment.coaching.views.guards import StaffRequest, desk_page, forum_of, member_of
from assessment.models import Forum, Member
from questionnaires.texts import text

DETAILS = ("name", "email", "function", "kind", "language")


@desk_page("GET", "POST")
def add(request: StaffRequest, forum: str) -> HttpResponse:
    found = forum_of(request.user, forum)
    form = MemberForm(request.POST or None, forum=found)
    if form.is_valid():
        try:
            member = add_member(forum=found, seat=form.cleaned_data["seat"], **_details(form))
        except RefusedError as error:
            form.add_refusal(error)
        else:
            messages.success(request, text("member.added", name=member.name))
            return redirect("coaching:forum", forum)
    return render(request, "coaching/member_add.html", {"forum": found, "form": form})


@desk_page("GET", "POST")
def change(request: StaffRequest, forum: str, member: int) -> HttpResponse:
    """What would end the link of a round that is open is asked again before it is done."""
    found = member_of(request.user, forum, member)
    form = MemberForm(request.POST or None, forum=found.forum, initial=_present(found))
    if form.is_valid():
        seat, email = form.cleaned_data["seat"], form.cleaned_data["email"]
        is_asked = open_invitation(found) is not None and ends_link(found, email=email, seat=seat)
        if is_asked and "confirmed" not in request.POST:
            warning = text(
                f"member.{'seat' if email.casefold() == found.email.casefold() else 'email'}.open_round"
            )
            return _ask(request, found, form, warning, text("member.change.btn"))
        try:
            change_member(member=found, seat=seat, **_details(form))
        except RefusedError as error:
            form.add_refusal(error)
        else:
            messages.success(request, text("msg.saved"))
            return redirect("coaching:forum", forum)
    return render(request, "coaching/member.html", {"forum": found.forum, "member": found, "form": form})


@desk_page("GET", "POST")
def replace(request: StaffRequest, forum: str, member: int) -> HttpResponse:
    """Another person on the seat; asked again when the first one is invited to a round that is open."""
    found = member_of(request.user, forum, member)
    initial = {name: getattr(found, name) for name in ("function", "kind", "language")}
    form = PersonForm(request.POST or None, initial=initial)
    if form.is_valid():
        if open_invitation(found) is not None and "confirmed" not in request.POST:
            return _ask(request, found, form, text("member.replace.hint"), text("member.replace.btn"))
        try:
            person = replace_member(member=found, **_details(form))
        except RefusedError as error:
            form.add_refusal(error)
        else:
            messages.success(request, text("member.added", name=person.name))
            return redirect("coaching:forum", forum)
    return render(
        request, "coaching/member_replace.html", {"forum": found.forum, "member": found, "form": form}
    )


@desk_page("GET", "POST")
def end(request: StaffRequest, forum: str, member: int) -> HttpResponse:
    found = member_of(request.user, forum, member)
    if request.method == "POST":
        try:
            end_membership(member=found)
        except RefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, text("member.ended", name=found.name))
        return redirect("coaching:forum", forum)
    context = {"forum": found.forum, "member": found, "is_invited": open_invitation(found) is not None}
    return render(request, "coaching/member_end.html", context)


def _details(form: PersonForm) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in DETAILS}


def _present(member: Member) -> dict[str, object]:
    return {name: getattr(member, name) for name in (*DETAILS, "seat")}


def _ask(request: StaffRequest, member: Member, form: PersonForm, warning: str, button: str) -> HttpResponse:
    """The same form out of sight, with what it would do to the round that is open."""
    forum: Forum = member.forum
    context = {"forum": forum, "member": member, "form": form, "warning": warning, "button": button}
    return render(request, "coaching/member_confirm.html", context)
