"""One forum from invitation to report, in real Chromium and over real SMTP, checked by a hand calculation.

A coach plans and invites; eight mayors answer in eight ways; the round closes; page and PDF carry the numbers.
"""

import re
import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from io import BytesIO
from math import floor, sqrt
from statistics import mean, stdev
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller
from pypdf import PdfReader

from assessment.models import Answer, Draft, Response, Round, Snapshot
from tests import factories
from tests.browser.fixtures import PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DIMENSIONS = ["VIS", "VER", "NET", "LOK", "PAR", "MAT", "DOE", "LER"]
# What each mayor answers to every statement of a dimension; the last one withdraws and counts nowhere.
ANSWERS = {
    "Aldervoorde": dict(zip(DIMENSIONS, [4, 4, 2, 5, 2, 3, 3, 3], strict=True)),
    "Beukerzele": dict(zip(DIMENSIONS, [5, 4, 2, 1, 3, 3, 4, 3], strict=True)),
    "Dieplake": dict(zip(DIMENSIONS, [3, 4, 1, 5, 2, 3, 2, 3], strict=True)),
    "Elzendonk": dict(zip(DIMENSIONS, [4, 5, 2, 1, 1, 4, 3, 3], strict=True)),
    "Goormeers": dict(zip(DIMENSIONS, [2, 4, 3, 3, 2, 3, 3, 3], strict=True)),
    "Hazewinkel": dict(zip(DIMENSIONS, [4, 3, 2, 4, 2, 2, 5, 3], strict=True)),
    "Krekelberg": dict(zip(DIMENSIONS, [5, 4, 1, 2, 3, 3, 3, 3], strict=True)),
    "Lindervaart": dict.fromkeys(DIMENSIONS, 1),
}
COUNTING = [place for place in ANSWERS if place != "Lindervaart"]
IMPORTANCE = dict(zip(DIMENSIONS, [4, 3, 5, 4, 2, 2, 4, 1], strict=True))


class Mailbox:
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def handle_DATA(self, server, session, envelope) -> str:
        self.messages.append(message_from_bytes(envelope.content))
        return "250 OK"

    def link_for(self, name: str) -> str:
        """The path of the link in the invitation that greets this person."""
        [body] = [b for m in self.messages if f"Beste {name}," in (b := body_of(m)) and "/vragenlijst/" in b]
        return re.search(r"/vragenlijst/[\w-]+/", body)[0]


def body_of(message: Message) -> str:
    return message.get_payload(decode=True).decode()


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield mailbox
    server.stop()


def test_a_forum_from_invitation_to_report(visitors, mailbox, live_server, settings, barriers):
    settings.BASE_URL = live_server.url
    coach = factories.make_coach(phone="02 000 00 00")
    factories.make_version()
    factories.make_forum(coaches=[coach], municipalities=8)
    desk = sign_in(visitors.arrive())
    plan_and_open(desk)
    assert sorted(m["To"] for m in mailbox.messages) == sorted(
        f"burgemeester.{place.lower()}@forum.example" for place in ANSWERS
    )

    on_a_phone(visitors.arrive(size=PHONE), mailbox, "Aldervoorde", barriers)
    fill_in(visitors.arrive(scripts=False), mailbox, "Beukerzele")
    on_two_devices(visitors, mailbox, "Dieplake")
    changing_after_submitting(visitors.arrive(), mailbox, "Elzendonk")
    for place in ("Goormeers", "Hazewinkel", "Krekelberg"):
        receipt = fill_in(visitors.arrive(), mailbox, place)
    withdrawing(visitors.arrive(), mailbox, "Lindervaart")

    close(desk)
    assert Snapshot.objects.count() == 1
    assert (Draft.objects.count(), Response.objects.count()) == (0, 7)
    assert Answer.objects.filter(kind="statement").count() == 7 * 32
    page_tells_what_was_computed_by_hand(desk)
    pdf_tells_the_same(desk)
    the_receipt_shows_the_own_result(visitors.arrive(size=PHONE), receipt)
    closing_mails_tell_nothing_personal(mailbox)


