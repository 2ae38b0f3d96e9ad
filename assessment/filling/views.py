"""The pages around the questionnaire: welcome, pause, withdrawing, a new receipt."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.actions import submitting
from assessment.actions.holding import RoundStateError
from assessment.filling.context import in_full, with_coach
from assessment.filling.links import personal_page
from assessment.filling.progress import Progress, StepRequest
from assessment.filling.since import agreed_since
from assessment.filling.storage import DraftStorage
from assessment.filling.thanks import thanks
from assessment.filling.wizard import form_class_for, wizard
from assessment.models import Invitation
from questionnaires.texts import text


def while_open(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A personal page of an open round; before and during the view the round may turn out to be closed."""

    @personal_page
    @wraps(view)
    def page(request: HttpRequest, invitation: Invitation, **kwargs: object) -> HttpResponse:
        if not invitation.round.takes_answers:
            return closed(request, invitation)
        try:
            return view(request, invitation, **kwargs)
        except RoundStateError:
            invitation.round.refresh_from_db(fields=["state", "closed_at"])
            return closed(request, invitation)

    return page


def closed(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """What somebody sees who comes too late; a write is told so by its status too."""
    moment = timezone.localtime(invitation.round.closed_at or invitation.round.closes_at)
    context = with_coach(invitation) | {
        "closed_date": in_full(moment.date()),
        "shared": invitation.round.shared_reports.current().first(),
    }
    return render(request, "filling/closed.html", context, status=200 if request.method == "GET" else 409)


@require_safe
@while_open
def landing(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Greets by name and says who sees what, before any answer is shown."""
    progress = Progress(invitation)
    context = with_coach(invitation) | {"progress": progress}
    if progress.draft and progress.draft.submitted_at:
        context["submitted_date"] = in_full(timezone.localtime(progress.draft.submitted_at).date())
    else:
        context["since"] = agreed_since(invitation.round)
    return render(request, "filling/landing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@while_open
def step(request: HttpRequest, invitation: Invitation, step: str) -> HttpResponse:
    """One step of the questionnaire."""
    return wizard(request, invitation, step=step)


@require_POST
@while_open
def autosave(request: StepRequest, invitation: Invitation, step: str) -> HttpResponse:
    """Save the answers that a page sends by itself; the answer is one sentence for its status line."""
    progress = request.progress = Progress(invitation)
    if progress.draft is None or step not in progress.steps or not progress.steps[step].questions:
        raise Http404
    form = form_class_for(step)(data=request.POST, step=progress.steps[step], content=progress.content)
    DraftStorage("autosave", request).set_step_data(step, form.changed_values())
    now = timezone.localtime()
    return HttpResponse(text("form.save.done", time=f"{now:%H.%M}"), content_type="text/plain; charset=utf-8")


@require_safe
@while_open
def left(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Everything is kept; how and until when to go on."""
    context = with_coach(invitation) | {"is_submitted": Progress(invitation).is_submitted}
    return render(request, "filling/left.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@while_open
def withdraw(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Ask once, then erase the draft."""
    if request.method == "POST":
        submitting.withdraw(invitation=invitation)
        return render(request, "filling/withdrawn.html", with_coach(invitation))
    progress = Progress(invitation)
    if progress.draft is None:
        return redirect("filling:landing", token=invitation.token)
    return render(request, "filling/withdraw.html", with_coach(invitation) | {"progress": progress})


@require_POST
@while_open
def new_receipt(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Another link to the own result in the place of the one that was lost; shown once."""
    if not Progress(invitation).is_submitted:
        return redirect("filling:landing", token=invitation.token)
    receipt = submitting.new_receipt(invitation=invitation)
    return thanks(request, invitation, receipt, is_new=True)
