"""The mails of a round on the coach's pages: reminding now, what left, an example, and the way back to a lost link."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from assessment.actions.reminding import REST
from assessment.models import Invitation, Reminder, ReminderFault, Round
from tests import factories
from tests.assessment.coaching.test_forums import page_of, submit
from tests.assessment.coaching.test_rounds import path_of, plan_of, plan_path
from tests.assessment.mail_servers import Broken


@pytest.fixture
def round(forum) -> Round:
    """Opened three days ago, two weeks to go: six of eight have submitted."""
    round = factories.make_open_round(forum=forum)
    opened_at = timezone.now() - datetime.timedelta(days=3)
    Round.objects.update(opens_on=timezone.localdate(opened_at), opened_at=opened_at)
    round.invitations.update(mail_state="sent", mailed_at=opened_at, times_mailed=1)
    submit(round, 6)
    round.refresh_from_db()
    return round


# --- Reminding ----------------------------------------------------------------------------------------------------


def test_the_page_of_the_round_offers_a_reminder(coach_client, round):
    page = page_of(coach_client, path_of(round))

    assert "Herinnering sturen naar 2 leden" in page
    assert "De volgende herinnering vertrekt vanzelf op" in page


def test_reminding_asks_first(coach_client, round):
    page = page_of(coach_client, path_of(round, "herinneren/"))

    assert "2 leden die nog niet indienden, krijgen een herinnering met dezelfde persoonlijke link." in page
    assert (len(mail.outbox), Reminder.objects.count()) == (0, 0)


def test_reminding_reminds_those_two(coach_client, round, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = coach_client.post(path_of(round, "herinneren/"), follow=True)

    silent = [each.member.email for each in factories.invitations_of(round)[6:]]
    assert sorted(message.to[0] for message in mail.outbox) == silent
    assert "De herinnering vertrekt zo dadelijk" in response.content.decode()
    assert "Herinnering sturen naar" not in page_of(coach_client, path_of(round))
    assert "Wacht liever nog even." in page_of(coach_client, path_of(round))


def test_asked_twice_the_second_is_refused(coach_client, round):
    coach_client.post(path_of(round, "herinneren/"))
    response = coach_client.post(path_of(round, "herinneren/"), follow=True)

    assert "De laatste herinnering vertrok op" in response.content.decode()
    assert Reminder.objects.count() == 1


def test_a_programme_manager_reminds_without_learning_whom(manager_client, round):
    page = page_of(manager_client, path_of(round, "herinneren/"))
    manager_client.post(path_of(round, "herinneren/"))

    assert "2 leden die nog niet indienden" in page
    assert "burgemeester van" not in page
    assert Reminder.objects.get().kind == "by_hand"


@pytest.mark.parametrize("state", ["planned", "closed"])
def test_only_an_open_round_has_the_page(coach_client, forum, state):
    times = {} if state == "planned" else {"opened_at": timezone.now(), "closed_at": timezone.now()}
    round = factories.make_round(forum=forum, state=state, **times)

    assert coach_client.get(path_of(round, "herinneren/"))["Location"] == path_of(round)
    assert coach_client.post(path_of(round, "herinneren/"))["Location"] == path_of(round)


def test_reminders_can_be_switched_off_in_the_plan(coach_client, forum, version):
    coach_client.post(plan_path(forum), plan_of(forum, has_reminders="on"))
    planned = Round.objects.get()
    assert planned.has_reminders is True

    coach_client.post(path_of(planned, "wijzigen/"), plan_of(forum))

    planned.refresh_from_db()
    assert planned.has_reminders is False
    assert "Herinneringen vertrekken niet vanzelf in deze ronde." in page_of(coach_client, path_of(planned))


def test_a_new_plan_has_reminders_ticked(coach_client, forum, version):
    assert coach_client.get(plan_path(forum)).context["form"]["has_reminders"].value() is True


def test_whose_reminder_did_not_leave_shows_in_the_list_of_the_coach_alone(
    coach_client, manager_client, round
):
    silent = factories.invitations_of(round)[7]
    ReminderFault.objects.create(invitation=silent, reason="refused")
    words = "Herinnering: De mailserver weigerde dit adres."

    assert words in page_of(coach_client, path_of(round))
    assert words not in page_of(manager_client, path_of(round))


# --- What left ----------------------------------------------------------------------------------------------------


def test_the_log_tells_of_each_invitation_what_became_of_it(coach_client, round):
    _, second, third, *_ = factories.invitations_of(round)
    Invitation.objects.filter(pk=second.pk).update(times_mailed=3)
    Invitation.objects.filter(pk=third.pk).update(mail_state="failed", mail_reason="refused")

    page = page_of(coach_client, path_of(round, "mails/"))

    assert "7 verstuurd, 1 mislukt, 0 nog te versturen." in page
    assert f"{second.member.name} {second.member.seat} Verstuurd op" in page
    assert page.count("2 keer opnieuw verstuurd.") == 1
    assert f"{third.member.name} {third.member.seat} De mailserver weigerde dit adres. Kijk het na." in page


def test_the_log_tells_of_reminders_totals_alone(coach_client, round):
    Reminder.objects.create(round=round, kind="halfway", closes_on=round.closes_on, sent=4, failed=1)
    Reminder.objects.create(round=round, kind="threshold", closes_on=round.closes_on, sent=2)

    page = page_of(coach_client, path_of(round, "mails/"))

    assert "Wie een herinnering kreeg, wordt niet bewaard: alleen hoeveel." in page
    assert page.count("4 verstuurd, 1 mislukt") == 1
    assert "Aan de begeleiders: drempel nog niet gehaald" in page


def test_a_programme_manager_reads_counts_and_no_names(manager_client, round):
    page = page_of(manager_client, path_of(round, "mails/"))

    assert "8 verstuurd, 0 mislukt, 0 nog te versturen." in page
    assert "burgemeester van" not in page


def test_an_empty_log_says_so(coach_client, forum):
    page = page_of(coach_client, path_of(factories.make_round(forum=forum), "mails/"))

    assert "Er vertrok nog geen uitnodiging." in page
    assert "Er vertrok nog geen herinnering." in page


def test_sent_again_is_counted_and_a_new_link_begins_anew(
    coach_client, round, django_capture_on_commit_callbacks
):
    silent = factories.invitations_of(round)[7]
    with django_capture_on_commit_callbacks(execute=True):
        coach_client.post(path_of(round, f"uitnodigingen/{silent.pk}/opnieuw/"))
    silent.refresh_from_db()
    assert (silent.times_mailed, silent.times_resent) == (2, 1)

    from assessment.actions.inviting import renew_link

    with django_capture_on_commit_callbacks(execute=True):
        renew_link(invitation=silent)
    silent.refresh_from_db()
    assert (silent.times_mailed, silent.times_resent) == (1, 0)


@pytest.mark.parametrize("number", [1, 3])
def test_the_log_asks_the_same_of_the_database_for_many(
    coach, coach_client, number, django_assert_num_queries
):
    forum = factories.make_forum(name="Lange lijst", municipalities=number, coaches=[coach])
    round = factories.make_open_round(forum=forum)
    for _ in range(number):
        Reminder.objects.create(round=round, kind="by_hand", closes_on=round.closes_on)

    with django_assert_num_queries(QUERIES_OF_LOG):
        coach_client.get(path_of(round, "mails/"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_the_round_asks_the_same_for_many(coach, coach_client, number, django_assert_num_queries):
    forum = factories.make_forum(name="Lange lijst", municipalities=number, coaches=[coach])
    round = factories.make_open_round(forum=forum)
    for invitation in round.invitations.all():
        ReminderFault.objects.create(invitation=invitation, reason="refused")

    with django_assert_num_queries(QUERIES_OF_ROUND):
        coach_client.get(path_of(round))


QUERIES_OF_LOG, QUERIES_OF_ROUND = 7, 13


# --- An example ---------------------------------------------------------------------------------------------------


def test_both_languages_have_their_example_though_all_read_one(coach_client, round):
    response = coach_client.get(path_of(round, "voorbeeld/"))

    assert [(each.language, each.body[:5]) for each in response.context["previews"]] == [
        ("nl", "Beste"),
        ("en", "Dear "),
    ]
    assert "In deze taal zou burgemeester van Aldervoorde de mail zo lezen." in response.content.decode()


@pytest.mark.parametrize(
    "language, begin", [("nl", "Beste Begeleider Noord,"), ("en", "Dear Begeleider Noord,")]
)
def test_the_example_goes_to_the_coach_and_leads_to_the_questionnaire_as_an_example(
    coach_client, coach, round, language, begin
):
    Round.objects.update(message="Graag uw kijk.")
    coach_client.cookies["taal"] = language

    response = coach_client.post(path_of(round, "voorbeeld/mailen/"), follow=True)

    [message] = mail.outbox
    lines = message.body.splitlines()
    assert (message.to, lines[0]) == ([coach.email], begin)
    [link] = [line for line in lines if line.startswith("http://localhost:8000/beheer/vragenlijsten/")]
    coach_client.cookies["taal"] = "nl"
    assert "Dit is een voorbeeld." in coach_client.get(link).content.decode()
    assert "Graag uw kijk." in lines
    assert "/vragenlijst/" not in message.body
    assert coach.email in response.content.decode()


def test_an_example_that_does_not_leave_is_told(coach_client, round, settings, monkeypatch):
    settings.EMAIL_BACKEND = Broken.PATH
    monkeypatch.setattr(Broken, "error", ConnectionRefusedError())

    response = coach_client.post(path_of(round, "voorbeeld/mailen/"), follow=True)

    assert "Het voorbeeld vertrok niet" in response.content.decode()


# --- The way back to a lost link ----------------------------------------------------------------------------------


def test_the_code_for_the_projector_leads_to_the_page_for_a_lost_link(coach_client, round):
    response = coach_client.get(path_of(round, "uitnodiging-kwijt/"))

    page = response.content.decode()
    assert response.context["address"] == "http://localhost:8000/uitnodiging-opnieuw/"
    assert "<strong>localhost:8000/uitnodiging-opnieuw</strong>" in page
    assert page.count("<svg") == 1
    assert "style=" not in page
    assert "burgemeester van" not in page


def test_the_address_as_it_is_typed_leads_there_too(client, db):
    response = client.get("/uitnodiging-opnieuw", follow=True)

    assert response.status_code == 200


def test_rest_between_reminders_is_two_days():
    assert datetime.timedelta(days=2) == REST
