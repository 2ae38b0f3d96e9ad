"""The page behind a receipt: before closing when to come back, after closing the own result."""

import re

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessment.coaching.forms.fields import DeskForm, lazy_text
from assessment.filling.links import WINDOW_MINUTES, find_receipt, is_busy, link_not_found, speak
from assessment.models import Draft, Response, Round
from assessment.queries import own_result
from questionnaires.texts import lower, text
from reports.downloads import sent
from reports.guards import interface_language
from reports.personal import Beside, PersonalReport, personal_report

# The secret part of what people copy: an address, perhaps of a page or file behind it, or that part alone.
_LINK = re.compile(r"\A(?:.*?/resultaat/)?/?([\w-]*).*", re.ASCII | re.DOTALL)


class EarlierForm(DeskForm):
    """The link to another own result, whole or only its secret part; valid as the response that it leads to."""

    link = forms.CharField(
        label=lazy_text("receipt.side.label"),
        max_length=300,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: object, beside: Response | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._beside = beside

    def clean_link(self) -> Response:
        """Of another round of the same forum that is closed, by a questionnaire with the same meaning."""
        found = find_receipt(_LINK.sub(r"\1", self.cleaned_data["link"]))
        if found and found == self._beside:
            raise forms.ValidationError(text("receipt.side.error_same"))
        mine = self._beside.round if self._beside else None
        if (
            not isinstance(found, Response)
            or not mine
            or found.round.forum_id != mine.forum_id
            or found.round == mine
        ):
            raise forms.ValidationError(text("receipt.side.error"))
        if found.round.version.number != mine.version.number:
            raise forms.ValidationError(text("receipt.side.error_version"))
        return found


@require_safe
@never_cache
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Nobody sees a result while the round is open, the own one neither."""
    found = find_receipt(token)
    if found is None:
        return link_not_found(request)
    if isinstance(found, Draft):
        return _not_yet(request, found)
    return _result(request, found, token)


@require_safe
@never_cache
def receipt_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The own result as a file. It leaves by GET: nothing is noted of it, so nothing changes.

    While the round is open it leads to the page, which says when to come back.
    """
    found = find_receipt(token)
    if found is None:
        return link_not_found(request)
    if isinstance(found, Draft):
        return redirect("reports:receipt", token)
    from reports.pdf.personal import personal_pdf  # loads reportlab: only for whoever asks for a PDF

    return sent(personal_pdf(_told(found)), name=_file_name(found.round), content_type="application/pdf")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def receipt_beside(request: HttpRequest, token: str) -> HttpResponse:
    """Two own results beside each other, by the link of the other one. Nothing says afterwards that they were."""
    found = find_receipt(token)
    if found is None:
        return link_not_found(request)
    if request.method != "POST" or isinstance(found, Draft):
        return redirect("reports:receipt", token)
    form = EarlierForm(request.POST, beside=found)
    if not form.is_valid():
        if is_busy(request, "link", settings.FAILED_LOOKUPS):
            return render(request, "error.html", {"kind": "429", "minutes": WINDOW_MINUTES}, status=429)
        return _result(request, found, token, form=form)
    from reports.charts.own import beside_pair  # loads reportlab: only for whoever has two results

    told = _beside(found, form.cleaned_data["link"])
    context = {
        "beside": told,
        "chart": beside_pair(told),
        "receipt_url": reverse("reports:receipt", args=[token]),
    }
    return render(request, "reports/receipt_beside.html", context)


def _beside(one: Response, other: Response) -> Beside:
    first, second = sorted((one, other), key=lambda each: each.round.snapshot.closed_at)
    return Beside(
        _subtitle_of_both(first.round, second.round),
        _told(first),
        _told(second),
        _names(first.round, second.round),
    )


def _names(first: Round, second: Round) -> tuple[str, str]:
    """The kinds of both rounds; of two tracks, where both can be of one kind, with the day of closing."""
    names = str(first.content.round(first.kind)), str(second.content.round(second.kind))
    if first.track_id == second.track_id:
        return names
    days = [_closed_on(each) for each in (first, second)]
    dated = [text("compare.round", round=name, date=day) for name, day in zip(names, days, strict=True)]
    return dated[0], dated[1]


def _closed_on(round_: Round) -> str:
    return date_format(timezone.localtime(round_.snapshot.closed_at), "j F Y")


def _subtitle_of_both(first: Round, second: Round) -> str:
    return text(
        "receipt.side.subtitle",
        round_1=str(first.content.round(first.kind)),
        date_1=_closed_on(first),
        round=lower(str(second.content.round(second.kind))),
        date=_closed_on(second),
        forum=second.forum.in_sentence(get_language() or "nl"),
    )


def _file_name(round_: Round) -> str:
    """Names the forum and the round, and nobody."""
    kind = slugify(str(round_.content.round(round_.kind)))
    return f"{slugify(text('receipt.pdf.title'))}-{round_.forum.slug}-{kind}.pdf"


def _not_yet(request: HttpRequest, draft: Draft) -> HttpResponse:
    speak(request, draft.invitation.member.language)
    round_ = draft.invitation.round
    context = {"closing_date": date_format(round_.closes_on, "l j F Y"), "subtitle": _subtitle(round_)}
    return render(request, "reports/receipt_open.html", context)


def _result(
    request: HttpRequest, response: Response, token: str, *, form: EarlierForm | None = None
) -> HttpResponse:
    from reports.charts.own import own_profile_pair  # loads reportlab: only for whoever has a result

    report = _told(response)
    closed_on = timezone.localtime(report.closed_at).date()
    context = {
        "report": report,
        "closed_on": closed_on,
        "chart": own_profile_pair(report),
        "shared": response.round.shared_reports.current().first(),
    }
    ways = {f"{name}_url": reverse(f"reports:receipt_{name}", args=[token]) for name in ("pdf", "beside")}
    return render(request, "reports/receipt.html", context | ways | {"form": form or EarlierForm()})


def _told(response: Response) -> PersonalReport:
    """In the active language."""
    round_ = response.round
    return personal_report(
        own_result(response),
        content=round_.content,
        subtitle=_subtitle(round_),
        responses=round_.snapshot.result["response"]["responses"],
        closed_at=round_.snapshot.closed_at,
        language=interface_language(),
    )


def _subtitle(round_: Round) -> str:
    name = lower(str(round_.content.round(round_.kind).name))
    return text("receipt.subtitle", round=name, forum=round_.forum.in_sentence(get_language() or "nl"))
