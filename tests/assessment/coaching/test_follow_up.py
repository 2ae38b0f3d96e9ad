"""While a round is open: who has not submitted, for whose eyes, and what a coach can do for one member."""

import pytest
from django.core import mail
from django.utils import timezone

from assessment.models import Invitation, Round
from tests import factories
from tests.assessment.coaching.test_forums import page_of, submit


@pytest.fixture
def invitations(open_round) -> list[Invitation]:
    """Six of eight have submitted, the seventh has begun."""
    submit(open_round, 6)
    invitations = factories.invitations_of(open_round)
    factories.fill_in(invitations[6])
    return invitations


def path_of(round: Round, page: str = "") -> str:
    return f"/fora/{round.forum.slug}/rondes/{round.pk}/{page}"


def do(client, invitation: Invitation, action: str):
    return client.post(path_of(invitation.round, f"uitnodigingen/{invitation.pk}/{action}/"), follow=True)


def test_a_coach_sees_who_has_not_submitted_begun_or_not(coach_client, open_round, invitations):
    response = coach_client.get(path_of(open_round))

    assert [each.pk for each in response.context["not_submitted"]] == [each.pk for each in invitations[6:]]
    assert "Deze lijst dient alleen om een herinnering te sturen." in response.content.decode()


def test_a_programme_manager_sees_how_many_and_no_names(manager_client, open_round, invitations):
    page = page_of(manager_client, path_of(open_round))

    assert "6 van 8 gemeenten dienden in 6 van 8 leden" in page
    assert "Nog niet ingediend" not in page
    assert "burgemeester van" not in page


def test_a_programme_manager_who_coaches_the_forum_sees_names(client, open_round, invitations):
    manager = factories.make_programme_manager()
    open_round.forum.coaches.add(manager)
    client.force_login(manager)

    assert len(client.get(path_of(open_round)).context["not_submitted"]) == 2


def test_a_programme_manager_sees_failed_mails_and_not_who_declined(manager_client, open_round, invitations):
    Invitation.objects.filter(pk__in=[invitations[0].pk, invitations[7].pk]).update(
        mail_state="failed", mail_reason="refused"
    )
    Invitation.objects.filter(pk=invitations[7].pk).update(is_declined=True)

    failed = manager_client.get(path_of(open_round)).context["failed"]

    assert [each.pk for each in failed] == [invitations[0].pk]


def test_when_everybody_has_submitted_the_page_says_so(coach_client, open_round):
    submit(open_round, 8)

    assert "Alle leden hebben ingediend." in page_of(coach_client, path_of(open_round))


@pytest.mark.parametrize(
    "state, reason, words",
    [
        ("waiting", "", "De mail vertrekt zo dadelijk."),
        ("failed", "refused", "De mailserver weigerde dit adres. Kijk het na."),
        ("failed", "unreachable", "De mailserver was niet bereikbaar."),
        ("failed", "rejected_sender", "De mailserver aanvaardt onze afzender niet."),
        ("failed", "interrupted", "Het is niet zeker of de mail vertrok."),
        ("failed", "other", "De mail vertrok niet."),
    ],
)
def test_what_became_of_a_mail_is_said_in_words(coach_client, open_round, state, reason, words):
    Invitation.objects.update(mail_state=state, mail_reason=reason)

    assert words in page_of(coach_client, path_of(open_round))


def test_a_mail_that_left_says_when(coach_client, open_round):
    moment = timezone.make_aware(timezone.datetime(2026, 3, 3, 14, 30))
    Invitation.objects.update(mail_state="sent", mailed_at=moment)

    assert "Verstuurd op 3 maart om 14.30 uur." in page_of(coach_client, path_of(open_round))


def test_an_invitation_is_sent_again(coach_client, invitations, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = do(coach_client, invitations[6], "opnieuw")

    assert [message.to for message in mail.outbox] == [[invitations[6].member.email]]
    assert "De uitnodiging vertrekt opnieuw." in response.content.decode()


def test_somebody_does_not_take_part_and_takes_part_after_all(coach_client, open_round, invitations):
    do(coach_client, invitations[7], "neemt-niet-deel")

    assert Invitation.objects.get(is_declined=True) == invitations[7]
    assert "Neemt toch deel" in page_of(coach_client, path_of(open_round))

    do(coach_client, invitations[7], "neemt-deel")

    assert Invitation.objects.filter(is_declined=True).count() == 0


@pytest.mark.parametrize("action", ["opnieuw", "neemt-niet-deel", "neemt-deel"])
def test_who_submitted_meanwhile_needs_nothing_any_more(coach_client, invitations, action):
    mail.outbox.clear()

    response = do(coach_client, invitations[0], action)

    assert "Dit lid diende intussen in." in response.content.decode()
    assert (len(mail.outbox), Invitation.objects.filter(is_declined=True).count()) == (0, 0)


@pytest.mark.parametrize("action", ["opnieuw", "neemt-niet-deel", "neemt-deel"])
def test_a_programme_manager_learns_nothing_by_trying(manager_client, invitations, action):
    answers = {do(manager_client, invitation, action).status_code for invitation in invitations}

    assert answers == {404}


def test_a_member_who_joined_later_is_invited_by_the_coach(
    coach_client, open_round, django_capture_on_commit_callbacks
):
    seat = open_round.forum.seats.first()
    joined = factories.make_member(seat=seat, function="schepen")
    assert "Nog niet uitgenodigd" in page_of(coach_client, path_of(open_round))

    with django_capture_on_commit_callbacks(execute=True):
        response = coach_client.post(path_of(open_round, f"uitnodigen/{joined.pk}/"), follow=True)
        coach_client.post(path_of(open_round, f"uitnodigen/{joined.pk}/"))

    assert open_round.invitations.filter(member=joined).count() == 1
    assert [message.to for message in mail.outbox] == [[joined.email]]
    assert "is toegevoegd en krijgt een uitnodiging." in response.content.decode()
    assert "Nog niet uitgenodigd" not in page_of(coach_client, path_of(open_round))


def test_nobody_is_invited_to_a_round_that_is_not_open(coach_client, forum):
    round = factories.make_round(forum=forum)
    member = forum.members.first()

    response = coach_client.post(path_of(round, f"uitnodigen/{member.pk}/"), follow=True)

    assert "Iemand anders paste deze gegevens intussen aan." in response.content.decode()
    assert Invitation.objects.count() == 0


def test_the_page_speaks_english(coach_client, open_round, invitations):
    page = page_of(coach_client, path_of(open_round), "en")

    assert "6 of 8 municipalities have submitted 6 of 8 members" in page
    assert "Not yet submitted 2 members" in page
    assert "You see no answers and no interim result. Nor who has started." in page
