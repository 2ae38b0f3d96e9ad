"""Sharing a report with the members of a forum, bringing it up to date, and taking it back.

Every function holds the row of the round, so that a report is shared once and two coaches do not share two.
"""

import hashlib
import json
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from assessment import tasks
from assessment.actions.beside import all_beside
from assessment.actions.holding import hold_round
from assessment.actions.refusals import RefusedError
from assessment.actions.shared_document import SharedDocument, written
from assessment.models import Invitation, Member, Round, SharedReport
from assessment.models.rounds import token_hash


class SharingError(RefusedError):
    """A report that cannot be shared, or that is no longer as the page showed it."""


@transaction.atomic
def prepare_sharing(
    *, round: Round, foreword: str, left_out: Collection[str], known: Sequence[str]
) -> SharedReport:
    """Keep what the coach writes and leaves out, for the next time that the report is shared or brought up to date.

    Members see nothing of it yet. `known` are the chapters that may be left out, and their order. Raises SharingError,
    RoundStateError unless the round is closed, and ValueError for a chapter that is not known.
    """
    held = _hold(round)
    if unknown := set(left_out) - set(known):
        raise ValueError(f"no chapters to leave out: {', '.join(sorted(unknown))}")
    chosen = {"foreword": foreword.strip(), "left_out": [name for name in known if name in left_out]}
    shared, _ = held.shared_reports.update_or_create(ended_at=None, defaults=chosen)
    return shared


def document_of(shared: SharedReport, *, chapters: Sequence[str], by: str) -> SharedDocument:
    """What members would see if it were shared now, signed `by` whoever shares it, with these chapters."""
    return SharedDocument(
        foreword=shared.foreword,
        signed_by=by,
        chapters=tuple(chapters),
        left_out=tuple(shared.left_out),
        beside=all_beside(shared.round.snapshot),
    )


def seal_of(document: SharedDocument, round: Round) -> str:
    """By which a page and the action that follows it know that they speak of the same.

    With the words of the quotes, which the document does not have. Ask for it before the page is built: what changes
    in between is then looked at again.
    """
    quotes = list(round.quotes.values_list("pk", "text"))
    return hashlib.sha256(json.dumps([written(document), quotes]).encode()).hexdigest()


@transaction.atomic
def share_report(
    *, round: Round, chapters: Sequence[str], seen: str, by: str, is_silent: bool = False
) -> SharedReport:
    """Share what was prepared: its link works from now on, and is mailed to the members of `to_be_told`.

    `seen` is the seal of what the coach looked at; `is_silent` sends no mail. Raises SharingError
    when that has changed, when nothing was prepared and when the report is shared already; RoundStateError unless
    the round is closed.
    """
    shared = _prepared(round)
    if shared.is_shared:
        raise SharingError("form.error.changed")
    shared.token_hash = token_hash(shared.token)
    shared.shared_at = timezone.now()
    _freeze(shared, chapters, seen, by)
    if not is_silent:
        tasks.queue_shared_report(shared, to_be_told(shared.round))
    return shared


@transaction.atomic
def update_shared_report(
    *, round: Round, chapters: Sequence[str], seen: str, by: str, is_mailed: bool = False
) -> SharedReport:
    """Show members what was prepared, with everything as it stands now, behind the same link.

    A second mail leaves only with `is_mailed`, and in place of a first one that still waits. Raises as `share_report`
    does, and when the report is not shared.
    """
    shared = _prepared(round)
    if not shared.is_shared:
        raise SharingError("form.error.changed")
    _freeze(shared, chapters, seen, by)
    if is_mailed and not shared.can_be_shown:
        raise SharingError("sharing.state.cannot_show")
    if is_mailed:
        shared.mailing += 1
        shared.mails_sent = shared.mails_failed = 0
        shared.save(update_fields=["mailing", "mails_sent", "mails_failed"])
        tasks.queue_shared_report(shared, to_be_told(shared.round))
    return shared


@transaction.atomic
def end_sharing(*, round: Round) -> bool:
    """Take the report back: the link ends for good and the copy is erased. False when it is not shared.

    Also in an archived forum. Raises RoundStateError unless the round is closed.
    """
    held = hold_round(round, Round.State.CLOSED)
    shared = held.shared_reports.current().first()
    if shared is None:
        return False
    shared.document, shared.ended_at = "", timezone.now()
    shared.save(update_fields=["document", "ended_at"])
    return True


def to_be_told(round: Round) -> list[Invitation]:
    """The invitations of who was asked in this round, sits in the forum and did not say to take no part."""
    sitting = Member.objects.current().filter(forum=round.forum_id)
    return list(round.invitations.filter(is_declined=False, member__in=sitting).order_by("pk"))


def _hold(round_: Round) -> Round:
    """The closed round with a result, nobody else's until the transaction ends."""
    held = hold_round(round_, Round.State.CLOSED)
    if held.forum.is_archived:
        raise SharingError("sharing.error.archived")
    if not held.snapshot.result["published"]:
        raise SharingError("sharing.error.no_result")
    return held


def _prepared(round_: Round) -> SharedReport:
    held = _hold(round_)
    shared = held.shared_reports.not_ended().first()
    if shared is None:
        raise SharingError("form.error.changed")
    shared.round = held
    return shared


def _freeze(shared: SharedReport, chapters: Sequence[str], seen: str, by: str) -> None:
    document = document_of(shared, chapters=chapters, by=by)
    if seal_of(document, shared.round) != seen:
        raise SharingError("form.error.changed")
    shared.document, shared.updated_at = written(document), timezone.now()
    # Not the counts of mails, which the worker may be raising meanwhile without holding the round.
    shared.save(update_fields=["token_hash", "shared_at", "document", "updated_at"])
