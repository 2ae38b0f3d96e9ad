"""Entering an earlier round: hand in a file, read what is wrong with it or what it holds, enter it."""

import io
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from assessment.actions.importing import (
    MAX_SHOWN,
    check_round,
    column_names,
    counts_of,
    import_round,
    read_round,
)
from assessment.actions.planning import newest_version
from assessment.actions.refusals import RefusedError
from assessment.actions.writing_tables import as_csv
from assessment.coaching.forms.earlier_round import EarlierRoundForm
from assessment.coaching.views.guards import StaffRequest, desk_page, forum_of
from assessment.models import Forum, Municipality, Round
from assessment.queries import can_be_published, threshold_of
from questionnaires.texts import text


@desk_page("GET", "POST")
def enter(request: StaffRequest, forum: str) -> HttpResponse:
    """The form; after it what is wrong, or what would be entered; after that the result."""
    found = forum_of(request.user, forum)
    form = EarlierRoundForm(
        request.POST or None, request.FILES or None, forum=found, user=request.user, is_cut=_is_cut(request)
    )
    shown: dict[str, Any] = {}
    if form.is_valid():
        try:
            shown, entered = _go_on(found, form, is_confirmed="confirmed" in request.POST)
        except RefusedError as error:
            form.add_refusal(error)
        else:
            if entered is not None:
                messages.success(request, text("import_round.done"))
                return redirect("reports:result", forum, entered.pk)
    page = "earlier_round_confirm" if "counts" in shown else "earlier_round"
    context = {"forum": found, "form": form, "kinds": Round.Kind.values} | shown
    return render(request, f"coaching/{page}.html", context)


@desk_page("GET")
def example(request: StaffRequest, forum: str) -> HttpResponse:
    """An empty file with the columns of a kind of round."""
    forum_of(request.user, forum)
    asked = request.GET.get("soort", "")
    kind = asked if asked in Round.Kind.values else Round.Kind.BASELINE
    try:
        content = newest_version().content
    except RefusedError:
        raise Http404 from None
    header = column_names(content, asks_change=content.round(kind).asks_change)
    response = HttpResponse(as_csv([header]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    return response


def _go_on(
    forum: Forum, form: EarlierRoundForm, *, is_confirmed: bool
) -> tuple[dict[str, Any], Round | None]:
    """What the next page shows, or the round that was entered: none with a problem. Raises RefusedError."""
    place = {name: form.cleaned_data[name] for name in ("kind", "closed_on", "members")}
    check_round(forum=forum, **place)
    version = newest_version()
    content, (name, file) = version.content, form.cleaned_data["given"]
    answers, problems = read_round(
        io.BytesIO(file),
        name,
        content=content,
        municipalities=Municipality.objects.filter(seats__forum=forum).distinct(),
        asks_change=content.round(place["kind"]).asks_change,
        members=place["members"],
    )
    if answers is None:
        return {"problems": problems[:MAX_SHOWN], "problems_total": len(problems)}, None
    if is_confirmed:
        return {}, import_round(forum=forum, answers=answers, version=version, **place)
    counts = counts_of(answers)
    has_result = can_be_published(
        members=counts.members, municipalities=counts.municipalities, threshold=threshold_of(content)
    )
    return {"counts": counts, "has_result": has_result, "handed": form.wrapped()}, None


def _is_cut(request: StaffRequest) -> bool:
    """Whether so much came that its file was let go (FILE_UPLOAD_HANDLERS)."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    return length > settings.FILE_UPLOAD_MAX_MEMORY_SIZE and not request.FILES
