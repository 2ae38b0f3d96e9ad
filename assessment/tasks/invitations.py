"""Mailing members their personal link, and the news that their round is closed."""

import logging
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from assessment import mail
from assessment.models import Invitation
from assessment.tasks.queueing import WAITS, discreet, morning_after, queue, retry

logger = logging.getLogger(__name__)

# Reasons beside those of the mail server: taken up and not finished; held back because the member declined.
INTERRUPTED = "interrupted"
MAIL_OFF = "declined"


def queue_invitation(invitation: Invitation, *, at_once: bool = False) -> None:
    """Have the personal link mailed; at night in the morning, unless `at_once`."""
    queue(send_invitation, invitation.pk, run_after=None if at_once else morning_after(timezone.now()))


def queue_closed(invitations: Iterable[Invitation]) -> None:
    """Have these members told that their round is closed; at night in the morning."""
    run_after = morning_after(timezone.now())
    for invitation in invitations:
        queue(send_closed, invitation.pk, run_after=run_after)


@task
@discreet
def send_invitation(invitation_id: int, attempt: int = 0) -> str:
    """Mail a link that waits to be mailed. Returns what became of it."""
    invitation = invitation_with_round(invitation_id)
    if invitation is None or not invitation.round.takes_answers or not _claim(invitation):
        return "nothing to send"
    try:
        mail.send(mail.invitation_mail(invitation))
    except mail.MailError as error:
        if error.is_temporary and attempt < len(WAITS):
            with transaction.atomic():
                _note(invitation, Invitation.MailState.WAITING, error.reason)
                return retry(send_invitation, attempt, invitation_id)
        _note(invitation, Invitation.MailState.FAILED, error.reason)
        return error.reason.value
    _note(invitation, Invitation.MailState.SENT, mailed_at=timezone.now(), times_mailed=F("times_mailed") + 1)
    return "sent"


@task
@discreet
def send_closed(invitation_id: int, attempt: int = 0) -> str:
    """Tell one member that the round is closed. Returns what became of it."""
    invitation = invitation_with_round(invitation_id)
    if invitation is None or invitation.is_declined or not invitation.round.is_closed:
        return "nothing to send"
    try:
        mail.send(mail.closed_mail(invitation))
    except mail.MailError as error:
        if error.is_temporary and attempt < len(WAITS):
            return retry(send_closed, attempt, invitation_id)
        logger.warning("the news of a closing did not reach one member: %s", error.reason)
        return error.reason.value
    return "sent"


def invitation_with_round(invitation_id: int) -> Invitation | None:
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
