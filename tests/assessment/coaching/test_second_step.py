"""The second step of signing in: who is asked for it, setting it up, codes for when the phone is lost."""

import re
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from auditlog.models import LogEntry
from django.core import mail
from django.test import Client

from assessment.coaching.forms.second_step import ConfirmCodeForm, SignInCodeForm
from tests import factories
from tests.assessment.coaching.second_steps import code_of, make_app, sign_in_fully

SIGN_IN, STEP = "/aanmelden/", "/aanmelden/tweede-stap/"
OVERVIEW, APP = "/account/tweede-stap/", "/account/tweede-stap/app/"
CODES = "/account/tweede-stap/reservecodes/"
# What follows a change follows its commit: the notice, the trail, the mark in the session.
after_commit = pytest.mark.django_db(transaction=True)
WRONG_CODE = "Deze code klopt niet of is verlopen. Wacht op de volgende code en probeer opnieuw."


def give_password(client: Client, user, **fields: str):
    return client.post(SIGN_IN, {"login": user.email, "password": factories.PASSWORD} | fields)


def set_up_app(client: Client) -> str:
    """Take the key over from the page, as an app does, and prove it. Returns the key."""
    page = client.get(APP).content.decode()
    [secret] = re.findall(r'<code class="secret">(\w+)</code>', page)
    response = client.post(APP, {"code": code_of(secret)})
    assert (response.status_code, response["Location"]) == (302, CODES)
    return secret


def test_a_password_alone_opens_the_desk_where_no_second_step_is_required(client, coach):
    assert give_password(client, coach)["Location"] == "/fora/"
    assert client.get("/fora/").status_code == 200


@after_commit
def test_where_it_is_required_a_newcomer_is_led_to_set_it_up_and_then_let_in(settings, client, coach):
    settings.MFA_REQUIRED = True
    give_password(client, coach)
    assert client.get("/fora/")["Location"] == OVERVIEW

    set_up_app(client)

    assert client.get("/fora/").status_code == 200


def test_whoever_has_a_second_step_is_not_signed_in_before_it(client, coach):
    secret = make_app(coach)

    response = give_password(client, coach, next="/account/")

    assert response["Location"] == STEP
    assert client.get("/fora/")["Location"] == "/aanmelden/?next=/fora/"
    assert client.post(STEP, {"code": code_of(secret)})["Location"] == "/account/"
    assert client.get("/fora/").status_code == 200


@pytest.mark.parametrize("form", [SignInCodeForm, ConfirmCodeForm])
def test_a_code_of_an_app_is_asked_for_where_there_is_an_app(coach, form):
    without = form(user=coach)
    make_app(coach)
    with_app = form(user=coach)

    assert (without.has_app, without.fields["code"].label) == (False, "Reservecode")
    assert (with_app.has_app, with_app.fields["code"].label) == (True, "Code van zes cijfers")


@after_commit
def test_a_session_from_before_the_second_step_has_to_confirm(settings, coach):
    settings.MFA_REQUIRED = True
    earlier, now = Client(), Client()
    give_password(earlier, coach)
    give_password(now, coach)
    secret = set_up_app(now)

    assert earlier.get("/fora/")["Location"] == "/aanmelden/bevestigen/code/?next=/fora/"
    done = earlier.post("/aanmelden/bevestigen/code/?next=/fora/", {"code": code_of(secret, later=1)})
    assert (done["Location"], earlier.get("/fora/").status_code) == ("/fora/", 200)


@pytest.mark.parametrize("code", ["000000", "", "geen code"])
def test_a_wrong_code_is_told_formally(client, coach, code):
    make_app(coach)
    give_password(client, coach)

    response = client.post(STEP, {"code": code})

    assert response.context["form"].errors["code"] == [WRONG_CODE if code else "Vul dit veld in."]
    assert client.get("/fora/").status_code == 302


def test_a_code_works_once(coach):
    secret, code = make_app(coach), None
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client, coach)
    code = code_of(secret)

    first.post(STEP, {"code": code})
    response = second.post(STEP, {"code": code})

    assert response.context["form"].errors["code"] == [WRONG_CODE]


def test_after_five_wrong_codes_an_account_waits(client, coach):
    secret = make_app(coach)
    give_password(client, coach)
    for _ in range(5):
        client.post(STEP, {"code": "000000"})

    response = client.post(STEP, {"code": code_of(secret)})

    assert response.context["form"].errors["code"] == [
        "Te veel pogingen. Wacht 5 minuten en probeer opnieuw."
    ]


def test_a_recovery_code_takes_the_place_of_the_app_once(coach):
    client = Client()
    give_password(client, coach)
    set_up_app(client)
    codes = re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode())
    assert len(codes) == 10

    answers = []
    for _ in range(2):
        other = Client()
        give_password(other, coach)
        answers.append(other.post(STEP, {"code": codes[0]}).status_code)

    assert answers == [302, 200]


