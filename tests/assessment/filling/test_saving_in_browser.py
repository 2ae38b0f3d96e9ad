"""Saves on their way, in real Chromium: of two answers to one question the last one given is the last one stored."""

import threading
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from assessment.filling.storage import DraftStorage
from assessment.models import Draft, DraftAnswer
from tests import factories
from tests.browser.fixtures import PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def until_stored(page: "Page", value: str) -> None:
    """Wait until the page knows that this value of the first question is stored."""
    from playwright.sync_api import expect

    expect(page.locator("[name=was-VIS1]")).to_have_value(value)


def test_an_answer_that_is_changed_before_it_is_stored_waits_for_it(visitors, open_round):
    invitation = factories.invitations_of(open_round)[0]
    factories.fill_in(invitation).answers.all().delete()
    page, held = visitors.arrive(size=PHONE), []
    page.route("**/bewaren/", lambda route: held.append(route))  # noqa: PLW0108  # playwright marks it
    page.goto(reverse("filling:step", args=[invitation.token, "vis"]))

    for value in (2, 3, 4):
        page.locator(f"#VIS1-{value}").check()
    assert len(held) == 1

    with page.expect_response("**/bewaren/"):
        held[0].continue_()
    until_stored(page, "2")
    assert len(held) == 2
    with page.expect_response("**/bewaren/"):
        held[1].continue_()
    until_stored(page, "4")
    assert DraftAnswer.objects.get(draft__invitation=invitation, item="VIS1").value == 4


class Held:
    """Savings that the server has received and does nothing with before it is told to, one event each."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, count: int) -> None:
        self.go_on = [threading.Event() for _ in range(count)]
        self.arrived, self.done = threading.Semaphore(0), threading.Semaphore(0)
        real, left = DraftStorage.set_step_data, iter(self.go_on)

        def held(storage: DraftStorage, step: str, data: dict[str, str]) -> None:
            event = next(left, None) if storage.prefix.endswith("autosave") else None
            if event:
                self.arrived.release()
                assert event.wait(timeout=30)
            real(storage, step, data)
            if event:
                self.done.release()

        monkeypatch.setattr(DraftStorage, "set_step_data", held)


@pytest.fixture
def invitation(open_round):
    invitation = factories.invitations_of(open_round)[0]
    factories.fill_in(invitation, value=2)
    return invitation


def stored(invitation, item: str = "VIS1"):
    return DraftAnswer.objects.get(draft__invitation=invitation, item=item).value


def test_going_on_waits_for_the_answer_that_is_being_saved(visitors, invitation, monkeypatch):
    held, sent = Held(monkeypatch, count=1), []
    page = visitors.arrive(size=PHONE)
    page.goto(reverse("filling:step", args=[invitation.token, "vis"]))
    page.on("request", lambda request: sent.append(request.url) if request.is_navigation_request() else None)

    page.locator("#VIS1-3").check()
    assert held.arrived.acquire(timeout=10)
    page.locator("#VIS1-2").check()
    page.locator(".actions button[name=goto]").click()
    page.locator(".actions .btn").first.click()
    page.wait_for_timeout(300)
    assert sent == []

    held.go_on[0].set()
    page.wait_for_url("**/ver/")
    assert stored(invitation) == 2
    assert Draft.objects.get(invitation=invitation).given_up == []


@pytest.mark.parametrize("answer", [2, 5])
def test_an_answer_that_the_page_gave_up_is_not_stored_after_the_form(
    visitors, invitation, monkeypatch, answer
):
    """Also where the form brings back what was stored before, so that nothing seems to have changed."""
    held = Held(monkeypatch, count=1)
    page = visitors.arrive(size=PHONE)
    page.clock.install()
    page.goto(reverse("filling:step", args=[invitation.token, "vis"]))
    page.locator("#VIS1-3").check()
    assert held.arrived.acquire(timeout=10)
    page.locator(f"#VIS1-{answer}").check()

    page.locator(".actions .btn").first.click()
    page.clock.fast_forward(4000)
    page.wait_for_url("**/ver/")
    held.go_on[0].set()
    assert held.done.acquire(timeout=10)
    assert stored(invitation) == answer


def test_an_answer_that_is_stored_though_its_saving_seemed_lost_makes_place_for_the_next(
    visitors, invitation, monkeypatch
):
    """The server stored a 3, the page never heard so and saves the 2 that it was made with."""
    page = visitors.arrive(size=PHONE)
    page.goto(reverse("filling:step", args=[invitation.token, "vis"]))

    def lose_the_answer(route) -> None:
        route.fetch()
        route.abort()

    page.route("**/bewaren/", lose_the_answer, times=1)
    page.locator("#VIS1-3").check()
    page.locator(".saved", has_text="lukte niet").wait_for()
    assert stored(invitation) == 3
    with page.expect_response("**/bewaren/"):
        page.locator("#VIS1-2").check()
    page.locator(".saved", has_text="Bewaard").wait_for()
    assert stored(invitation) == 2
