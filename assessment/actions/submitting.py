"""What a member does with the own draft while the round is open.

Every write first locks the member's invitation and then reads the state of the round, so that closing, which
locks all invitations of the round, never overlooks an answer (docs/decisions/0003-locks.md).
"""

import secrets
from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from assessment.actions.holding import RoundStateError, hold_link
from assessment.models import Draft, DraftAnswer, Invitation, Round
from assessment.models.rounds import AnswerKind, token_hash
from assessment.prepared import PreparedQuery
from questionnaires.questions import Question, questions_for

# Pages of one draft whose given-up savings are remembered: a saving is on its way for minutes at most.
PAGES_KEPT = 20
COLUMNS = [field.attname for field in Draft._meta.concrete_fields]
_drafts = PreparedQuery(lambda: Draft.objects.filter(invitation=0).values_list(*COLUMNS))


class IncompleteError(Exception):
    """Questions that must have an answer before submitting; `missing` names them in order."""

    def __init__(self, missing: list[Question]) -> None:
        super().__init__(f"{len(missing)} questions without an answer")
        self.missing = missing


class Saving(NamedTuple):
    """Which page in a browser saves, its how many-th saving this is, and up to which one it waits for none any more."""

    page: str
    number: int
    given_up: int = 0


class GivenAnswer(NamedTuple):
    """An answer as it was given: a value from 1 to 5, or `dont_know`, or a text (empty: taken back)."""

    kind: str
    item: str
    value: int | None = None
    dont_know: bool = False
    text: str = ""


@transaction.atomic
def choose_role(*, invitation: Invitation, role: str) -> Draft:
    """Begin the draft, or change its role; answers that the new role is not asked are erased.

    Raises RoundStateError, and ValueError for a role that does not fit the seat.
    """
    round_ = _hold(invitation)
    if role not in roles_for(invitation):
        raise ValueError(f"role {role!r} does not fit this seat")
    draft, is_new = Draft.objects.get_or_create(invitation=invitation, defaults={"role": role})
    if not is_new and draft.role != role:
        draft.role = role
        draft.save(update_fields=["role"])
        _erase_unasked(draft, round_)
    return draft


def roles_for(invitation: Invitation) -> list[str]:
    """Codes of the roles that fit the seat: local ones for a municipality, the others for an organisation."""
    has_municipality = invitation.member.seat.municipality_id is not None
    return [r.code for r in invitation.round.content.roles if r.needs_municipality == has_municipality]


def _erase_unasked(draft: Draft, round_: Round) -> None:
    asked = {(q.kind, q.item) for q in asked_questions(draft, round_)}
    unasked = [a.pk for a in draft.answers.all() if (a.kind, a.item) not in asked]
    draft.answers.filter(pk__in=unasked).delete()


def asked_questions(draft: Draft, round_: Round) -> tuple[Question, ...]:
    """Every question that the draft is about."""
    return questions_for(round_.content, role=draft.role, round_kind=round_.kind)


@transaction.atomic
def save_answers(
    *,
    invitation: Invitation,
    answers: Iterable[GivenAnswer],
    has_quote_consent: bool | None = None,
    saving: Saving | None = None,
) -> None:
    """Write these answers and leave all others as they are; an empty text takes an open answer back.

    One upsert: two devices that save at once keep each other's answers. A change after submitting counts at
    once. A saving that its page gave up writes nothing: what came in its place is newer. Raises RoundStateError,
    and ValueError for a question that this draft is not asked.
    """
    round_ = _hold(invitation)
    draft = _draft(invitation)
    if saving and not _is_awaited(draft, saving):
        return
    given = list(answers)
    _check_asked(draft, round_, given)
    emptied = [a.item for a in given if a.kind == AnswerKind.OPEN and not a.text]
    if emptied:
        draft.answers.filter(kind=AnswerKind.OPEN, item__in=emptied).delete()
    DraftAnswer.objects.bulk_create(
        [DraftAnswer(draft=draft, **a._asdict()) for a in given if a.kind != AnswerKind.OPEN or a.text],
        update_conflicts=True,
        unique_fields=["draft", "kind", "item"],
        update_fields=["value", "dont_know", "text"],
    )
    if has_quote_consent is not None and draft.has_quote_consent != has_quote_consent:
        draft.has_quote_consent = has_quote_consent
        draft.save(update_fields=["has_quote_consent"])


def _is_awaited(draft: Draft, saving: Saving) -> bool:
    """Whether its page did not give this saving up; notes which ones it gave up meanwhile."""
    known = {page: number for page, number in draft.given_up}
    last = known.get(saving.page, 0)
    if saving.given_up > last:
        known.pop(saving.page, None)
        draft.given_up = [*known.items(), (saving.page, saving.given_up)][-PAGES_KEPT:]
        draft.save(update_fields=["given_up"])
    return saving.number > last


def _check_asked(draft: Draft, round_: Round, given: list[GivenAnswer]) -> None:
    asked = {(q.kind, q.item) for q in asked_questions(draft, round_)}
    for answer in given:
        if (answer.kind, answer.item) not in asked:
            raise ValueError(f"{answer.kind} {answer.item} is not asked")


@transaction.atomic
def submit(*, invitation: Invitation) -> str | None:
    """Submit the draft and return the receipt, which nothing keeps readable; None when it was submitted before.

    Whoever said not to take part takes part after all. Raises RoundStateError, IncompleteError.
    """
    round_ = _hold(invitation)
    draft = _draft(invitation)
    missing = missing_questions(draft, round_)
    if missing:
        raise IncompleteError(missing)
    if draft.submitted_at is not None:
        return None
    draft.submitted_at = timezone.now()
    Invitation.objects.filter(pk=invitation.pk, is_declined=True).update(is_declined=False)
    return _give_receipt(draft)


def missing_questions(draft: Draft, round_: Round) -> list[Question]:
    """Required questions without an answer, in order."""
    answered = set(draft.answers.values_list("kind", "item"))
    return [q for q in asked_questions(draft, round_) if q.is_required and (q.kind, q.item) not in answered]


@transaction.atomic
def new_receipt(*, invitation: Invitation) -> str:
    """Make another receipt; the earlier one ends. Raises RoundStateError, ValueError when not submitted."""
    _hold(invitation)
    draft = _draft(invitation)
    if draft.submitted_at is None:
        raise ValueError("nothing has been submitted")
    return _give_receipt(draft)


def _give_receipt(draft: Draft) -> str:
    receipt = secrets.token_urlsafe(16)
    draft.receipt_hash = token_hash(receipt)
    draft.save(update_fields=["submitted_at", "receipt_hash"])
    return receipt


@transaction.atomic
def withdraw(*, invitation: Invitation) -> None:
    """Erase the draft whole, submitted or not; the receipt ends with it. Raises RoundStateError."""
    _hold(invitation)
    Draft.objects.filter(invitation=invitation).delete()


def _hold(invitation: Invitation) -> Round:
    """Hold the invitation until the transaction ends and return its round, brought up to date."""
    hold_link(invitation)
    return invitation.round


def _draft(invitation: Invitation) -> Draft:
    """The draft of this invitation, read anew; without one there is nothing to write to."""
    found = _drafts.rows(invitation.pk)
    if not found:
        raise RoundStateError
    return Draft.from_db("default", COLUMNS, found[0])
