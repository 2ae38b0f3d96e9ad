"""Who is asked: invitations made, sent again, renewed, ended and declined while a round is open."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from assessment import tasks
from assessment.actions.holding import RoundStateError, hold_invitation, hold_round
from assessment.models import Draft, Invitation, Member, ReminderFault, Round
from assessment.models.rounds import token_hash
from assessment.tasks import MAIL_OFF

# Whoever asks for the invitation once more within this time has it already; a stranger cannot flood a mailbox.
SENT_LATELY = datetime.timedelta(minutes=5)


def make_invitations(*, round: Round, members: Iterable[Member]) -> list[Invitation]:
    """The invitations of these members, stored, not mailed. Within the transaction of whoever opens or invites."""
    invitations = [Invitation(round=round, member=member) for member in members]
    for invitation in invitations:
        invitation.token_hash = token_hash(invitation.token)
    return Invitation.objects.bulk_create(invitations)


@transaction.atomic
def invite(*, round: Round, member: Member) -> Invitation:
    """Invite a member to an open round and mail the link; whoever was invited already gets no second mail.

    Raises RoundStateError when the round takes no answers (any more), ValueError for somebody who does not sit
    in its forum.
    """
    held = hold_round(round, Round.State.OPEN)
    if not held.takes_answers:
        raise RoundStateError
    if not Member.objects.current().filter(pk=member.pk, forum=held.forum_id).exists():
        raise ValueError("only who sits in the forum is invited")
    invitation = Invitation.objects.filter(round=held, member=member).first()
    if invitation is None:
        [invitation] = make_invitations(round=held, members=[member])
        tasks.queue_invitation(invitation)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation) -> None:
    """Mail the same link once more. Raises RoundStateError."""
    _mail_again(hold_invitation(invitation))


@transaction.atomic
def renew_link(*, invitation: Invitation) -> Invitation:
    """End the link and erase the draft, submitted or not; a new link goes to the member as they are now.

    For a changed address or another person. Raises RoundStateError.
    """
    held = hold_invitation(invitation)
    Draft.objects.filter(invitation=held).delete()
    held.generation += 1
    held.token_hash = token_hash(held.token)
    held.is_declined, held.times_mailed = False, 0
    held.save(update_fields=["generation", "token_hash", "is_declined", "times_mailed"])
    ReminderFault.objects.filter(invitation=held).delete()
    _mail_again(held)
    return held


@transaction.atomic
def revoke(*, invitation: Invitation) -> None:
    """End the link: invitation and draft are gone. Raises RoundStateError."""
    hold_invitation(invitation).delete()


@transaction.atomic
def decline(*, invitation: Invitation) -> None:
    """Note that the member does not take part: no more mails of this round; the link keeps working.

    A mail that waits does not leave any more. Raises RoundStateError.
    """
    held = hold_invitation(invitation)
    held.is_declined = True
    if held.mail_state == Invitation.MailState.WAITING:
        held.mail_state, held.mail_reason = Invitation.MailState.FAILED, MAIL_OFF
    held.save(update_fields=["is_declined", "mail_state", "mail_reason"])


@transaction.atomic
def undo_decline(*, invitation: Invitation) -> None:
    """The member takes part after all; a mail that was held back leaves now. Raises RoundStateError."""
    held = hold_invitation(invitation)
    held.is_declined = False
    held.save(update_fields=["is_declined"])
    if held.mail_reason == MAIL_OFF:
        _mail_again(held)


def send_again_to(*, email: str) -> None:
    """Mail every open invitation of this address once more, at once; silently nothing when there is none."""
    invitations = Invitation.objects.filter(
        member__email__iexact=email.strip(), round__state=Round.State.OPEN
    ).order_by("pk")
    for invitation in invitations:
        if not _was_sent_lately(invitation):
            _send_on_request(invitation)


@transaction.atomic
def _send_on_request(invitation: Invitation) -> None:
    try:
        _mail_again(hold_invitation(invitation), at_once=True)
    except RoundStateError:
        return  # closed meanwhile: nothing to send, and nobody is told


def _was_sent_lately(invitation: Invitation) -> bool:
    if invitation.mail_state != Invitation.MailState.SENT or invitation.mailed_at is None:
        return False
    return timezone.now() - invitation.mailed_at < SENT_LATELY


def _mail_again(invitation: Invitation, *, at_once: bool = False) -> None:
    invitation.mail_state, invitation.mail_reason = Invitation.MailState.WAITING, ""
    invitation.save(update_fields=["mail_state", "mail_reason"])
    tasks.queue_invitation(invitation, at_once=at_once)
