"""Exported figures as they are read again: the cells of a workbook, the rows of a CSV, the whole of a document."""

import csv
import io
import json
from typing import Any

from docx import Document
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

Cells = list[tuple[Any, ...]]


def sheets(data: bytes) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in load_workbook(io.BytesIO(data)).worksheets}


def cells(data: bytes) -> dict[str, Cells]:
    """The values of each sheet, row by row, the header first."""
    return {name: list(sheet.iter_rows(values_only=True)) for name, sheet in sheets(data).items()}


def rows(data: bytes) -> list[dict[str, str]]:
    """The rows of a file with semicolons that begins with a byte order mark."""
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def document(data: bytes) -> dict[str, Any]:
    return json.loads(data)


def paragraphs(data: bytes) -> str:
    """The text of a Word file, a line a paragraph."""
    return "\n".join(each.text for each in Document(io.BytesIO(data)).paragraphs)
