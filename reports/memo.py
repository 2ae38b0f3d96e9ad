"""The memo for a college or a municipal council, as plain values: what page, PDF and Word file say alike.

Made by reports.build in one language. Everything in it is in the forum report too; a memo may become public.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum


class Reader(StrEnum):
    """For whom a memo is written."""

    COLLEGE = "college"
    COUNCIL = "council"


@dataclass(frozen=True)
class Part:
    """A heading with its sentences, its list, and what the municipality still has to fill in; each may be empty."""

    title: str
    sentences: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    to_fill_in: str = ""


@dataclass(frozen=True)
class Memo:
    """One page, in `language` ("nl" or "en"); `municipality` stands above it, as on a municipality's own paper."""

    language: str
    reader: Reader
    municipality: str
    title: str
    subject: str
    parts: tuple[Part, ...]
    annex: str
    publisher: str
    closed_at: datetime.datetime

    @property
    def as_text(self) -> str:
        """To be pasted into a system for decisions: plain lines, an empty one before each heading."""
        lines = [self.municipality, "", self.title, self.subject]
        for part in self.parts:
            lines += ["", part.title, *part.sentences, *(f"- {each}" for each in part.bullets)]
            lines += [part.to_fill_in] if part.to_fill_in else []
        return "\n".join([*lines, "", self.annex])
