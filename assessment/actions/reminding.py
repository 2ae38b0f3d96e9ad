"""Reminding members who have not submitted: half-way, two days before closing, and when the coach asks.

Who that is gets decided when a mail leaves and is stored nowhere. What is stored is that a reminder left, once for
each occasion, whoever asks for it: the row stands before the first task waits.
"""

import datetime
import logging
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from assessment import tasks
from assessment.actions.faults import told_briefly
from assessment.actions.holding import RoundStateError, hold_round
from assessment.actions.refusals import RefusedError
from assessment.models import Invitation, Reminder, Round
from assessment.models.rounds import brussels
from assessment.queries import to_be_reminded

logger = logging.getLogger(__name__)

# From one mail to the next, the invitation among them.
REST = datetime.timedelta(days=2)
LAST_DAYS = datetime.timedelta(days=2)
MORNING = "08:00"


class RemindingError(RefusedError):
    """A reminder that would come too soon, or go to nobody."""


@transaction.atomic
def remind_now(*, round: Round) -> Reminder:
    """Remind who has not submitted, because the coach asks. Raises RoundStateError and RemindingError."""
    held = hold_round(round, Round.State.OPEN)
    if not held.takes_answers:
        raise RoundStateError
    if (refusal := refusal_of(held)) is not None:
        raise refusal
    if not to_be_reminded(held).exists():
        raise RemindingError("response.remind.nobody")
    return _start(held, Reminder.Kind.BY_HAND)


def refusal_of(round: Round) -> RemindingError | None:
    """Why this open round cannot be reminded of now; None when it can."""
    reminders = list(round.reminders.all())
    if _has_left(Reminder.Kind.LAST, round, reminders):
        return RemindingError("response.remind.was_last")
    left_at = _newest(reminders)
    if left_at is None and timezone.now() < _rested_at(round, reminders):
        return RemindingError("response.remind.just_opened")
    if left_at is not None and timezone.now() < _rested_at(round, reminders):
        return RemindingError("response.remind.recent", date=timezone.localdate(left_at))
    return None


def send_due_reminders() -> list[Reminder]:
    """Start every reminder whose time has come; a round where that fails stops no other."""
    rounds = Round.objects.open().prefetch_related("reminders")
    due = [(each, kind) for each in rounds for kind in _due(each, each.reminders.all())]
    return [started for each, kind in due if (started := _start_if_possible(each, kind))]


def _start_if_possible(round_: Round, kind: str) -> Reminder | None:
    try:
        return _start_if_due(round_, kind)
    except RoundStateError:
        logger.debug("round %s closed meanwhile", round_.pk)
    except Exception as error:
        logger.error("reminding in round %s failed: %s", round_.pk, told_briefly(error))
    return None


@transaction.atomic
def _start_if_due(round_: Round, kind: str) -> Reminder | None:
    """Asked again while the round is held: two workers, or a timer beside the worker, start it once."""
    held = hold_round(round_, Round.State.OPEN)
    return _start(held, kind) if kind in _due(held, held.reminders.all()) else None


def _start(round_: Round, kind: str) -> Reminder:
    reminder = Reminder.objects.create(round=round_, kind=kind, closes_on=round_.closes_on)
    if kind == Reminder.Kind.THRESHOLD:
        tasks.queue_threshold_warning(reminder, round_.forum.coaches.filter(is_active=True).order_by("pk"))
        return reminder
    # Whose invitation has not left yet reads that first; who said not to take part is left alone.
    reached = round_.invitations.filter(is_declined=False).exclude(mail_state=Invitation.MailState.WAITING)
    tasks.queue_reminder(reminder, list(reached))
    return reminder


def next_reminder_on(round: Round) -> datetime.date | None:
    """The day on which the next reminder leaves an open round by itself; None when none does any more."""
    schedule = _schedule(round, round.reminders.all())
    days = [timezone.localdate(at) for kind, at in schedule.items() if kind in Reminder.TO_MEMBERS]
    return min(days, default=None)


def _due(round_: Round, reminders: Iterable[Reminder]) -> list[str]:
    if not round_.takes_answers:
        return []
    return [kind for kind, at in _schedule(round_, reminders).items() if at <= timezone.now()]


def _schedule(round_: Round, reminders: Iterable[Reminder]) -> dict[str, datetime.datetime]:
    """When each kind that has not left yet leaves by itself; without the kinds for which the round is too short.

    A worker that was away sends no half-way reminder just before the last one.
    """
    last_on = round_.closes_on - LAST_DAYS
    halfway_at = max(_morning_of(_halfway_of(round_)), _rested_at(round_, reminders))
    moments: dict[str, datetime.datetime] = {}
    if round_.has_reminders and timezone.localdate(max(halfway_at, timezone.now())) + REST <= last_on:
        moments[Reminder.Kind.HALFWAY] = halfway_at
    if round_.has_reminders and round_.opens_on < last_on:
        moments[Reminder.Kind.LAST] = _morning_of(last_on)
    if round_.opens_on < last_on:
        moments[Reminder.Kind.THRESHOLD] = _morning_of(last_on)
    return {kind: at for kind, at in moments.items() if not _has_left(kind, round_, reminders)}


def _halfway_of(round_: Round) -> datetime.date:
    return round_.opens_on + (round_.closes_on - round_.opens_on) // 2


def _morning_of(day: datetime.date) -> datetime.datetime:
    return brussels(day, MORNING)


def _has_left(kind: str, round_: Round, reminders: Iterable[Reminder]) -> bool:
    """Half-way once; what names the closing date once more when that date has moved."""
    same = [each for each in reminders if each.kind == kind]
    return any(kind == Reminder.Kind.HALFWAY or each.closes_on == round_.closes_on for each in same)


def _newest(reminders: Iterable[Reminder]) -> datetime.datetime | None:
    return max((each.started_at for each in reminders if each.kind in Reminder.TO_MEMBERS), default=None)


def _rested_at(round_: Round, reminders: Iterable[Reminder]) -> datetime.datetime:
    """From when members may be mailed again."""
    return (_newest(reminders) or round_.opened_at or timezone.now()) + REST
