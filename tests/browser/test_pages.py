"""Every page of the site, in real Chromium: nothing bars anybody, in both languages and on both screens."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse

from tests.browser.fixtures import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREENS = {"phone": PHONE, "desktop": DESKTOP}
LANGUAGES = ("nl", "en")


def every_view(visitors) -> Iterator[tuple[str, "Page"]]:  # noqa: F821
    """A visitor for each screen and language, with a name for the report."""
    for screen, size in SCREENS.items():
        for language in LANGUAGES:
            yield f"{screen} {language}", visitors.arrive(size=size, language=language)


def barriers_on(paths: list[str], visitors, barriers: Callable) -> dict[str, list[str]]:
    """What bars whom, by screen, language and path; empty when nothing does."""
    found = {}
    for view, page in every_view(visitors):
        for path in paths:
            page.goto(path)
            assert page.locator("h1").count() == 1, path
            if faults := barriers(page):
                found[f"{view} {path}"] = faults
    return found


def test_public_pages_bar_nobody(visitors, barriers, version):
    paths = [reverse(name) for name in ("start", "privacy", "accessibility", "cookies", "help")]

    assert barriers_on([*paths, "/bestaat-niet/"], visitors, barriers) == {}
