"""The figures as a workbook to read, filter and calculate with: a guide, and a sheet for each part."""

import datetime
import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from assessment.actions.writing_tables import neutral
from questionnaires.texts import text
from reports.exports.codebook import Value, Variable
from reports.exports.figures import Figures, figures
from reports.exports.packing import packed
from reports.report import Report

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# These stay away when there is nothing on them; the others say so.
ONLY_WHEN_TOLD = ("experience",)
NARROW, NUMBER, WORD, WIDE = 9, 12, 20, 60
WIDTHS = {"code": NARROW, "dimension": 34, "owner": 30, "evidence": 40, "action": 40}
WIDTHS |= dict.fromkeys(("statement", "sentence", "question"), WIDE)
TOPIC, EXPLANATION = 30, 100


def as_xlsx(report: Report) -> bytes:
    """The same report gives the same bytes, and no cell of it is ever run as a formula."""
    from openpyxl import Workbook  # slow, and it brings numpy into the process

    with translation.override(report.language):
        told = figures(report)
        book = Workbook()
        book.remove(book.active)
        _describe(book, report)
        _guide(book, report, told)
        for part, variables in told.variables.items():
            if told.parts[part] or part not in ONLY_WHEN_TOLD:
                _sheet(book, part, variables, told.parts[part])
        return _as_bytes(book, report.closed_at)


def _describe(book: "Workbook", report: Report) -> None:
    moment = report.closed_at.astimezone(datetime.UTC).replace(tzinfo=None)
    properties = book.properties
    properties.title = neutral(f"{report.title} {report.subtitle}")
    properties.creator, properties.language = report.publisher, report.language
    properties.created = properties.modified = moment


# --- Sheets ------------------------------------------------------------------------------------------------------


def _guide(book: "Workbook", report: Report, told: Figures) -> None:
    """What the report is of, how to read it, and where to have it checked."""
    sheet = book.create_sheet(text("figures.sheet.guide"))
    sheet.append([text("figures.topic"), text("figures.explanation")])
    for topic, explanation in _explanations(report, told):
        sheet.append([neutral(topic), neutral(explanation)])
    _lay_out(sheet, [TOPIC, EXPLANATION])
    _embolden(sheet)


def _explanations(report: Report, told: Figures) -> Iterator[tuple[str, str]]:
    cover, address = report.cover, settings.BASE_URL.rstrip("/") + reverse("reports:check")
    yield text("figures.report"), f"{report.title} {report.subtitle}"
    yield text("figures.round_closed"), cover.closed_on
    yield text("report.who.title"), cover.response
    yield from (("", each) for each in told.notes)
    yield text("figures.empty"), text("figures.empty.body")
    yield text("figures.origin"), f"{cover.version} {text('report.technical.check', address=address)}"
    for each in told.guide:
        first, *others = each.paragraphs
        yield each.title, first
        yield from (("", paragraph) for paragraph in others)


def _sheet(
    book: "Workbook", part: str, variables: tuple[Variable, ...], rows: list[dict[str, Value]]
) -> None:
    sheet = book.create_sheet(text(f"figures.sheet.{part}"))
    sheet.append([each.heading for each in variables])
    for row in rows:
        sheet.append([_cell(each, row[each.name]) for each in variables])
    if not rows:
        sheet.append([text(f"figures.none.{part}")])
    else:
        sheet.auto_filter.ref = sheet.dimensions
    _lay_out(sheet, [_width(each) for each in variables])


def _cell(variable: Variable, value: Value) -> int | str | None:
    """A whole number stays a number."""
    if value is None:
        return text(variable.lacking) if variable.lacking else None
    if isinstance(value, bool):
        return text("figures.yes" if value else "figures.no")
    return neutral(value) if isinstance(value, str) else value


def _width(variable: Variable) -> int:
    return WIDTHS.get(variable.name, WORD if variable.kind is str else NUMBER)


def _lay_out(sheet: "Worksheet", widths: list[int]) -> None:
    """The first row stands out and stays in sight, on paper too; long texts are wrapped."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    head, fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="08376F")
    wrapped = Alignment(vertical="top", wrap_text=True)
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = wrapped
    for cell in sheet[1]:
        cell.font, cell.fill = head, fill
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _embolden(sheet: "Worksheet") -> None:
    from openpyxl.styles import Font

    for (cell,) in sheet.iter_rows(min_row=2, max_col=1):
        cell.font = Font(bold=True)


def _as_bytes(book: "Workbook", closed_at: datetime.datetime) -> bytes:
    from openpyxl.writer.excel import ExcelWriter

    loose = io.BytesIO()
    # Not book.save: it would write the clock into the properties.
    with zipfile.ZipFile(loose, "w", zipfile.ZIP_STORED) as package:
        ExcelWriter(book, package).save()
    return packed(loose, closed_at)
