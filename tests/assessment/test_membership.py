"""Who sits where, and what a change does to the personal link of a round that is open."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from assessment.actions.membership import (
    MembershipError,
    add_member,
    change_member,
    end_membership,
    ends_link,
    open_invitation,
    replace_member,
)
from assessment.models import Draft, Invitation, Member, Round, Seat
from tests import factories

pytestmark = pytest.mark.usefixtures("day")
YESTERDAY = factories.TODAY - datetime.timedelta(days=1)
DETAILS = ("seat", "name", "email", "function", "kind", "language")


@pytest.fixture
def member(forum) -> Member:
    return forum.members.order_by("pk").first()


@pytest.fixture
def invitation(open_round, member) -> Invitation:
    """The member's invitation; a draft has been submitted on it."""
    invitation = Invitation.objects.select_related("round__version", "member__seat").get(
        round=open_round, member=member
    )
    factories.fill_in(invitation)
    factories.submit(invitation)
    return invitation


def change(member: Member, **fields) -> Member:
    present = {name: getattr(member, name) for name in DETAILS}
    return change_member(member=member, **present | fields)


def replace(member: Member, **fields) -> Member:
    person = {"name": "nieuwe burgemeester", "email": "nieuw@forum.example", "function": "burgemeester"}
    return replace_member(member=member, **person | {"kind": "voting", "language": "nl"} | fields)


def refusal(call, *args, **kwargs) -> tuple[str, str | None]:
    with pytest.raises(MembershipError) as caught:
        call(*args, **kwargs)
    return caught.value.key, caught.value.field


def test_a_member_sits_from_today(forum):
    seat = forum.seats.first()

    member = add_member(forum=forum, seat=seat, name="schepen van cultuur", email="c@forum.example")

    assert (member.forum, member.seat, member.active_from) == (forum, seat, timezone.localdate())
    assert (member.kind, member.language, member.active_until) == ("voting", "nl", None)


@pytest.mark.parametrize(
    "fields", [{"municipality": "Wilgenrade"}, {"organisation": "Huis van de streek"}], ids=str
)
def test_a_new_seat_is_made_with_its_member(forum, fields):
    if "municipality" in fields:
        fields = {"municipality": factories.make_municipality(fields["municipality"])}

    member = add_member(
        forum=forum, seat=Seat(forum=forum, **fields), name="nieuw lid", email="n@forum.example"
    )

    assert forum.seats.get(**fields) == member.seat


def test_a_seat_that_exists_is_not_made_again(forum, member):
    seat = Seat(forum=forum, municipality=member.seat.municipality)

    second = add_member(forum=forum, seat=seat, name="schepen", email="schepen@forum.example")

    assert (second.seat, forum.seats.count()) == (member.seat, 8)


def test_a_refused_member_leaves_no_seat_behind(forum, member):
    seat = Seat(forum=forum, organisation="Huis van de streek")

    assert refusal(add_member, forum=forum, seat=seat, name="x", email=member.email) == (
        "member.duplicate",
        "email",
    )
    assert forum.seats.count() == 8


def test_an_address_stands_once_in_a_forum_whatever_its_capitals(forum, member):
    others = forum.members.exclude(pk=member.pk).first()
    shouted = member.email.upper()

    assert (
        refusal(add_member, forum=forum, seat=member.seat, name="x", email=shouted)[0] == "member.duplicate"
    )
    assert refusal(change, others, email=shouted) == ("member.duplicate", "email")
    assert refusal(replace, others, email=shouted) == ("member.duplicate", "email")


def test_the_same_person_may_sit_in_another_forum(member):
    other = factories.make_forum(name="Zuidoverleg", municipalities=0, organisations=1)

    added = add_member(forum=other, seat=other.seats.get(), name=member.name, email=member.email)

    assert (added.email, added.forum) == (member.email, other)


def test_whoever_left_may_come_back(forum, member):
    end_membership(member=member)

    assert add_member(forum=forum, seat=member.seat, name=member.name, email=member.email).pk != member.pk


def test_a_forum_holds_sixty_members(forum):
    seat = forum.seats.first()
    for number in range(forum.members.count(), 60):
        factories.make_member(seat=seat, function=f"lid {number}")

    assert refusal(add_member, forum=forum, seat=seat, name="x", email="x@forum.example") == (
        "member.too_many",
        None,
    )


