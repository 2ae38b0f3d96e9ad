"""Actions of a track: looked at by who may see the forum, written down and moved by its own coaches."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from assessment.access import sees_names
from assessment.actions import agreeing
from assessment.actions.refusals import RefusedError
from assessment.actions.sessions import become_action
from assessment.coaching.views.guards import StaffRequest, desk_page
from assessment.models import Action, Commitment, Track
from assessment.models.users import MOST_DIGITS
from assessment.offer import the_offer
from questionnaires.texts import text
from reports.track.choices import saved, to_track
from reports.track.forms import ActionForm, MoveForm, TakeOverForm, first_words
from reports.track.overview import dimension_name
from reports.track.reading import Reading, coached_reading_of, reading_of
from reports.track.views import track_context

Context = dict[str, Any]
ACTIONS = "acties"  # where they stand on the page of the track


@desk_page("GET")
def show(request: StaffRequest, forum: str, track: int, action: int) -> HttpResponse:
    """Everything about one action, with its course."""
    reading = reading_of(request.user, forum, track)
    found = _action(reading, action)
    writes = sees_names(request.user, reading.track.forum) and not reading.track.forum.is_archived
    helps = the_offer().find(found.offer)
    context = _context(reading, found) | {
        "writes": writes,
        "dimension": dimension_name(reading.content, found.dimension),
        "moves": found.moves.select_related("moved_by"),
        "states": [status for status in Action.Status if status != found.status],
        "offer": helps,
        "is_outdated": helps is not None and helps.is_outdated(timezone.localdate()),
    }
    return render(request, "reports/track/action.html", context)


@desk_page("GET", "POST")
def add(request: StaffRequest, forum: str, track: int) -> HttpResponse:
    """A new action; its words may have been agreed on in a session already."""
    reading = coached_reading_of(request.user, forum, track)
    commitment = _commitment(reading, request.GET.get("afspraak", ""))
    initial = first_words(request.GET.get("dimensie", ""))
    if commitment is not None:
        initial["what"] = commitment.what
    form = ActionForm(request.POST or None, content=reading.content, initial=initial)
    if form.is_valid():
        written: Context = {"track": reading.track, "agreement": form.agreement, "bid": form.bid}
        written["by"] = request.user
        try:
            added = (
                agreeing.add_action(**written)
                if commitment is None
                else become_action(commitment=commitment, **written)
            )
        except RefusedError as error:
            form.add_refusal(error)
        else:
            return saved(request, reading.track, f"actie-{added.pk}")
    return _form_page(request, reading, form)


@desk_page("GET", "POST")
def change(request: StaffRequest, forum: str, track: int, action: int) -> HttpResponse:
    reading = coached_reading_of(request.user, forum, track)
    found = _action(reading, action)
    form = ActionForm(request.POST or None, content=reading.content, action=found)
    if form.is_valid():
        try:
            agreeing.change_action(action=found, agreement=form.agreement, bid=form.bid)
        except RefusedError as error:
            form.add_refusal(error)
        else:
            return saved(request, reading.track, f"actie-{found.pk}")
    return _form_page(request, reading, form, found)


@desk_page("POST")
def take_over(request: StaffRequest, forum: str, track: int) -> HttpResponse:
    """In one click: a suggestion of the questionnaire for the level on which the forum stands."""
    reading = coached_reading_of(request.user, forum, track)
    form = TakeOverForm(request.POST)
    if form.is_valid():
        try:
            agreeing.take_over(
                track=reading.track, content=reading.content, by=request.user, **form.cleaned_data
            )
        except (RefusedError, LookupError):
            messages.error(request, text("form.error.changed"))
        else:
            messages.success(request, text("action.taken_over"))
    else:
        messages.error(request, text("form.error.changed"))
    return to_track(reading.track, ACTIONS)


@desk_page("POST")
def move(request: StaffRequest, forum: str, track: int, action: int) -> HttpResponse:
    """Into another state; the page comes back where the action now stands."""
    reading = coached_reading_of(request.user, forum, track)
    found = _action(reading, action)
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, text("form.error.changed"))
        return to_track(reading.track, ACTIONS)
    moved = agreeing.move_action(action=found, to=form.cleaned_data["status"], by=request.user)
    messages.success(request, text("action.moved", status=text(f"action.status.{moved.status}")))
    return to_track(reading.track, f"actie-{moved.pk}")


@desk_page("GET", "POST")
def remove(request: StaffRequest, forum: str, track: int, action: int) -> HttpResponse:
    """Asked first: its course goes with it."""
    reading = coached_reading_of(request.user, forum, track)
    found = _action(reading, action)
    if request.method == "POST":
        agreeing.remove_action(action=found)
        return saved(request, reading.track, ACTIONS, "msg.deleted")
    return render(request, "reports/track/action_remove.html", _context(reading, found))


def _form_page(
    request: StaffRequest, reading: Reading, form: ActionForm, action: Action | None = None
) -> HttpResponse:
    context = _context(reading, action) | {"form": form, "owners": _owners(reading.track)}
    return render(request, "reports/track/action_form.html", context)


def _owners(track: Track) -> list[str]:
    """The seats of the forum by name, to choose from."""
    seats = track.forum.seats.select_related("municipality")
    return sorted({str(each) for each in seats})


def _context(reading: Reading, action: Action | None) -> Context:
    return track_context(reading) | {"action": action}


def _commitment(reading: Reading, asked: str) -> Commitment | None:
    """What was agreed in a session of this forum and is no action yet; None when nothing such was asked for."""
    if not asked.isdecimal() or len(asked) > MOST_DIGITS:
        return None
    waiting = Commitment.objects.filter(session__forum=reading.track.forum_id, action=None)
    return waiting.select_related("session").filter(pk=asked).first()


def _action(reading: Reading, pk: int) -> Action:
    """An action of this track with its breakthrough and the session it comes from, else 404."""
    found: Action = get_object_or_404(
        reading.track.actions.select_related("breakthrough", "commitment__session"), pk=pk
    )
    found.track = reading.track
    return found
