"""Writing down what the forum chose for its year: target levels and priorities. For its own coaches."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from assessment.actions.choosing import (
    choose_targets,
    chosen_targets,
    decide_priorities,
    proposed_priorities,
)
from assessment.actions.refusals import RefusedError
from assessment.coaching.views.guards import StaffRequest, desk_page
from assessment.models import Track
from questionnaires.texts import text
from reports.guards import interface_language
from reports.track import overview
from reports.track.forms import PrioritiesForm, TargetsForm
from reports.track.reading import Reading, coached_reading_of
from reports.track.views import track_context


@desk_page("GET", "POST")
def targets(request: StaffRequest, forum: str, track: int) -> HttpResponse:
    """All dimensions on one page, each with where the forum stands now."""
    reading = coached_reading_of(request.user, forum, track)
    form = TargetsForm(
        request.POST or None,
        content=reading.content,
        chosen=chosen_targets(reading.track),
        standing=_standing(reading),
    )
    if form.is_valid():
        choose_targets(track=reading.track, wishes=form.wishes, chosen_on=form.cleaned_data["chosen_on"])
        return saved(request, reading.track, "streefniveaus")
    return render(request, "reports/track/targets.html", track_context(reading) | {"form": form})


@desk_page("GET", "POST")
def priorities(request: StaffRequest, forum: str, track: int) -> HttpResponse:
    """After the newest result: the proposal with its reasons, and what the forum makes of it."""
    reading = coached_reading_of(request.user, forum, track)
    if reading.snapshot is None:
        raise Http404
    round_ = reading.snapshot.round
    form = PrioritiesForm(
        request.POST or None,
        content=reading.content,
        proposed=proposed_priorities(round_),
        decided=[each for each in reading.priorities if each.round_id == round_.pk],
    )
    if form.is_valid():
        cleaned: dict[str, Any] = dict(form.cleaned_data)
        try:
            decide_priorities(round=round_, decided_on=cleaned.pop("chosen_on"), **cleaned)
        except RefusedError as error:
            form.add_refusal(error)
        else:
            return saved(request, reading.track, "prioriteiten")
    source = overview.source_for(reading, interface_language())
    context = {"form": form, "proposals": overview.proposals(source) if source else (), "round": round_}
    return render(request, "reports/track/priorities.html", track_context(reading) | context)


def _standing(reading: Reading) -> dict[str, str]:
    """The level of each dimension in words, as far as it may be told."""
    source = overview.source_for(reading, interface_language())
    if source is None:
        return {}
    return {told.dimension.code: source.level_words(told.entry) for told in source.published}


def saved(request: StaffRequest, track: Track, place: str, key: str = "msg.saved") -> HttpResponse:
    """Say so, and go back to where it stands on the page of the track."""
    messages.success(request, text(key))
    return to_track(track, place)


def to_track(track: Track, place: str) -> HttpResponse:
    response = redirect("reports:track_year", track.forum.slug, track.pk)
    response["Location"] += f"#{place}"
    return response
