"""The seats of a forum: the list, adding one or those of a region, removing an empty one, making one of two."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessment.actions.refusals import RefusedError
from assessment.actions.seats import add_seat, add_seats, combine_seats, remove_seat
from assessment.coaching.forms.seats import FindSeatForm, RegionForm, RegionSeatsForm, SeatForm
from assessment.coaching.views.guards import StaffRequest, desk_page, forum_of
from assessment.models import Forum, Member, Municipality, Seat, User
from questionnaires.texts import text


@desk_page("GET")
def index(request: StaffRequest, forum: str) -> HttpResponse:
    """Every seat with who sits there; found by any name of its municipality, or by a person."""
    found = forum_of(request.user, forum)
    form = FindSeatForm(request.GET)
    words = form.asked("zoek")
    seats: list[Any] = list(_found(found, words))
    if form.asked("volgorde") == "leeg":
        seats.sort(key=lambda seat: bool(seat.sitting))
    double = {pk for pk, number in _per_municipality(found).items() if number > 1}
    context = {"forum": found, "form": form, "words": words, "seats": seats, "double": double}
    return render(request, "coaching/seats.html", context)


@desk_page("GET", "POST")
def add(request: StaffRequest, forum: str) -> HttpResponse:
    """A second seat of one municipality is asked for again before it is made."""
    found = forum_of(request.user, forum)
    form = SeatForm(request.POST or None, forum=found)
    if form.is_valid():
        try:
            seat = add_seat(forum=found, **form.cleaned_data)
        except RefusedError as error:
            form.add_refusal(error)
        else:
            messages.success(request, text("forum.seats.added", n=1, count=1, name=seat))
            if form.former_name:
                messages.info(request, text("forum.seats.merged", municipality=form.former_name))
            return redirect("coaching:seats", forum)
    return render(request, "coaching/seat_add.html", {"forum": found, "form": form})


@desk_page("GET", "POST")
def add_of_region(request: StaffRequest, forum: str) -> HttpResponse:
    """Choose a region, then which of its municipalities; those that have a seat stay as they are."""
    found = forum_of(request.user, forum)
    regions = list(found.regions.all()[:2])
    asked = RegionForm(request.GET or None, initial={"regio": regions[0] if len(regions) == 1 else None})
    region = asked.cleaned_data["regio"] if asked.is_valid() else None
    form = RegionSeatsForm(request.POST or None, forum=found, region=region) if region else None
    if form is not None and form.is_valid():
        added = add_seats(forum=found, municipalities=form.cleaned_data["municipalities"])
        name = added[0] if added else ""
        messages.success(request, text("forum.seats.added", n=len(added), count=len(added), name=name))
        return redirect("coaching:seats", forum)
    context = {"forum": found, "asked": asked, "region": region, "form": form}
    return render(request, "coaching/seats_of_region.html", context)


@desk_page("GET", "POST")
def remove(request: StaffRequest, forum: str, seat: int) -> HttpResponse:
    """Says what it changes for a round that is open: the number of municipalities of which a result is told."""
    found = _seat_of(request.user, forum, seat)
    if request.method == "POST":
        try:
            remove_seat(seat=found)
        except RefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, text("forum.seats.removed", name=found))
        return redirect("coaching:seats", forum)
    is_only_one = _per_municipality(found.forum).get(found.municipality_id) == 1
    counts_now = is_only_one and found.forum.rounds.open().exists()
    context = {"forum": found.forum, "seat": found, "counts_now": counts_now}
    return render(request, "coaching/seat_remove.html", context)


@desk_page("GET", "POST")
def combine(request: StaffRequest, forum: str, seat: int) -> HttpResponse:
    """Everybody of this seat to the first other one of the same municipality."""
    found = _seat_of(request.user, forum, seat)
    others = found.forum.seats.filter(municipality=found.municipality_id, municipality__isnull=False)
    into = others.exclude(pk=found.pk).order_by("pk").first()
    if into is None:
        raise Http404
    if request.method == "POST":
        try:
            combine_seats(seat=found, into=into)
        except RefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, text("forum.seats.combined", name=into))
        return redirect("coaching:seats", forum)
    context = {"forum": found.forum, "seat": found, "sitting": found.members.current()}
    return render(request, "coaching/seat_combine.html", context)


def _seat_of(user: User, slug: str, pk: int) -> Seat:
    """A seat of a forum that the user may see, else 404."""
    seats = forum_of(user, slug).seats.select_related("forum", "municipality")
    return get_object_or_404(seats, pk=pk)


def _found(forum: Forum, words: str) -> QuerySet[Seat]:
    """Seats by name, municipalities first, each with who sits there today and whether anybody ever sat there."""
    sitting = Prefetch("members", Member.objects.current(), to_attr="sitting")
    ever = Exists(Member.objects.filter(seat=OuterRef("pk")))
    seats = forum.seats.select_related("municipality").prefetch_related(sitting).annotate(was_taken=ever)
    if words:
        named = Municipality.objects.search(words).values("pk")
        people = Member.objects.current().filter(forum=forum, name__icontains=words).values("seat")
        seats = seats.filter(Q(municipality__in=named) | Q(organisation__icontains=words) | Q(pk__in=people))
    return seats.order_by("organisation", "municipality__name", "pk")


def _per_municipality(forum: Forum) -> Counter[int | None]:
    """How many seats each municipality has."""
    seats = forum.seats.filter(municipality__isnull=False)
    return Counter(seats.values_list("municipality_id", flat=True))
