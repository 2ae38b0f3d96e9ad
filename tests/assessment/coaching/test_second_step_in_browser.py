"""The second step in real Chromium: app, passkey and codes, with the keyboard, in both languages, on both screens."""

import re

import pytest

from tests import factories
from tests.assessment.coaching.identity_provider import identity_provider, offer
from tests.assessment.coaching.second_steps import code_of, make_app
from tests.browser.fixtures import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def give_password(page, user) -> None:
    page.goto("/aanmelden/")
    page.locator("#id_login").fill(user.email)
    page.locator("#id_password").fill(factories.PASSWORD)
    page.keyboard.press("Enter")


def give_code(page, code: str) -> None:
    page.locator("#id_code").fill(code)
    page.keyboard.press("Enter")


def plug_in_passkey(page) -> None:
    """A device with a fingerprint reader on which the right finger always lies."""
    client = page.context.new_cdp_session(page)
    client.send("WebAuthn.enable")
    client.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


@pytest.mark.parametrize("scripts", [True, False])
def test_a_coach_sets_an_app_up_and_signs_in_with_it(visitors, settings, coach, scripts):
    settings.MFA_REQUIRED = True
    page = visitors.arrive(size=PHONE, scripts=scripts)
    give_password(page, coach)
    page.get_by_text("U hebt nog geen tweede stap.").wait_for()

    page.get_by_role("link", name="App instellen").click()
    secret = page.locator("code.secret").inner_text()
    give_code(page, code_of(secret))
    page.get_by_role("heading", name="Bewaar uw reservecodes").wait_for()
    codes = page.locator(".codes code").all_inner_texts()
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    page.get_by_role("button", name="Afmelden").click()

    give_password(page, coach)
    page.wait_for_url("**/aanmelden/tweede-stap/")
    give_code(page, "000000")
    page.get_by_text("Deze code klopt niet of is verlopen.").first.wait_for()
    give_code(page, codes[0])
    page.wait_for_url("**/fora/")


def test_a_passkey_is_added_and_signs_in_with_and_without_a_password(visitors, settings, coach):
    settings.MFA_REQUIRED = True
    page = visitors.arrive()
    plug_in_passkey(page)
    give_password(page, coach)
    page.get_by_role("link", name="Passkey toevoegen").click()
    page.get_by_label("Naam voor deze passkey").fill("Laptop van het werk")
    page.get_by_role("button", name="Passkey toevoegen").click()
    page.get_by_role("heading", name="Bewaar uw reservecodes").wait_for()
    page.goto("/account/tweede-stap/")
    page.get_by_text("Laptop van het werk").first.wait_for()

    page.get_by_role("button", name="Afmelden").click()
    give_password(page, coach)
    page.get_by_text("Gebruik uw passkey.").wait_for()
    assert page.locator("main button.btn").all_inner_texts() == ["Passkey gebruiken", "Aanmelden"]
    page.get_by_label("Reservecode").wait_for()
    page.get_by_role("button", name="Passkey gebruiken").click()
    page.wait_for_url("**/fora/")

    page.get_by_role("button", name="Afmelden").click()
    page.get_by_role("button", name="Aanmelden met een passkey").click()
    page.wait_for_url("**/fora/")

    page.get_by_role("button", name="Afmelden").click()
    type(coach).objects.filter(pk=coach.pk).update(is_active=False)
    page.get_by_role("button", name="Aanmelden met een passkey").click()
    page.get_by_text("E-mailadres of wachtwoord klopt niet.").wait_for()


def test_a_passkey_confirms_and_only_a_second_one_lets_the_first_go(visitors, settings, coach):
    settings.MFA_REQUIRED, settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = True, 300
    page = visitors.arrive()
    plug_in_passkey(page)
    give_password(page, coach)
    page.get_by_role("link", name="Passkey toevoegen").click()
    page.get_by_role("button", name="Passkey toevoegen").click()
    page.get_by_role("heading", name="Bewaar uw reservecodes").wait_for()

    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    page.goto("/account/tweede-stap/reservecodes/")
    page.wait_for_url("**/aanmelden/bevestigen/passkey/**")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    page.get_by_role("button", name="Passkey gebruiken").click()
    page.get_by_role("heading", name="Bewaar uw reservecodes").wait_for()

    page.goto("/account/tweede-stap/")
    page.locator("a[href$='/verwijderen/']", has_text="Passkey 1").click()
    page.get_by_role("button", name="Passkey verwijderen").click()
    page.get_by_text("Dit is uw laatste tweede stap.").wait_for()


