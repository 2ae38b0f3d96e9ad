"""Signing in at the organisation's own provider, against a provider that checks what a strict one checks."""

import hashlib
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from assessment.actions import accounts
from assessment.models import User
from tests import factories
from tests.assessment.coaching.identity_provider import IdentityProvider, identity_provider, offer
from tests.assessment.coaching.second_steps import code_of, make_app
from tests.config.test_settings import INSTALLATION, settings_with

BEGIN = "/aanmelden/organisatie/"
UNKNOWN = "Er is geen account met uw e-mailadres"
TAKEN = "Dit account hoort al bij iemand anders van uw organisatie."
FAILED = "Aanmelden via uw organisatie lukte niet."


@pytest.fixture
def provider(settings) -> Iterator[IdentityProvider]:
    with identity_provider() as running:
        offer(settings, running)
        yield running


def knows(provider: IdentityProvider, email: str, **claims: object) -> None:
    provider.claims = {"email": email, "email_verified": True} | claims


def sign_in(client: Client, **fields: str):
    """By way of the provider, as a browser goes: to it, and back."""
    away = client.post(BEGIN, fields)
    back = requests.get(away["Location"], allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back.removeprefix("http://localhost:8000"))


def test_a_coach_signs_in_with_the_address_that_the_provider_verified(provider, client, coach):
    knows(provider, coach.email.upper())

    response = sign_in(client)

    assert (response.status_code, response["Location"]) == (302, "/fora/")
    assert client.get("/fora/").status_code == 200
    assert (provider.refused, provider.userinfo_calls) == ([], 0)


def test_signing_in_leads_back_to_the_page_that_asked_and_never_to_another_site(provider, coach):
    knows(provider, coach.email)

    assert sign_in(Client(), next="/account/")["Location"] == "/account/"
    assert sign_in(Client(), next="https://elders.example/")["Location"] == "/fora/"


def test_the_way_to_the_provider_carries_a_challenge_and_our_own_address(provider, client, db):
    asked = parse_qs(urlsplit(client.post(BEGIN, headers={"Host": "localhost"})["Location"]).query)

    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://localhost:8000/aanmelden/organisatie/terug/"]


@pytest.mark.parametrize(
    "case", ["unknown", "not verified", "verified in words", "inactive", "demo account outside the demo"]
)
def test_who_has_no_account_with_a_verified_address_stays_out(provider, client, db, settings, case):
    coach = factories.make_coach(is_active=case != "inactive", is_demo=case.startswith("demo"))
    settings.DEMO = not case.startswith("demo")
    knows(provider, "niemand@programma.example" if case == "unknown" else coach.email)
    provider.claims["email_verified"] = {"not verified": False, "verified in words": "yes"}.get(case, True)

    page = client.get(sign_in(client)["Location"])

    assert UNKNOWN in page.content.decode()
    assert client.get("/fora/").status_code == 302
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "case", ["another key", "another audience", "another issuer", "expired", "no token", "answers nonsense"]
)
def test_a_token_that_is_not_the_providers_opens_nothing(provider, client, coach, case, monkeypatch):
    knows(provider, coach.email)
    if case == "another key":
        provider.signs_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    if case == "no token":
        monkeypatch.setattr(provider, "tokens", lambda *_: {"access_token": "x", "token_type": "Bearer"})
    if case == "answers nonsense":
        monkeypatch.setattr(provider, "tokens", lambda *_: {"access_token": "x", "id_token": "x"})
    wrong = {"another audience": {"aud": "x"}, "another issuer": {"iss": "x"}, "expired": {"exp": 1}}
    provider.claims |= wrong.get(case, {})

    page = client.get(sign_in(client)["Location"])

    assert FAILED in page.content.decode()
    assert client.get("/fora/").status_code == 302
    assert provider.userinfo_calls == 0


def test_a_code_belongs_to_the_browser_that_asked_for_it(provider, client, coach):
    """Somebody who sends their own way back to another leads nowhere."""
    knows(provider, coach.email)
    away = client.post(BEGIN)["Location"]
    back = requests.get(away, allow_redirects=False, timeout=5).headers["Location"]

    other = Client()
    page = other.get(other.get(back.removeprefix("http://localhost:8000"))["Location"])

    assert FAILED in page.content.decode()
    assert other.get("/fora/").status_code == 302


def test_a_provider_that_is_down_gets_a_sentence(client, db, settings, caplog):
    with identity_provider() as gone:
        offer(settings, gone)

    page = client.post(BEGIN, follow=True)

    assert FAILED in page.content.decode()
    assert "signing in elsewhere failed: ConnectionError" in caplog.text


