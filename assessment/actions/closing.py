"""Closing a round: answers are cut loose from names for good, and the result is computed once and frozen.

All of it happens in one transaction, or nothing does. Whoever closes holds the round and then every invitation, so
that no member writes meanwhile (docs/decisions/0003-locks.md).
"""

import datetime
import functools
import logging

from django.db import transaction
from django.utils import timezone

from assessment import tasks
from assessment.actions import cleaning
from assessment.actions.cutting_loose import ClosingError, cut_loose, store
from assessment.actions.faults import told_briefly
from assessment.actions.freezing import freeze
from assessment.actions.holding import RoundStateError, hold_round
from assessment.models import Draft, DraftAnswer, Invitation, Round, Seat, Snapshot
from assessment.queries import Labels

logger = logging.getLogger(__name__)


def close_round(*, round: Round, only_if_over: bool = False, is_silent: bool = False) -> Snapshot:
    """Close an open round for good and return its frozen result. `is_silent` sends no mail.

    Raises RoundStateError when the round is not open (any more) or, with `only_if_over`, still takes answers.
    Raises ClosingError when anything else fails: every draft is kept then, and `Round.close_fault` has the key of
    the text for the coach.
    """
    try:
        return _close(round, only_if_over, is_silent)
    except RoundStateError:
        raise
    except Exception as error:
        fault = error.key if isinstance(error, ClosingError) else "close.fault.unexpected"
        _note_fault(round, fault, error)
        raise ClosingError(fault) from None  # the words of the cause may hold an answer


def close_due_rounds() -> list[Round]:
    """Close every open round whose last minute has passed; one that fails stops no other."""
    due = [each for each in Round.objects.open() if not each.takes_answers]
    return [each for each in due if _close_if_possible(each)]


def _close_if_possible(round_: Round) -> bool:
    try:
        close_round(round=round_, only_if_over=True)
    except (ClosingError, RoundStateError):
        return False  # noted on the round, or somebody else closed or postponed it meanwhile
    except Exception as error:
        logger.error("closing round %s failed: %s", round_.pk, told_briefly(error))
        return False
    return True


def _note_fault(round_: Round, fault: str, error: Exception) -> None:
    """Tell the coach by the round and the operator by the log, once, although the worker tries again and again."""
    untold = Round.objects.open().filter(pk=round_.pk).exclude(close_fault=fault)
    if untold.update(close_fault=fault):
        logger.error("closing round %s failed, %s: %s", round_.pk, fault, told_briefly(error))


@transaction.atomic(durable=True)
def _close(round_: Round, only_if_over: bool, is_silent: bool) -> Snapshot:
    held = hold_round(round_, Round.State.OPEN)
    if only_if_over and held.takes_answers:
        raise RoundStateError
    invitations = _hold_invitations(held)
    municipalities = _municipalities(held)
    loose = cut_loose(held, municipalities)
    labels = store(loose)
    _erase_drafts(held)
    tasks.forget_reminders(held)
    now = timezone.now()
    held.state, held.closed_at, held.close_fault = Round.State.CLOSED, now, ""
    held.save(update_fields=["state", "closed_at", "close_fault"])
    snapshot = _freeze(held, labels, now, members=len(municipalities), invited=len(invitations))
    if not is_silent:
        tasks.queue_closed(each for each in invitations if not each.is_declined)
    transaction.on_commit(_clean_behind, robust=True)
    transaction.on_commit(functools.partial(cleaning.empty_mail_folder, held), robust=True)
    return snapshot


def _hold_invitations(round_: Round) -> list[Invitation]:
    """Every invitation, held in one order by all, so that members who write now finish first."""
    return list(Invitation.objects.select_for_update(no_key=True).filter(round=round_).order_by("pk"))


def _municipalities(round_: Round) -> set[int]:
    """The N municipalities of the forum at closing: those with a seat, empty seats too."""
    seats = Seat.objects.filter(forum=round_.forum_id, municipality__isnull=False)
    return set(seats.values_list("municipality_id", flat=True))


def _erase_drafts(round_: Round) -> None:
    """Every draft of the round, submitted or not."""
    DraftAnswer.objects.filter(draft__invitation__round=round_).delete()
    Draft.objects.filter(invitation__round=round_).delete()


def _freeze(
    round_: Round, labels: Labels | None, now: datetime.datetime, *, members: int, invited: int
) -> Snapshot:
    """The result, with how many were invited to give it."""
    local = round_.invitations.filter(member__seat__municipality__isnull=False).count()
    return freeze(
        round=round_,
        labels=labels,
        closed_at=now,
        members=members,
        invited_members=local,
        invited_others=invited - local,
    )


def _clean_behind() -> None:
    """Clean the database at once; when that does not work now, the worker tries again."""
    try:
        cleaning.clean_up()
    except Exception as error:
        logger.warning("cleaning the database waits: %s", told_briefly(error))
        tasks.queue_cleaning()
