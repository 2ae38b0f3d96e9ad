"""Real Chromium on the live server: what a visitor's browser is, and whatever goes wrong in it fails the test.

A plugin of tests/conftest.py, so that the journey can use the same fixtures.
"""

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

    from assessment.models import User

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ],
}


class Visitors:
    """Browsers of separate people on one site, and a list of what went wrong in any of them."""

    def __init__(self, browser: "Browser", address: str) -> None:
        self.faults: list[str] = []
        self._browser = browser
        self._address = address
        self._contexts: list[BrowserContext] = []

    def arrive(
        self,
        *,
        size: dict[str, int] = DESKTOP,
        scripts: bool = True,
        language: str = "nl",
        account: "User | None" = None,
    ) -> "Page":
        """A page of somebody new: own cookies, own screen; `page.goto("/hulp/")` takes a path of the site.

        Whoever has an account is signed in already.
        """
        context = self._browser.new_context(
            base_url=self._address, viewport=size, java_script_enabled=scripts, locale="nl-BE"
        )
        if language != "nl":
            context.add_cookies([{"name": "taal", "value": language, "url": self._address}])
        if account is not None:
            client = Client()
            client.force_login(account)
            session = client.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": session.key, "value": session.value, "url": self._address}])
        context.on("request", self._note_foreign_request)
        context.on("response", self._note_missing_resource)
        context.on("console", self._note_console_error)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        self._contexts.append(context)
        return context.new_page()

    def leave(self) -> None:
        for context in self._contexts:
            context.close()

    def _note_foreign_request(self, request: "Request") -> None:
        if urlsplit(request.url).netloc != urlsplit(self._address).netloc:
            self.faults.append(f"request to another host: {request.url}")

    def _note_missing_resource(self, response: "Response") -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.faults.append(f"{response.status}: {response.url}")

    def _note_console_error(self, message: "ConsoleMessage") -> None:
        """Breaches of the content security policy are told here too; a page that is a 404 on purpose is not one."""
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    """One browser a module. While it lives an event loop runs in this thread, which Django has to be told."""
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visitors(chromium: "Browser", live_server, settings) -> Iterator[Visitors]:
    """Whoever visits the site in this test; links in mails and on pages lead to it too."""
    settings.BASE_URL = live_server.url
    visitors = Visitors(chromium, live_server.url)
    yield visitors
    visitors.leave()
    assert visitors.faults == []


@cache
def _axe_source() -> str:
    return (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def barriers() -> Callable[["Page"], list[str]]:
    """A function that lists what bars somebody from the page that is open: faults of axe, sideways scrolling."""
    return _barriers


@pytest.fixture
def barriers_on_both_screens() -> Callable[["Page"], list[str]]:
    """The same on the phone on which the page was opened, and grown to the large screen; loading it costs most."""

    def look(page: "Page") -> list[str]:
        found = _barriers(page)
        page.set_viewport_size(DESKTOP)
        found += [f"on the large screen: {each}" for each in _barriers(page)]
        page.set_viewport_size(PHONE)
        return found

    return look


def _barriers(page: "Page") -> list[str]:
    if not page.evaluate("'axe' in window"):
        # As an expression of the debugger: a script element would be refused by the site's own policy.
        page.evaluate(_axe_source())
    # Told of what is wrong alone, it needs a quarter of the time.
    options = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
    violations = page.evaluate("async options => (await axe.run(document, options)).violations", options)
    found = [
        f"{violation['id']}: {node['html'][:120]} ({node['failureSummary']})"
        for violation in violations
        for node in violation["nodes"]
    ]
    width, screen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if width > screen:
        found.append(f"scrolls sideways: {width} px on a screen of {screen} px")
    return found