def test_a_browser_without_a_passkey_says_so(visitors, coach):
    page = visitors.arrive()
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('none'))")
    page.goto("/aanmelden/")

    page.get_by_role("button", name="Aanmelden met een passkey").click()

    page.get_by_text("Uw browser gaf geen passkey.").wait_for()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_of_the_account_bar_nobody(visitors, barriers_on_both_screens, coach, language):
    page = visitors.arrive(size=PHONE, language=language)
    plug_in_passkey(page)
    found = []

    def look(path: str | None = None) -> None:
        if path is not None:
            page.goto(path)
        assert page.locator("h1").count() == 1, page.url
        found.extend(f"{page.url}: {fault}" for fault in barriers_on_both_screens(page))

    give_password(page, coach)
    page.wait_for_url("**/fora/")
    for path in (
        "/account/",
        "/account/wachtwoord/",
        "/account/tweede-stap/",
        "/account/tweede-stap/passkey/",
    ):
        look(path)
    page.locator("form.passkey button").click()
    page.wait_for_url("**/reservecodes/")
    look()
    look("/account/tweede-stap/app/")
    give_code(page, "1")
    page.wait_for_selector(".summary")
    look()
    give_code(page, code_of(page.locator("code.secret").inner_text()))
    page.wait_for_url("**/account/tweede-stap/")
    look()
    look("/account/tweede-stap/app/verwijderen/")
    page.goto("/account/tweede-stap/")
    page.locator("a[href*='/passkey/'][href$='/verwijderen/']").click()
    look()
    for path in ("/aanmelden/bevestigen/code/", "/aanmelden/bevestigen/passkey/"):
        look(path)
    page.locator("form[action='/afmelden/'] button").click()
    give_password(page, coach)
    page.wait_for_url("**/tweede-stap/")
    look()

    assert found == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_of_the_users_bar_nobody(visitors, barriers_on_both_screens, coach, forum, language):
    manager = factories.make_programme_manager()
    make_app(coach)
    ended = factories.make_coach("vroeger@programma.example", name="Begeleider Vroeger", is_active=False)
    invited = factories.make_coach("nieuw@programma.example", name="Begeleider Nieuw")
    invited.set_unusable_password()
    invited.save()
    page = visitors.arrive(size=PHONE, language=language)
    give_password(page, manager)
    page.wait_for_url("**/fora/")
    found = []
    users = "/beheer/gebruikers/"
    paths = [users, f"{users}?zoek=niemand", f"{users}uitnodigen/"]
    paths += [f"{users}{each.pk}/" for each in (manager, coach, ended, invited)]
    paths += [f"{users}{coach.pk}/{page_}/" for page_ in ("toegang-stopzetten", "tweede-stap")]
    paths += ["/aanmelden/bevestigen/", f"/welkom/{invited.activation_token}/", "/welkom/x/"]

    for path in paths:
        page.goto(path)
        assert page.locator("h1").count() == 1, path
        found.extend(f"{path}: {fault}" for fault in barriers_on_both_screens(page))
    page.goto(f"{users}uitnodigen/")
    page.locator("main form button.btn").click()
    page.wait_for_selector(".summary")
    found.extend(barriers_on_both_screens(page))

    assert found == []


def test_the_policy_lets_the_form_lead_to_the_provider_and_back(visitors, settings, coach):
    with identity_provider() as provider:
        offer(settings, provider)
        provider.claims = {"email": coach.email, "email_verified": True}
        page = visitors.arrive()
        page.goto("/aanmelden/")

        page.get_by_role("button", name="Aanmelden met Organisatie").click()
        page.wait_for_url("**/fora/")

        # The provider is another host on purpose, and the only one.
        assert all(re.search(re.escape(provider.issuer), fault) for fault in visitors.faults)
        visitors.faults.clear()


def test_a_manager_takes_a_lost_second_step_out(visitors, coach):
    manager = factories.make_programme_manager()
    make_app(coach)
    page = visitors.arrive()
    give_password(page, manager)
    page.get_by_role("link", name="Gebruikers").click()
    page.get_by_role("link", name="Begeleider Noord").click()
    page.get_by_role("link", name="Tweede stap opnieuw instellen").click()
    page.get_by_role("button", name="Tweede stap opnieuw instellen").click()
    page.get_by_text("Begeleider Noord kan een nieuwe tweede stap instellen.").wait_for()

    other = visitors.arrive()
    give_password(other, coach)
    other.wait_for_url("**/fora/")
