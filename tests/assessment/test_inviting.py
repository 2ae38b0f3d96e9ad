"""Invitations sent, sent again, renewed, ended and declined."""

import datetime

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessment.actions import inviting, submitting
from assessment.actions.closing import close_round
from assessment.actions.holding import RoundStateError
from assessment.models import Draft, DraftAnswer, Invitation
from assessment.models.rounds import token_hash
from tests import factories
from tests.assessment.working import queued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]


@pytest.fixture
def invitation(open_round) -> Invitation:
    return factories.invitations_of(open_round)[0]


def waiting() -> list[int]:
    return [row.args_kwargs["args"][0] for row in queued("send_invitation")]


def sent(invitation: Invitation, *, ago: datetime.timedelta = datetime.timedelta(hours=1)) -> None:
    DBTaskResult.objects.all().delete()
    Invitation.objects.filter(pk=invitation.pk).update(mail_state="sent", mailed_at=timezone.now() - ago)


def test_new_member_is_invited_once(open_round):
    seat = open_round.forum.seats.first()
    member = factories.make_member(seat=seat, function="schepen")

    invitation = inviting.invite(round=open_round, member=member)

    assert invitation.token_hash == token_hash(invitation.token)
    assert len(invitation.token) == 22
    assert inviting.invite(round=open_round, member=member) == invitation
    assert waiting() == [invitation.pk]


@pytest.mark.parametrize("closes_in", [-1, 14])
def test_nobody_is_invited_when_no_answers_are_taken(forum, closes_in):
    round = factories.make_round(forum=forum, opens_in=-5, closes_in=closes_in)
    if closes_in < 0:
        round.state, round.opened_at = "open", timezone.now()
        round.save()

    with pytest.raises(RoundStateError):
        inviting.invite(round=round, member=forum.members.first())

    assert not Invitation.objects.exists()


def test_only_who_sits_in_the_forum_is_invited(open_round):
    elsewhere = factories.make_forum(name="Elders", municipalities=1).members.first()
    gone = factories.make_member(
        seat=open_round.forum.seats.first(),
        function="schepen",
        active_until=timezone.localdate() - datetime.timedelta(days=1),
    )

    for member in (elsewhere, gone):
        with pytest.raises(ValueError, match="sits in the forum"):
            inviting.invite(round=open_round, member=member)


def test_send_again_mails_the_same_link(invitation):
    sent(invitation)

    inviting.send_again(invitation=invitation)

    before = invitation.token
    invitation.refresh_from_db()
    assert (invitation.mail_state, invitation.token, waiting()) == ("waiting", before, [invitation.pk])


def test_renewed_link_ends_the_old_one_and_erases_the_draft(invitation):
    old = invitation.token
    factories.fill_in(invitation, texts={"O1": "woorden"})
    factories.submit(invitation)
    inviting.decline(invitation=invitation)

    renewed = inviting.renew_link(invitation=invitation)

    assert renewed.token != old
    assert not Invitation.objects.filter(token_hash=token_hash(old)).exists()
    assert Invitation.objects.get(token_hash=token_hash(renewed.token)).is_declined is False
    assert not Draft.objects.exists()
    assert not DraftAnswer.objects.exists()
    assert waiting() == [invitation.pk]


def test_old_link_no_longer_writes_after_renewal(invitation):
    inviting.renew_link(invitation=invitation)

    with pytest.raises(RoundStateError):
        submitting.choose_role(invitation=invitation, role="mayor")


def test_revoked_invitation_leaves_nothing(invitation):
    factories.fill_in(invitation)

    inviting.revoke(invitation=invitation)

    assert not Invitation.objects.filter(pk=invitation.pk).exists()
    assert not DraftAnswer.objects.exists()


def test_declined_keeps_link_and_draft_and_holds_back_the_mail(invitation):
    factories.fill_in(invitation)

    inviting.decline(invitation=invitation)

    invitation.refresh_from_db()
    assert (invitation.is_declined, invitation.mail_state, invitation.mail_reason) == (
        True,
        "failed",
        "declined",
    )
    assert Draft.objects.filter(invitation=invitation).exists()


def test_taking_part_after_all_sends_the_mail_that_was_held_back(invitation):
    inviting.decline(invitation=invitation)

    inviting.undo_decline(invitation=invitation)

    invitation.refresh_from_db()
    assert (invitation.is_declined, invitation.mail_state) == (False, "waiting")
    assert waiting() == [invitation.pk]


def test_taking_part_after_all_sends_no_second_mail(invitation):
    sent(invitation)
    inviting.decline(invitation=invitation)

    inviting.undo_decline(invitation=invitation)

    invitation.refresh_from_db()
    assert (invitation.mail_state, waiting()) == ("sent", [])


@pytest.mark.parametrize("action", ["send_again", "renew_link", "revoke", "decline", "undo_decline"])
def test_nothing_about_an_invitation_changes_after_closing(open_round, invitation, action):
    close_round(round=open_round)
    before = Invitation.objects.filter(pk=invitation.pk).values().get()

    with pytest.raises(RoundStateError):
        getattr(inviting, action)(invitation=invitation)

    assert Invitation.objects.filter(pk=invitation.pk).values().get() == before


def test_asking_again_mails_every_open_invitation_of_the_address_in_any_case(invitation):
    other = factories.make_forum(name="Tweede overleg", municipalities=1)
    other.members.update(email=invitation.member.email)
    second = factories.invitations_of(factories.make_open_round(forum=other))[0]
    sent(invitation)
    sent(second)

    inviting.send_again_to(email=f" {invitation.member.email.upper()} ")

    assert sorted(waiting()) == sorted([invitation.pk, second.pk])


def test_unknown_address_is_silence(invitation):
    sent(invitation)

    inviting.send_again_to(email="niemand@elders.example")

    assert waiting() == []


def test_asking_again_and_again_fills_no_mailbox(invitation):
    sent(invitation, ago=datetime.timedelta(minutes=4))

    inviting.send_again_to(email=invitation.member.email)

    assert waiting() == []


def test_asking_again_after_closing_is_silence(open_round, invitation):
    sent(invitation)
    close_round(round=open_round)

    inviting.send_again_to(email=invitation.member.email)

    assert waiting() == []
