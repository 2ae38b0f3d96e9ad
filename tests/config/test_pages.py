"""Pages without records."""

import pytest
from django.urls import reverse

from config import statements
from tests import factories

PAGES = ("start", "privacy", "accessibility", "cookies", "help")
LANGUAGES = ("nl", "en")
pytestmark = pytest.mark.django_db


@pytest.fixture
def configured(settings):
    """An organisation that filled everything in."""
    for setting in statements.FILLED_IN_BY_ORGANISATION.values():
        setattr(settings, setting, f"<{setting}>")
    settings.COMPLAINTS_BODY = settings.COMPLAINTS_URL = "<COMPLAINTS>"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_speaks_the_chosen_language(client, settings, name, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    response = client.get(reverse(name))

    assert response.status_code == 200
    assert response.headers["Content-Language"] == language
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_page_is_not_a_form_for_cookies(client, name):
    """Who only reads receives the cookie of the language form, and no session."""
    client.get(reverse(name))

    assert set(client.cookies) <= {"formulier"}


def test_start_page_tells_the_minutes_of_the_questionnaire_in_use(client, version):
    content = client.get(reverse("start")).content.decode()

    assert f"ongeveer {version.content.instrument.estimated_minutes} minuten" in content


def test_start_page_stands_before_any_questionnaire_is_loaded(client):
    assert "ongeveer 10 minuten" in client.get(reverse("start")).content.decode()


def test_unconfigured_privacy_notice_says_what_is_still_missing(client):
    content = client.get(reverse("privacy")).content.decode()

    assert content.count("nog in te vullen") == 10
    assert "Deze verklaring is nog niet volledig" in content


def test_configured_privacy_notice_has_no_gap_and_escapes_its_values(client, configured):
    content = client.get(reverse("privacy")).content.decode()

    assert "nog in te vullen" not in content
    assert "nog niet volledig" not in content
    assert "&lt;CONTROLLER&gt;" in content
    assert "<CONTROLLER>" not in content


def test_privacy_notice_gives_the_periods_of_the_settings(client, settings):
    settings.KEEP_MONTHS = {"members": 1, "mails": 3, "responses": 24, "results": 120, "trail": 18}
    settings.KEEP_DAYS = {"logs": 30, "backups": 1}

    content = client.get(reverse("privacy")).content.decode()

    for line in (
        "Gegevens van leden en uitnodigingen: 1 maand na het vertrek van het lid",
        "Antwoorden zonder naam: 2 jaar na het sluiten van de ronde.",
        "Vastgelegde resultaten en rapporten: 10 jaar na het sluiten van de ronde.",
        "Lijst van verstuurde mails, zonder inhoud: 3 maanden na het sluiten van de ronde.",
        "Logboek van begeleiders en programmabeheerders: 18 maanden.",
        "Technische gegevens: 30 dagen.",
        "Versleutelde back-ups: 1 dag.",
    ):
        assert f"<li>{line}" in content


def test_cookie_page_names_the_cookies_that_the_site_sets(client, settings):
    content = client.get(reverse("cookies")).content.decode()

    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME):
        assert f'<th scope="row">{name}</th>' in content


def test_no_page_speaks_of_an_organisation_that_was_not_named(client, settings):
    assert "VVSG" not in client.get(reverse("start")).content.decode()

    settings.ORGANISATION_NAME = "VVSG"

    assert "Een instrument van VVSG" in client.get(reverse("start")).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_form_remembers_the_choice_and_returns_to_the_page(client, language):
    response = client.post(reverse("set_language"), {"language": language, "next": "/hulp/"})

    assert (response.status_code, response.url) == (302, "/hulp/")
    assert client.cookies["taal"].value == language


def test_language_form_comes_back_to_what_was_chosen_on_the_page(client):
    page = client.get("/hulp/?voor=council&gemeente=287").content.decode()

    assert '<input type="hidden" name="next" value="/hulp/?voor=council&amp;gemeente=287">' in page


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:0", ""])
def test_language_form_never_leads_to_another_site(client, target):
    assert client.post(reverse("set_language"), {"language": "en", "next": target}).url == "/"


def test_language_form_ignores_a_language_that_does_not_exist(client):
    client.post(reverse("set_language"), {"language": "fr", "next": "/"})

    assert "taal" not in client.cookies


def test_browser_language_decides_nothing(client):
    response = client.get(reverse("start"), headers={"accept-language": "en"})

    assert response.headers["Content-Language"] == "nl"


def test_health_check_names_the_version(client, settings):
    assert client.get("/-/health").json() == {"status": "ok", "version": settings.SOFTWARE_VERSION}


def test_get_of_the_language_form_is_refused(client):
    assert client.get(reverse("set_language")).status_code == 405


def test_cast_stands(open_round):
    """The factories give what their docstrings promise."""
    invitation = factories.invitations_of(open_round)[0]
    draft = factories.fill_in(invitation, value=lambda code: None if code == "VIS1" else 2)

    assert invitation.member.email == "burgemeester.aldervoorde@forum.example"
    assert draft.answers.filter(kind="statement").count() == 32
