"""Logs without links: a personal link in a log would open somebody's answers."""

import logging
import re

_SECRET_PATH = re.compile(r"/(vragenlijst|resultaat|rapport|wachtwoord|welkom|kalender)/[^/\s'\"?]+")


def without_links(line: str) -> str:
    """Replace the secret part of every personal path by a star."""
    return _SECRET_PATH.sub(r"/\1/*", line)


class NoLinks(logging.Filter):
    """Strip links from the message and drop what the record carries beside it (the request, its variables)."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = without_links(record.getMessage())
        record.args = ()
        return True


class PlainFormatter(logging.Formatter):
    """A traceback may quote a path too."""

    def formatException(self, ei) -> str:
        return without_links(super().formatException(ei))
