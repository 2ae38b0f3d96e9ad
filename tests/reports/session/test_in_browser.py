"""The presentation in real Chromium: turned by keys, filled in on the spot, and readable without any script."""

import pytest
from django.urls import reverse

from tests import factories
from tests.browser.fixtures import DESKTOP, PHONE
from tests.reports.cast import close, large_result, unpublished

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PROJECTOR = {"width": 1920, "height": 1080}


@pytest.fixture
def closed_round(coach):
    return close(factories.make_open_round(forum=factories.make_forum(coaches=[coach])), large_result())


def address(round, name="presentation") -> str:
    return reverse(f"reports:{name}", args=[round.forum.slug, round.pk])


def here(page) -> str:
    """The only screen that is to be seen, and what its address says of it."""
    visible = page.locator(".slide:visible")
    assert visible.count() == 1
    number = visible.get_attribute("id")
    assert page.evaluate("location.hash") in ("", f"#{number}")
    return number.removeprefix("scherm-")


def number_of(page) -> str:
    return str(page.locator(".slide").count())


def test_keys_turn_the_screens(visitors, coach, closed_round):
    page = visitors.arrive(size=PROJECTOR, account=coach)
    page.goto(address(closed_round))
    assert here(page) == "1"
    steps = [
        ("ArrowRight", "2"), ("PageDown", "3"), ("ArrowDown", "4"), ("ArrowLeft", "3"), ("PageUp", "2"),
        ("ArrowUp", "1"), ("ArrowUp", "1"), ("End", number_of(page)), ("ArrowRight", number_of(page)), ("Home", "1"),
    ]  # fmt: skip

    for key, screen in steps:
        page.keyboard.press(key)
        assert (key, here(page)) == (key, screen)


def test_turning_takes_the_reader_along(visitors, coach, closed_round):
    page = visitors.arrive(size=PROJECTOR, account=coach)
    page.goto(address(closed_round))

    page.keyboard.press("ArrowRight")

    focused = page.evaluate("document.activeElement.closest('.slide').id")
    assert (focused, page.evaluate("document.activeElement.tagName")) == ("scherm-2", "H2")


def test_escape_ends_and_one_step_back_too(visitors, coach, closed_round):
    page = visitors.arrive(size=PROJECTOR, account=coach)
    page.goto(address(closed_round, "preparation"))
    page.goto(address(closed_round))
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.go_back()
    assert page.url.endswith(address(closed_round, "preparation"))

    page.goto(address(closed_round))
    page.keyboard.press("Escape")
    page.wait_for_url(f"**{address(closed_round, 'preparation')}")


def test_full_screen_fills_and_stays_while_screens_turn(visitors, coach, closed_round):
    page = visitors.arrive(size=PROJECTOR, account=coach)
    page.goto(address(closed_round))

    page.locator("[data-full]:visible").click()
    page.wait_for_function("document.fullscreenElement !== null")
    page.keyboard.press("ArrowRight")

    assert here(page) == "2"
    assert page.evaluate("document.fullscreenElement !== null")


def open_levels(page) -> str:
    """Turn to the first screen on which a level is recorded; the code of its dimension."""
    screen = page.locator(".slide:has([data-record])").first
    page.evaluate("place => { location.hash = place }", screen.get_attribute("id"))
    page.wait_for_selector("[data-record]:visible")
    return (
        page.locator("[data-record]:visible input[type=radio]").first.get_attribute("name").partition("_")[0]
    )


def test_level_is_recorded_without_leaving_the_screen(visitors, coach, closed_round):
    page = visitors.arrive(size=PROJECTOR, account=coach)
    page.goto(address(closed_round))
    code = open_levels(page)
    before = here(page)

    page.locator("[data-record]:visible label.rung").nth(2).click()
    page.keyboard.press("ArrowDown")  # chooses the next level and turns no screen
    page.locator("[data-record]:visible textarea").fill("Er is een besluit.")
    page.keyboard.press("ArrowLeft")
    page.locator("[data-record]:visible button.btn").click()
    page.wait_for_selector("[role=status]:visible:has-text('Bewaard op')")

    assert here(page) == before
    assert closed_round.group_levels.values_list("dimension", "level", "evidence").get() == (
        code,
        4,
        "Er is een besluit.",
    )
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    assert page.locator(".slide:visible tbody tr").count() == 1


def test_without_script_the_screens_stand_below_each_other_with_links(visitors, coach, closed_round):
    page = visitors.arrive(size=PROJECTOR, scripts=False, account=coach)
    page.goto(address(closed_round))
    assert page.locator(".slide:visible").count() == page.locator(".slide").count()
    assert page.locator("[data-full]:visible").count() == 0

    page.locator("#scherm-1 a.step").click()

    assert page.url.endswith("#scherm-2")
    assert page.evaluate("Math.round(document.querySelector('#scherm-2').getBoundingClientRect().top)") == 0


def test_without_script_a_level_is_recorded_and_the_same_screen_comes_back(visitors, coach, closed_round):
    page = visitors.arrive(size=DESKTOP, scripts=False, account=coach)
    page.goto(address(closed_round))
    form = page.locator("[data-record]").first
    screen = page.locator(".slide:has([data-record])").first.get_attribute("id")

    form.locator("label.rung").nth(1).click()
    form.locator("button.btn").click()

    assert page.url.endswith(f"{address(closed_round)}#{screen}")
    assert closed_round.group_levels.get().level == 2


@pytest.mark.parametrize(
    ("result", "language", "sizes"),
    [
        (large_result, "nl", (PROJECTOR, DESKTOP, PHONE)),
        (large_result, "en", (PROJECTOR, PHONE)),
        (unpublished, "nl", (PROJECTOR, PHONE)),
    ],
)
def test_no_screen_bars_anybody_or_runs_off_the_projector(visitors, barriers, coach, result, language, sizes):
    round = close(factories.make_open_round(forum=factories.make_forum(coaches=[coach])), result())
    round.themes.create(title="Opvolging van afspraken", summary="Wie wat doet, is niet duidelijk.")
    round.quotes.create(text="We kennen elkaar en bellen elkaar.")
    round.group_levels.create(dimension="NET", level=3)
    found = []
    for size in sizes:
        page = visitors.arrive(size=size, language=language, account=coach)
        page.goto(address(round))
        for _ in range(page.locator(".slide").count()):
            where = f"{size['width']} px, screen {here(page)}"
            found += [f"{where}: {each}" for each in barriers(page)]
            runs_off = page.evaluate("document.documentElement.scrollHeight > window.innerHeight")
            if size != PHONE and runs_off:
                found.append(f"{where}: runs off the screen")
            page.keyboard.press("PageDown")

    assert found == []
