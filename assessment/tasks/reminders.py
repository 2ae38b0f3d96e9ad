"""Reminding members who have not submitted, and telling coaches that the threshold is not met."""

import datetime
import random
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import TaskResult, TaskResultStatus, task
from django_tasks.signals import task_finished
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from assessment import mail
from assessment.actions.holding import RoundStateError, hold_invitation
from assessment.models import Invitation, Reminder, ReminderFault, Round, User
from assessment.queries import response_of, to_be_reminded
from assessment.tasks.invitations import invitation_with_round
from assessment.tasks.queueing import WAITS, discreet, morning_after, queue, retry

# A mail server has this long; whatever still runs then has lost its worker.
DEAD_AFTER = datetime.timedelta(minutes=15)


def queue_reminder(reminder: Reminder, invitations: Collection[Invitation]) -> None:
    """Have those of these members reminded who have not submitted when their turn comes; at night in the morning.

    Whoever has submitted gets a task like all others, in no order, so that the queue tells nobody apart.
    """
    run_after = morning_after(timezone.now())
    for invitation in random.SystemRandom().sample(list(invitations), k=len(invitations)):
        queue(send_reminder, reminder.pk, invitation.pk, run_after=run_after)


def queue_threshold_warning(reminder: Reminder, coaches: Iterable[User]) -> None:
    """Have these coaches told that the threshold is not met."""
    for coach in coaches:
        queue(send_threshold_warning, reminder.pk, coach.pk, run_after=morning_after(timezone.now()))


@task
@discreet
def send_reminder(reminder_id: int, invitation_id: int, attempt: int = 0) -> str:
    """Remind one member who has not submitted and takes part. Returns the same whatever became of it."""
    reminder = Reminder.objects.filter(pk=reminder_id).first()
    invitation = invitation_with_round(invitation_id)
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
            return retry(send_threshold_warning, attempt, reminder_id, user_id)
        _count(reminder, "failed")
        return error.reason.value
    _count(reminder, "sent")
    return "sent"


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
            retry(send_reminder, attempt, reminder.pk, invitation.pk, is_for_day=True)
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
