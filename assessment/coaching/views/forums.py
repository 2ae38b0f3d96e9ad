"""My forums with what needs attention, one forum with its people and rounds, and making and changing forums."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessment.access import forums_for, sees_names
from assessment.actions import forums
from assessment.actions.refusals import RefusedError
from assessment.coaching.attention import attention
from assessment.coaching.finding import found_forums, found_rounds
from assessment.coaching.forms.finding_rounds import FindRoundForm
from assessment.coaching.forms.forums import FindForumForm, ForumForm
from assessment.coaching.standing import standing_of, standings
from assessment.coaching.views.guards import StaffRequest, desk_page, forum_of, manager_page
from assessment.models import Forum, Member, Seat
from questionnaires.texts import text

# A page of cards and one of rows, points above it before the rest is asked for, and forums among which nobody needs
# to search.
CARDS, ROWS, PRESSING, FEW = 10, 20, 8, 6
ROUNDS = 6  # two development tracks; from more on, a list of rounds can be searched
# What the form shows of a forum as it stands.
KEPT = ("name", "article", "kind", "rhythm", "has_benchmark_consent")


@desk_page("GET")
def index(request: StaffRequest) -> HttpResponse:
    """The own forums, for a programme manager all; what needs attention stands above the first page."""
    form = FindForumForm(request.GET)
    is_archive = form.asked("archief") == "ja"
    mine, is_manager = forums_for(request.user), request.user.is_programme_manager
    found = found_forums(
        mine.prefetch_related("coaches") if is_manager else mine,
        words=form.asked("zoek"),
        kind=form.asked("soort"),
        round=form.asked("ronde"),
        is_archived=is_archive,
        order=form.asked("volgorde"),
    )
    page = Paginator(found, ROWS if is_manager else CARDS).get_page(request.GET.get("pagina"))
    is_first_page = page.number == 1 and not form.is_asked and not is_archive
    points = attention(request.user) if is_first_page else []
    context = {
        "form": form,
        "page": page,
        "standings": standings(cast("QuerySet[Forum]", page.object_list), has_sessions=not is_manager),
        "is_archive": is_archive,
        "is_first_page": is_first_page,
        "points": points if "alles" in request.GET else points[:PRESSING],
        "points_total": len(points),
        "has_search": page.paginator.count > FEW or form.is_asked or is_manager,
        "has_archive": is_first_page and not is_manager and mine.filter(is_archived=True).exists(),
    }
    return render(request, "coaching/forums.html", context)


@desk_page("GET")
def show(request: StaffRequest, forum: str) -> HttpResponse:
    found = forum_of(request.user, forum)
    seats: list[Any] = _seats(found)  # seats with `sitting`, which no type of the model knows
    context = {
        "forum": found,
        "standing": standing_of(found),
        "seats": seats,
        "members_total": sum(len(seat.sitting) for seat in seats),
        "is_coach": sees_names(request.user, found),
    }
    context |= _rounds(request, found)
    return render(request, "coaching/forum.html", context)


@manager_page("GET", "POST")
def add(request: StaffRequest) -> HttpResponse:
    """A new forum; its seats come next."""
    form = ForumForm(request.POST or None, by=request.user, initial={"article": Forum.Article.HET})
    if form.is_valid():
        try:
            made = forums.add_forum(by=request.user, **form.cleaned_data)
        except RefusedError as error:
            form.add_refusal(error)
        else:
            messages.success(request, text("forum.added", name=made.name))
            return redirect("coaching:seats", made.slug)
    return render(request, "coaching/forum_add.html", {"form": form})


@manager_page("GET", "POST")
def change(request: StaffRequest, forum: str) -> HttpResponse:
    found = forum_of(request.user, forum)
    form = ForumForm(request.POST or None, by=request.user, forum=found, initial=_present(found))
    if form.is_valid():
        try:
            forums.change_forum(forum=found, **form.cleaned_data)
        except RefusedError as error:
            form.add_refusal(error)
        else:
            messages.success(request, text("msg.saved"))
            return redirect("coaching:forum", forum)
    return render(request, "coaching/forum_change.html", {"forum": found, "form": form})


@manager_page("GET", "POST")
def archive(request: StaffRequest, forum: str) -> HttpResponse:
    """Asked first, since nobody plans a round in an archived forum."""
    found = forum_of(request.user, forum)
    if request.method == "POST":
        return _attempt(request, found, "forum.archived", lambda: forums.archive_forum(forum=found))
    return render(request, "coaching/forum_archive.html", {"forum": found})


@manager_page("POST")
def restore(request: StaffRequest, forum: str) -> HttpResponse:
    found = forum_of(request.user, forum)
    return _attempt(request, found, "forum.restored", lambda: forums.restore_forum(forum=found))


def _attempt(request: StaffRequest, forum: Forum, key: str, act: Callable[[], None]) -> HttpResponse:
    """Do it, and on the page of the forum say so or say why not."""
    try:
        act()
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, text(key, name=forum.name))
    return redirect("coaching:forum", forum.slug)


def _present(forum: Forum) -> dict[str, object]:
    details = {name: getattr(forum, name) for name in KEPT}
    return details | {"regions": forum.regions.all(), "coaches": forum.coaches.all()}


def _rounds(request: StaffRequest, forum: Forum) -> dict[str, object]:
    """The rounds of a forum, a page of them, and the form to look through them once there are many."""
    form = FindRoundForm(request.GET)
    found = found_rounds(
        forum.rounds.all(),
        words=form.asked("zoek"),
        kind=form.asked("ronde"),
        state=form.asked("toestand"),
        is_oldest_first=bool(form.asked("volgorde")),
    )
    page = Paginator(found, ROUNDS).get_page(request.GET.get("pagina"))
    is_long = form.is_asked or page.paginator.count > ROUNDS
    return {"page": page, "rounds": page.object_list, "find": form, "has_search": is_long}


def _seats(forum: Forum) -> list[Seat]:
    """Seats by name, municipalities first, each with who sits there today."""
    sitting = Prefetch("members", Member.objects.current(), to_attr="sitting")
    seats = forum.seats.select_related("municipality").prefetch_related(sitting)
    return list(seats.order_by("organisation", "municipality__name"))
