"""A table out of a file that somebody hands in: CSV or XLSX becomes rows of text, or one reason why not.

The file may be anything: it is read in memory only, within limits, and nothing of it reaches a log.
"""

import csv
import datetime
import io
import shutil
import zipfile
from collections.abc import Iterable, Iterator

SIZE = 1_000_000  # bytes of a file; sixty people fill a hundredth of it
ROWS = 5_000
CELLS = 1_000_000  # with the empty ones that a spreadsheet counts along
UNPACKED = 20_000_000  # bytes of a spreadsheet, whose file is a zip archive
PARTS = 200
DELIMITERS = "\t;,"  # a tab, when all occur alike: nobody types one inside a name


class TableError(Exception):
    """A file that is no table: `not_utf8`, `not_readable`, `empty_file` or `too_large`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_table(data: bytes, name: str) -> list[list[str]]:
    """The rows of a CSV or XLSX file as text, of a workbook those of its first sheet.

    Row n of the file stands at n-1, so an empty row stays as []; empty cells at the end of a row and empty rows at
    the end of the file are left out. CSV is UTF-8, parted by semicolons, commas or tabs. Raises TableError.
    """
    if len(data) > SIZE:
        raise TableError("too_large")
    is_spreadsheet = data.startswith(b"PK") or name.lower().endswith((".xlsx", ".xlsm"))
    rows = _limited(_rows_of_xlsx(data) if is_spreadsheet else _rows_of_csv(data))
    while rows and not rows[-1]:
        rows.pop()
    if not rows:
        raise TableError("empty_file")
    return rows


def _limited(rows: Iterable[list[str]]) -> list[list[str]]:
    kept: list[list[str]] = []
    for row in rows:
        if len(kept) == ROWS:
            raise TableError("too_large")
        kept.append(_without_empty_end(row))
    return kept


def _without_empty_end(row: list[str]) -> list[str]:
    filled = [number for number, cell in enumerate(row) if cell.strip()]
    return row[: filled[-1] + 1] if filled else []


def _rows_of_csv(data: bytes) -> Iterator[list[str]]:
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableError("not_utf8") from None  # the cause would quote the file
    if "\0" in words:
        raise TableError("not_utf8" if data[1:2] == b"\0" or data[:1] == b"\0" else "not_readable")
    told, words = _told_delimiter(words)
    if told:
        yield []  # the line that told it
    delimiter = told or _delimiter(words)
    try:
        yield from csv.reader(io.StringIO(words, newline=""), delimiter=delimiter, strict=True)
    except csv.Error:
        raise TableError("not_readable") from None


def _told_delimiter(words: str) -> tuple[str, str]:
    """Excel's own first line, "sep=;", and the rest; no delimiter and everything when there is none."""
    first, _, rest = words.partition("\n")
    told = first.strip("\r").removeprefix("sep=")
    return (told, rest) if first.startswith("sep=") and told in tuple(DELIMITERS) else ("", words)


def _delimiter(words: str) -> str:
    """What parts the most cells of the first line that is not empty, text between quotes apart."""
    first = next((line for line in words.splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _rows_of_xlsx(data: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook  # slow, and it brings numpy into the process

    try:
        book = load_workbook(_unpacked(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # a file may claim a million columns
        cells = 0
        for row in sheet.iter_rows(values_only=True):
            cells += len(row)
            if cells > CELLS:
                raise TableError("too_large")
            yield [_as_text(value) for value in row]
    except TableError:
        raise
    except Exception:  # whatever a library says of a broken file; its words would quote the file
        raise TableError("not_readable") from None


def _unpacked(data: bytes) -> io.BytesIO:
    """The archive anew, its parts as large as they say and no larger: the original may lie about them.

    Read in small pieces, of which deflate alone keeps the measure.
    """
    honest = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(honest, "w") as copy:
        parts = archive.infolist()
        if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
            raise TableError("too_large")
        if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
            raise TableError("not_readable")
        for part in parts:
            with archive.open(part) as source, copy.open(part.filename, "w") as target:
                shutil.copyfileobj(source, target, length=65_536)
    return honest


def _as_text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case _:
            return str(value)
