"""What a coach does for one member of a round that is open."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from assessment.access import sees_names
from assessment.actions import inviting
from assessment.actions.refusals import RefusedError
from assessment.coaching.forms.finding_invitations import FindInvitationForm
from assessment.coaching.views.guards import StaffRequest, desk_page, member_of, round_of
from assessment.models import Invitation, Round, User
from assessment.queries import not_submitted
from questionnaires.texts import text


@desk_page("POST")
def invite_member(request: StaffRequest, forum: str, round: int, member: int) -> HttpResponse:
    """Invite somebody who joined after the opening; asked twice, once is enough."""
    found = round_of(request.user, forum, round)
    person = member_of(request.user, forum, member)
    try:
        inviting.invite(round=found, member=person)
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, text("round.added", name=person.name))
    return redirect("coaching:round", forum, round)


@desk_page("POST")
def resend(request: StaffRequest, forum: str, round: int, invitation: int) -> HttpResponse:
    found = round_of(request.user, forum, round)
    return _do(request, found, invitation, inviting.send_again, text("response.resend.done"))


@desk_page("POST")
def decline(request: StaffRequest, forum: str, round: int, invitation: int) -> HttpResponse:
    found = round_of(request.user, forum, round)
    return _do(request, found, invitation, inviting.decline, text("msg.saved"))


@desk_page("POST")
def undo_decline(request: StaffRequest, forum: str, round: int, invitation: int) -> HttpResponse:
    found = round_of(request.user, forum, round)
    return _do(request, found, invitation, inviting.undo_decline, text("msg.saved"))


def _do(
    request: StaffRequest, round_: Round, invitation: int, action: Callable[..., None], done: str
) -> HttpResponse:
    """Do it for somebody who has not submitted; who submitted meanwhile needs nothing any more."""
    found = _invitation_of(request.user, round_, invitation)
    if not_submitted(round_).filter(pk=found.pk).exists():
        try:
            action(invitation=found)
        except RefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, done)
    else:
        messages.info(request, text("response.submitted_meanwhile"))
    return _back_to_list(request, round_)


def _back_to_list(request: StaffRequest, round_: Round) -> HttpResponse:
    """The round, with its list as far as it was looked for."""
    given = QueryDict(request.POST.get("found", ""))
    asked = {name: given[name] for name in FindInvitationForm.base_fields if given.get(name)}
    query = f"?{urlencode(asked)}" if asked else ""
    return redirect(reverse("coaching:round", args=[round_.forum.slug, round_.pk]) + query)


def _invitation_of(user: User, round_: Round, pk: int) -> Invitation:
    """An invitation of the round, for the forum's own coaches: others may not know who has not submitted."""
    if not sees_names(user, round_.forum):
        raise Http404
    return get_object_or_404(round_.invitations, pk=pk)
