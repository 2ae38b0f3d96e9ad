"""The mails of a round on the coach's side: reminding now, an example to oneself, what left and what failed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessment.access import sees_names
from assessment.actions.refusals import RefusedError
from assessment.actions.reminding import remind_now
from assessment.coaching.follow_up import reminding_of
from assessment.coaching.forms.finding_invitations import FindMailForm
from assessment.coaching.lost_links import lost_link_code
from assessment.coaching.mail_log import mail_log
from assessment.coaching.preview import send_example
from assessment.coaching.views.guards import StaffRequest, desk_page, round_of
from questionnaires.texts import text


@desk_page("GET", "POST")
def remind(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    """Asks first, saying how many; never who, so that a programme manager may ask too."""
    found = round_of(request.user, forum, round)
    if not found.is_open:
        return redirect("coaching:round", forum, round)
    if request.method == "POST":
        try:
            remind_now(round=found)
        except RefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, text("response.remind.done"))
        return redirect("coaching:round", forum, round)
    context = {"forum": found.forum, "round": found, "reminding": reminding_of(found)}
    return render(request, "coaching/round_remind.html", context)


@desk_page("GET")
def log(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    """Names for the forum's own coaches: an invitation that was sent again tells of somebody who had not submitted."""
    found = round_of(request.user, forum, round)
    find = FindMailForm(request.GET)
    context = mail_log(found, find, has_names=sees_names(request.user, found.forum))
    return render(request, "coaching/round_mails.html", {"forum": found.forum, "round": found} | context)


@desk_page("POST")
def send_me_an_example(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    found = round_of(request.user, forum, round)
    if send_example(found, request.user):
        messages.success(request, text("round.test_mail.done", email=request.user.email))
    else:
        messages.error(request, text("round.test_mail.failed"))
    return redirect("coaching:round_preview", forum, round)


@desk_page("GET")
def lost_link(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    """For the projector: the way to the page where a member asks for the invitation again."""
    found = round_of(request.user, forum, round)
    context = {"forum": found.forum, "round": found} | lost_link_code()._asdict()
    return render(request, "coaching/round_lost_link.html", context)
