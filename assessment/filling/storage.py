"""Where the wizard keeps its data: rows of the member's draft, not the session.

So a draft outlives the browser, two invitations in one browser never mix, and a GET writes nothing.
"""

import re
from typing import Any

from formtools.wizard.storage.base import BaseStorage

from assessment.actions.submitting import GivenAnswer, Saving, choose_role, save_answers
from assessment.filling.progress import StepRequest
from assessment.filling.steps import OPEN, ROLE
from assessment.models import Draft
from questionnaires.questions import Question

SAVING = re.compile("([0-9a-z]{1,20}) ([0-9]{1,6}) ([0-9]{1,6})")


class DraftStorage(BaseStorage):
    """The seam to formtools: a step's data as names and values, a name being the item of a question."""

    def __init__(self, prefix: str, request: StepRequest, file_storage: Any = None) -> None:
        super().__init__(prefix, request, file_storage)
        self.init_data()
        self.progress = request.progress

    def get_step_data(self, step: str) -> dict[str, str]:
        """What is stored of a step, as the page posts it; questions without an answer are absent."""
        draft = self.progress.draft
        if draft is None:
            return {}
        if step == ROLE:
            return {"role": draft.role}
        answers = self.progress.answers
        questions = self.progress.steps[step].questions
        data = {q.item: answers[q.kind, q.item] for q in questions if (q.kind, q.item) in answers}
        if step == OPEN and draft.has_quote_consent:
            data["consent"] = "on"
        return data

    def set_step_data(self, step: str, cleaned_data: dict[str, str]) -> None:
        """Write these values of a step and only these; an empty consent takes it back."""
        saving = self._saving()
        if not cleaned_data and not (saving and saving.given_up):
            return
        progress = self.progress
        if step == ROLE:
            progress.draft = choose_role(invitation=progress.invitation, role=cleaned_data["role"])
            return
        given = [
            self._given(progress.steps[step].question(name), value)
            for name, value in cleaned_data.items()
            if name != "consent"
        ]
        consent = bool(cleaned_data["consent"]) if "consent" in cleaned_data else None
        save_answers(invitation=progress.invitation, answers=given, has_quote_consent=consent, saving=saving)
        self._remember(given, cleaned_data, consent)

    def _saving(self) -> Saving | None:
        """What the script of the page tells of this saving; None where no script runs."""
        told = " ".join(self.request.POST.get(name, "") for name in ("page", "number", "given-up"))
        found = SAVING.fullmatch(told)
        return Saving(found[1], int(found[2]), int(found[3])) if found else None

    def _given(self, question: Question, value: str) -> GivenAnswer:
        if question.kind == "open":
            return GivenAnswer(question.kind, question.item, text=value)
        if value == self.progress.content.missing_code:
            return GivenAnswer(question.kind, question.item, dont_know=True)
        return GivenAnswer(question.kind, question.item, value=int(value))

    def _remember(self, given: list[GivenAnswer], data: dict[str, str], consent: bool | None) -> None:
        """Keep what this request knows equal to what it wrote."""
        for answer in given:
            if data[answer.item]:
                self.progress.answers[answer.kind, answer.item] = data[answer.item]
            else:
                self.progress.answers.pop((answer.kind, answer.item), None)
        if consent is not None and self.progress.draft:
            self.progress.draft.has_quote_consent = consent

    def get_step_files(self, step: str) -> None:
        """No step takes a file."""

    def set_step_files(self, step: str, files: Any) -> None:
        """No step takes a file."""

    def reset(self) -> None:
        """formtools calls this after the last step; answers stay until the round closes."""


class ForgetfulStorage(DraftStorage):
    """For a preview: what was typed lives as long as the request, so that a page with a fault shows it again."""

    def __init__(self, prefix: str, request: StepRequest, file_storage: Any = None) -> None:
        super().__init__(prefix, request, file_storage)
        self.typed: dict[str, str] = {}

    def get_step_data(self, step: str) -> dict[str, str]:
        """What this request brought; of the role what its address says."""
        return super().get_step_data(step) if step == ROLE else self.typed

    def set_step_data(self, step: str, cleaned_data: dict[str, str]) -> None:
        """Nothing is written."""
        if step == ROLE and cleaned_data:
            self.progress.draft = Draft(role=cleaned_data["role"])
        self.typed = dict(cleaned_data)
