"""The page that shows the receipt, the only way to the own result."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from assessment.filling.context import member_context
from assessment.models import Invitation


def thanks(request: HttpRequest, invitation: Invitation, receipt: str | None, **notes: bool) -> HttpResponse:
    """Thank, and show the receipt once; without one the answers had been submitted before."""
    context = member_context(invitation) | notes | {"receipt": receipt}
    if receipt:
        context["receipt_link"] = settings.BASE_URL + reverse("reports:receipt", args=[receipt])
    return render(request, "filling/thanks.html", context)
