"""The list of members as a table: its columns, the words in it, and what somebody meant by a row.

Columns and words are known in every language of the interface, whatever the language of whoever reads; they stand
in the catalogue (`import.column.*`). What is not known is left alone, a column about a party above all.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.utils import translation

from assessment.actions.refusals import RefusedError
from assessment.actions.writing_tables import plain
from assessment.models import Member
from questionnaires.texts import text

ROWS = 500
CELL = 300  # characters: longer than any field takes, so that what is too long is still told
EXPORTED = ("name", "email", "function", "seat", "kind", "language")
PLACES = ("seat", "municipality", "organisation")
COLUMNS = (*EXPORTED, "first_name", "last_name", "municipality", "organisation", "party")


class ListError(RefusedError):
    """A table that is no list of members."""


class GivenRow(NamedTuple):
    """A row as it was given, tidied; a column that the table lacks is None, as an empty kind or language is.

    `place` names a seat; `place_is` says of what when the column does: "municipality", "organisation" or "".
    """

    line: int
    name: str
    email: str
    function: str | None
    place: str
    place_is: str
    kind: str | None
    language: str | None


class GivenList(NamedTuple):
    """The rows of a table, and what of it is not taken over.

    `table` is as it came, with the same line numbers, but without the columns that are not taken over.
    """

    rows: list[GivenRow]
    table: list[list[str]]
    ignored: list[str]
    has_party: bool


def read_members(table: list[list[str]]) -> GivenList:
    """What a table with column names in its first row says of members. Raises ListError."""
    start = next((number for number, row in enumerate(table) if row), None)
    if start is None:
        raise ListError("import.error.empty")
    columns = _columns(table[start])
    _check_columns(columns)
    filled = [(number, row) for number, row in enumerate(table[start + 1 :], start + 2) if any(row)]
    if not filled:
        raise ListError("import.error.empty")
    if len(filled) > ROWS:
        raise ListError("import.error.rows", count=ROWS)
    used = {name: number for name, number in columns.items() if name != "party"}
    return GivenList(
        rows=[_row(number, _cells(used, row)) for number, row in filled],
        table=[
            [row[number][:CELL] for number in sorted(used.values()) if number < len(row)] for row in table
        ],
        ignored=[
            name
            for number, cell in enumerate(table[start])
            if number not in columns.values() and (name := tidy(cell))
        ],
        has_party="party" in columns,
    )


def as_table(members: Iterable[Member]) -> list[list[str]]:
    """The members as a list that `read_members` reads back the same; in the active language."""
    head = [text(f"import.column.{name}") for name in EXPORTED]
    return [head, *([as_words(member)[name] for name in EXPORTED] for member in members)]


def as_words(member: Member) -> dict[str, str]:
    """A member's details as they stand in a list."""
    return {
        "name": tidy(member.name),
        "email": tidy(member.email),
        "function": tidy(member.function),
        "seat": tidy(str(member.seat)),
        "kind": text(f"member.kind.{member.kind}"),
        "language": text(f"member.language.{member.language}"),
    }


def tidy(words: str) -> str:
    """Words on one line without what cannot be seen, each letter written one way."""
    return " ".join(unicodedata.normalize("NFC", "".join(map(_seen, words))).split())


def _seen(letter: str) -> str:
    """A control character parts words as a space does; marks without a width come along with what is pasted."""
    category = unicodedata.category(letter)
    return letter if category[0] != "C" else " " if category == "Cc" else ""


def folded(words: str) -> str:
    """Words as they are compared: without capitals and accents."""
    letters = unicodedata.normalize("NFKD", tidy(words).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def kind_meant(words: str) -> str:
    """The code of a membership by its code or its name in any language; empty when there is none such."""
    return _code(words, "member.kind", Member.Kind.values)


def language_meant(words: str) -> str:
    """The code of a language by its code or its name in any language; empty when there is none such."""
    return _code(words, "member.language", Member.Language.values)


def _code(words: str, key: str, codes: list[str]) -> str:
    known = {name: code for code in codes for name in (code, *in_all_languages(f"{key}.{code}"))}
    return known.get(folded(words), "")


@cache
def in_all_languages(key: str) -> tuple[str, ...]:
    """What a text says in each language; one that lists several names parts them by commas."""
    names: list[str] = []
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            names += [folded(name) for name in text(key).split(",")]
    return tuple(names)


def _columns(head: list[str]) -> dict[str, int]:
    """Which column stands where; of two alike the first."""
    known = {
        name: column
        for column in COLUMNS
        for key in (f"import.column.{column}", f"import.column.{column}.also")
        for name in in_all_languages(key)
    }
    found: dict[str, int] = {}
    for number, cell in enumerate(head):
        column = known.get(re.sub(r"[\s:*]+$", "", folded(plain(cell))))
        if column:
            found.setdefault(column, number)
    if "first_name" in found and "name" in found and "last_name" not in found:
        found["last_name"] = found.pop("name")
    return found


def _check_columns(columns: dict[str, int]) -> None:
    has_name = "name" in columns or {"first_name", "last_name"} <= set(columns)
    has_place = any(place in columns for place in PLACES)
    present = {"name": has_name, "email": "email" in columns, "seat": has_place}
    missing = [text(f"import.column.{column}") for column, is_there in present.items() if not is_there]
    if missing:
        raise ListError("import.error.column", n=len(missing), column=", ".join(missing))


def _cells(columns: dict[str, int], row: list[str]) -> dict[str, str]:
    return {
        name: tidy(plain(row[number]))[:CELL] if number < len(row) else "" for name, number in columns.items()
    }


def _row(line: int, cells: dict[str, str]) -> GivenRow:
    whole = [cells.get(part, "") for part in ("first_name", "last_name")]
    places = [(place, cells[place]) for place in PLACES if cells.get(place)]
    place_is, place = places[0] if len(places) == 1 else ("", "")
    if len(places) > 1:
        place_is, place = "several", " / ".join(words for _, words in places)
    return GivenRow(
        line=line,
        name=cells.get("name") or " ".join(part for part in whole if part),
        email=cells["email"],
        function=cells.get("function"),
        place=place,
        place_is="" if place_is == "seat" else place_is,
        kind=cells.get("kind") or None,
        language=cells.get("language") or None,
    )
