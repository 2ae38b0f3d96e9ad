"""The sessions of a forum: the list, planning and moving one, and the page of one with what was noted and agreed."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assessment.access import coached_sessions_for, sees_names
from assessment.actions import sessions
from assessment.actions.planning import running_track, track_to_show
from assessment.actions.refusals import RefusedError
from assessment.coaching.forms.sessions import RecordForm, SessionForm
from assessment.coaching.views.guards import (
    StaffRequest,
    coached_forum_of,
    coached_session_of,
    desk_page,
    forum_of,
    session_of,
)
from assessment.models import Session
from questionnaires.texts import text


@desk_page("GET")
def index(request: StaffRequest, forum: str) -> HttpResponse:
    """What is to come, then what was, each with how much was agreed."""
    found = forum_of(request.user, forum)
    listed = found.sessions.annotate(agreed=Count("commitments"))
    context = {
        "forum": found,
        "ahead": listed.ahead(),
        "held": listed.held(),
        "is_coach": sees_names(request.user, found),
    }
    return render(request, "coaching/sessions.html", context)


@desk_page("GET", "POST")
def plan(request: StaffRequest, forum: str) -> HttpResponse:
    found = coached_forum_of(request.user, forum)
    if found.is_archived:
        raise Http404
    form = SessionForm(request.POST or None)
    if form.is_valid():
        try:
            planned = sessions.plan_session(forum=found, **form.planned)
        except RefusedError as error:
            form.add_refusal(error)
        else:
            messages.success(request, text("session.planned"))
            return redirect("coaching:session", forum, planned.pk)
    return render(request, "coaching/session_plan.html", {"forum": found, "form": form})


@desk_page("GET", "POST")
def change(request: StaffRequest, forum: str, session: int) -> HttpResponse:
    found = coached_session_of(request.user, forum, session)
    form = SessionForm(request.POST or None, session=found)
    if form.is_valid():
        try:
            sessions.change_session(session=found, **form.planned)
        except RefusedError as error:
            form.add_refusal(error)
        else:
            messages.success(request, text("msg.saved"))
            return redirect("coaching:session", forum, session)
    context = {"forum": found.forum, "session": found, "form": form}
    return render(request, "coaching/session_change.html", context)


@desk_page("GET", "POST")
def remove(request: StaffRequest, forum: str, session: int) -> HttpResponse:
    """Says what goes with it."""
    found = coached_session_of(request.user, forum, session)
    if request.method == "POST":
        try:
            sessions.remove_session(session=found)
        except RefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, text("session.removed"))
        return redirect("coaching:sessions", forum)
    context = {"forum": found.forum, "session": found, "agreed": found.commitments.count()}
    return render(request, "coaching/session_remove.html", context)


@desk_page("GET")
def show(request: StaffRequest, forum: str, session: int) -> HttpResponse:
    return _page(request, session_of(request.user, forum, session))


@desk_page("POST")
def write(request: StaffRequest, forum: str, session: int) -> HttpResponse:
    """Keep the note and add what was agreed; the next one can be written at once."""
    found = coached_session_of(request.user, forum, session)
    form = RecordForm(request.POST)
    if form.is_valid():
        try:
            sessions.write_down(session=found, was=request.POST.get("was", ""), **form.cleaned_data)
        except RefusedError as error:
            form.add_refusal(error)
            found = coached_session_of(request.user, forum, session)
        else:
            added = form.cleaned_data["what"]
            messages.success(request, text("commitment.added" if added else "session.note.saved"))
            return redirect("coaching:session", forum, session)
    return _page(request, found, form)


def _page(request: StaffRequest, session: Session, sent: RecordForm | None = None) -> HttpResponse:
    """The page of a session, with the form that was sent and could not be kept."""
    day = timezone.localdate(session.starts_at)
    results = session.forum.rounds.closed().filter(closed_at__lte=session.ends_at)
    context = {
        "forum": session.forum,
        "track": running_track(session.forum, day) or track_to_show(session.forum),
        "session": session,
        "commitments": session.commitments.select_related("action"),
        "round": results.order_by("-closed_at").first(),
        "form": sent or RecordForm(initial={"note": session.note}),
        "is_coach": coached_sessions_for(request.user).filter(pk=session.pk).exists(),
    }
    return render(request, "coaching/session.html", context)
