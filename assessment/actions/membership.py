"""Who sits in a forum: adding, changing, ending, and another person on the same seat.

Every function holds the row of the forum, so that two coaches never add the same address twice. What a change does
to a round that is open follows one rule: whoever may read the old link must not reach the answers of the new
person, so the link ends and the draft goes, submitted or not, and nobody is told whether there was one.
"""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assessment.actions.holding import hold_forum
from assessment.actions.inviting import renew_link, revoke
from assessment.actions.refusals import RefusedError
from assessment.models import Forum, Invitation, Member, Round, Seat


class MembershipError(RefusedError):
    """A list of members that would break a rule."""


def open_invitation(member: Member) -> Invitation | None:
    """The member's invitation in a round that takes answers, None when there is none.

    Once the closing minute has passed nothing that was submitted may go any more.
    """
    invitations = Invitation.objects.filter(member=member, round__state=Round.State.OPEN)
    invitation = invitations.select_related("round").first()
    return invitation if invitation is not None and invitation.round.takes_answers else None


def ends_link(member: Member, *, email: str, seat: Seat) -> bool:
    """Whether these new details would end the member's link in a round that is open.

    An address in other capitals is the same address. From a municipality to an organisation or back other
    roles fit, so the draft cannot stay either.
    """
    other_address = email.casefold() != member.email.casefold()
    other_roles = (seat.municipality_id is None) != (member.seat.municipality_id is None)
    return other_address or other_roles


@transaction.atomic
def add_member(
    *,
    forum: Forum,
    seat: Seat,
    name: str,
    email: str,
    function: str = "",
    kind: str = Member.Kind.VOTING,
    language: str = Member.Language.NL,
) -> Member:
    """Add a person on a seat of the forum; a round that is open does not invite by itself.

    A seat that is not stored yet is made, unless the forum has one for the same. Raises MembershipError.
    """
    forum = hold_forum(forum)
    if forum.members.current().count() >= settings.FORUM_SIZE[1]:
        raise MembershipError("member.too_many", count=settings.FORUM_SIZE[1])
    _check_address(forum, email)
    seat = _stored(forum, seat)
    return _make(seat, name=name, email=email, function=function, kind=kind, language=language)


@transaction.atomic
def change_member(
    *, member: Member, seat: Seat, name: str, email: str, function: str, kind: str, language: str
) -> Member:
    """Correct the details of the same person; in an open round see `ends_link`, a new invitation follows.

    Raises MembershipError.
    """
    forum = hold_forum(member.forum)
    member = _sitting(member)
    _check_address(forum, email, beside=member)
    is_new_link = ends_link(member, email=email, seat=seat)
    seat = _stored(forum, seat)
    member.seat, member.name, member.email = seat, name, email
    member.function, member.kind, member.language = function, kind, language
    member.save()
    invitation = open_invitation(member)
    if invitation is not None and is_new_link:
        renew_link(invitation=invitation)
    return member


@transaction.atomic
def end_membership(*, member: Member) -> None:
    """End a membership at once: the last day was yesterday, and in an open round the link ends.

    Whoever was added today by mistake and was never invited leaves no row. Raises MembershipError.
    """
    hold_forum(member.forum)
    _end(_sitting(member))


@transaction.atomic
def replace_member(
    *, member: Member, name: str, email: str, function: str, kind: str, language: str
) -> Member:
    """Another person on the same seat, who takes the place of the first in rounds that are planned.

    In a round that is open the first loses the link; the coach invites the new person. Raises MembershipError.
    """
    forum = hold_forum(member.forum)
    member = _sitting(member)
    _check_address(forum, email, beside=member)
    planned = list(forum.rounds.planned().filter(chosen_members=member))
    _end(member)
    person = _make(member.seat, name=name, email=email, function=function, kind=kind, language=language)
    for round_ in planned:
        round_.chosen_members.remove(member.pk)
        round_.chosen_members.add(person)
    return person


def _stored(forum: Forum, seat: Seat) -> Seat:
    if seat.pk is not None:
        return seat
    same = forum.seats.filter(
        municipality=seat.municipality_id, organisation__iexact=seat.organisation
    ).first()
    if same is None:
        seat.save()
    return same or seat


def _make(seat: Seat, **details: str) -> Member:
    return Member.objects.create(forum=seat.forum, seat=seat, **details)


def _end(member: Member) -> None:
    invitation = open_invitation(member)
    if invitation is not None:
        revoke(invitation=invitation)
    today = timezone.localdate()
    if member.active_from == today and not member.invitations.exists():
        Member.objects.filter(pk=member.pk).delete()
        return
    member.active_until = max(member.active_from, today - datetime.timedelta(days=1))
    member.save(update_fields=["active_until"])


def _sitting(member: Member) -> Member:
    """The member as it is now; refused when somebody else ended the membership meanwhile."""
    sitting = Member.objects.current().filter(pk=member.pk).select_related("seat__forum").first()
    if sitting is None:
        raise MembershipError("form.error.changed")
    return sitting


def _check_address(forum: Forum, email: str, *, beside: Member | None = None) -> None:
    """An address stands once among those who sit: whoever reads the mailbox reads each other's links."""
    not_ended = Q(active_until__isnull=True) | Q(active_until__gte=timezone.localdate())
    others = forum.members.filter(not_ended, email__iexact=email)
    if beside is not None:
        others = others.exclude(pk=beside.pk)
    if others.exists():
        raise MembershipError("member.duplicate", "email")
