"""The page on which two closed rounds of a forum stand beside each other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify

from assessment.access import forums_for, rounds_for
from assessment.coaching.forms.fields import FormalErrors
from assessment.coaching.forms.fields import lazy_text as text
from assessment.coaching.views.guards import StaffRequest, desk_page
from assessment.models import Forum, IssuedFile, Round
from reports.build.comparison import build_comparison
from reports.comparison import Comparison
from reports.downloads import file_of, name_of
from reports.guards import interface_language

if TYPE_CHECKING:
    from reports.charts.pairs import Pair


class ChooseRoundsForm(FormalErrors, forms.Form):
    """Which two rounds, sent by GET; the earlier one comes first, however they are chosen."""

    van = forms.ChoiceField(label=text("compare.from"))
    naar = forms.ChoiceField(label=text("compare.to"))

    def __init__(self, *args: Any, rounds: Sequence[Round], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s"} | kwargs)
        self.rounds = rounds
        choices = [(str(each.pk), _name(each)) for each in rounds]
        for name in ("van", "naar"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "van" in cleaned and cleaned["van"] == cleaned.get("naar"):
            self.add_error("naar", text("compare.error.same"))
        return cleaned

    @property
    def chosen(self) -> tuple[Round, Round]:
        """Both rounds of a valid form, in the order in which they closed."""
        wanted = {self.cleaned_data["van"], self.cleaned_data["naar"]}
        first, second = (each for each in self.rounds if str(each.pk) in wanted)
        return first, second


@desk_page("GET")
def comparison(request: StaffRequest, forum: str) -> HttpResponse:
    """Two rounds of the user's choice; without one those that the track is about, its first and its last."""
    found, rounds = _closed(request, forum)
    context: dict[str, Any] = {"forum": found, "rounds": rounds}
    if len(rounds) > 1:
        form = ChooseRoundsForm(request.GET if "van" in request.GET else _headline(rounds), rounds=rounds)
        context["form"] = form
        if form.is_valid():
            first, second = form.chosen
            context |= _told(first, second)
            # As it is told: the earlier one first, also when the later one was chosen first.
            context["form"] = ChooseRoundsForm({"van": first.pk, "naar": second.pk}, rounds=rounds)
    return render(request, "reports/comparison.html", context)


@desk_page("GET", "POST")
def comparison_file(request: StaffRequest, forum: str) -> HttpResponse:
    """The same as a file whose leaving is noted, with the later of both rounds."""
    found, rounds = _closed(request, forum)
    form = ChooseRoundsForm(request.POST, rounds=rounds)
    if request.method != "POST" or len(rounds) < 2 or not form.is_valid():
        asked = urlencode({name: request.POST[name] for name in form.fields if name in request.POST})
        page = reverse("reports:comparison", args=[found.slug])
        return redirect(f"{page}?{asked}" if asked else page)  # what was chosen wrongly is told on the page
    from reports.pdf.comparison import comparison_pdf  # loads reportlab: only for whoever asks for a PDF

    first, second = form.chosen
    told = build_comparison(first.snapshot, second.snapshot, language=interface_language())
    name = f"{name_of(second.snapshot)}-{slugify(str(text('compare.title')))}.pdf"
    data = comparison_pdf(told)
    return file_of(
        second.snapshot, IssuedFile.Kind.COMPARISON_PDF, data, name=name, content_type="application/pdf"
    )


def _closed(request: StaffRequest, forum: str) -> tuple[Forum, list[Round]]:
    """A forum that the user may see, and its rounds with a result, the first one first."""
    found = get_object_or_404(forums_for(request.user), slug=forum)
    rounds = (
        rounds_for(request.user)
        .filter(forum=found, snapshot__isnull=False)
        .select_related("forum", "track", "version", "snapshot")
        .defer("version__document")
        .order_by("closed_at", "pk")
    )
    return found, list(rounds)


def _headline(rounds: Sequence[Round]) -> dict[str, int]:
    """Rule 10.7: first to last in the newest track; the newest two rounds when that has one only."""
    same_track = [each for each in rounds if each.track_id == rounds[-1].track_id]
    first = same_track[0] if len(same_track) > 1 else rounds[-2]
    return {"van": first.pk, "naar": rounds[-1].pk}


def _told(first: Round, second: Round) -> dict[str, Any]:
    told = build_comparison(first.snapshot, second.snapshot, language=interface_language())
    return {"comparison": told, "first": first, "second": second, "chart": _chart(told)}


def _chart(told: Comparison) -> "Pair | None":
    if not told.is_comparable:
        return None
    from reports.charts.pairs import change_pair  # loads reportlab: only for whoever compares

    return change_pair(told.changes, told.names, told.levels, description=told.description)


def _name(round_: Round) -> str:
    closed_on = date_format(timezone.localtime(round_.closed_at), "j F Y")
    return str(text("compare.round", round=str(round_.content.round(round_.kind)), date=closed_on))
