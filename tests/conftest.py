"""What every test stands on: quick settings, a database on file, the cast of `factories` as fixtures."""

import datetime
import gc
import os
from collections.abc import Iterator
from unittest import mock

import pytest
from django.conf import settings
from django.core.signals import setting_changed
from django.db import connections
from django.test import Client, TransactionTestCase
from django.utils import timezone

from tests import factories
from tests.emptying import empty_tables

pytest_plugins = ["tests.browser.fixtures"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--stored", action="store_true", help="only tests that store something in the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --stored the second database is spared what it has no part in: rules, charts, files, texts."""
    if not config.getoption("--stored"):
        return
    stored = [
        item
        for item in items
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & {*item.fixturenames}
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(stored)])
    items[:] = stored


def pytest_collection_finish() -> None:
    """What is loaded by now stays; the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()


def tasks_by(backend: str) -> dict[str, dict[str, object]]:
    """The setting with the queues of an installation."""
    return {"default": settings.TASKS["default"] | {"BACKEND": backend}}


def pytest_configure() -> None:
    """Replace what is slow or would leave the process, before anything reads it."""
    if "SECRET_KEY" in os.environ or "DEMO" in os.environ:
        raise pytest.UsageError("the tests describe a checkout without settings: unset SECRET_KEY and DEMO")
    settings.SECRET_KEY = "a key of the tests"
    settings.BASE_URL = "http://localhost:8000"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TASKS = tasks_by("django_tasks.backends.immediate.ImmediateBackend")
    # The import of the cast above may have read the setting already.
    setting_changed.send(sender=None, setting="TASKS", value=settings.TASKS, enter=True)
    # Files under their own names, read from static/ itself: no collectstatic before a test.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True


@pytest.fixture(scope="session", autouse=True)
def quick_emptying() -> Iterator[None]:
    """Django empties the tables of a test that committed as `emptying` does."""

    def empty(test_case: TransactionTestCase) -> None:
        empty_tables()

    with mock.patch.object(TransactionTestCase, "_fixture_teardown", empty):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite on file: in memory all threads share one connection, so nothing would ever wait for a lock.

    Nothing there has to survive a power cut, so nothing waits for the disk either.
    """
    database = connections["default"].settings_dict
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        database["OPTIONS"]["init_command"] += "PRAGMA synchronous = OFF;"


@pytest.fixture
def day(monkeypatch) -> datetime.datetime:
    """It is ten in the morning of the day on which the tests began, so that no midnight falls into one of them."""
    now = timezone.make_aware(datetime.datetime.combine(factories.TODAY, datetime.time(10)))
    real, begun = timezone.now, timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + (real() - begun))
    return now


@pytest.fixture
def queue(settings) -> None:
    """Tasks wait in the database, as in production, until the test runs them."""
    settings.TASKS = tasks_by("django_tasks_db.DatabaseBackend")


@pytest.fixture
def version(db):
    return factories.make_version()


@pytest.fixture
def coach(db):
    return factories.make_coach()


@pytest.fixture
def forum(coach):
    """Eight municipalities with a mayor each, led by `coach`."""
    return factories.make_forum(coaches=[coach])


@pytest.fixture
def open_round(forum):
    """The baseline of `forum`, opened today: eight mayors are invited and nobody has begun."""
    return factories.make_open_round(forum=forum)


@pytest.fixture
def coach_client(coach) -> Client:
    """A browser in which `coach` is signed in."""
    client = Client()
    client.force_login(coach)
    return client


@pytest.fixture
def manager_client(db) -> Client:
    """A browser in which the programme manager is signed in."""
    client = Client()
    client.force_login(factories.make_programme_manager())
    return client
