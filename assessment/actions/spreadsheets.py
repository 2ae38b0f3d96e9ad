"""The first sheet of an XLSX file as rows of plain texts.

Such a file is a zip of XML: a few kilobytes can unpack to gigabytes, and a few bytes can claim a million rows.
openpyxl reads XML through defusedxml, which refuses entities.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl import Workbook

MAX_BYTES = 5_000_000
# Excel's own limit of rows, and far more columns than any layout has: a row may claim 16,384 of them.
MAX_ROWS, MAX_COLUMNS = 1_048_576, 200
MAX_PARTS = 200
WORKBOOK = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
FORMULA = re.compile(rb"<(\w+:)?f[\s/>]")


class TableError(Exception):
    """A file that cannot be read as a table.

    `reason` is not_utf8, not_readable, empty_file or too_large; `row` is None where it concerns the whole file.
    """

    def __init__(self, reason: str, row: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.row = row


def spreadsheet_rows(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each row that is not empty: values, and a formula itself where no value was stored.

    Every row has MAX_COLUMNS cells. Raises TableError for anything but an XLSX workbook.
    """
    try:
        has_formulas = _check_package(raw)
        rows = _cells(raw, is_computed=True)
        if has_formulas:
            rows = map(_filled, rows, _cells(raw, is_computed=False))
        for number, cells in enumerate(rows, start=1):
            if cells.count(None) < len(cells):
                yield number, ["" if cell is None else _text(cell) for cell in cells]
    except TableError:
        raise
    except (
        Exception
    ):  # zipfile, zlib, defusedxml and openpyxl raise whatever a broken file makes them stumble on
        raise TableError("not_readable") from None


def _check_package(raw: bytes) -> bool:
    """Refuse what unpacks to too much or is no XLSX; whether a sheet has formulas."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = package.infolist()
        # Other methods unpack whole blocks, whatever size was promised.
        if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
            raise TableError("not_readable")
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_BYTES:
            raise TableError("too_large")
        # XLSM, templates and what other programs zip say something else here.
        if WORKBOOK not in package.read("[Content_Types].xml"):
            raise TableError("not_readable")
        sheets = [part for part in parts if "worksheets/" in part.filename]
        return any(FORMULA.search(package.read(part)) for part in sheets)


def _cells(raw: bytes, *, is_computed: bool) -> Iterator[tuple[Any, ...]]:
    """The cells of the first sheet row by row: values as the file keeps them, or formulas as they were written."""
    from openpyxl import load_workbook  # a web worker that never reads a spreadsheet pays nothing for it

    workbook: Workbook = load_workbook(
        io.BytesIO(raw), read_only=True, data_only=is_computed, keep_links=False
    )
    if not workbook.worksheets:
        raise TableError("empty_file")
    sheet = workbook.worksheets[0]
    return sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)


def _filled(values: tuple[Any, ...], written: tuple[Any, ...]) -> tuple[Any, ...]:
    """A formula without a stored value is no empty cell: its own words tell that something should stand there."""
    pairs = zip(values, written, strict=True)
    return tuple(value if value is not None else _formula(each) for value, each in pairs)


def _formula(written: Any) -> str | None:
    """The words of a formula; those of a range are an object, of a table not even words."""
    if written is None or isinstance(written, str):
        return written
    return getattr(written, "text", None) or "="


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()  # as Excel shows it
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)