def sign_in(page: "Page") -> "Page":
    page.goto("/aanmelden/")
    page.get_by_label("E-mailadres").fill("begeleider.noord@programma.example")
    page.get_by_label("Wachtwoord", exact=True).fill(factories.PASSWORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    return page


def plan_and_open(page: "Page") -> None:
    page.get_by_role("link", name="Burgemeestersoverleg Noordrand").first.click()
    page.get_by_role("link", name="Ronde plannen").click()
    page.get_by_label("Uw persoonlijke woord in de uitnodiging").fill("Tot op het volgende overleg.")
    page.get_by_role("button", name="Ronde plannen").click()
    page.get_by_role("link", name="Nu openen").click()
    page.get_by_role("button", name="Ronde openen en uitnodigen").click()
    page.get_by_text("De ronde is open. De uitnodigingen vertrekken nu.").wait_for()


def begin(page: "Page", mailbox: Mailbox, place: str) -> None:
    """From the mail to the first dimension."""
    page.goto(mailbox.link_for(f"burgemeester van {place}"))
    page.get_by_text(f"Deze uitnodiging is voor burgemeester van {place}, {place}.").wait_for()
    page.get_by_role("link", name="Beginnen").click()
    page.get_by_label("Burgemeester", exact=True).check()
    next_page(page)


def next_page(page: "Page") -> None:
    page.get_by_role("button", name="Verder", exact=True).click()


def answer(page: "Page", place: str, dimensions: list[str]) -> None:
    for dimension in dimensions:
        page.wait_for_url(f"**/{dimension.lower()}/")
        for number in (1, 2, 3, 4):
            page.locator(f"#{dimension}{number}-{ANSWERS[place][dimension]}").check()
        page.locator(f"#{dimension}-{IMPORTANCE[dimension]}").check()
        next_page(page)


def submit(page: "Page") -> str:
    """From the open questions to the receipt."""
    page.wait_for_url("**/eigen-woorden/")
    next_page(page)
    page.get_by_role("button", name="Antwoorden indienen").click()
    page.get_by_role("heading", name="Dank u. Uw antwoorden zijn ingediend.").wait_for()
    return page.locator(".secret").text_content()


def fill_in(page: "Page", mailbox: Mailbox, place: str) -> str:
    begin(page, mailbox, place)
    answer(page, place, DIMENSIONS)
    return submit(page)


def on_a_phone(page: "Page", mailbox: Mailbox, place: str, barriers) -> None:
    """Small screen, keyboard only on the first page, and no barrier on any page on the way."""
    begin(page, mailbox, place)
    page.locator("#VIS1-1").focus()
    for _ in range(ANSWERS[place]["VIS"] - 1):
        page.keyboard.press("ArrowDown")
    assert page.locator(f"#VIS1-{ANSWERS[place]['VIS']}").is_checked()
    assert barriers(page) == []
    answer(page, place, DIMENSIONS)
    page.wait_for_url("**/eigen-woorden/")
    page.get_by_label("Wat werkt goed in dit forum").fill("De vaste agenda van het forum.")
    assert barriers(page) == []
    next_page(page)
    page.wait_for_url("**/nakijken/")
    assert barriers(page) == []
    page.get_by_role("button", name="Antwoorden indienen").click()
    page.get_by_role("heading", name="Dank u. Uw antwoorden zijn ingediend.").wait_for()
    assert barriers(page) == []


def on_two_devices(visitors, mailbox: Mailbox, place: str) -> None:
    """Half of it on a phone, where the last answer is saved by itself; the rest elsewhere, from the mail again."""
    phone = visitors.arrive(size=PHONE)
    begin(phone, mailbox, place)
    answer(phone, place, DIMENSIONS[:4])
    with phone.expect_response("**/bewaren/"):
        phone.locator(f"#PAR1-{ANSWERS[place]['PAR']}").check()
    phone.get_by_text(re.compile(r"Bewaard om \d\d\.\d\d uur\.")).wait_for()
    laptop = visitors.arrive()
    laptop.goto(mailbox.link_for(f"burgemeester van {place}"))
    laptop.get_by_role("link", name="Verdergaan waar u stopte").click()
    laptop.wait_for_url("**/par/")
    assert laptop.locator(f"#PAR1-{ANSWERS[place]['PAR']}").is_checked()
    answer(laptop, place, DIMENSIONS[4:])
    submit(laptop)


def changing_after_submitting(page: "Page", mailbox: Mailbox, place: str) -> None:
    """Submits other answers first; the change counts at once."""
    wanted = dict(ANSWERS[place])
    ANSWERS[place]["VIS"] = 1
    fill_in(page, mailbox, place)
    ANSWERS[place].update(wanted)
    page.goto(mailbox.link_for(f"burgemeester van {place}"))
    page.get_by_role("link", name="Antwoorden bekijken of wijzigen").click()
    page.get_by_role("link", name="Gedeelde visie en strategische agenda wijzigen").click()
    answer(page, place, ["VIS"])
    page.wait_for_url("**/ver/")


def withdrawing(page: "Page", mailbox: Mailbox, place: str) -> None:
    fill_in(page, mailbox, place)
    page.goto(mailbox.link_for(f"burgemeester van {place}"))
    page.get_by_role("link", name="Antwoorden intrekken").click()
    page.get_by_role("button", name="Ja, mijn antwoorden intrekken").click()
    page.get_by_text("Uw antwoorden zijn ingetrokken en gewist.").wait_for()


def close(page: "Page") -> None:
    page.goto(f"/fora/burgemeestersoverleg-noordrand/rondes/{Round.objects.get().pk}/")
    page.get_by_text("7 van 8 leden").wait_for()
    desk = page.locator("main").text_content()
    assert [place for place in ANSWERS if place in desk] == ["Lindervaart"]  # who has not submitted
    page.get_by_role("link", name="Ronde sluiten").click()
    page.get_by_label("Typ de naam van het forum om te bevestigen").fill("Burgemeestersoverleg Noordrand")
    page.get_by_role("button", name="Ronde definitief sluiten").click()
    page.get_by_text("De ronde is gesloten en het resultaat is vastgelegd.").wait_for()


# --- The hand calculation: seven municipalities of eight, one vote each ---------------------------------------

T_6 = 2.4469  # Student's t for 95 % and six degrees of freedom, from a table
RHO, FLOOR = 0.6, 3.608439


def half_up(number: float) -> int:
    return floor(round(number, 9) + 0.5)


def score_and_margin(dimension: str) -> tuple[int, int]:
    scores = [(ANSWERS[place][dimension] - 1) * 25 for place in COUNTING]
    error = max(stdev(scores), FLOOR) * sqrt((1 - RHO * 7 / 8) / 7)
    return half_up(mean(scores)), half_up(T_6 * error)


def priorities() -> list[str]:
    """Three by importance times room for growth; trust and process direction first when below 40."""
    index = {
        d: (IMPORTANCE[d] - 1) * 25 * (100 - mean((ANSWERS[p][d] - 1) * 25 for p in COUNTING)) / 100
        for d in DIMENSIONS
    }
    enabling = [d for d in ("VER", "NET") if score_and_margin(d)[0] < 40]
    rest = sorted((d for d in DIMENSIONS if d not in enabling), key=index.get, reverse=True)
    return [*enabling, *rest][:3]


def test_the_hand_calculation_is_the_one_on_paper():
    """Vision: 75, 100, 50, 75, 25, 75, 100: mean 71.43, s 26.73, margin 2.4469 x 26.73 x 0.2605 = 17.04."""
    assert score_and_margin("VIS") == (71, 17)
    assert score_and_margin("LER") == (50, 2)
    assert priorities() == ["NET", "LOK", "DOE"]


def names() -> dict[str, str]:
    content = Round.objects.get().content
    return {dimension.code: str(dimension.name) for dimension in content.dimensions}


def page_tells_what_was_computed_by_hand(page: "Page") -> None:
    page.get_by_role("link", name=re.compile("resultaat", re.I)).first.click()
    page.get_by_text("Cijfers in een tabel").first.click()
    for code, name in names().items():
        score, margin = score_and_margin(code)
        row = page.locator("tr", has=page.get_by_role("rowheader", name=name, exact=True)).first
        assert [c.strip() for c in row.locator("td").all_text_contents()][:2] == [str(score), str(margin)], (
            name
        )


def pdf_tells_the_same(page: "Page") -> None:
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("pdf", re.I)).first.click()
    reader = PdfReader(BytesIO(download.value.path().read_bytes()))
    words = re.sub(r"\s+", " ", " ".join(each.extract_text() for each in reader.pages))
    words = re.sub("\xad ?", "", words)  # words that were broken at the end of a line
    for code, name in names().items():
        score, margin = score_and_margin(code)
        assert f" {name} {score} {margin} " in words
        if code in priorities():
            inside = name[0].lower() + name[1:]
            assert f"De leden beoordelen {inside} gemiddeld met {score} op 100 (marge {margin})." in words
    for number, code in enumerate(priorities(), start=1):
        assert f"{number}. {names()[code]}" in words
    assert "Aldervoorde" not in words


def the_receipt_shows_the_own_result(page: "Page", receipt: str) -> None:
    """Krekelberg gave 100 for vision; the group has 71 and a margin of 17."""
    page.goto(receipt)
    row = page.locator("tr", has=page.get_by_role("rowheader", name=names()["VIS"])).first
    assert [cell.strip() for cell in row.locator("td").all_text_contents()] == [
        "100",
        "strategisch",
        "71 (marge\u00a017)",
    ]


def closing_mails_tell_nothing_personal(mailbox: Mailbox) -> None:
    closing = [body_of(m) for m in mailbox.messages if "gesloten" in str(m["Subject"])]
    assert len(closing) == 8
    for body in closing:
        assert "7 leden uit 7 gemeenten antwoordden." in body
        assert "/resultaat/" not in body
        assert "/vragenlijst/" not in body
