"""Files with an earlier round, as a secretary would hand them in; written for the tests, all fictional."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import openpyxl
from django.conf import settings

from assessment.actions.importing import column_names
from questionnaires.content import Content
from questionnaires.loading import check_file

LOK = ("LOK1", "LOK2", "LOK3", "LOK4", "importance_LOK", "change_LOK")


@cache
def real_content() -> Content:
    return check_file(settings.BASE_DIR / "questionnaires" / "files" / "burgemeestersforum-1.yaml")


def header(*, asks_change: bool = False) -> list[str]:
    return column_names(real_content(), asks_change=asks_change)


def row(group: str, municipality: str, value: Any = 4, *, asks_change: bool = False, **cells: Any) -> list:
    """A respondent who gives every question of the group the same value, except in `cells`."""
    names = header(asks_change=asks_change)[2:]
    is_local = group != "support_and_partners"
    given = [cells.get(name, value if is_local or name not in LOK else "") for name in names]
    return [group, municipality, *given]


def rows_of(
    municipalities: Iterable[str], *, partners: int = 0, asks_change: bool = False
) -> Iterator[list[Any]]:
    """A mayor and another local member of each, with values that differ by place; then the partners."""
    for number, municipality in enumerate(municipalities):
        yield row("mayors", municipality, 1 + number % 5, asks_change=asks_change)
        yield row("other_local_members", municipality, 5 - number % 3, asks_change=asks_change, VIS1="WN")
    for _ in range(partners):
        yield row("support_and_partners", "", 3, asks_change=asks_change)


def as_csv(rows: Iterable[Sequence[Any]], *, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue().encode(encoding)


def as_xlsx(rows: Iterable[Sequence[Any]]) -> bytes:
    workbook, written = openpyxl.Workbook(), io.BytesIO()
    for cells in rows:
        workbook.active.append([None if cell == "" else cell for cell in cells])
    workbook.create_sheet("Uitleg").append(["group", "niet lezen"])
    workbook.save(written)
    return written.getvalue()
