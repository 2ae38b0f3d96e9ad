"""Every message: plain text in the language of who reads it, a person as reply address, one link at most.

A function makes one message; `send` takes it to the mail server. Nothing here logs: an address or a link in a log
would outlive the round.
"""

import datetime
import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from assessment.models import Invitation, Round, SharedReport, User
from questionnaires.texts import lower, text

# The round that a mail reminds of, by number.
REMINDER_HEADER = "Reminder-Of"


class Reason(StrEnum):
    """Why a mail did not leave; all that is kept of what the mail server said."""

    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    REJECTED_SENDER = "rejected_sender"
    OTHER = "other"


# The first that fits; SMTPException is an OSError itself.
_REASONS: tuple[tuple[type[Exception], Reason], ...] = (
    (smtplib.SMTPRecipientsRefused, Reason.REFUSED),
    (smtplib.SMTPDataError, Reason.REFUSED),
    (smtplib.SMTPSenderRefused, Reason.REJECTED_SENDER),
    (smtplib.SMTPAuthenticationError, Reason.REJECTED_SENDER),
    (smtplib.SMTPResponseException, Reason.UNREACHABLE),
    (smtplib.SMTPServerDisconnected, Reason.UNREACHABLE),
    (smtplib.SMTPException, Reason.OTHER),
    (OSError, Reason.UNREACHABLE),
)


class MailError(Exception):
    """A mail that did not leave; `is_temporary` when the same mail may be taken later."""

    def __init__(self, reason: Reason, *, is_temporary: bool = False) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.is_temporary = is_temporary


def invitation_mail(invitation: Invitation) -> EmailMessage:
    """The personal link, with the coach's own words."""
    forum, round_ = invitation.round.forum, invitation.round
    with _language_of(invitation) as language:
        return _message(
            "mail.invitation",
            invitation,
            subject_forum=forum.in_sentence(language),
            minutes=round_.content.instrument.estimated_minutes,
            closes_on=_in_full(round_.closes_on),
            message=round_.message.strip(),
            invitation_link=_link("filling:landing", invitation.token),
        )


def reminder_mail(invitation: Invitation, *, is_last: bool = False) -> EmailMessage:
    """The same link once more, for who has not submitted; the last one says that it is the last.

    Its header lets a folder of mails forget it after closing: whoever got it had not submitted.
    """
    round_ = invitation.round
    with _language_of(invitation) as language:
        message = _message(
            "mail.last_reminder" if is_last else "mail.reminder",
            invitation,
            subject_forum=round_.forum.in_sentence(language),
            minutes=round_.content.instrument.estimated_minutes,
            closes_on=_in_full(round_.closes_on),
            time=_time(round_.closes_at),
            invitation_link=_link("filling:landing", invitation.token),
        )
    message.extra_headers[REMINDER_HEADER] = str(round_.pk)
    return message


def closed_mail(invitation: Invitation) -> EmailMessage:
    """The round is closed, and whether there is a group result; counts only when it is published."""
    result = invitation.round.snapshot.result
    counts = {}
    if result["published"]:
        response = result["response"]
        counts = {"members": response["responses"], "municipalities": response["delegations"]}
    key = "mail.closed" if result["published"] else "mail.closed_no_result"
    with _language_of(invitation):
        return _message(key, invitation, subject_forum=invitation.round.forum.name, **counts)


def report_mail(invitation: Invitation, shared: SharedReport) -> EmailMessage:
    """The link to the report of a closed round, the same for all members; an organisation has no college to tell."""
    with _language_of(invitation):
        has_college = invitation.member.seat.municipality_id is not None
        return _message(
            "mail.report_shared",
            invitation,
            subject_forum=invitation.round.forum.name,
            memo=text("mail.report_shared.memo") if has_college else "",
            report_link=_link("reports:shared", shared.token),
        )


def threshold_mail(round_: Round, coach: User) -> EmailMessage:
    """To a coach: so few have submitted that there would be no result."""
    language, forum = translation.get_language() or settings.LANGUAGE_CODE, round_.forum
    return _account_message(
        "mail.coach_threshold",
        coach,
        subject_forum=forum.name,
        forum=forum.in_sentence(language),
        round=lower(str(round_.content.round(round_.kind))),
        closes_on=_in_full(round_.closes_on),
        time=_time(round_.closes_at),
    )


def receipt_mail(invitation: Invitation, receipt: str) -> EmailMessage:
    """The link to the own result, for whoever asked to have it sent."""
    with _language_of(invitation):
        return _message(
            "mail.submitted",
            invitation,
            subject_forum=invitation.round.forum.name,
            closes_on=_in_full(invitation.round.closes_on),
            receipt_link=_link("reports:receipt", receipt),
        )


