"""Where a member stands: the draft, its answers and the steps."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from django.http import HttpRequest

from assessment.actions.submitting import roles_for
from assessment.filling.steps import REVIEW, ROLE, Step, steps_for
from assessment.models import Draft, DraftAnswer, Invitation
from assessment.prepared import PreparedQuery

AnswerKey = tuple[str, str]
_answers = PreparedQuery(
    lambda: DraftAnswer.objects.filter(draft=0).values_list("kind", "item", "value", "dont_know", "text")
)


class Progress:
    """The draft of an invitation as the pages need it; `answers` by (kind, item) as a page posts them.

    One query, since `find_invitation` brings the draft along.
    """

    def __init__(self, invitation: Invitation) -> None:
        self.invitation = invitation
        self.content = invitation.round.content
        self.roles = roles_for(invitation)
        self.draft: Draft | None = getattr(invitation, "draft", None)
        self.answers = self._stored_answers()

    def _stored_answers(self) -> dict[AnswerKey, str]:
        if self.draft is None:
            return {}
        return {
            (kind, item): text or (self.content.missing_code if dont_know else str(value))
            for kind, item, value, dont_know, text in _answers.rows(self.draft.pk)
        }

    @property
    def is_submitted(self) -> bool:
        return self.draft is not None and self.draft.submitted_at is not None

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        """The steps of the chosen role; before the choice those of the first role that fits the seat."""
        role = self.draft.role if self.draft else self.roles[0]
        return steps_for(self.content, role=role, round_kind=self.invitation.round.kind)

    def is_done(self, step: Step) -> bool:
        """Whether a step needs nothing more; optional questions count as done once one has an answer."""
        if step.code == ROLE:
            return self.draft is not None
        if step.code == REVIEW:
            return self.is_submitted
        if any(question.is_required for question in step.questions):
            return step.is_done(self.answers)
        return any((q.kind, q.item) in self.answers for q in step.questions)

    @property
    def first_open(self) -> str:
        """Where to go on: the first step that still needs an answer, else the review."""
        if self.draft is None:
            return ROLE
        for step in self.steps.values():
            if not step.is_done(self.answers):
                return step.code
        return REVIEW

    @property
    def count_done(self) -> int:
        return sum(self.is_done(step) for step in self.steps.values())

    def missing_steps(self) -> Iterator[Step]:
        """Steps with a required question that has no answer, in order."""
        return (step for step in self.steps.values() if not step.is_done(self.answers))


class StepRequest(HttpRequest):
    """A request for a step: formtools makes the storage, which finds the progress here."""

    progress: Progress
