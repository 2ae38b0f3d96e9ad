"""What is written in a file that somebody hands in, CSV or XLSX, as rows of plain texts.

Nothing is believed of such a file: not its name, not its size once unpacked, not what it says of itself.
"""

import csv
import io
from collections.abc import Iterator
from typing import IO, NamedTuple

from assessment.actions.spreadsheets import MAX_BYTES, TableError, spreadsheet_rows

__all__ = ["Row", "Table", "TableError", "read_table"]

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


def read_table(file: IO[bytes], name: str) -> Table:
    """The table in a file of at most MAX_BYTES, also once unpacked. Raises TableError with what stands against it."""
    raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise TableError("too_large")
    if not raw.removeprefix(BYTE_ORDER_MARK).strip():
        raise TableError("empty_file")
    return _table(_rows(raw, name))


def _rows(raw: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    if raw.startswith(ZIP):
        return spreadsheet_rows(raw)
    if raw.startswith(NO_TEXT) or name.lower().endswith(".xlsx"):
        raise TableError("not_readable")
    return _csv_rows(raw)


def _csv_rows(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    """UTF-8 with or without byte order mark; separated as the header is, by semicolons or else by commas."""
    try:
        words = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableError("not_utf8") from None
    if "\0" in words:  # UTF-16 without a mark
        raise TableError("not_utf8")
    header = words.lstrip().partition("\n")[0].partition("\r")[0]
    delimiter = ";" if ";" in header else ","
    number = 0
    try:
        reader = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter, skipinitialspace=True)
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error:
        raise TableError("not_readable", row=number + 1) from None


def _table(rows: Iterator[tuple[int, list[str]]]) -> Table:
    header: list[str] = []
    table: list[Row] = []
    for number, cells in rows:
        stripped = [cell.strip() for cell in cells]
        if number == 1:
            header = _without_end(stripped, 0)
        elif any(stripped):
            table.append(Row(number, _without_end(stripped, len(header))))
    if not header and not table:
        raise TableError("empty_file")
    return Table(header, table)


def _without_end(cells: list[str], length: int) -> list[str]:
    """Without the empty cells at the end, as far as there are more than `length`."""
    end = len(cells)
    while end > length and not cells[end - 1]:
        end -= 1
    return cells[:end]
