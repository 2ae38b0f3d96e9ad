"""The link at which a calendar fetches the sessions of one forum, or of all the own forums: seen, made, replaced."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assessment.actions.calendars import make_calendar_link, replace_calendar_link
from assessment.coaching.views.guards import StaffRequest, coached_forum_of, desk_page
from assessment.models import CalendarLink
from questionnaires.texts import text


@desk_page("GET", "POST")
def of_forum(request: StaffRequest, forum: str) -> HttpResponse:
    """A POST makes the link; it may be handed out in the forum."""
    found = coached_forum_of(request.user, forum)
    if request.method == "POST":
        make_calendar_link(forum=found)
        return redirect("coaching:calendar", forum)
    link = CalendarLink.objects.filter(forum=found).first()
    return render(request, "coaching/calendar.html", {"forum": found} | _shown(link))


@desk_page("GET", "POST")
def replace_of_forum(request: StaffRequest, forum: str) -> HttpResponse:
    found = coached_forum_of(request.user, forum)
    link = CalendarLink.objects.filter(forum=found).first()
    return _replace(
        request, link, "coaching/calendar_replace.html", {"forum": found}, "coaching:calendar", forum
    )


@desk_page("GET", "POST")
def of_coach(request: StaffRequest) -> HttpResponse:
    """The same for the forums that somebody coaches, whichever those are when the calendar asks."""
    if request.method == "POST":
        make_calendar_link(coach=request.user)
        return redirect("account_calendar")
    link = CalendarLink.objects.filter(coach=request.user).first()
    return render(request, "account/calendar.html", _shown(link))


@desk_page("GET", "POST")
def replace_of_coach(request: StaffRequest) -> HttpResponse:
    link = CalendarLink.objects.filter(coach=request.user).first()
    return _replace(request, link, "account/calendar_replace.html", {}, "account_calendar")


def _replace(
    request: StaffRequest, link: CalendarLink | None, template: str, context: dict[str, object], *way: str
) -> HttpResponse:
    """Asked first: whoever uses the link of before sees nothing new any more."""
    if link is None:
        raise Http404
    if request.method == "POST":
        replace_calendar_link(link=link)
        messages.success(request, text("calendar.replaced"))
        return redirect(*way)
    return render(request, template, context)


def _shown(link: CalendarLink | None) -> dict[str, object]:
    """The link with its address, which is empty where it cannot be shown (any more)."""
    address = ""
    if link is not None and link.can_be_shown:
        address = settings.BASE_URL.rstrip("/") + reverse("calendar:feed", args=[link.token])
    return {"link": link, "address": address}
