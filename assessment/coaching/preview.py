"""The invitation as members will read it, with words where the personal link will stand."""

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse

from assessment.mail import invitation_mail
from assessment.models import Invitation, Member, Round
from questionnaires.texts import text


class Preview(NamedTuple):
    """A mail in one language, and one of the members who get it so."""

    language: str
    member: Member
    subject: str
    body: str


def previews(round_: Round, members: Iterable[Member]) -> list[Preview]:
    """The mail in each language that these members read, made out to the first of them."""
    first = {member.language: member for member in reversed(list(members))}
    return [_preview(round_, first[language]) for language in Member.Language if language in first]


def _preview(round_: Round, member: Member) -> Preview:
    """Made of an invitation that is never stored, so even its own link would open nothing."""
    invitation = Invitation(round=round_, member=member)
    message = invitation_mail(invitation)
    link = settings.BASE_URL.rstrip("/") + reverse("filling:landing", args=[invitation.token])
    return Preview(
        language=member.language,
        member=member,
        subject=str(message.subject),
        body=str(message.body).replace(link, f"[{text('round.preview.link')}]"),
    )
