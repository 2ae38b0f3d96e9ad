"""The page behind a receipt: before closing when to come back, after closing the own result."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessment.filling.links import find_receipt, link_not_found, speak
from assessment.models import Draft, Response, Round
from assessment.queries import own_result
from questionnaires.texts import lower, text
from reports.personal import personal_report


@require_safe
@never_cache
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Nobody sees a result while the round is open, the own one neither."""
    found = find_receipt(token)
    if found is None:
        return link_not_found(request)
    if isinstance(found, Draft):
        return _not_yet(request, found)
    return _result(request, found)


def _not_yet(request: HttpRequest, draft: Draft) -> HttpResponse:
    speak(request, draft.invitation.member.language)
    round_ = draft.invitation.round
    context = {"closing_date": date_format(round_.closes_on, "l j F Y"), "subtitle": _subtitle(round_)}
    return render(request, "reports/receipt_open.html", context)


def _result(request: HttpRequest, response: Response) -> HttpResponse:
    round_ = response.round
    report = personal_report(
        own_result(response),
        content=round_.content,
        subtitle=_subtitle(round_),
        responses=round_.snapshot.result["response"]["responses"],
    )
    closed_on = timezone.localtime(round_.snapshot.closed_at).date()
    return render(request, "reports/receipt.html", {"report": report, "closed_on": closed_on})


def _subtitle(round_: Round) -> str:
    name = lower(str(round_.content.round(round_.kind).name))
    return text("receipt.subtitle", round=name, forum=round_.forum.in_sentence(get_language() or "nl"))
