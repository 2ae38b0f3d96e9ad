"""No log line holds a personal link."""

import logging
import logging.config

import pytest
from django.conf import settings

from config import gunicorn
from config.logs import NoLinks, PlainFormatter, without_links


@pytest.mark.parametrize(
    "line, stripped",
    [
        ("GET /vragenlijst/s3cr3t_-x/vis/ 200", "GET /vragenlijst/*/vis/ 200"),
        ("Not Found: /resultaat/s3cr3t/", "Not Found: /resultaat/*/"),
        ("https://x.example/rapport/s3cr3t?a=1", "https://x.example/rapport/*?a=1"),
        ("/wachtwoord/1-s3cr3t/ and /vragenlijst/other/", "/wachtwoord/*/ and /vragenlijst/*/"),
        ("GET /welkom/12:1abc:s3cr3t_-x/ 200", "GET /welkom/*/ 200"),
        ("GET /kalender/s3cr3t_-x/sessies.ics 200", "GET /kalender/*/sessies.ics 200"),
        ("/vragenlijst/", "/vragenlijst/"),
        ("nothing secret", "nothing secret"),
    ],
)
def test_secret_part_of_a_path_becomes_a_star(line, stripped):
    assert without_links(line) == stripped


def record(message: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord("gunicorn.error", logging.ERROR, __file__, 1, message, args, None)


def test_filter_looks_at_the_finished_message():
    line = record("Error handling request %s", "/vragenlijst/s3cr3t/vis/")

    assert NoLinks().filter(line) is True
    assert (line.getMessage(), line.args) == ("Error handling request /vragenlijst/*/vis/", ())


def test_traceback_is_stripped_too():
    try:
        raise ValueError("/resultaat/s3cr3t/")
    except ValueError as error:
        told = PlainFormatter().formatException((ValueError, error, error.__traceback__))

    assert "s3cr3t" not in told
    assert "/resultaat/*/" in told


@pytest.mark.parametrize(
    "logging_of", [settings.LOGGING, gunicorn.logconfig_dict], ids=["django", "gunicorn"]
)
def test_every_handler_strips_links(logging_of):
    for handler in logging_of["handlers"].values():
        assert (handler["filters"], handler["formatter"]) == (["no_links"], "plain")
    assert logging_of["filters"]["no_links"]["()"] == "config.logs.NoLinks"
    assert logging_of["formatters"]["plain"]["()"] == "config.logs.PlainFormatter"


def test_web_server_writes_no_access_log():
    assert gunicorn.accesslog is None
    assert gunicorn.logconfig_dict["loggers"]["gunicorn.access"] == {"handlers": [], "propagate": False}
