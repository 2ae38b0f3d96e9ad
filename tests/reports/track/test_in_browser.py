"""Moving an action in a real browser: by keyboard without any script, and by dragging where there is one."""

from typing import TYPE_CHECKING

import pytest

from assessment.models import Action
from tests.browser.fixtures import PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def column(page: "Page", status: str) -> "Locator":
    return page.locator(f".column[data-status={status}]")


def test_an_action_moves_by_keyboard_without_scripts(visitors, coach, address, action):
    page = visitors.arrive(account=coach, size=PHONE, scripts=False)
    page.goto(address("track_year"))

    column(page, "todo").get_by_role("button", name="loopt").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/#actie-{action.pk}")

    assert column(page, "doing").locator(".action").count() == 1


def test_name_of_a_dimension_has_the_line_of_its_next_steps_to_itself(visitors, coach, address, action):
    page = visitors.arrive(account=coach, size=PHONE)
    page.goto(address("track_year"))
    names = page.locator("#stappen ~ details summary span:first-child")

    assert names.count() > 0
    assert names.evaluate_all("all => Math.max(...all.map(it => it.getClientRects()[0].height))") < 60


def test_a_long_word_on_the_board_is_not_broken(visitors, coach, address, action):
    word = "samenwerkingsverbanden"
    Action.objects.update(what=f"{word} in kaart brengen")
    page = visitors.arrive(account=coach)
    page.goto(address("track_year"))

    lines = (
        column(page, "todo")
        .locator(".what")
        .evaluate(
            """(it, length) => {
            const range = document.createRange();
            range.setStart(it.firstChild, 0);
            range.setEnd(it.firstChild, length);
            return range.getClientRects().length;
        }""",
            len(word),
        )
    )

    assert lines == 1


def test_an_action_moves_by_dragging(visitors, coach, address, action):
    page = visitors.arrive(account=coach)
    page.goto(address("track_year"))
    card = column(page, "todo").locator(".action")

    card.drag_to(column(page, "done").locator("h3"), source_position={"x": 8, "y": 60})
    page.wait_for_url(f"**/#actie-{action.pk}")

    assert Action.objects.get().status == "done"
