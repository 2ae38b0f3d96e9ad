"""Accounts of staff, managed by the programme manager: inviting, changing, ending access."""

import re

import pytest
from allauth.mfa.models import Authenticator
from auditlog.models import LogEntry
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessment.actions.accounts import AccountError, change_account, end_access
from assessment.models import User
from tests import factories
from tests.assessment.coaching.second_steps import make_app, sign_in_fully
from tests.assessment.working import fast_forward, work_off

USERS = "/beheer/gebruikers/"
INVITE = f"{USERS}uitnodigen/"
NEWCOMER = {"name": "Begeleider Oost", "email": "begeleider.oost@programma.example", "kind": "coach"}
LAST = r"Dit is de laatste programmabeheerder met toegang\."
NEW_PASSWORD = "nieuwe lange zin om te onthouden"


@pytest.fixture
def manager(db) -> User:
    return factories.make_programme_manager()


@pytest.fixture
def desk(manager) -> Client:
    """The browser of the programme manager."""
    client = Client()
    client.force_login(manager)
    return client


def invite(desk: Client, **fields: str) -> str:
    """Invite somebody; the path of the link in the mail."""
    mail.outbox.clear()
    response = desk.post(INVITE, NEWCOMER | fields)
    assert (response.status_code, response["Location"]) == (302, USERS)
    return link_in(mail.outbox[0])


def link_in(message) -> str:
    [path] = re.findall(r"http://localhost:8000(/welkom/\S+)", message.body)
    return path


def change(desk: Client, user: User, **fields: object):
    present = {"name": user.name, "email": user.email, "kind": user.kind}
    return desk.post(f"{USERS}{user.pk}/", present | fields)


def test_who_is_invited_chooses_a_password_and_signs_in(desk, client):
    link = invite(desk)
    page = client.get(link).content.decode()
    assert "begeleider.oost@programma.example" in page

    done = client.post(link, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}, follow=True)

    assert "Uw wachtwoord is bewaard. Meld u nu aan." in done.content.decode()
    signed_in = client.post("/aanmelden/", {"login": NEWCOMER["email"], "password": NEW_PASSWORD})
    assert signed_in["Location"] == "/fora/"


def test_the_mail_is_formal_and_says_how_long_the_link_works(desk):
    invite(desk)
    [message] = mail.outbox

    assert (message.subject, message.to) == ("Uw account voor Regiospiegel", [NEWCOMER["email"]])
    assert message.body.startswith("Beste Begeleider Oost,\n\nU kunt aan de slag als begeleider")
    assert "Deze link werkt 7 dagen en één keer." in message.body
    assert message.body.endswith("omdat u een account hebt bij Regiospiegel.\n")


def test_a_programme_manager_reads_another_mail(desk):
    invite(desk, kind="programme_manager")

    assert "aan de slag als programmabeheerder" in mail.outbox[0].body
    assert "de fora die u begeleidt" not in mail.outbox[0].body


def test_the_link_works_once(desk, client):
    link = invite(desk)
    client.post(link, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    again = client.post(
        link, {"password1": "iets heel anders dan eerst", "password2": "iets heel anders dan eerst"}
    )

    assert again.status_code == 404
    assert "Deze link werkt niet meer" in again.content.decode()
    assert User.objects.get(email=NEWCOMER["email"]).check_password(NEW_PASSWORD)


@pytest.mark.parametrize("days, status", [(6, 200), (8, 404)])
def test_the_link_works_for_seven_days(desk, client, monkeypatch, days, status):
    link = invite(desk)
    moment = timezone.now().timestamp() + days * 24 * 60 * 60

    monkeypatch.setattr("django.core.signing.time.time", lambda: moment)

    assert client.get(link).status_code == status


def test_a_new_invitation_ends_the_link_before_it(desk, client):
    first = invite(desk)
    user = User.objects.get(email=NEWCOMER["email"])
    mail.outbox.clear()

    desk.post(f"{USERS}{user.pk}/opnieuw-uitnodigen/")

    second = link_in(mail.outbox[0])
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)


def test_the_link_of_somebody_without_access_is_closed(desk, client):
    link = invite(desk)
    user = User.objects.get(email=NEWCOMER["email"])

    desk.post(f"{USERS}{user.pk}/toegang-stopzetten/")

    assert client.get(link).status_code == 404


@pytest.mark.parametrize("token", ["1:x:y", "x", ":::", "9" * 40 + ":x:y", "²:x:y", "1"])
def test_a_made_up_link_is_closed(client, manager, token):
    assert client.get(f"/welkom/{token}/").status_code == 404


