"""A table into a file: CSV as a Belgian Excel opens it, or XLSX; no cell of it is ever run as a formula."""

import csv
import io
import re
from collections.abc import Sequence

from questionnaires.texts import legible

# What a spreadsheet takes for a formula, behind any quotes that already stand before it; the wide forms too.
FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
WIDEST = 60

Table = Sequence[Sequence[str]]


def as_csv(table: Table) -> bytes:
    """Semicolons and UTF-8 with its mark, without which Excel reads another alphabet."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([[neutral(cell) for cell in row] for row in table])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table) -> bytes:
    """One sheet with the first row in bold, which stays in sight."""
    from openpyxl import Workbook  # slow, and it brings numpy into the process
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    for row in table:
        sheet.append([neutral(cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, column in enumerate(zip(*table, strict=True), start=1):
        width = min(WIDEST, max(len(cell) for cell in column) + 2)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def neutral(cell: str) -> str:
    """The cell as a workbook can hold it, with a quote before what a spreadsheet would run; `plain` takes it away."""
    cell = legible(cell)
    return f"'{cell}" if FORMULA.match(cell) else cell


def plain(cell: str) -> str:
    """What stood in the cell before `neutral`."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
