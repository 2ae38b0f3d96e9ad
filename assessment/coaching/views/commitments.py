"""One thing that was agreed in a session: other words for it, or taken off the list."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessment.actions import sessions
from assessment.actions.refusals import RefusedError
from assessment.coaching.forms.sessions import CommitmentForm
from assessment.coaching.views.guards import StaffRequest, coached_session_of, desk_page
from assessment.models import Commitment, User
from questionnaires.texts import text


@desk_page("GET", "POST")
def change(request: StaffRequest, forum: str, session: int, commitment: int) -> HttpResponse:
    found = _commitment_of(request.user, forum, session, commitment)
    form = CommitmentForm(request.POST or None, initial={"what": found.what})
    if form.is_valid():
        try:
            sessions.change_commitment(commitment=found, **form.cleaned_data)
        except RefusedError as error:
            form.add_refusal(error)
        else:
            messages.success(request, text("msg.saved"))
            return redirect("coaching:session", forum, session)
    return render(request, "coaching/commitment.html", _context(found) | {"form": form})


@desk_page("GET", "POST")
def remove(request: StaffRequest, forum: str, session: int, commitment: int) -> HttpResponse:
    found = _commitment_of(request.user, forum, session, commitment)
    if request.method == "POST":
        try:
            sessions.remove_commitment(commitment=found)
        except RefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, text("commitment.removed"))
        return redirect("coaching:session", forum, session)
    return render(request, "coaching/commitment_remove.html", _context(found))


def _context(commitment: Commitment) -> dict[str, object]:
    session = commitment.session
    return {"forum": session.forum, "session": session, "commitment": commitment}


def _commitment_of(user: User, slug: str, session: int, pk: int) -> Commitment:
    """What was agreed in a session that the user may write about, else 404."""
    found = coached_session_of(user, slug, session)
    commitment = get_object_or_404(found.commitments.select_related("action"), pk=pk)
    commitment.session = found
    return commitment