def test_who_has_a_password_is_not_invited_again(desk, coach):
    mail.outbox.clear()

    page = desk.post(f"{USERS}{coach.pk}/opnieuw-uitnodigen/", follow=True).content.decode()

    assert "Iemand anders paste deze gegevens intussen aan." in page
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_the_queue_holds_a_number_and_the_database_no_link(desk, queue):
    desk.post(INVITE, NEWCOMER)
    user = User.objects.get(email=NEWCOMER["email"])
    [task] = DBTaskResult.objects.all()
    assert task.args_kwargs == {"args": [user.pk], "kwargs": {}}

    work_off()

    task.refresh_from_db()
    assert (task.status, task.return_value, len(mail.outbox)) == ("SUCCESSFUL", "sent", 1)
    assert user.activation_token.split(":")[-1] not in str(list(DBTaskResult.objects.values()))


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_does_not_leave_shows_and_is_tried_again(desk, queue, settings, mailoutbox):
    desk.post(INVITE, NEWCOMER)
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 9
    work_off()
    assert "De mail kwam niet aan" in desk.get(USERS).content.decode()

    settings.EMAIL_BACKEND = works
    fast_forward()
    work_off()

    assert [message.to for message in mailoutbox] == [[NEWCOMER["email"]]]
    assert "De mail kwam niet aan" not in desk.get(USERS).content.decode()


@pytest.mark.parametrize(
    "fields, field, error",
    [
        ({"name": ""}, "name", "Vul dit veld in."),
        (
            {"email": "geen adres"},
            "email",
            "Dit is geen geldig e-mailadres. Voorbeeld: naam@gemeente.example.",
        ),
        ({"email": "PROGRAMMA@programma.example"}, "email", "Er is al een account met dit adres."),
        ({"kind": "superuser"}, "kind", "Kies een van de mogelijkheden."),
        ({"forum": "Bestaat niet"}, "forum", "We vinden geen forum met de naam Bestaat niet."),
    ],
)
def test_an_invitation_that_will_not_do_keeps_what_was_typed(desk, fields, field, error):
    response = desk.post(INVITE, NEWCOMER | {"phone": "02 000 00 09"} | fields)

    assert response.context["form"].errors[field] == [error]
    assert "02 000 00 09" in response.content.decode()
    assert (User.objects.count(), mail.outbox) == (1, [])


def test_a_forum_is_assigned_by_name_and_taken_away_by_a_tick(desk, coach, forum):
    other = factories.make_forum(name="Zuidoverleg", municipalities=0)
    change(desk, coach, forums=[forum.pk], forum="zuidoverleg")
    assert {*coach.forums.all()} == {forum, other}

    change(desk, coach, forums=[other.pk])

    assert {*coach.forums.all()} == {other}
    assert LogEntry.objects.get_for_object(other).filter(changes__has_key="coaches").count() == 1


def test_a_change_of_kind_opens_and_closes_the_programme(desk, coach, coach_client):
    change(desk, coach, kind="programme_manager")
    assert coach_client.get(USERS).status_code == 200

    change(desk, coach, kind="coach")

    assert coach_client.get(USERS).status_code == 404


def test_nobody_changes_the_own_kind_or_ends_the_own_access(desk, manager):
    factories.make_programme_manager("tweede@programma.example")

    change(desk, manager, kind="coach")
    desk.post(f"{USERS}{manager.pk}/toegang-stopzetten/")

    manager.refresh_from_db()
    assert (manager.kind, manager.is_active) == ("programme_manager", True)


def test_the_last_programme_manager_stays(coach):
    """Somebody who was a manager a moment ago still has the page open."""
    last = factories.make_programme_manager()
    factories.make_programme_manager("vroeger@programma.example", is_active=False)

    with pytest.raises(AccountError, match=LAST):
        end_access(user=last, by=coach)
    with pytest.raises(AccountError, match=LAST):
        change_account(user=last, by=coach, name="x", email=last.email, phone="", kind="coach", forums=[])

    last.refresh_from_db()
    assert (last.kind, last.is_active) == ("programme_manager", True)


def test_ending_access_signs_out_at_once_and_can_be_taken_back(desk, coach, coach_client):
    assert coach_client.get("/fora/").status_code == 200

    desk.post(f"{USERS}{coach.pk}/toegang-stopzetten/")
    assert (coach_client.get("/fora/").status_code, coach.browsers.count()) == (302, 0)

    desk.post(f"{USERS}{coach.pk}/toegang-teruggeven/")
    signed_in = Client().post("/aanmelden/", {"login": coach.email, "password": factories.PASSWORD})
    assert signed_in["Location"] == "/fora/"


def test_ending_access_names_the_forums_that_nobody_else_coaches(desk, coach, forum):
    shared = factories.make_forum(name="Zuidoverleg", municipalities=0, coaches=[coach])
    shared.coaches.add(factories.make_coach("begeleider.zuid@programma.example"))

    response = desk.get(f"{USERS}{coach.pk}/toegang-stopzetten/")

    assert response.context["alone"] == [forum.name]


def test_the_old_address_hears_of_a_new_one(desk, coach):
    mail.outbox.clear()

    change(desk, coach, email="nieuw@programma.example")

    assert [message.to for message in mail.outbox] == [["begeleider.noord@programma.example"]]
    assert User.objects.get(pk=coach.pk).email == "nieuw@programma.example"


