"""A report from the coach to the members and back, in real Chromium and over real SMTP."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from assessment.models import Action, IssuedFile
from tests import factories
from tests.assessment.mail_servers import start
from tests.browser.fixtures import PHONE
from tests.reports.sharing.cast import share as share_at_once
from tests.test_journey import Mailbox, body_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    mailbox = Mailbox()
    server = start(mailbox)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
    yield mailbox
    server.stop()


def downloaded(page: "Page") -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("pdf", re.I)).first.click()
    return download.value.path().read_bytes()


def test_a_report_is_shared_read_updated_and_taken_back(
    visitors, barriers, mailbox, coach, closed_round, address
):
    desk = visitors.arrive(account=coach)
    share(desk, address)
    path = the_mails_have_one_link(mailbox)

    phone, laptop = visitors.arrive(size=PHONE), visitors.arrive(language="en")
    phone.goto(path)
    phone.get_by_text("Fijn dat u dit leest.").wait_for()
    assert "Stemmen uit het forum" not in phone.locator("#contents + ol").text_content()
    laptop.goto(path)
    laptop.get_by_role("heading", name="Report of the Burgemeestersoverleg Noordrand").wait_for()
    assert barriers(phone) == barriers(laptop) == []
    phone.get_by_role("button", name="In English").click()
    phone.get_by_role("heading", name="Report of the Burgemeestersoverleg Noordrand").wait_for()
    assert downloaded(phone) == downloaded(laptop)
    assert IssuedFile.objects.count() == 1

    Action.objects.update(what="Een netwerkteam samenstellen")
    laptop.reload()
    assert "Een netwerkteam samenstellen" not in laptop.locator("main").text_content()
    update(desk, address)
    laptop.reload()
    assert "Een netwerkteam samenstellen" in laptop.locator("main").text_content()
    assert len(mailbox.messages) == 8

    invitation = factories.invitations_of(closed_round)[0]
    member = visitors.arrive()
    member.goto(f"/vragenlijst/{invitation.token}/")
    member.get_by_role("link", name="Forumrapport lezen").click()
    member.get_by_role("heading", name="Rapport van het Burgemeestersoverleg Noordrand").wait_for()
    take_back(desk, address)
    assert laptop.reload().status == 404
    member.goto(f"/vragenlijst/{invitation.token}/")
    assert member.get_by_role("link", name="Forumrapport lezen").count() == 0


def test_table_beside_a_chart_is_closed_on_a_screen_and_printed_without_a_script(visitors, closed_round):
    phone = visitors.arrive(size=PHONE, scripts=False)
    phone.goto(f"/rapport/{share_at_once(closed_round).token}/")
    table = phone.locator("#profile ~ details.aside table").first

    seen = [table.evaluate("it => it.checkVisibility()")]
    phone.emulate_media(media="print")
    seen.append(table.evaluate("it => it.checkVisibility()"))

    assert seen == [False, True]


def share(desk: "Page", address) -> None:
    desk.goto(address("result"))
    desk.get_by_role("link", name="Rapport delen met de leden").click()
    desk.get_by_label("Stemmen uit het forum").uncheck()
    desk.get_by_label("Woord van de begeleider").fill("Fijn dat u dit leest.\n\nTot in mei.")
    desk.get_by_role("button", name="Bewaren en nakijken").click()
    desk.get_by_text("8 leden krijgen een mail met een link naar het rapport.").wait_for()
    desk.get_by_text("Fijn dat u dit leest.").wait_for()
    desk.get_by_role("button", name="Rapport delen met de leden").last.click()
    desk.get_by_text("Het rapport is gedeeld met de leden.").wait_for()


def the_mails_have_one_link(mailbox) -> str:
    bodies = [body_of(message) for message in mailbox.messages]
    [path] = {re.search(r"/rapport/[\w-]{22}/", body)[0] for body in bodies}
    assert len(bodies) == 8
    return path


def update(desk: "Page", address) -> None:
    desk.goto(address("share"))
    desk.get_by_text("Intussen wijzigde er iets").wait_for()
    desk.get_by_role("button", name="Bewaren en nakijken").click()
    desk.get_by_role("button", name="Gedeeld rapport bijwerken").click()
    desk.get_by_text("Het gedeelde rapport is bijgewerkt.").wait_for()


def take_back(desk: "Page", address) -> None:
    desk.get_by_role("link", name="Niet meer delen").click()
    desk.get_by_role("button", name="Niet meer delen").click()
    desk.get_by_text("Het rapport wordt niet meer gedeeld.").wait_for()
