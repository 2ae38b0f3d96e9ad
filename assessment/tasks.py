"""What the background worker does. Arguments are ids: the queue holds no address, no link and no answer.

A task is queued inside the transaction that gives cause for it, so that both exist or neither. The worker takes a
task once and never takes it up again after a crash, hence a mail leaves at most once for every time it was queued.
An invitation is marked `failed`, reason `interrupted`, before it is sent, and `sent` after: a crash in between is
shown to the coach, who may send it again, and never leads to a second mail by itself.
"""

import datetime
import functools
import logging
import random
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import TaskResult, TaskResultStatus, task
from django_tasks.signals import task_finished
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from assessment import mail
from assessment.actions import cleaning
from assessment.actions.faults import told_briefly
from assessment.actions.holding import RoundStateError, hold_invitation
from assessment.models import Invitation, Reminder, ReminderFault, Round, User
from assessment.queries import response_of, to_be_reminded

logger = logging.getLogger(__name__)

# Reasons beside those of the mail server: taken up and not finished; held back because the member declined.
INTERRUPTED = "interrupted"
MAIL_OFF = "declined"

# Between these hours no mail leaves, except to whoever just asked for it.
NIGHT = (datetime.time(22), datetime.time(8))
# How long the next attempt waits; after the last one the mail has failed.
WAITS = tuple(datetime.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))


# A mail server has this long; whatever still runs then has lost its worker.
DEAD_AFTER = datetime.timedelta(minutes=15)


class TaskError(Exception):
    """A task that failed; the queue keeps its text, so it says where and never what about."""


def discreet(function: Callable[..., str]) -> Callable[..., str]:
    """Whatever goes wrong, let the queue learn nothing but the kind of the error and its place."""

    @functools.wraps(function)
    def guarded(*args: int, **kwargs: int) -> str:
        try:
            return function(*args, **kwargs)
        except Exception as error:
            raise TaskError(told_briefly(error)) from None

    return guarded


def queue_invitation(invitation: Invitation, *, at_once: bool = False) -> None:
    """Have the personal link mailed; at night in the morning, unless `at_once`."""
    _queue(send_invitation, invitation.pk, run_after=None if at_once else morning_after(timezone.now()))


def queue_closed(invitations: Iterable[Invitation]) -> None:
    """Have these members told that their round is closed; at night in the morning."""
    run_after = morning_after(timezone.now())
    for invitation in invitations:
        _queue(send_closed, invitation.pk, run_after=run_after)


def queue_reminder(reminder: Reminder, invitations: Collection[Invitation]) -> None:
    """Have those of these members reminded who have not submitted when their turn comes; at night in the morning.

    Whoever has submitted gets a task like all others, in no order, so that the queue tells nobody apart.
    """
    run_after = morning_after(timezone.now())
    for invitation in random.SystemRandom().sample(list(invitations), k=len(invitations)):
        _queue(send_reminder, reminder.pk, invitation.pk, run_after=run_after)


def queue_threshold_warning(reminder: Reminder, coaches: Iterable[User]) -> None:
    """Have these coaches told that the threshold is not met."""
    for coach in coaches:
        _queue(send_threshold_warning, reminder.pk, coach.pk, run_after=morning_after(timezone.now()))


def queue_activation(user: User) -> None:
    """Have the link to a first password mailed."""
    _queue(send_activation, user.pk)


def queue_cleaning() -> None:
    """Have the database cleaned a little later."""
    _queue(clean_database, run_after=timezone.now() + WAITS[0])


def queue_cleaning_expired() -> None:
    """Have the database cleaned behind what expired, a little later."""
    _queue(clean_expired, run_after=timezone.now() + WAITS[0])


def morning_after(moment: datetime.datetime) -> datetime.datetime | None:
    """When a mail that is due at this moment leaves; None by day: at once. The demo never sleeps."""
    local = timezone.localtime(moment)
    begin, end = NIGHT
    if settings.DEMO or end <= local.time() < begin:
        return None
    day = local.date() + datetime.timedelta(days=1 if local.time() >= begin else 0)
    return timezone.make_aware(datetime.datetime.combine(day, end))


