"""My forums, and one forum with its people and rounds."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render

from assessment.access import forums_for
from assessment.coaching.standing import standing_of, standings
from assessment.coaching.views.guards import StaffRequest, desk_page, forum_of
from assessment.models import Forum, Member, Seat


@desk_page("GET")
def index(request: StaffRequest) -> HttpResponse:
    """The own forums; a programme manager finds one among all of them by name."""
    forums = forums_for(request.user).filter(is_archived=False)
    words = request.GET.get("naam", "").strip() if request.user.is_programme_manager else ""
    if words:
        forums = forums.filter(name__icontains=words)
    return render(request, "coaching/forums.html", {"standings": standings(forums), "words": words})


@desk_page("GET")
def show(request: StaffRequest, forum: str) -> HttpResponse:
    found = forum_of(request.user, forum)
    seats: list[Any] = _seats(found)  # seats with `sitting`, which no type of the model knows
    context = {
        "forum": found,
        "standing": standing_of(found),
        "rounds": found.rounds.select_related("track").order_by("-opens_on"),
        "seats": seats,
        "members_total": sum(len(seat.sitting) for seat in seats),
    }
    return render(request, "coaching/forum.html", context)


def _seats(forum: Forum) -> list[Seat]:
    """Seats by name, municipalities first, each with who sits there today."""
    sitting = Prefetch("members", Member.objects.current(), to_attr="sitting")
    seats = forum.seats.select_related("municipality").prefetch_related(sitting)
    return list(seats.order_by("organisation", "municipality__name"))
