"""Preparing a session, presenting it on the projector, and recording what the group says of itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString

from assessment.access import open_answers_for, sees_names
from assessment.actions.recording import record_group_levels
from assessment.coaching.views.guards import StaffRequest, desk_page
from assessment.models import Round, Snapshot
from assessment.models.users import MOST_DIGITS
from questionnaires.texts import text
from reports.build import build_preparation
from reports.build.slides import slides
from reports.build.voices import voices
from reports.guards import coached_snapshot_of, interface_language, snapshot_of
from reports.preparation import Preparation, Slide
from reports.report import Profile
from reports.session.forms import GroupLevelsForm, Row

Context = dict[str, Any]


@desk_page("GET")
def preparation(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    """What to read before a session; the members' own words for the forum's own coaches only."""
    snapshot = snapshot_of(request.user, forum, round)
    is_coach = sees_names(request.user, snapshot.round.forum)
    context = _context(snapshot) | {
        "preparation": _preparation(snapshot),
        "steps": snapshot.round.content.group_session.steps,
        "themes": snapshot.round.themes.prefetch_related("quotes"),
        "loose_quotes": snapshot.round.quotes.filter(theme=None),
        "is_coach": is_coach,
    }
    if is_coach:
        context |= _own_words(request, snapshot)
    return render(request, "reports/session/preparation.html", context)


def _own_words(request: StaffRequest, snapshot: Snapshot) -> Context:
    """The answers by open question, in the order of their random keys; none for a question without an answer."""
    answers = list(open_answers_for(request.user, snapshot).select_related("quote"))
    asked = snapshot.round.content.open_questions_for(snapshot.round.kind)
    by_question = [(each, [answer for answer in answers if answer.question == each.code]) for each in asked]
    return {"is_told": snapshot.tells_open_answers, "own_words": [each for each in by_question if each[1]]}


@desk_page("GET")
def presentation(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    """All screens on one page, each with an address: it goes on when the network of the meeting room does not."""
    snapshot = snapshot_of(request.user, forum, round)
    prepared = _preparation(snapshot)
    form = _form(snapshot) if sees_names(request.user, snapshot.round.forum) else None
    screens = [(slide, _row(form, slide)) for slide in slides(prepared, voices(snapshot.round))]
    result = prepared.report.result
    context = _context(snapshot) | {"preparation": prepared, "screens": screens, "form": form}
    if result is not None:
        context |= _charts(result.profile)
    return render(request, "reports/session/presentation.html", context)


def _row(form: GroupLevelsForm | None, slide: Slide) -> Row | None:
    """The fields with which a screen records a level; only for who may."""
    return form.row(slide.told.code) if form is not None and slide.kind == "levels" else None


def _charts(profile: Profile) -> dict[str, SafeString]:
    from reports.charts.profile import profile_svgs  # loads reportlab: only for whoever asks for a result

    return profile_svgs(profile)


@desk_page("GET", "POST")
def group_levels(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    """The levels of all dimensions; one of them may be sent from a screen of the presentation, and back to it."""
    snapshot = coached_snapshot_of(request.user, forum, round)
    form = _form(snapshot, request.POST if request.method == "POST" else None)
    if form.is_valid():
        record_group_levels(round=snapshot.round, placements=form.placements)
        return _recorded(request, snapshot.round)
    prepared = _preparation(snapshot)
    told = {talk.code for talk in prepared.talks}
    context = _context(snapshot) | {"form": form, "steps": snapshot.round.content.group_session.steps}
    context["rows"] = [(row, _is_unfolded(row, told)) for row in form.rows]
    return render(request, "reports/session/group_levels.html", context)


def _is_unfolded(row: Row, told: set[str]) -> bool:
    """Whether the page shows the fields at once: what the session is about, and what needs attention."""
    return row.has_errors or row.recorded is not None or row.code in told


def _recorded(request: StaffRequest, round_: Round) -> HttpResponse:
    screen = request.POST.get("screen", "")
    if screen.isdecimal() and len(screen) <= MOST_DIGITS:
        address = reverse("reports:presentation", args=[round_.forum.slug, round_.pk])
        return redirect(f"{address}#scherm-{int(screen)}")
    messages.success(request, text("session.group_level.saved"))
    return redirect("reports:group_levels", round_.forum.slug, round_.pk)


def _form(snapshot: Snapshot, data: Any = None) -> GroupLevelsForm:
    round_ = snapshot.round
    return GroupLevelsForm(data, content=round_.content, recorded=round_.group_levels.all())


def _preparation(snapshot: Snapshot) -> Preparation:
    return build_preparation(snapshot, language=interface_language())


def _context(snapshot: Snapshot) -> Context:
    return {"round": snapshot.round, "forum": snapshot.round.forum}
