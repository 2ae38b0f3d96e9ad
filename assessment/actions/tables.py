"""What is written in a file that somebody hands in, CSV or XLSX, as rows of plain texts.

Nothing is believed of such a file: not its name, not its size once unpacked, not what it says of itself.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import IO, NamedTuple

from assessment.actions.spreadsheets import MAX_BYTES, TableError, spreadsheet_rows

__all__ = ["Row", "Table", "TableError", "read_lines", "read_table"]

DELIMITERS = "\t;,"  # a tab, when all occur alike: nobody types one inside a name
MAX_LINES = 5_000
BYTE_ORDER_MARK = "\ufeff".encode()
ZIP = b"PK\x03\x04"
NO_TEXT = (b"%PDF", b"\xd0\xcf\x11\xe0")  # PDF; the containers of XLS, DOC and encrypted files


class Row(NamedTuple):
    """`number` counts from 1, the header, as a spreadsheet does."""

    number: int
    cells: list[str]


class Table(NamedTuple):
    """The header and every row below it that is not empty; spaces around a cell are gone.

    The header ends with its last name. A row ends with the header, unless something stands beyond it.
    """

    header: list[str]
    rows: list[Row]
    header_number: int


def read_table(file: IO[bytes], name: str) -> Table:
    """The table in a file of at most MAX_BYTES, also once unpacked. Raises TableError with what stands against it."""
    raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise TableError("too_large")
    if not raw.removeprefix(BYTE_ORDER_MARK).strip():
        raise TableError("empty_file")
    return _table(_rows(raw, name))


def read_lines(raw: bytes, name: str) -> list[list[str]]:
    """The same with row n at n-1 and [] for an empty one; without empty cells at the end. Raises TableError."""
    table = read_table(io.BytesIO(raw), name)
    lines: list[list[str]] = []
    for number, cells in (Row(table.header_number, table.header), *table.rows):
        if number > MAX_LINES:
            raise TableError("too_large")
        lines.extend([] for _ in range(number - 1 - len(lines)))
        lines.append(_without_end(cells, 0))
    return lines


def _rows(raw: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    if raw.startswith(ZIP):
        return spreadsheet_rows(raw)
    if raw.startswith(NO_TEXT) or name.lower().endswith(".xlsx"):
        raise TableError("not_readable")
    return _csv_rows(raw)


def _csv_rows(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    """UTF-8 with or without byte order mark; separated as the header is."""
    try:
        words = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableError("not_utf8") from None  # the cause would quote the file
    if "\0" in words:
        raise TableError("not_utf8" if b"\0" in raw[:2] else "not_readable")  # UTF-16 without a mark
    told, words = _told_delimiter(words)
    number = first = 2 if told else 1
    lines = io.StringIO(words, newline="")
    try:
        reader = csv.reader(lines, delimiter=told or _delimiter(words), skipinitialspace=True, strict=True)
        for number, cells in enumerate(reader, start=first):
            yield number, cells
    except csv.Error:
        raise TableError("not_readable", row=number + 1) from None


def _told_delimiter(words: str) -> tuple[str, str]:
    """Excel's own first line, "sep=;", and the rest; no delimiter and everything when there is none."""
    first, _, rest = words.partition("\n")
    told = first.strip("\r").removeprefix("sep=")
    return (told, rest) if first.startswith("sep=") and told in tuple(DELIMITERS) else ("", words)


def _delimiter(words: str) -> str:
    """What parts the most cells of the first line that is not empty, text between quotes apart."""
    first = next((line for line in words.splitlines() if line.strip()), "")
    outside = re.sub(r"\s*([;,])\s*", r"\1", "".join(first.split('"')[::2]))  # a tab beside one is a space
    return max(DELIMITERS, key=outside.count)


def _table(rows: Iterator[tuple[int, list[str]]]) -> Table:
    header = Row(1, [])
    table: list[Row] = []
    for number, cells in rows:
        stripped = [cell.strip() for cell in cells]
        if not any(stripped):
            continue
        if not header.cells:
            header = Row(number, _without_end(stripped, 0))
        else:
            table.append(Row(number, _without_end(stripped, len(header.cells))))
    if not header.cells:
        raise TableError("empty_file")
    return Table(header.cells, table, header.number)


def _without_end(cells: list[str], length: int) -> list[str]:
    """Without the empty cells at the end, as far as there are more than `length`."""
    end = len(cells)
    while end > length and not cells[end - 1]:
        end -= 1
    return cells[:end]
