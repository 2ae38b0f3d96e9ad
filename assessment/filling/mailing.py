"""Where a member decides about mails: none any more, the receipt, or the invitation once more."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.actions import inviting
from assessment.filling.forms import ResendForm
from assessment.filling.links import is_busy
from assessment.filling.progress import Progress
from assessment.filling.thanks import thanks
from assessment.filling.views import while_open
from assessment.mail import send_receipt
from assessment.models import Invitation
from assessment.models.rounds import token_hash

RESENDS = 10  # addresses one visitor may try in ten minutes


@require_POST
@while_open
def decline(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Say not to take part: no more mails of this round, and the link goes on working."""
    inviting.decline(invitation=invitation)
    return redirect("filling:landing", token=invitation.token)


@require_POST
@while_open
def mail_receipt(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Send the receipt that the page still shows to the member's own address."""
    receipt = request.POST.get("receipt", "")
    draft = Progress(invitation).draft
    if draft is None or draft.receipt_hash != token_hash(receipt):
        return HttpResponseBadRequest()
    is_sent = send_receipt(invitation=invitation, receipt=receipt)
    return thanks(request, invitation, receipt, is_mailed=is_sent, has_mail_failed=not is_sent)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def resend(request: HttpRequest) -> HttpResponse:
    """Ask for the invitation again; the answer is the same whether the address is known or not."""
    form = ResendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if is_busy(request, "resend", RESENDS):
            return render(request, "error.html", {"kind": "429", "minutes": 10}, status=429)
        inviting.send_again_to(email=form.cleaned_data["email"])
        return redirect("filling:resent")
    return render(request, "filling/resend.html", {"form": form})


@require_safe
@never_cache
def resent(request: HttpRequest) -> HttpResponse:
    return render(request, "filling/resent.html")