def test_of_what_the_provider_tells_only_a_digest_is_stored(provider, client, coach):
    knows(provider, coach.email, sub="begeleider-1", name="Iemand")

    sign_in(client)

    [account] = SocialAccount.objects.all()
    digest = hashlib.sha256(f"{provider.issuer} begeleider-1".encode()).hexdigest()
    assert (account.user, account.uid, account.extra_data) == (coach, digest, {})
    assert SocialToken.objects.count() == 0
    coach.refresh_from_db()
    assert coach.check_password(factories.PASSWORD)


def test_after_the_first_time_the_address_no_longer_counts(provider, coach):
    knows(provider, coach.email, sub="1")
    sign_in(Client())
    knows(provider, "andere.naam@programma.example", sub="1")
    client = Client()

    sign_in(client)

    assert client.get("/account/").context["user"] == coach
    assert SocialAccount.objects.count() == 1


def test_somebody_who_got_the_address_later_gets_no_account_with_it(provider, coach):
    knows(provider, coach.email, sub="1")
    sign_in(Client())
    knows(provider, coach.email, sub="2")
    client = Client()

    page = client.get(sign_in(client)["Location"])

    assert TAKEN in page.content.decode()
    assert client.get("/fora/").status_code == 302


def test_the_same_sub_of_another_issuer_is_somebody_else(provider, settings, coach):
    knows(provider, coach.email, sub="1")
    sign_in(Client())
    with identity_provider() as other:
        offer(settings, other)
        knows(other, "niemand@programma.example", sub="1")
        page = (client := Client()).get(sign_in(client)["Location"])

    assert UNKNOWN in page.content.decode()


def test_ending_access_ends_the_tie_and_giving_it_back_begins_anew(provider, coach):
    knows(provider, coach.email, sub="1")
    sign_in(Client())

    accounts.end_access(user=coach, by=factories.make_programme_manager())
    assert UNKNOWN in (client := Client()).get(sign_in(client)["Location"]).content.decode()
    accounts.restore_access(user=coach)
    knows(provider, coach.email, sub="2")

    assert sign_in(Client())["Location"] == "/fora/"


def test_another_address_is_recognised_once_more(provider, coach):
    knows(provider, coach.email, sub="1")
    sign_in(Client())
    accounts.change_account(
        user=coach,
        by=factories.make_programme_manager(),
        name=coach.name,
        email="nieuw@programma.example",
        phone="",
        kind=coach.kind,
        forums=[],
    )
    knows(provider, "nieuw@programma.example", sub="2")

    assert sign_in(Client())["Location"] == "/fora/"


def test_an_account_is_tied_only_after_its_second_step(provider, client, coach):
    secret = make_app(coach)
    knows(provider, coach.email)

    sign_in(client)
    assert SocialAccount.objects.count() == 0
    client.post("/aanmelden/tweede-stap/", {"code": code_of(secret)})

    assert SocialAccount.objects.get().user == coach


@pytest.mark.parametrize("is_trusted", [True, False])
def test_the_provider_takes_the_place_of_the_second_step_only_by_a_setting(
    provider, client, coach, settings, is_trusted
):
    settings.MFA_REQUIRED, settings.OIDC_SATISFIES_MFA = True, is_trusted
    knows(provider, coach.email)

    sign_in(client)

    assert client.get("/fora/").status_code == (200 if is_trusted else 302)


@pytest.mark.parametrize("is_trusted", [True, False])
def test_a_second_step_that_is_set_up_is_asked_unless_the_provider_is_trusted(
    provider, client, coach, settings, is_trusted
):
    settings.OIDC_SATISFIES_MFA = is_trusted
    make_app(coach)
    knows(provider, coach.email)

    assert sign_in(client)["Location"] == ("/fora/" if is_trusted else "/aanmelden/tweede-stap/")


def test_the_button_is_there_only_with_a_provider(provider, client, db, settings):
    page = client.get("/aanmelden/")
    assert "Aanmelden met Organisatie" in page.content.decode()
    assert f"form-action 'self' {provider.issuer};" in page["Content-Security-Policy"] + ";"

    settings.OIDC_ISSUER = ""

    assert BEGIN not in client.get("/aanmelden/").content.decode()
    assert client.post(BEGIN).status_code == 404
    assert client.get(f"{BEGIN}terug/").status_code == 404


def test_looking_begins_nothing(provider, client, db):
    assert client.get(BEGIN).status_code == 405


def test_without_a_provider_forms_go_nowhere_else():
    found = settings_with(INSTALLATION, "OIDC_ISSUER", "CONTENT_SECURITY_POLICY")

    assert found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"] == ["'self'"]


def test_a_provider_needs_a_client_and_its_secret():
    with pytest.raises(RuntimeError, match="OIDC_CLIENT_ID"):
        settings_with(INSTALLATION | {"OIDC_ISSUER": "https://aanmelden.example"}, "DEMO")