@task
@discreet
def send_invitation(invitation_id: int, attempt: int = 0) -> str:
    """Mail a link that waits to be mailed. Returns what became of it."""
    invitation = _invitation(invitation_id)
    if invitation is None or not invitation.round.takes_answers or not _claim(invitation):
        return "nothing to send"
    try:
        mail.send(mail.invitation_mail(invitation))
    except mail.MailError as error:
        if error.is_temporary and attempt < len(WAITS):
            with transaction.atomic():
                _note(invitation, Invitation.MailState.WAITING, error.reason)
                return _retry(send_invitation, attempt, invitation_id)
        _note(invitation, Invitation.MailState.FAILED, error.reason)
        return error.reason.value
    _note(invitation, Invitation.MailState.SENT, mailed_at=timezone.now(), times_mailed=F("times_mailed") + 1)
    return "sent"


@task
@discreet
def send_closed(invitation_id: int, attempt: int = 0) -> str:
    """Tell one member that the round is closed. Returns what became of it."""
    invitation = _invitation(invitation_id)
    if invitation is None or invitation.is_declined or not invitation.round.is_closed:
        return "nothing to send"
    try:
        mail.send(mail.closed_mail(invitation))
    except mail.MailError as error:
        if error.is_temporary and attempt < len(WAITS):
            return _retry(send_closed, attempt, invitation_id)
        logger.warning("the news of a closing did not reach one member: %s", error.reason)
        return error.reason.value
    return "sent"


@task
@discreet
def send_reminder(reminder_id: int, invitation_id: int, attempt: int = 0) -> str:
    """Remind one member who has not submitted and takes part. Returns the same whatever became of it."""
    reminder = Reminder.objects.filter(pk=reminder_id).first()
    invitation = _invitation(invitation_id)
    if reminder is not None and invitation is not None and _is_to_be_reminded(invitation):
        _remind(reminder, invitation, attempt)
    return "done"


@task
@discreet
def send_threshold_warning(reminder_id: int, user_id: int, attempt: int = 0) -> str:
    """Tell a coach that the threshold is not met, while that is so. Returns what became of it."""
    reminder = Reminder.objects.select_related("round__forum", "round__version").get(pk=reminder_id)
    user = User.objects.filter(pk=user_id, is_active=True, forums=reminder.round.forum_id).first()
    if user is None or not reminder.round.takes_answers or response_of(reminder.round).is_publishable:
        return "nothing to send"
    try:
        mail.send(mail.threshold_mail(reminder.round, user))
    except mail.MailError as error:
        if error.is_temporary and attempt < len(WAITS):
            return _retry(send_threshold_warning, attempt, reminder_id, user_id)
        _count(reminder, "failed")
        return error.reason.value
    _count(reminder, "sent")
    return "sent"


