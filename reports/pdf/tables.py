"""Tables with header and data cells for a screen reader; lines, grounds and repeated header rows are not read."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from reportlab.platypus import Table, TableStyle

from reports.charts.palette import BRAND_SOFT, HAIR, INK
from reports.pdf.flowables import Text
from reports.pdf.structure import Element
from reports.pdf.styles import CELL, CELL_HEAD, CELL_HEAD_NUMBER, CELL_NUMBER, CELL_STRONG

_LOOK = TableStyle(
    [
        # Cells bring their own font; without this reportlab names Helvetica, which is not embedded.
        ("FONTNAME", (0, 0), (-1, -1), CELL.fontName),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ("LINEBELOW", (0, 0), (-1, 0), 1.2, INK),
        ("LINEBELOW", (0, 1), (-1, -1), 0.6, HAIR),
    ]
)
_LAST_PAIR = ("NOSPLIT", (0, -2), (0, -1))


def table(
    parent: Element,
    *,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    numeric: Sequence[int] = (),
    marked: Sequence[int] = (),
    ends_in_pair: bool = False,
) -> Table:
    """A table with one row of column headers; `numeric` columns align right.

    The first column heads its rows, but in a small table, where more would be headers than not and a screen reader
    would repeat them around every word. `marked` rows, counted without the head, stand on a tint with the words of
    their first cell in bold; words in them must say why. `ends_in_pair` lets no last row go alone to a page, below
    the head again, in a table of which two rows fit any page.
    """
    element = parent.add("Table")
    cells = [_row(element, head, numeric, is_head=True)]
    has_row_heads = len(rows) * (len(head) - 1) >= len(rows) + len(head)
    cells += [
        _row(element, row, numeric, has_row_head=has_row_heads, is_marked=place in marked)
        for place, row in enumerate(rows)
    ]
    return Table(
        cells,
        colWidths=list(widths),
        style=_look(marked, ends_in_pair=ends_in_pair),
        repeatRows=1,
        hAlign="LEFT",
        spaceAfter=10,
        renderCB=_Marks(),
    )


def _look(marked: Sequence[int], *, ends_in_pair: bool) -> TableStyle:
    tints = [("BACKGROUND", (0, row + 1), (-1, row + 1), BRAND_SOFT) for row in marked]
    # Words stand free of the edge of a tint, and all rows begin at the same place.
    indents = [("LEFTPADDING", (0, 0), (0, -1), 6)] if marked else []
    return TableStyle([*tints, *indents, *[_LAST_PAIR] * ends_in_pair], parent=_LOOK)


def _row(
    table_element: Element,
    words: Sequence[str],
    numeric: Sequence[int],
    *,
    is_head: bool = False,
    has_row_head: bool = False,
    is_marked: bool = False,
) -> list[Text]:
    row = table_element.add("TR")
    cells = []
    for column, each in enumerate(words):
        if is_head:
            cell = row.add("TH", scope="Column")
            style = CELL_HEAD_NUMBER if column in numeric else CELL_HEAD
        else:
            cell = row.add("TH", scope="Row") if has_row_head and column == 0 else row.add("TD")
            style = CELL_NUMBER if column in numeric else CELL_STRONG if is_marked and column == 0 else CELL
        cells.append(Text(each, style, element=cell))
    return cells


class _Marks:
    """Called by reportlab around each part of a table and of the tables that it is split into."""

    def __init__(self) -> None:
        self.is_head_told = False
        self.artifact: AbstractContextManager[None] | None = None

    def __call__(self, part: Table, moment: str, *details: object) -> None:
        is_repeated_head = moment == "startRow" and self.is_head_told and details[0] < part.repeatRows
        if moment in ("startBG", "startLines") or is_repeated_head:
            self.artifact = part.canv.artifact()
            self.artifact.__enter__()
        elif moment in ("endBG", "endLines", "endRow") and self.artifact:
            self.artifact.__exit__(None, None, None)
            self.artifact = None
        elif moment == "endTable":
            self.is_head_told = True
