"""The texts of the interface: one key, one text, in Dutch and in English.

The catalogues are ordinary gettext files whose msgid is a stable key (docs/decisions/0002-texts-by-key.md).
This module stands in the lowest room because all three rooms speak.
"""

import re
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext

# What XML 1.0 has no place for; a spreadsheet and a Word file are XML.
_NO_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class UnknownTextError(LookupError):
    """A key that no catalogue knows: a mistake in code, found by the tests."""


def text(key: str, /, n: int | None = None, **values: object) -> str:
    """The text of `key` in the active language, its placeholders filled in; plain text, not escaped.

    With `n` the singular (`key.one`) or plural (`key.other`) is chosen. A text that begins with a placeholder
    begins with a capital. `organisation` and `programme_email` are known without being given.
    Raises UnknownTextError for an unknown key and KeyError for a missing placeholder.
    """
    full_key = key if n is None else f"{key}.{'one' if n == 1 else 'other'}"
    pattern = gettext(full_key)
    if pattern == full_key:
        raise UnknownTextError(full_key)
    if "{" not in pattern:
        return pattern
    filled = pattern.format_map(_defaults() | values)
    return capital(filled) if pattern.startswith("{") else filled


def _defaults() -> dict[str, object]:
    return {
        "organisation": settings.ORGANISATION_NAME or gettext("organisation.unnamed"),
        "programme_email": settings.PROGRAMME_EMAIL,
    }


def capital(words: str) -> str:
    """Words with a capital first letter, the rest untouched."""
    return words[:1].upper() + words[1:]


def listed(names: Sequence[str]) -> str:
    """Names as they stand in a sentence of the active language: "a, b en c"; empty for none."""
    *others, last = names or [""]
    return f"{', '.join(others)} {text('list.and')} {last}" if others else last


def lower(words: str) -> str:
    """Words with a lower-case first letter, as a name of a dimension, level or round stands inside a sentence."""
    return words[:1].lower() + words[1:]


def legible(words: str) -> str:
    """Words that every file can hold: without control characters, a soft line end or page end of Word as a space."""
    return _NO_XML.sub("", words.translate({0x0B: " ", 0x0C: " "}))
