"""What the background worker does. Arguments are ids: the queue holds no address, no link and no answer.

A task is queued inside the transaction that gives cause for it, so that both exist or neither. The worker takes a
task once and never takes it up again after a crash, hence a mail leaves at most once for every time it was queued.
An invitation is marked `failed`, reason `interrupted`, before it is sent, and `sent` after: a crash in between is
shown to the coach, who may send it again, and never leads to a second mail by itself.
"""

import datetime
import functools
import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from assessment import mail
from assessment.actions import cleaning
from assessment.actions.faults import told_briefly
from assessment.models import Invitation, User

logger = logging.getLogger(__name__)

# Reasons beside those of the mail server: taken up and not finished; held back because the member declined.
INTERRUPTED = "interrupted"
MAIL_OFF = "declined"

# Between these hours no mail leaves, except to whoever just asked for it.
NIGHT = (datetime.time(22), datetime.time(8))
# How long the next attempt waits; after the last one the mail has failed.
WAITS = tuple(datetime.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))


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
    _note(invitation, Invitation.MailState.SENT, mailed_at=timezone.now())
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


def _note(invitation: Invitation, state: str, reason: str = "", **fields: datetime.datetime) -> None:
    """Keep what became of the mail, unless another link has taken its place."""
    same = Invitation.objects.filter(pk=invitation.pk, generation=invitation.generation)
    same.update(mail_state=state, mail_reason=reason, **fields)


def _retry(task_: Any, attempt: int, *ids: int) -> str:
    _queue(task_, *ids, attempt + 1, run_after=timezone.now() + WAITS[attempt])
    return "tried again later"


def _queue(task_: Any, *ids: int, run_after: datetime.datetime | None = None) -> None:
    (task_ if run_after is None else task_.using(run_after=run_after)).enqueue(*ids)