def test_a_round_that_is_open_does_not_invite_by_itself(open_round, forum, member):
    added = add_member(forum=forum, seat=member.seat, name="nieuw", email="n@forum.example")

    assert open_round.invitations.filter(member=added).count() == 0


def test_a_corrected_name_keeps_link_and_draft(invitation, member):
    change(member, name="burgemeester (verbeterd)", function="voorzitter", language="en")

    invitation.refresh_from_db()
    assert (invitation.generation, Draft.objects.count()) == (1, 1)


def test_other_capitals_are_the_same_address(invitation, member):
    changed = change(member, email=member.email.title())

    invitation.refresh_from_db()
    assert (changed.email, invitation.generation, Draft.objects.count()) == (member.email.title(), 1, 1)


def test_another_address_ends_the_link_and_the_draft_and_invites_again(
    invitation, member, django_capture_on_commit_callbacks
):
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        change(member, email="ander@forum.example")

    renewed = Invitation.objects.get(pk=invitation.pk)
    assert (renewed.generation, Draft.objects.count()) == (2, 0)
    assert renewed.token_hash != invitation.token_hash
    assert [message.to for message in mail.outbox] == [["ander@forum.example"]]


def test_other_roles_end_the_link_too(invitation, member, forum):
    change(member, seat=Seat(forum=forum, organisation="Huis van de streek"))

    invitation.refresh_from_db()
    assert (invitation.generation, Draft.objects.count()) == (2, 0)


def test_another_municipality_keeps_the_link(invitation, member, forum):
    change(member, seat=forum.seats.last())

    invitation.refresh_from_db()
    assert (invitation.generation, Draft.objects.count()) == (1, 1)


def test_ends_link_asks_address_and_kind_of_seat_only(member, forum):
    organisation = Seat(forum=forum, organisation="Huis van de streek")

    assert ends_link(member, email=member.email.upper(), seat=forum.seats.last()) is False
    assert ends_link(member, email="ander@forum.example", seat=member.seat) is True
    assert ends_link(member, email=member.email, seat=organisation) is True


def test_ending_a_membership_ends_the_link_and_the_draft(invitation, member):
    end_membership(member=member)

    member.refresh_from_db()
    assert member.active_until == YESTERDAY
    assert (Invitation.objects.filter(pk=invitation.pk).count(), Draft.objects.count()) == (0, 0)


def test_a_closed_round_keeps_its_invitation(invitation, open_round, member):
    Round.objects.filter(pk=open_round.pk).update(state=Round.State.CLOSED, closed_at=timezone.now())

    end_membership(member=member)

    assert Invitation.objects.filter(pk=invitation.pk).count() == 1


def test_after_the_last_minute_what_was_submitted_stays(invitation, open_round, member):
    Round.objects.filter(pk=open_round.pk).update(opens_on=YESTERDAY, closes_on=YESTERDAY)

    end_membership(member=member)

    assert open_invitation(member) is None
    assert (Invitation.objects.filter(pk=invitation.pk).count(), Draft.objects.count()) == (1, 1)


def test_somebody_added_today_by_mistake_leaves_no_row(forum, member):
    mistake = add_member(forum=forum, seat=member.seat, name="vergissing", email="v@forum.example")

    end_membership(member=mistake)

    assert not Member.objects.filter(pk=mistake.pk).exists()


def test_another_person_takes_the_seat_and_is_not_invited(invitation, member, open_round):
    person = replace(member)

    member.refresh_from_db()
    assert (person.seat, person.active_from) == (member.seat, timezone.localdate())
    assert member.active_until == YESTERDAY
    assert (open_round.invitations.filter(member=person).count(), Draft.objects.count()) == (0, 0)


def test_another_person_may_use_the_mailbox_of_the_office(member):
    assert replace(member, email=member.email).email == member.email


def test_another_person_takes_the_place_in_a_planned_round(forum, member):
    round = factories.make_round(forum=forum)
    round.chosen_members.set(forum.members.all()[:2])

    person = replace(member)

    chosen = set(round.chosen_members.all())
    assert (person in chosen, member in chosen, len(chosen)) == (True, False, 2)


@pytest.mark.parametrize("write", [change, replace, lambda member: end_membership(member=member)])
def test_a_membership_that_ended_is_not_written_any_more(member, write):
    end_membership(member=member)

    assert refusal(write, member) == ("form.error.changed", None)
