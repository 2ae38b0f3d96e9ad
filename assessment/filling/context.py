"""What the pages of a member say about the round: names and dates in words, in the active language."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from assessment.models import Invitation, User
from questionnaires.texts import lower


def member_context(invitation: Invitation) -> dict[str, object]:
    """The invitation, its round and questionnaire, and the words for them."""
    round_ = invitation.round
    return {
        "invitation": invitation,
        "round": round_,
        "content": round_.content,
        "round_name": lower(str(round_.content.round(round_.kind).name)),
        "forum_name": round_.forum.in_sentence(get_language() or "nl"),
        "closing_date": in_full(round_.closes_on),
        "closing_time": clock(round_.closes_at),
        "closes_today": round_.closes_on == timezone.localdate(),
    }


def with_coach(invitation: Invitation) -> dict[str, object]:
    """The same with somebody to ask: the forum's first coach by name."""
    coach: User | None = invitation.round.forum.coaches.filter(is_active=True).first()
    return member_context(invitation) | {"coach": coach}


def in_full(day: datetime.date) -> str:
    """dinsdag 3 maart 2026"""
    return date_format(day, "l j F Y")


def clock(moment: datetime.datetime) -> str:
    """14.30, in Brussels."""
    return f"{timezone.localtime(moment):%H.%M}"