def test_who_was_invited_at_a_wrong_address_gets_a_link_at_the_right_one(desk, client):
    first = invite(desk)
    mail.outbox.clear()

    change(desk, User.objects.get(email=NEWCOMER["email"]), email="oost@programma.example")

    [message] = mail.outbox
    assert message.to == ["oost@programma.example"]
    assert (client.get(first).status_code, client.get(link_in(message)).status_code) == (404, 200)


def test_a_lost_phone_is_taken_out_by_a_manager_who_confirms_first(desk, manager, coach, coach_client):
    make_app(coach)
    path = f"{USERS}{coach.pk}/tweede-stap/"
    assert desk.post(path)["Location"].startswith("/aanmelden/bevestigen/?next=")
    assert Authenticator.objects.count() == 1
    desk.post("/aanmelden/bevestigen/", {"password": factories.PASSWORD})
    mail.outbox.clear()

    desk.post(path)

    assert (Authenticator.objects.count(), coach_client.get("/fora/").status_code) == (0, 302)
    assert [message.to for message in mail.outbox] == [[coach.email]]
    entry = LogEntry.objects.get_for_object(coach).get(changes__has_key="second_step")
    assert (entry.changes, entry.actor) == ({"second_step": ["totp", "None"]}, manager)


def test_nobody_takes_out_the_own_second_step_here(manager, client):
    secret = make_app(manager)
    sign_in_fully(client, manager, secret)

    page = client.post(f"{USERS}{manager.pk}/tweede-stap/", follow=True).content.decode()

    assert "Dit kunt u niet voor uzelf doen." in page
    assert Authenticator.objects.count() == 1


@pytest.mark.parametrize(
    "words, found", [("noord", ["Begeleider Noord"]), ("ZUID@", ["Begeleider Zuid"]), ("west", [])]
)
def test_people_are_found_by_name_and_address(desk, coach, words, found):
    factories.make_coach("zuid@programma.example", name="Begeleider Zuid")

    response = desk.get(USERS, {"zoek": words})

    assert [user.name for user in response.context["users"]] == found
    assert ("Niemand met deze naam of dit adres." in response.content.decode()) == (found == [])


@pytest.mark.parametrize(
    "order, names",
    [
        ("naam", ["Begeleider Noord", "Begeleider Zuid", "Programmabeheerder"]),
        ("soort", ["Begeleider Noord", "Begeleider Zuid", "Programmabeheerder"]),
        ("aangemeld", ["Programmabeheerder", "Begeleider Zuid", "Begeleider Noord"]),
        ("bestaat-niet", ["Begeleider Noord", "Begeleider Zuid", "Programmabeheerder"]),
    ],
)
def test_people_stand_in_the_order_of_choice(desk, coach, manager, order, names):
    factories.make_coach("zuid@programma.example", name="Begeleider Zuid")
    now = timezone.now()
    for days, name in enumerate(["Programmabeheerder", "Begeleider Zuid", "Begeleider Noord"]):
        User.objects.filter(name=name).update(last_login=now - timezone.timedelta(days=days))

    response = desk.get(USERS, {"volgorde": order})

    assert [user.name for user in response.context["users"]] == names


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_people_as_for_one(desk, forum, django_assert_num_queries, count):
    for number in range(count):
        forum.coaches.add(factories.make_coach(f"extra.{number}@programma.example"))
    desk.get(USERS)

    with django_assert_num_queries(5):
        desk.get(USERS)


def test_a_long_list_has_pages_that_keep_the_search(desk, db):
    for number in range(23):
        factories.make_coach(f"{number:02}@programma.example", name=f"Begeleider {number:02}")

    first = desk.get(USERS, {"zoek": "begeleider"})
    second = desk.get(USERS, {"zoek": "begeleider", "pagina": "2"})

    assert (len(first.context["users"]), first.context["page"].paginator.count) == (20, 23)
    assert [each.name for each in second.context["users"]] == [
        "Begeleider 20",
        "Begeleider 21",
        "Begeleider 22",
    ]
    assert 'href="?zoek=begeleider&amp;pagina=2"' in first.content.decode()


def test_demo_accounts_do_not_exist_outside_the_demo(desk, coach, settings):
    User.objects.filter(pk=coach.pk).update(is_demo=True)
    settings.DEMO = False

    assert desk.get(f"{USERS}{coach.pk}/").status_code == 404
    assert coach.name not in desk.get(USERS).content.decode()


def test_the_first_programme_manager_comes_from_the_command_line(client, db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", NEW_PASSWORD)

    call_command(
        "createsuperuser", interactive=False, email="eerste@programma.example", name="Eerste", verbosity=0
    )

    client.post("/aanmelden/", {"login": "eerste@programma.example", "password": NEW_PASSWORD})
    assert client.get(USERS).status_code == 200