@task
@discreet
def send_activation(user_id: int, attempt: int = 0) -> str:
    """Mail somebody of staff the link to a first password, made only now. Returns what became of it."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or user.has_begun:
        return "nothing to send"
    fault, result = "", "sent"
    try:
        mail.send(mail.activation_mail(user))
    except mail.MailError as error:
        fault = result = error.reason.value
        if error.is_temporary and attempt < len(WAITS):
            result = _retry(send_activation, attempt, user_id)
    User.objects.filter(pk=user_id).update(mail_fault=fault)
    return result


@task
@discreet
def clean_database(attempt: int = 0) -> str:
    """Clean behind a closing where that did not succeed at once. Returns what became of it."""
    return _cleaned(cleaning.clean_up, clean_database, attempt)


@task
@discreet
def clean_expired(attempt: int = 0) -> str:
    """Clean behind what expired where that did not succeed at once. Returns what became of it."""
    return _cleaned(cleaning.clean_up_expired, clean_expired, attempt)


def _cleaned(clean: Callable[[], None], task_: Any, attempt: int) -> str:
    try:
        clean()
    except Exception as error:
        if attempt == len(WAITS):
            raise
        logger.warning("cleaning the database waits: %s", told_briefly(error))
        return _retry(task_, attempt)
    return "clean"


def _is_to_be_reminded(invitation: Invitation) -> bool:
    if not invitation.round.takes_answers:
        return False
    return to_be_reminded(invitation.round).filter(pk=invitation.pk).exists()


def _remind(reminder: Reminder, invitation: Invitation, attempt: int) -> None:
    try:
        mail.send(mail.reminder_mail(invitation, is_last=reminder.kind == Reminder.Kind.LAST))
    except mail.MailError as error:
        _note_fault(invitation, error.reason)
        if error.is_temporary and attempt < len(WAITS):
            _retry(send_reminder, attempt, reminder.pk, invitation.pk, is_for_day=True)
        else:
            _count(reminder, "failed")
    else:
        ReminderFault.objects.filter(invitation=invitation).delete()
        _count(reminder, "sent")


@transaction.atomic
def _note_fault(invitation: Invitation, reason: str) -> None:
    """Keep why the reminder did not leave, unless the round closed meanwhile, which erases all of these."""
    try:
        held = hold_invitation(invitation)
    except RoundStateError:
        return
    ReminderFault.objects.update_or_create(invitation=held, defaults={"reason": reason})


def _count(reminder: Reminder, what: str) -> None:
    Reminder.objects.filter(pk=reminder.pk).update(**{what: F(what) + 1})


@receiver(task_finished)
def _forget_reminder(task_result: TaskResult, **kwargs: Any) -> None:
    """A reminder that is done leaves no row: how long it took would tell who had not submitted."""
    is_stored = isinstance(task_result.task.get_backend(), DatabaseBackend)
    if is_stored and task_result.task.module_path == send_reminder.module_path:
        DBTaskResult.objects.filter(pk=task_result.id).delete()


def forget_reminders(round: Round) -> None:
    """Erase what waits in the queue to remind members of this round, and which reminders did not leave.

    One that is being sent at this moment erases itself; one whose worker died is erased here.
    """
    ReminderFault.objects.filter(invitation__round=round).delete()
    numbers = list(round.reminders.values_list("pk", flat=True))
    rows = DBTaskResult.objects.filter(task_path=send_reminder.module_path, args_kwargs__args__0__in=numbers)
    dead = Q(status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - DEAD_AFTER)
    rows.filter(Q(status=TaskResultStatus.READY) | dead).delete()


def _invitation(invitation_id: int) -> Invitation | None:
    """The invitation with all that a mail needs; gone when it was revoked meanwhile."""
    invitations = Invitation.objects.select_related(
        "member", "round__forum", "round__version", "round__snapshot"
    ).defer("round__version__document")
    return invitations.filter(pk=invitation_id).first()


def _claim(invitation: Invitation) -> bool:
    """Take the mail up, in one statement, so that two workers never send it both."""
    waiting = Invitation.objects.filter(
        pk=invitation.pk, generation=invitation.generation, mail_state=Invitation.MailState.WAITING
    )
    return waiting.update(mail_state=Invitation.MailState.FAILED, mail_reason=INTERRUPTED) == 1


def _note(invitation: Invitation, state: str, reason: str = "", **fields: Any) -> None:
    """Keep what became of the mail, unless another link has taken its place."""
    same = Invitation.objects.filter(pk=invitation.pk, generation=invitation.generation)
    same.update(mail_state=state, mail_reason=reason, **fields)


def _retry(task_: Any, attempt: int, *ids: int, is_for_day: bool = False) -> str:
    moment = timezone.now() + WAITS[attempt]
    run_after = (morning_after(moment) if is_for_day else None) or moment
    _queue(task_, *ids, attempt + 1, run_after=run_after)
    return "tried again later"


def _queue(task_: Any, *ids: int, run_after: datetime.datetime | None = None) -> None:
    (task_ if run_after is None else task_.using(run_after=run_after)).enqueue(*ids)
