"""A round from plan to closing, on the coach's side."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessment.access import sees_names
from assessment.actions.closing import close_round
from assessment.actions.opening import open_round
from assessment.actions.planning import (
    cancel_round,
    change_round,
    newest_version,
    plan_round,
    postpone_closing,
)
from assessment.actions.refusals import RefusedError
from assessment.coaching.follow_up import closing_now, follow_up, invitees, invitees_warning
from assessment.coaching.forms.finding_invitations import FindInvitationForm
from assessment.coaching.forms.rounds import CloseForm, PostponeForm, RoundForm
from assessment.coaching.preview import previews
from assessment.coaching.views.guards import StaffRequest, desk_page, forum_of, round_of
from assessment.models import Forum, Round
from assessment.queries import response_of
from questionnaires.texts import text


@desk_page("GET", "POST")
def plan(request: StaffRequest, forum: str) -> HttpResponse:
    """Plan, or with the other button see the mail first; nothing is stored then."""
    found = forum_of(request.user, forum)
    form, shown = _plan_form(request, found), []
    if form.is_valid():
        try:
            if "preview" not in request.POST:
                planned = plan_round(forum=found, **form.cleaned_data)
                messages.success(request, text("round.planned"))
                return redirect("coaching:round", forum, planned.pk)
            shown = previews(form.as_round(newest_version()), form.invitees)
        except RefusedError as error:
            form.add_refusal(error)
    context = {"forum": found, "form": form, "previews": shown}
    return render(request, "coaching/round_plan.html", context)


@desk_page("GET", "POST")
def change(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    found = round_of(request.user, forum, round)
    if found.state != Round.State.PLANNED:
        return _moved_on(request, found)
    form, shown = _plan_form(request, found.forum, found), []
    if form.is_valid():
        try:
            if "preview" not in request.POST:
                change_round(round=found, **form.cleaned_data)
                messages.success(request, text("msg.saved"))
                return redirect("coaching:round", forum, round)
            shown = previews(form.as_round(found.version), form.invitees)
        except RefusedError as error:
            form.add_refusal(error)
    context = {"forum": found.forum, "round": found, "form": form, "previews": shown}
    return render(request, "coaching/round_change.html", context)


@desk_page("GET")
def preview(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    """The invitation of a round, with words in the place of the link."""
    found = round_of(request.user, forum, round)
    context = {"forum": found.forum, "round": found, "previews": previews(found, invitees(found))}
    return render(request, "coaching/round_preview.html", context)


@desk_page("GET")
def show(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    """What there is to see and to do depends on the state; the answers never show here."""
    found = round_of(request.user, forum, round)
    context: dict[str, object] = {"forum": found.forum, "round": found}
    if found.state == Round.State.PLANNED:
        invited = invitees(found)
        context |= {"invitees": invited, "warning": invitees_warning(invited)}
    elif found.is_open:
        find = FindInvitationForm(request.GET)
        context |= follow_up(found, find, has_names=sees_names(request.user, found.forum))
    else:
        context |= {"response": response_of(found), "is_coach": sees_names(request.user, found.forum)}
        context["shared"] = found.shared_reports.current().first()
        context["has_comparison"] = found.forum.rounds.filter(snapshot__isnull=False).count() > 1
    return render(request, f"coaching/round_{found.state}.html", context)


@desk_page("GET", "POST")
def open(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    found = round_of(request.user, forum, round)
    if found.state != Round.State.PLANNED:
        return _moved_on(request, found)
    if request.method == "POST":
        try:
            open_round(round=found)
        except RefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, text("round.opened"))
        return redirect("coaching:round", forum, round)
    invited = invitees(found)
    context = {"forum": found.forum, "round": found, "invitees": invited}
    return render(
        request, "coaching/round_open_confirm.html", context | {"warning": invitees_warning(invited)}
    )


@desk_page("GET", "POST")
def postpone(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    found = round_of(request.user, forum, round)
    if found.state != Round.State.OPEN:
        return _moved_on(request, found)
    form = PostponeForm(request.POST or None)
    if form.is_valid():
        try:
            postpone_closing(round=found, **form.cleaned_data)
        except RefusedError as error:
            form.add_refusal(error)
        else:
            messages.success(request, text("msg.saved"))
            return redirect("coaching:round", forum, round)
    return render(
        request, "coaching/round_postpone.html", {"forum": found.forum, "round": found, "form": form}
    )


@desk_page("GET", "POST")
def cancel(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    found = round_of(request.user, forum, round)
    if found.state != Round.State.PLANNED:
        return _moved_on(request, found)
    if request.method == "POST":
        try:
            cancel_round(round=found)
        except RefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, text("round.cancelled"))
        return redirect("coaching:forum", forum)
    return render(request, "coaching/round_cancel.html", {"forum": found.forum, "round": found})


@desk_page("GET", "POST")
def close(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    """Says what closing will do with the response as it is now, read from submissions and seats only."""
    found = round_of(request.user, forum, round)
    if found.state != Round.State.OPEN:
        return _moved_on(request, found)
    form = CloseForm(request.POST or None, forum=found.forum)
    if form.is_valid():
        try:
            close_round(round=found)
        except RefusedError as error:
            messages.error(request, str(error))
        else:
            found.refresh_from_db(fields=["state"])
            has_result = response_of(found).is_publishable
            messages.success(request, text("close.done" if has_result else "close.done_no_result"))
        return redirect("coaching:round", forum, round)
    context = {"forum": found.forum, "round": found, "form": form} | closing_now(found)
    return render(request, "coaching/round_close.html", context)


def _plan_form(request: StaffRequest, forum: Forum, round: Round | None = None) -> RoundForm:
    """The form as it was sent; a button that ticks members sends it to be shown again and judges nothing."""
    if "tick" not in request.POST:
        return RoundForm(request.POST or None, forum=forum, round=round)
    form = RoundForm(forum=forum, round=round)
    form.tick(request.POST["tick"], request.POST)
    return form


def _moved_on(request: StaffRequest, round_: Round) -> HttpResponse:
    """The round is in another state than the page was made for: on to where it stands now."""
    if request.method == "POST":
        messages.warning(request, text("round.moved_on"))
    return redirect("coaching:round", round_.forum.slug, round_.pk)
