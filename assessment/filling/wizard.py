"""The questionnaire as a wizard: each step is a page with an address, each save goes to the draft.

A thin layer over formtools, which gives the list of steps, their order and the validation of all of them at the
end. What else it would do is turned off here: submit on a GET, throw away what was typed when somebody goes
back, keep raw POST data, mix two invitations in one session.
"""

from collections import OrderedDict
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from formtools.wizard.views import NamedUrlWizardView

from assessment.actions.submitting import IncompleteError, submit
from assessment.filling.context import member_context
from assessment.filling.drawn import ListedStep, steps_html
from assessment.filling.forms import OpenForm, ReviewForm, RoleForm, ScaleForm, StepForm
from assessment.filling.progress import Progress, StepRequest
from assessment.filling.review import reviewed_steps
from assessment.filling.steps import CHANGE, OPEN, REVIEW, ROLE, Step
from assessment.filling.thanks import thanks
from assessment.models import Invitation
from questionnaires.texts import text

FORMS: dict[str, type[StepForm]] = {ROLE: RoleForm, OPEN: OpenForm, REVIEW: ReviewForm}
TEMPLATES = {ROLE: "filling/role.html", OPEN: "filling/open.html", REVIEW: "filling/review.html"}
NAMES = {
    ROLE: "form.step.role",
    CHANGE: "form.step.change",
    OPEN: "form.step.open",
    REVIEW: "form.step.review",
}


def name_of(step: Step) -> str:
    """What a step is called on the page."""
    return str(step.dimension.name) if step.dimension else text(NAMES[step.code])


def form_class_for(code: str) -> type[StepForm]:
    """The form of a step."""
    return FORMS.get(code, ScaleForm)


class QuestionnaireWizard(NamedUrlWizardView):
    """The steps of one invitation, which `personal_page` hands in after the request."""

    # formtools wants a list; the real one is made per request in `setup`.
    form_list: dict[str, type[StepForm]] | list[tuple[str, type[StepForm]]] = [(ROLE, RoleForm)]
    storage_name = "assessment.filling.storage.DraftStorage"

    def setup(self, request: StepRequest, invitation: Invitation, **kwargs: Any) -> None:
        super().setup(request, **kwargs)
        self.invitation = invitation
        self.progress = request.progress = self.progress_of(invitation)
        self.form_list = OrderedDict((code, form_class_for(code)) for code in self.progress.steps)

    def progress_of(self, invitation: Invitation) -> Progress:
        """Where the member stands."""
        return Progress(invitation)

    def save_url(self) -> str:
        """Where the page sends each answer by itself."""
        return reverse("filling:autosave", args=[self.invitation.token, self.steps.current])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Every step but the first needs a role; an address that is no step of this member is a 404."""
        step = kwargs["step"]
        if step not in self.form_list:
            raise Http404
        if self.progress.draft is None and step != ROLE:
            return redirect(self.get_step_url(ROLE))
        return super().dispatch(request, *args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what is stored, without the errors that a half-filled page would have."""
        self.storage.current_step = kwargs["step"]
        return self.render(self.get_form())

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save what was changed, whatever is still missing; then go where the visitor asked to go."""
        step = self.storage.current_step = kwargs["step"]
        form = self.get_form(data=self.request.POST)
        changed = form.changed_values() if step != REVIEW else {}
        changed_elsewhere = self._changed_elsewhere(form, changed)
        self.storage.set_step_data(step, changed)
        if "later" in self.request.POST and not _has_lost(form):
            return redirect("filling:left", token=self.invitation.token)
        target = self.request.POST.get("goto")
        if target in self.form_list and not _has_lost(form):
            return redirect(self.get_step_url(target))
        if not form.is_valid():  # what this page left out may be stored, from here or from another device
            form = self.get_form(data=self._with_stored(form))
        if not form.is_valid():
            return self.render(form)
        if changed_elsewhere:
            return self.render(self.get_form(), is_elsewhere=True)
        return self.render_done(form, **kwargs) if step == REVIEW else self.render_next_step(form)

    def _changed_elsewhere(self, form: StepForm, changed: dict[str, str]) -> bool:
        """Whether another device changed an answer that this page still shows as it was."""
        stored = self.storage.get_step_data(form.step.code)
        return form.step.code not in (ROLE, REVIEW) and any(
            stored.get(name, "") != form.data.get(f"was-{name}", "")
            for name in form.fields
            if name not in changed and stored.get(name, "") != form.data.get(name, "")
        )

    def _with_stored(self, form: StepForm) -> dict[str, str]:
        """The stored step with what could not be stored laid over it, so that no typed word is lost."""
        typed = {name: form.data[name] for name in form.errors if form.data.get(name)}
        return self.storage.get_step_data(form.step.code) | typed

    def render_done(self, form: Form, **kwargs: Any) -> HttpResponse:
        """From the review's POST alone: formtools validates every stored step, then `done` submits."""
        return super().render_done(form, **kwargs | {"step": self.done_step_name})

    def render_revalidation_failure(self, failed_step: str, form: Form, **kwargs: Any) -> HttpResponse:
        """A gap: the review page names it."""
        return redirect(self.get_step_url(REVIEW))

    def done(self, form_list: list[Form], **kwargs: Any) -> HttpResponse:
        """Submit and show the receipt, once.

        The page answers the POST itself: a redirect would have to keep the receipt somewhere in between.
        """
        try:
            receipt = submit(invitation=self.invitation)
        except IncompleteError:
            return redirect(self.get_step_url(REVIEW))
        return thanks(self.request, self.invitation, receipt)

    def get_step_url(self, step: str) -> str:
        return reverse(self.url_name, kwargs={"token": self.invitation.token, "step": step})

    def get_form_prefix(self, step: str | None = None, form: Any = None) -> None:
        """No prefix: every step is a page of its own."""

    def get_form_initial(self, step: str) -> dict[str, str]:
        return self.storage.get_step_data(step)

    def get_form_kwargs(self, step: str) -> dict[str, Any]:
        kwargs: dict[str, Any] = {"step": self.progress.steps[step], "content": self.progress.content}
        return kwargs | {"roles": self.progress.roles} if step == ROLE else kwargs

    def get_template_names(self) -> list[str]:
        return [TEMPLATES.get(self.steps.current, "filling/step.html")]

    def get_context_data(self, form: Form, **kwargs: Any) -> dict[str, Any]:
        progress, current = self.progress, self.steps.current
        step = progress.steps[current]
        names = {each.code: name_of(each) for each in progress.steps.values()}
        number, total = self.steps.step1, self.steps.count
        minutes = progress.content.instrument.estimated_minutes * (total - number + 1) / total
        context = super().get_context_data(form=form, **kwargs) | member_context(self.invitation)
        context |= {
            "progress": progress,
            "step": step,
            "name": names[current],
            "number": number,
            "total": total,
            "minutes": max(1, round(minutes)),
            "previous": self.steps.prev,
            "is_submitted": progress.is_submitted,
            "save_url": self.save_url(),
            "steps": steps_html(
                tuple(
                    ListedStep(code, names[code], progress.is_done(each), code == current)
                    for code, each in progress.steps.items()
                )
            ),
        }
        if current == REVIEW:
            context["reviewed"] = reviewed_steps(progress, names, self.get_step_url)
            context["missing"] = list(progress.missing_steps())
        return context


def _has_lost(form: StepForm) -> bool:
    """Whether leaving the page now would lose something typed: a text that is too long to be stored."""
    return any(form.data.get(name) for name in form.errors)


wizard = QuestionnaireWizard.as_view(url_name="filling:step", done_step_name="ingediend")