def password_reset_mail(user: User, link: str) -> EmailMessage:
    """The way to a new password, for whoever asked for one."""
    minutes = settings.PASSWORD_RESET_TIMEOUT // 60
    return _account_message("mail.password_reset", user, reset_link=link, minutes=minutes)


def activation_mail(user: User) -> EmailMessage:
    """The way to a first password, for a coach or programme manager who is new."""
    key = "mail.manager_account" if user.is_programme_manager else "mail.coach_account"
    link = _link("account_activate", user.activation_token)
    return _account_message(key, user, activation_link=link, days=settings.ACCOUNT_LINK_DAYS)


def security_notice_mail(user: User) -> EmailMessage:
    """Something in the account changed: its owner should know."""
    now = timezone.localtime()
    return _account_message("mail.security_notice", user, date=_in_full(now.date()), time=_time(now))


def send_receipt(*, invitation: Invitation, receipt: str) -> bool:
    """Send the receipt to the invitation's own address at once, and tell whether the mail server took it.

    Within the request, because a queue would keep what only the member may have.
    """
    try:
        send(receipt_mail(invitation, receipt))
    except MailError:
        return False
    return True


def send(message: EmailMessage) -> None:
    """Hand the message to the mail server. Raises MailError, which tells nothing but the reason."""
    connection = get_connection()
    try:
        connection.open()
        connection.send_messages([message])
    except Exception as error:  # whatever it is, its text may hold the address
        raise _mail_error(error) from None
    finally:
        # By now the message was taken or not; a server that says no goodbye changes nothing about that.
        with suppress(Exception):
            connection.close()


def _mail_error(error: Exception) -> MailError:
    reason = next((reason for kind, reason in _REASONS if isinstance(error, kind)), Reason.OTHER)
    ours_to_mend = reason in (Reason.UNREACHABLE, Reason.REJECTED_SENDER)
    return MailError(reason, is_temporary=ours_to_mend or all(400 <= code < 500 for code in _codes(error)))


def _codes(error: Exception) -> list[int]:
    """What the mail server answered; [0] when it did not answer."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [getattr(error, "smtp_code", 0)]


@contextmanager
def _language_of(invitation: Invitation) -> Iterator[str]:
    language = invitation.member.language
    with translation.override(language):
        yield language


def _message(key: str, invitation: Invitation, *, subject_forum: str, **values: Any) -> EmailMessage:
    """The mail with the texts `key`.subject and `key`.body, and the footer that every member's mail has."""
    member, round_ = invitation.member, invitation.round
    coach = _first_coach(invitation)
    forum = round_.forum.in_sentence(member.language)
    values |= {"name": member.name, "round": lower(str(round_.content.round(round_.kind)))}
    values |= {"coach": coach.name if coach else "Regiospiegel", "questions": _questions(coach)}
    body = _signed(text(f"{key}.body", forum=forum, **values))
    body = re.sub(r"\n{3,}", "\n\n", body)  # the coach wrote no words of their own
    subject = text(f"{key}.subject", forum=subject_forum, **values)
    return EmailMessage(
        # A line break in a name would begin another header.
        subject=" ".join(subject.split()),
        body=f"{body}\n\n{_footer(text('mail.footer', forum=forum))}\n",
        to=[member.email],
        reply_to=[coach.email if coach else settings.PROGRAMME_EMAIL],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _account_message(key: str, user: User, *, subject_forum: str = "", **values: Any) -> EmailMessage:
    """A mail to somebody of the organisation, in the language of the page that gave cause for it."""
    subject = text(f"{key}.subject", forum=subject_forum)
    body = _signed(text(f"{key}.body", name=user.name, **values))
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=f"{body}\n\n{_footer(text('mail.footer_account'))}\n",
        to=[user.email],
        reply_to=[settings.PROGRAMME_EMAIL],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _first_coach(invitation: Invitation) -> User | None:
    return invitation.round.forum.coaches.filter(is_active=True).order_by(Lower("name"), "pk").first()


def _questions(coach: User | None) -> str:
    if coach is None or not coach.phone:
        return text("mail.questions")
    return text("mail.questions_phone", coach_phone=coach.phone)


def _signed(body: str) -> str:
    """The body without the organisation in its last line, when the installation has no name."""
    if settings.ORGANISATION_NAME:
        return body
    unnamed = text("organisation.unnamed")
    return body.removesuffix(f"\n{unnamed}").removesuffix(f", {unnamed}")


def _footer(footer: str) -> str:
    """The footer without its first line, when the installation has no name."""
    return footer if settings.ORGANISATION_NAME else footer.partition("\n")[2]


def _link(view: str, secret: str) -> str:
    return settings.BASE_URL.rstrip("/") + reverse(view, args=[secret])


def _time(moment: datetime.datetime) -> str:
    return date_format(timezone.localtime(moment), "H.i")


def _in_full(day: datetime.date) -> str:
    return date_format(day, "l j F Y")
