"""The invitation as members will read it, with words where the personal link will stand."""

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation

from assessment.mail import MailError, invitation_mail, send
from assessment.models import Invitation, Member, Round, User
from questionnaires.texts import text


class Preview(NamedTuple):
    """A mail in one language, and the member it is made out to, who may read another."""

    language: str
    member: Member
    subject: str
    body: str


def previews(round_: Round, members: Iterable[Member]) -> list[Preview]:
    """The mail in every language, made out to the first of these members who reads it, else to the first."""
    listed = list(members)
    if not listed:
        return []
    first = {member.language: member for member in reversed(listed)}
    return [_preview(round_, first.get(each, listed[0]), each) for each in Member.Language]


def send_example(round_: Round, user: User) -> bool:
    """Mail the invitation to somebody of staff, in the language of the page; its link leads to the questionnaire
    as a member meets it, where nothing is stored.

    Within the request, and tells whether the mail server took it.
    """
    member = Member(name=user.name, email=user.email, language=translation.get_language())
    link = _full(reverse("preview:begin", args=[round_.version_id]))
    message = _mail(round_, member, link)
    message.subject = text("round.test_mail.subject", subject=message.subject)
    try:
        send(message)
    except MailError:
        return False
    return True


def _preview(round_: Round, member: Member, language: str) -> Preview:
    reader = Member(name=member.name, email=member.email, language=language)
    with translation.override(language):
        words = text("round.preview.link")
    message = _mail(round_, reader, f"[{words}]")
    return Preview(language, member, str(message.subject), str(message.body))


def _mail(round_: Round, member: Member, link: str) -> EmailMessage:
    """Made of an invitation that is never stored, so even its own link would open nothing."""
    invitation = Invitation(round=round_, member=member)
    message = invitation_mail(invitation)
    own = _full(reverse("filling:landing", args=[invitation.token]))
    message.body = str(message.body).replace(own, link)
    return message


def _full(path: str) -> str:
    return settings.BASE_URL.rstrip("/") + path
