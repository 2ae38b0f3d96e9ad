"""A questionnaire as a member would meet it, for staff: every page, and nothing is stored.

There is no invitation. The kind of round and the role stand in the address; the records that the pages ask for are
made for the request and never saved.
"""

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from assessment.access import asked_versions_for
from assessment.filling.progress import AnswerKey, Progress, StepRequest
from assessment.filling.wizard import QuestionnaireWizard
from assessment.models import Draft, Forum, Invitation, Member, Round, Seat
from questionnaires.models import QuestionnaireVersion
from questionnaires.texts import text

DAYS_OPEN = 14


def preview_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """A page for who may see this version, never kept; the page that shows a phone may frame it, no other site."""

    @csp_replace({"frame-ancestors": ["'self'"]})  # type: ignore[arg-type]  # its types know no argument
    @xframe_options_sameorigin
    @never_cache
    @login_required
    @wraps(view)
    def page(request: HttpRequest, version: int, **kwargs: str) -> HttpResponse:
        return view(request, get_object_or_404(asked_versions_for(request.user), pk=version), **kwargs)

    return page


@require_safe
@preview_page
def begin(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    """The welcome, and which round to see: what is asked differs."""
    return render(request, "filling/preview.html", _context(version))


@require_safe
@preview_page
def phone(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    """The same pages on a screen of the size of a phone."""
    return render(request, "filling/preview_phone.html", _context(version))


@require_http_methods(["GET", "HEAD", "POST"])
@preview_page
def step(
    request: HttpRequest, version: QuestionnaireVersion, kind: str, step: str, role: str = ""
) -> HttpResponse:
    """One step, for this kind of round and this role; before the choice of a role there is only that step."""
    return wizard(request, _example(version, kind, role), step=step)


@require_safe
@preview_page
def end(request: HttpRequest, version: QuestionnaireVersion, kind: str) -> HttpResponse:
    """In the place of the page that thanks: nothing was submitted."""
    _example(version, kind, "")
    return render(request, "filling/preview_end.html", _context(version))


class PreviewProgress(Progress):
    """Nobody's: every role can be chosen, nothing was answered."""

    def __init__(self, invitation: Invitation) -> None:
        super().__init__(invitation)
        self.roles = [role.code for role in self.content.roles]

    def _stored_answers(self) -> dict[AnswerKey, str]:
        return {}


class PreviewWizard(QuestionnaireWizard):
    """The same pages; whatever is sent is checked, shown again where it is faulty, and forgotten."""

    storage_name = "assessment.filling.storage.ForgetfulStorage"

    def progress_of(self, invitation: Invitation) -> Progress:
        return PreviewProgress(invitation)

    def save_url(self) -> str:
        """The page sends nothing by itself."""
        return ""

    def setup(self, request: StepRequest, invitation: Invitation, **kwargs: Any) -> None:
        super().setup(request, invitation, **kwargs)
        self.version, self.kind = invitation.round.version, invitation.round.kind

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who would stop for today is back at the beginning."""
        if "later" in self.request.POST:
            return redirect("preview:begin", self.version.pk)
        return super().post(*args, **kwargs)

    def render_done(self, form: Any, **kwargs: Any) -> HttpResponse:
        return redirect("preview:end", self.version.pk, self.kind)

    def get_step_url(self, step: str) -> str:
        draft = self.progress.draft
        if draft is None:
            return reverse("preview:role", args=[self.version.pk, self.kind])
        return reverse("preview:step", args=[self.version.pk, self.kind, draft.role, step])

    def get_context_data(self, form: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(form, **kwargs) | _context(self.version)


wizard = PreviewWizard.as_view(url_name="preview:step", done_step_name="ingediend")


def _context(version: QuestionnaireVersion) -> dict[str, Any]:
    return {"previewed": version, "content": version.content}


def _example(version: QuestionnaireVersion, kind: str, role: str) -> Invitation:
    """An invitation that nobody has, with a draft once a role is chosen. Raises Http404 for what is not there."""
    content = version.content
    if kind not in {each.code for each in content.rounds}:
        raise Http404
    if role and role not in {each.code for each in content.roles}:
        raise Http404
    today = timezone.localdate()
    forum = Forum(name=text("preview.forum"), article=Forum.Article.HET)
    round_ = Round(
        forum=forum,
        version=version,
        kind=kind,
        state=Round.State.OPEN,
        opens_on=today,
        closes_on=today + datetime.timedelta(days=DAYS_OPEN),
    )
    member = Member(forum=forum, seat=Seat(forum=forum, organisation="-"), name="-")
    invitation = Invitation(round=round_, member=member)
    # An invitation without a draft knows that it has none, as one that is stored does.
    invitation._meta.get_field("draft").set_cached_value(invitation, Draft(role=role) if role else None)
    return invitation
