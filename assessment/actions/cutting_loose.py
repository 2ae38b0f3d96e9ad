"""What closing makes of submitted drafts: rows from which no way leads back to a person.

Random keys, random labels, random order, no times, and the words of open answers apart from everything else.
"""

import secrets
import uuid
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.conf import settings

from assessment.actions.refusals import RefusedError
from assessment.models import Answer, Draft, DraftAnswer, OpenAnswer, Response, Round
from assessment.models.rounds import AnswerKind
from questionnaires.questions import Question, questions_for

shuffle = secrets.SystemRandom().shuffle
# By municipality; an organisation, which is None, has no label.
Labels = dict[int | None, str]


class ClosingError(RefusedError):
    """Closing failed and changed nothing; the text says what the coach can mend."""


class Loose(NamedTuple):
    """What is left of the submitted drafts when every tie to a person is cut."""

    responses: list[Response]
    answers: list[Answer]
    open_answers: list[OpenAnswer]


def cut_loose(round_: Round, municipalities: set[int]) -> Loose:
    """The submitted drafts as rows without any tie to a person, in random order."""
    labels: Labels = {municipality: new_label() for municipality in municipalities}
    loose = Loose([], [], [])
    for draft in _submitted(round_):
        _cut_draft(draft, round_, labels, loose)
    return shuffled(loose)


def new_label() -> str:
    """A random label that holds the responses of one municipality in one round together."""
    return secrets.token_hex(8)


def shuffled(loose: Loose) -> Loose:
    """The same rows, each kind in an order that nobody knows."""
    for rows in loose:
        shuffle(rows)
    return loose


def _submitted(round_: Round) -> list[Draft]:
    drafts = Draft.objects.filter(invitation__round=round_, submitted_at__isnull=False)
    return list(drafts.select_related("invitation__member__seat").prefetch_related("answers"))


def _cut_draft(draft: Draft, round_: Round, labels: Labels, loose: Loose) -> None:
    role = round_.content.role(draft.role)
    response = Response(
        key=uuid.uuid4(),
        round=round_,
        group=role.report_group,
        delegation=_delegation(draft, labels) if role.counts_in_forum_score else "",
        receipt_hash=draft.receipt_hash,
    )
    given = {(each.kind, each.item): each for each in draft.answers.all()}
    asked = questions_for(round_.content, role=draft.role, round_kind=round_.kind)
    if not given.keys() <= {(question.kind, question.item) for question in asked}:
        raise ClosingError("close.fault.answers")
    loose.responses.append(response)
    loose.answers.extend(_answers(response, asked, given))
    loose.open_answers.extend(_open_answers(draft, round_))


def _delegation(draft: Draft, labels: Labels) -> str:
    """The label of the municipality in this round, the same for all who sit for it."""
    try:
        return labels[draft.invitation.member.seat.municipality_id]
    except KeyError:
        raise ClosingError("close.fault.seats") from None


def _answers(
    response: Response, asked: Sequence[Question], given: dict[tuple[str, str], DraftAnswer]
) -> Iterator[Answer]:
    """A row for every question that was asked, also when it was left open."""
    for question in asked:
        if question.kind == AnswerKind.OPEN:
            continue
        answer = given.get((question.kind, question.item))
        yield Answer(
            response=response,
            kind=question.kind,
            item=question.item,
            value=answer.value if answer else None,
            dont_know=answer.dont_know if answer else False,
        )


def _open_answers(draft: Draft, round_: Round) -> Iterator[OpenAnswer]:
    for answer in draft.answers.all():
        if answer.kind == AnswerKind.OPEN and (words := answer.text.strip()):
            yield OpenAnswer(
                round=round_, question=answer.item, text=words, has_quote_consent=draft.has_quote_consent
            )


def store(loose: Loose) -> dict[uuid.UUID, str] | None:
    """Write the rows; where the installation keeps no labels they are never written, and returned for scoring alone."""
    labels = _part_from_labels(loose) if settings.ERASE_DELEGATION_LABELS else None
    Response.objects.bulk_create(loose.responses)
    Answer.objects.bulk_create(loose.answers)
    OpenAnswer.objects.bulk_create(loose.open_answers)
    return labels


def _part_from_labels(loose: Loose) -> dict[uuid.UUID, str]:
    """Take the labels off the responses; they come back by key of the response."""
    labels = {response.key: response.delegation for response in loose.responses}
    for response in loose.responses:
        response.delegation = ""
    return labels
