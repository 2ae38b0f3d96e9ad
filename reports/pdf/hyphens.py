"""Where a long word may be broken, in the language that is active."""

import functools
from collections.abc import Iterator

import pyphen
from django.utils.translation import get_language

SHORTEST_PART = 3
_PATTERNS = {"nl": "nl_NL", "en": "en_GB"}


def broken(word: str) -> Iterator[tuple[str, str]]:
    """The ways to break a word in two, the longest first part first; reportlab adds the hyphen."""
    return _patterns((get_language() or "nl").partition("-")[0]).iterate(word)


@functools.cache
def _patterns(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=_PATTERNS[language], left=SHORTEST_PART, right=SHORTEST_PART)
