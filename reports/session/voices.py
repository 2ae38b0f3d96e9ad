"""Themes that a coach makes of the members' own words, and quotes chosen among those with consent."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessment.access import open_answers_for
from assessment.actions.quoting import (
    add_theme,
    change_quote,
    change_theme,
    choose_quote,
    delete_theme,
    drop_quote,
    move_theme_up,
)
from assessment.actions.refusals import RefusedError
from assessment.coaching.views.guards import StaffRequest, desk_page
from assessment.models import Quote, Round, Theme
from questionnaires.texts import text
from reports.guards import coached_snapshot_of
from reports.session.forms import QuoteForm, ThemeForm, as_shown

Context = dict[str, Any]


@desk_page("GET", "POST")
def theme_add(request: StaffRequest, forum: str, round: int) -> HttpResponse:
    found = coached_snapshot_of(request.user, forum, round).round
    form = ThemeForm(request.POST or None)
    if form.is_valid():
        add_theme(round=found, **form.cleaned_data)
        return _saved(request, found)
    return render(request, "reports/session/theme.html", _context(found) | {"form": form})


@desk_page("GET", "POST")
def theme(request: StaffRequest, forum: str, round: int, theme: int) -> HttpResponse:
    """Change its words."""
    found = coached_snapshot_of(request.user, forum, round).round
    shown = get_object_or_404(found.themes, pk=theme)
    form = ThemeForm(request.POST or None, initial={"title": shown.title, "summary": shown.summary})
    if form.is_valid():
        change_theme(theme=shown, **form.cleaned_data)
        return _saved(request, found)
    return render(request, "reports/session/theme.html", _context(found) | {"form": form, "theme": shown})


@desk_page("POST")
def theme_up(request: StaffRequest, forum: str, round: int, theme: int) -> HttpResponse:
    found = coached_snapshot_of(request.user, forum, round).round
    move_theme_up(theme=get_object_or_404(found.themes, pk=theme))
    return _back(found)


@desk_page("GET", "POST")
def theme_delete(request: StaffRequest, forum: str, round: int, theme: int) -> HttpResponse:
    found = coached_snapshot_of(request.user, forum, round).round
    shown: Theme = get_object_or_404(found.themes, pk=theme)
    if request.method == "POST":
        delete_theme(theme=shown)
        messages.success(request, text("msg.deleted"))
        return _back(found)
    return render(request, "reports/session/theme_delete.html", _context(found) | {"theme": shown})


@desk_page("GET", "POST")
def quote_add(request: StaffRequest, forum: str, round: int, answer: uuid.UUID) -> HttpResponse:
    """Choose an answer that its writer let us quote, whole or in part."""
    snapshot = coached_snapshot_of(request.user, forum, round)
    quotable = open_answers_for(request.user, snapshot).filter(has_quote_consent=True, quote=None)
    chosen = get_object_or_404(quotable, pk=answer)
    form = QuoteForm(request.POST or None, themes=snapshot.round.themes.all(), initial={"words": chosen.text})
    if form.is_valid():
        try:
            choose_quote(answer=chosen, **form.cleaned_data)
            return _saved(request, snapshot.round)
        except RefusedError as error:
            form.add_refusal(error)
    context = _context(snapshot.round) | {"form": form, "whole": chosen.text}
    return render(request, "reports/session/quote.html", context)


@desk_page("GET", "POST")
def quote(request: StaffRequest, forum: str, round: int, quote: int) -> HttpResponse:
    """Shorten it or move it to another theme."""
    found = coached_snapshot_of(request.user, forum, round).round
    shown = _quote(found, quote)
    form = QuoteForm(request.POST or None, themes=found.themes.all(), initial=as_shown(shown))
    if form.is_valid():
        try:
            change_quote(quote=shown, **form.cleaned_data)
            return _saved(request, found)
        except RefusedError as error:
            form.add_refusal(error)
    whole = shown.answer.text if shown.answer else shown.text
    context = _context(found) | {"form": form, "quote": shown, "whole": whole}
    return render(request, "reports/session/quote.html", context)


@desk_page("GET", "POST")
def quote_delete(request: StaffRequest, forum: str, round: int, quote: int) -> HttpResponse:
    found = coached_snapshot_of(request.user, forum, round).round
    shown = _quote(found, quote)
    if request.method == "POST":
        drop_quote(quote=shown)
        messages.success(request, text("msg.deleted"))
        return _back(found)
    return render(request, "reports/session/quote_delete.html", _context(found) | {"quote": shown})


def _quote(round_: Round, pk: int) -> Quote:
    return get_object_or_404(round_.quotes.select_related("answer"), pk=pk)


def _saved(request: StaffRequest, round_: Round) -> HttpResponse:
    messages.success(request, text("msg.saved"))
    return _back(round_)


def _back(round_: Round) -> HttpResponse:
    """To the themes on the page that the coach came from."""
    response = redirect("reports:preparation", round_.forum.slug, round_.pk)
    response["Location"] += "#themas"
    return response


def _context(round_: Round) -> Context:
    return {"round": round_, "forum": round_.forum}
