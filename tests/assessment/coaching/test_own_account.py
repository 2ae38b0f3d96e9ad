"""My account: details, another password, where I am signed in."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from assessment.coaching.browsers import device_of
from assessment.models import BrowserSession
from tests import factories
from tests.assessment.working import work_off

ACCOUNT = "/account/"
NEW_PASSWORD = "nieuwe lange zin om te onthouden"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
CHROME = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
)
EDGE = f"{CHROME.replace('X11; Linux x86_64', 'Windows NT 10.0; Win64; x64')} Edg/142.0.0.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)


def browser(user, description: str = FIREFOX) -> Client:
    client = Client(HTTP_USER_AGENT=description)
    client.post("/aanmelden/", {"login": user.email, "password": factories.PASSWORD})
    return client


def test_name_and_telephone_are_changed_and_nothing_else(coach_client, coach):
    coach_client.post(
        ACCOUNT, {"name": "Begeleider West", "phone": "02 000 00 09", "kind": "programme_manager"}
    )

    coach.refresh_from_db()
    assert (coach.name, coach.phone, coach.kind) == ("Begeleider West", "02 000 00 09", "coach")


def test_a_name_is_asked_for_and_what_was_typed_stays(coach_client):
    response = coach_client.post(ACCOUNT, {"name": "", "phone": "02 000 00 09"})

    assert response.context["form"].errors == {"name": ["Vul dit veld in."]}
    assert "02 000 00 09" in response.content.decode()


def test_another_password_ends_every_other_session_and_is_told(coach):
    mine, other = browser(coach), browser(coach)
    mail.outbox.clear()

    done = mine.post(
        "/account/wachtwoord/",
        {"oldpassword": factories.PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
        follow=True,
    )

    assert "Uw wachtwoord is gewijzigd." in done.content.decode()
    assert (mine.get(ACCOUNT).status_code, other.get(ACCOUNT).status_code) == (200, 302)
    assert [session.session_key for session in coach.browsers.all()] == [mine.session.session_key]
    assert [message.to for message in mail.outbox] == [[coach.email]]


@pytest.mark.parametrize(
    "old, first, second, field, error",
    [
        ("fout", NEW_PASSWORD, NEW_PASSWORD, "oldpassword", "Dit wachtwoord klopt niet."),
        (factories.PASSWORD, "kort", "kort", "password1", "Kies minstens 12 tekens."),
        (factories.PASSWORD, NEW_PASSWORD, "anders", "password2", "De twee wachtwoorden zijn niet gelijk."),
        ("", "", "", "oldpassword", "Vul dit veld in."),
    ],
)
def test_a_password_that_will_not_do_is_told_formally(coach, old, first, second, field, error):
    response = browser(coach).post(
        "/account/wachtwoord/", {"oldpassword": old, "password1": first, "password2": second}
    )

    assert error in str(response.context["form"].errors[field])


def test_every_browser_is_listed_with_family_and_system_and_no_address(coach):
    browser(coach, SAFARI)
    mine = browser(coach, FIREFOX)

    page = mine.get(ACCOUNT).content.decode()

    assert [session.device for session in coach.browsers.all()] == ["Firefox, Windows", "Safari, iPhone"]
    assert page.count("<b>Deze browser</b>") == 1
    assert "127.0.0.1" not in str(list(BrowserSession.objects.values()))
    assert all(session.session_key not in page for session in coach.browsers.all())


def test_signing_out_elsewhere_leaves_this_browser_and_other_people(coach):
    colleague = factories.make_coach("begeleider.zuid@programma.example")
    mine, other, theirs = browser(coach), browser(coach), browser(colleague)

    page = mine.post("/account/elders-afmelden/", follow=True).content.decode()

    assert "U bent overal elders afgemeld." in page
    assert [client.get(ACCOUNT).status_code for client in (mine, other, theirs)] == [200, 302, 200]


@pytest.mark.django_db(transaction=True)
def test_an_ended_session_is_not_listed_and_soon_gone(queue, coach, coach_client):
    browser(coach)
    coach.browsers.filter(device="Firefox, Windows").update(expire_date=timezone.now())

    assert "Firefox, Windows" not in coach_client.get(ACCOUNT).content.decode()
    work_off()
    assert coach.browsers.count() == 1


@pytest.mark.parametrize(
    "description, device",
    [
        (FIREFOX, "Firefox, Windows"),
        (CHROME, "Chrome, Linux"),
        (EDGE, "Edge, Windows"),
        (SAFARI, "Safari, iPhone"),
        ("iets anders", ""),
        ("", ""),
    ],
)
def test_a_browser_is_known_by_family_and_system(description, device):
    assert device_of(description) == device


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_three_browsers_as_for_one(coach, django_assert_num_queries, count):
    mine = [browser(coach) for _ in range(count)][-1]

    with django_assert_num_queries(4):
        mine.get(ACCOUNT)


def test_who_never_chose_a_password_is_led_to_asking_for_one(client, db):
    coach = factories.make_coach()
    coach.set_unusable_password()
    coach.save()
    client.force_login(coach)

    assert client.get("/account/wachtwoord/")["Location"] == "/wachtwoord/vergeten/"