def test_new_recovery_codes_end_the_old_ones(client, coach):
    give_password(client, coach)
    set_up_app(client)
    before = re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode())

    response = client.post(CODES)

    after = re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode())
    assert (response.status_code, response["Location"]) == (302, CODES)
    assert (len(after), set(before) & set(after)) == (10, set())


def test_recovery_codes_come_as_a_file_too(client, coach):
    give_password(client, coach)
    set_up_app(client)
    shown = re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode())

    file = client.get(f"{CODES}bestand/")

    assert file["Content-Disposition"] == 'attachment; filename="regiospiegel-reservecodes.txt"'
    assert "no-store" in file["Cache-Control"]
    assert file.content.decode().splitlines()[3:] == shown


def test_without_second_step_there_are_no_codes(client, coach):
    give_password(client, coach)

    assert (client.get(CODES).status_code, client.post(CODES).status_code) == (404, 302)
    assert Authenticator.objects.count() == 0


def test_the_key_is_a_picture_that_needs_no_style(client, coach):
    give_password(client, coach)
    page = client.get(APP).content.decode()

    picture = page[page.index("<svg") : page.index("</svg>")]
    assert "style" not in picture
    assert "<script" not in picture


@after_commit
def test_the_owner_and_the_trail_hear_of_every_change_and_of_no_secret(client, coach):
    give_password(client, coach)
    mail.outbox.clear()

    secret = set_up_app(client)
    client.post(CODES)
    client.post(f"{APP}verwijderen/")

    assert [message.subject for message in mail.outbox] == ["Uw account voor Regiospiegel is gewijzigd"] * 3
    kept = [entry.changes for entry in LogEntry.objects.order_by("pk") if "second_step" in entry.changes]
    assert kept == [
        {"second_step": ["None", "totp"]},
        {"second_step": ["None", "recovery_codes"]},
        {"second_step": ["recovery_codes", "recovery_codes"]},
        {"second_step": ["totp", "None"]},
        {"second_step": ["recovery_codes", "None"]},
    ]
    assert secret not in str(list(LogEntry.objects.values()))


@after_commit
def test_where_it_is_required_the_last_one_stays(settings, client, coach):
    settings.MFA_REQUIRED = True
    give_password(client, coach)
    set_up_app(client)

    page = client.post(f"{APP}verwijderen/").content.decode()

    assert "Dit is uw laatste tweede stap. Stel eerst een andere in." in page
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_after_a_while_a_change_asks_again_who_it_is(client, coach):
    """The password where there is no second step yet, and never the password alone where there is one."""
    client.force_login(coach)
    assert client.get(APP)["Location"] == f"/aanmelden/bevestigen/?next={quote(APP, safe='')}"
    wrong = client.post(f"/aanmelden/bevestigen/?next={APP}", {"password": "niet dit wachtwoord"})
    assert wrong.context["form"].errors["password"] == ["Dit wachtwoord klopt niet."]

    done = client.post(f"/aanmelden/bevestigen/?next={APP}", {"password": factories.PASSWORD})
    assert done["Location"] == APP
    set_up_app(client)

    other = Client()
    other.force_login(coach)
    assert other.get(CODES)["Location"] == f"/aanmelden/bevestigen/code/?next={quote(CODES, safe='')}"
    assert other.get("/aanmelden/bevestigen/")["Location"] == "/aanmelden/bevestigen/code/"


def test_a_new_password_does_not_take_the_second_step_away(client, coach):
    secret = make_app(coach)
    sign_in_fully(client, coach, secret)
    new = "nieuwe lange zin om te onthouden"

    client.post(
        "/account/wachtwoord/", {"oldpassword": factories.PASSWORD, "password1": new, "password2": new}
    )

    response = Client().post(SIGN_IN, {"login": coach.email, "password": new})
    assert response["Location"] == STEP


@pytest.mark.parametrize("path", [OVERVIEW, APP, "/account/tweede-stap/passkey/", "/aanmelden/bevestigen/"])
def test_pages_of_the_second_step_speak_both_languages_and_are_not_kept(client, coach, path):
    give_password(client, coach)
    dutch = client.get(path)
    client.cookies["taal"] = "en"
    english = client.get(path)

    assert dutch.status_code == english.status_code == 200
    assert '<html lang="nl"' in dutch.content.decode()
    assert '<html lang="en"' in english.content.decode()
    assert "no-store" in dutch["Cache-Control"]


@pytest.mark.parametrize(
    "answer", ["", "5", "{}", '{"response": {}}', "geen json", '{"id": null, "response": 1}']
)
@pytest.mark.parametrize("path", ["/aanmelden/passkey/", "/account/tweede-stap/passkey/"])
def test_what_is_no_passkey_is_refused_in_a_sentence(client, coach, path, answer):
    if path.startswith("/account/"):
        give_password(client, coach)
    client.get(path, headers={"Accept": "application/json"})

    page = client.post(path, {"credential": answer}, follow=True).content.decode()

    assert "Deze passkey werkt hier niet." in page
