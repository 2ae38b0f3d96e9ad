"""The desk in real Chromium: nothing bars anybody, and a coach gets from a new member to a closed round by keyboard."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from assessment.actions.closing import close_round
from assessment.models import Member, Round
from tests import factories
from tests.assessment.coaching.test_forums import submit
from tests.browser.fixtures import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page, user) -> None:
    page.goto("/aanmelden/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label(
        "Wachtwoord" if "nl" in page.locator("html").get_attribute("lang") else "Password"
    ).fill(factories.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/fora/")


def desk_paths(forum) -> list[str]:
    """Every page of the desk, with the round in the state that the page is for."""
    member = forum.members.order_by("pk").first()
    home, person = f"/fora/{forum.slug}/", f"/fora/{forum.slug}/leden/{member.pk}/"
    rounds = {round.state: f"{home}rondes/{round.pk}/" for round in forum.rounds.all()}
    paths = ["/fora/", home, f"{home}leden/toevoegen/", person, f"{person}vervangen/", f"{person}beeindigen/"]
    paths += [f"{home}rondes/plannen/", rounds["closed"]]
    paths += [rounds["planned"] + page for page in ("", "wijzigen/", "voorbeeld/", "openen/", "annuleren/")]
    paths += [rounds["open"] + page for page in ("", "uitstellen/", "sluiten/")]
    return [*paths, "/demo/mails/"]


@pytest.fixture
def busy_forum(forum):
    """A closed, an open and a planned round; a mail that failed, an empty seat, somebody not invited yet."""
    closed = factories.make_answered_round(forum=forum)
    close_round(round=closed, is_silent=True)
    Round.objects.update(opens_on=timezone.localdate() - datetime.timedelta(days=30))
    opened = factories.make_open_round(forum=forum, kind=Round.Kind.INTERIM)
    submit(opened, 3)
    opened.invitations.filter(member=forum.members.last()).update(mail_state="failed", mail_reason="refused")
    factories.make_round(forum=forum, kind=Round.Kind.FINAL, opens_in=60, closes_in=80, message="Graag.")
    factories.make_seat(forum=forum, organisation="Huis van de streek")
    factories.make_member(seat=forum.seats.first(), function="schepen")
    return forum


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_desk_bars_nobody(visitors, barriers_on_both_screens, coach, busy_forum, language):
    page = visitors.arrive(size=PHONE, language=language)
    signed_out = ("/aanmelden/", "/wachtwoord/vergeten/")
    found = {path: _barriers_on(page, path, barriers_on_both_screens) for path in signed_out}
    sign_in(page, coach)

    found |= {path: _barriers_on(page, path, barriers_on_both_screens) for path in desk_paths(busy_forum)}

    assert {path: faults for path, faults in found.items() if faults} == {}


def _barriers_on(page, path: str, barriers) -> list[str]:
    assert page.goto(path).status == 200, path
    assert page.locator("h1").count() == 1, path
    return barriers(page)


def test_a_form_with_errors_bars_nobody(visitors, barriers, coach, forum):
    page = visitors.arrive(size=PHONE)
    sign_in(page, coach)
    page.goto(f"/fora/{forum.slug}/leden/toevoegen/")

    page.get_by_role("button", name="Toevoegen").click()

    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.name") == "name"
    assert barriers(page) == []


def tab_to(page, name: str) -> None:
    """Go to a button or link by keyboard alone."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == name:
            return
    raise AssertionError(f"no way to {name!r} by keyboard")


def go(page, name: str) -> None:
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_coach_runs_a_round_without_scripts_and_without_a_mouse(visitors, coach, version):
    forum = factories.make_forum(coaches=[coach], municipalities=5)
    page = visitors.arrive(size=PHONE, scripts=False)
    sign_in(page, coach)

    go(page, "Burgemeestersoverleg Noordrand")
    go(page, "Lid toevoegen")
    page.get_by_label("Voornaam en naam").focus()
    page.keyboard.type("coördinator van de streek")
    page.keyboard.press("Tab")
    page.keyboard.type("coordinator@streek.example")
    tab_to(page, "Zetel toevoegen")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Huis van de streek")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/fora/{forum.slug}/")
    assert str(Member.objects.get(email="coordinator@streek.example").seat) == "Huis van de streek"

    go(page, "Ronde plannen")
    go(page, "Ronde plannen")
    go(page, "Nu openen")
    go(page, "Ronde openen en uitnodigen")
    page.get_by_text("De ronde is open.").wait_for()
    round = Round.objects.get()
    assert (round.state, len(mail.outbox)) == ("open", 6)

    submit(round, 5)
    page.reload()
    go(page, "Ronde sluiten")
    page.get_by_label("Typ de naam van het forum").focus()
    page.keyboard.type(forum.name)
    page.keyboard.press("Enter")
    page.get_by_text("De ronde is gesloten en het resultaat is vastgelegd.").wait_for()


def test_the_desk_needs_no_scripts(visitors, coach, forum, version):
    page = visitors.arrive(scripts=False)
    sign_in(page, coach)
    page.goto(f"/fora/{forum.slug}/rondes/plannen/")
    page.get_by_label("Opent op").fill("morgen")
    page.get_by_role("button", name="Voorbeeld van de mail bekijken").click()

    assert page.get_by_label("Opent op").input_value() == "morgen"

    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    page.get_by_label("Opent op").fill(f"{tomorrow:%d/%m/%Y}")
    page.get_by_role("button", name="Voorbeeld van de mail bekijken").click()
    page.get_by_role("heading", name="Voorbeeld van de uitnodiging").wait_for()
    page.get_by_role("button", name="Ronde plannen").click()

    page.get_by_text("De ronde is gepland.").wait_for()
    assert Round.objects.get().opens_on == tomorrow


def test_a_coach_imports_members_without_scripts_and_without_a_mouse(visitors, coach, forum):
    page = visitors.arrive(size=PHONE, scripts=False)
    sign_in(page, coach)
    go(page, "Burgemeestersoverleg Noordrand")
    go(page, "Leden importeren")

    page.get_by_label("Of plak hier uw lijst").focus()
    page.keyboard.insert_text(
        "Naam\tMail\tZetel\nschepen van cultuur\tcultuur@forum.example\tHuis van de streek\n"
    )
    go(page, "Lijst nakijken")
    page.get_by_label("Een organisatie met de naam Huis van de streek").focus()
    page.keyboard.press("Space")
    go(page, "Keuzes nakijken")
    assert Member.objects.count() == 8
    go(page, "Wijzigingen doorvoeren")

    page.get_by_text("De ledenlijst is bijgewerkt.").wait_for()
    assert str(Member.objects.get(email="cultuur@forum.example").seat) == "Huis van de streek"
