"""Signing in and out and choosing a new password: formal, in both languages, and silent about who is known."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from assessment.models import User
from tests import factories

pytestmark = pytest.mark.django_db

SIGN_IN, SIGN_OUT, FORGOTTEN = "/aanmelden/", "/afmelden/", "/wachtwoord/vergeten/"
WRONG = "E-mailadres of wachtwoord klopt niet. Probeer opnieuw of vraag een nieuw wachtwoord aan."
NEW_PASSWORD = "nieuwe lange zin om te onthouden"


def sign_in(client: Client, email: str, password: str = factories.PASSWORD, **fields: str):
    return client.post(SIGN_IN, {"login": email, "password": password} | fields)


def ask_link(client: Client, email: str) -> str | None:
    """The path of the link that this address gets, None when it gets no mail."""
    mail.outbox.clear()
    response = client.post(FORGOTTEN, {"email": email})
    assert (response.status_code, response["Location"]) == (302, "/wachtwoord/verstuurd/")
    if not mail.outbox:
        return None
    [path] = re.findall(r"http://localhost:8000(/wachtwoord/\S+)", mail.outbox[0].body)
    return path


def test_a_coach_signs_in_whatever_the_capitals(client, coach):
    response = sign_in(client, coach.email.upper())

    assert (response.status_code, response["Location"]) == (302, "/fora/")
    assert client.get("/fora/").status_code == 200


def test_signing_in_leads_back_to_the_page_that_asked(client, coach, forum):
    page = f"/fora/{forum.slug}/"
    assert page in client.get(f"{SIGN_IN}?next={page}").content.decode()

    assert sign_in(client, coach.email, next=page)["Location"] == page


def test_signing_in_never_leads_to_another_site(client, coach):
    assert sign_in(client, coach.email, next="https://elders.example/")["Location"] == "/fora/"


def test_who_is_signed_in_goes_on_to_the_forums(coach_client):
    assert coach_client.get(SIGN_IN)["Location"] == "/fora/"


@pytest.mark.parametrize("case", ["unknown", "wrong password", "inactive", "demo account outside the demo"])
def test_who_may_not_sign_in_always_hears_the_same(client, settings, case):
    coach = factories.make_coach(is_active=case != "inactive", is_demo=case.startswith("demo"))
    settings.DEMO = not case.startswith("demo")
    email = "niemand@programma.example" if case == "unknown" else coach.email
    password = "niet dit wachtwoord" if case == "wrong password" else factories.PASSWORD

    response = sign_in(client, email, password)

    assert (response.status_code, WRONG in response.content.decode()) == (200, True)
    assert client.get("/fora/").status_code == 302


def test_signing_in_keeps_the_address_and_never_the_password(client, coach):
    page = sign_in(client, coach.email, "niet dit wachtwoord").content.decode()

    assert coach.email in page
    assert "niet dit wachtwoord" not in page


def test_empty_fields_are_told_at_the_field(client):
    page = sign_in(client, "", "").content.decode()

    assert page.count('<div class="error" id="id_login_error"><p>Vul dit veld in.</p></div>') == 1
    assert page.count('<div class="error" id="id_password_error"><p>Vul dit veld in.</p></div>') == 1


def test_after_five_wrong_passwords_an_address_waits(client, coach):
    for _ in range(5):
        sign_in(client, coach.email, "niet dit wachtwoord")

    response = sign_in(client, coach.email)

    assert "Te veel pogingen. Wacht 5 minuten en probeer opnieuw." in response.content.decode()


def test_too_many_questions_get_a_page_of_ours(client):
    answers = [client.post(FORGOTTEN, {"email": "niemand@programma.example"}) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 302, 302, 429]
    assert "Even geduld" in answers[-1].content.decode()


def test_signing_out_is_a_post_and_says_so(coach_client):
    assert coach_client.get(SIGN_OUT).status_code == 405

    page = coach_client.post(SIGN_OUT, follow=True)

    assert page.request["PATH_INFO"] == SIGN_IN
    assert "U bent afgemeld." in page.content.decode()
    assert coach_client.get("/fora/").status_code == 302


def test_a_new_password_replaces_the_old_one(client, coach):
    link = ask_link(client, coach.email.upper())
    form = client.get(link, follow=True)

    done = client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert (done.status_code, done["Location"]) == (302, "/wachtwoord/gewijzigd/")
    assert client.get(done["Location"]).status_code == 200
    coach.refresh_from_db()
    assert (coach.check_password(NEW_PASSWORD), coach.check_password(factories.PASSWORD)) == (True, False)


def test_the_mail_is_formal_and_says_how_long_the_link_works(client, coach):
    ask_link(client, coach.email)
    [message] = mail.outbox

    assert (message.subject, message.to) == ("Nieuw wachtwoord voor Regiospiegel", [coach.email])
    assert message.body.startswith("Beste Begeleider Noord,\n\nU vroeg een nieuw wachtwoord aan.")
    assert "De link werkt 60 minuten en één keer." in message.body
    assert message.body.endswith("omdat u een account hebt bij Regiospiegel.\n")


def test_the_owner_hears_that_the_password_changed(client, coach):
    form = client.get(ask_link(client, coach.email), follow=True)
    mail.outbox.clear()

    client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert [(m.subject, m.to) for m in mail.outbox] == [
        ("Uw account voor Regiospiegel is gewijzigd", [coach.email])
    ]


def test_a_link_works_once(client, coach):
    link = ask_link(client, coach.email)
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    page = Client().get(link, follow=True)

    assert "<h1>Deze link werkt niet meer</h1>" in page.content.decode()


def test_the_link_names_the_installation_whatever_host_was_asked(coach, settings):
    settings.ALLOWED_HOSTS = ["*"]

    assert ask_link(Client(HTTP_HOST="elders.example"), coach.email) is not None


@pytest.mark.parametrize("case", ["unknown", "inactive", "demo account outside the demo"])
def test_who_could_not_sign_in_gets_no_link_and_the_same_page(client, settings, case):
    coach = factories.make_coach(is_active=case != "inactive", is_demo=case.startswith("demo"))
    settings.DEMO = not case.startswith("demo")

    assert ask_link(client, "niemand@programma.example" if case == "unknown" else coach.email) is None


def test_a_mail_server_that_is_down_does_not_tell_who_is_known(client, coach, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    assert ask_link(client, coach.email) is None


@pytest.mark.parametrize(
    "first, second, field, error",
    [
        ("kort", "kort", "password1", "Kies minstens 12 tekens."),
        ("1qaz2wsx3edc", "1qaz2wsx3edc", "password1", "Dit wachtwoord is te gemakkelijk te raden."),
        ("begeleider.noord", "begeleider.noord", "password1", "lijkt te veel op uw naam of e-mailadres."),
        (NEW_PASSWORD, "iets anders", "password2", "De twee wachtwoorden zijn niet gelijk."),
        ("", "", "password1", "Vul dit veld in."),
    ],
)
def test_a_password_that_will_not_do_is_told_formally(client, coach, first, second, field, error):
    form = client.get(ask_link(client, coach.email), follow=True)

    response = client.post(form.request["PATH_INFO"], {"password1": first, "password2": second})

    assert error in str(response.context["form"].errors[field])
    coach.refresh_from_db()
    assert coach.check_password(factories.PASSWORD)


@pytest.mark.parametrize("path", [SIGN_IN, FORGOTTEN, "/wachtwoord/verstuurd/", "/wachtwoord/0-0/"])
def test_account_pages_speak_both_languages_and_are_not_kept(client, db, path):
    dutch = client.get(path)
    client.cookies["taal"] = "en"
    english = client.get(path)

    assert dutch.status_code == english.status_code == 200
    assert '<html lang="nl"' in dutch.content.decode()
    assert '<html lang="en"' in english.content.decode()
    assert "no-store" in dutch["Cache-Control"]


def test_nobody_signs_up(client, db):
    client.post(SIGN_IN, {"email": "x@y.example", "password1": NEW_PASSWORD})

    assert User.objects.count() == 0
    assert reverse("account_login") == SIGN_IN
