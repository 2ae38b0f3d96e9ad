"""What a coach sees of a round before it closes: who is asked, how many have submitted, which mails failed.

Nothing here depends on a draft that has not been submitted: nobody sees who has begun.
"""

import datetime
from typing import NamedTuple

from assessment.actions.reminding import RemindingError, next_reminder_on, refusal_of
from assessment.coaching.forms.finding_invitations import FindInvitationForm
from assessment.coaching.listed_invitations import FEW, found_invitations
from assessment.coaching.standing import days_until
from assessment.models import Invitation, Member, Round
from assessment.models.forums import MemberQuerySet
from assessment.queries import can_be_published, not_submitted, response_of, to_be_reminded

SMALL_ROUND = 8  # fewer members than this and a few silences leave no result


class Reminding(NamedTuple):
    """Members to remind; why that cannot be now, else None; the day on which the next reminder leaves by itself."""

    members: int
    refusal: RemindingError | None
    next_on: datetime.date | None


def invitees(round_: Round) -> MemberQuerySet:
    """Who will be invited when this planned round opens: the chosen who still sit, or everybody who sits."""
    sitting = round_.forum.members.current().select_related("seat__municipality")
    chosen = round_.chosen_members.values("pk")
    return sitting.filter(pk__in=chosen) if chosen else sitting


def invitees_warning(members: MemberQuerySet) -> str:
    """The key of what a coach should know about inviting these members; empty when there is nothing."""
    local = [member.seat.municipality_id for member in members if member.seat.municipality_id]
    if not can_be_published(members=len(local), municipalities=len(set(local))):
        return "round.members.impossible"
    return "round.members.small" if len(members) < SMALL_ROUND else ""


def follow_up(round_: Round, find: FindInvitationForm, *, has_names: bool) -> dict[str, object]:
    """The page of an open round; names of who has not submitted, as far as looked for, only for who may see them.

    Among the failed mails nobody who declined: that too would tell who has not submitted.
    """
    invitations = round_.invitations.select_related("member__seat__municipality")
    listed = _listed(round_, find) if has_names else {}
    return listed | {
        "response": response_of(round_),
        "has_names": has_names,
        "failed": invitations.filter(mail_state=Invitation.MailState.FAILED, is_declined=False),
        "reminding": reminding_of(round_),
        "uninvited": _sitting(round_).exclude(pk__in=invitations.values("member")),
    }


def _listed(round_: Round, find: FindInvitationForm) -> dict[str, object]:
    """Who has not submitted as far as looked for, and how many there are in all."""
    everybody = not_submitted(round_).select_related("reminder_fault")
    found = list(found_invitations(everybody, **find.question))
    total = everybody.count() if find.is_asked else len(found)
    return {
        "not_submitted": found,
        "not_submitted_total": total,
        "find": find,
        "has_search": find.is_asked or total > FEW,
    }


def reminding_of(round_: Round) -> Reminding:
    """How many would be reminded now, and why not yet."""
    return Reminding(to_be_reminded(round_).count(), refusal_of(round_), next_reminder_on(round_))


def closing_now(round_: Round) -> dict[str, object]:
    """What closing would do at this moment, told from submissions and seats alone."""
    response = response_of(round_)
    submitted = response.members + response.others
    return {
        "response": response,
        "submitted": submitted,
        "missing": response.members_total + response.others_total - submitted,
        "days_early": days_until(round_.closes_on),
    }


def _sitting(round_: Round) -> MemberQuerySet:
    return Member.objects.current().filter(forum=round_.forum_id).select_related("seat__municipality")
