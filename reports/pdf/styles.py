"""Measures and paragraph styles of every PDF: A4, one column, one accent."""

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from reports.charts.palette import BRAND, BRAND_DARK, BRAND_SOFT, INK, MUTED, PAPER
from reports.pdf.fonts import BOLD, REGULAR

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 24 * mm
TOP = 22 * mm
BOTTOM = 24 * mm
WIDTH = PAGE_WIDTH - 2 * MARGIN
# Running text is narrower than tables and charts: some 75 characters a line read best.
MEASURE = 432
INDENT = 14


def _style(name: str, size: float, leading: float, **more: object) -> ParagraphStyle:
    defaults = {
        "fontName": REGULAR,
        "textColor": INK,
        "rightIndent": WIDTH - MEASURE,
        "spaceAfter": 6,
        "allowWidows": 0,
        "allowOrphans": 0,
        "splitLongWords": 1,
        "spaceShrinkage": 0,
    }
    return ParagraphStyle(name, fontSize=size, leading=leading, **(defaults | more))


BODY = _style("body", 10.5, 15.5)
LEAD = _style("lead", 13, 20, spaceAfter=9)
KEPT_BODY = _style("kept", 10.5, 15.5, keepWithNext=1)
MUTED_BODY = _style("muted", 10.5, 15.5, textColor=MUTED)
SMALL = _style("small", 9, 13, textColor=MUTED)
STRONG = _style("strong", 10.5, 15.5, fontName=BOLD, spaceAfter=1, keepWithNext=1)
STEP = _style("step", 12, 17, fontName=BOLD, spaceAfter=4, keepWithNext=1)
ITEM = _style("item", 10.5, 15.5, leftIndent=INDENT, spaceAfter=4)
KEPT_ITEM = _style("kept item", 10.5, 15.5, leftIndent=INDENT, spaceAfter=4, keepWithNext=1)
# How to read the report: a little closer, so that it stands on one page.
GUIDE = _style("guide", 10, 14, spaceAfter=5)
GUIDE_ITEM = _style("guide item", 10, 14, leftIndent=INDENT, spaceAfter=3)
LEAD_ITEM = _style("lead item", 13, 19, leftIndent=20, spaceAfter=5)

H2 = _style(
    "h2",
    21,
    26,
    fontName=BOLD,
    textColor=BRAND_DARK,
    rightIndent=0,
    spaceBefore=22,
    spaceAfter=10,
    keepWithNext=1,
)
H3 = _style("h3", 13, 18, fontName=BOLD, textColor=BRAND_DARK, spaceBefore=14, spaceAfter=3, keepWithNext=1)
H4 = _style("h4", 9.5, 14, fontName=BOLD, textColor=BRAND, spaceBefore=8, spaceAfter=2, keepWithNext=1)

CALLOUT = _style("callout", 10.5, 15.5, leftIndent=14, rightIndent=14, spaceBefore=25, spaceAfter=25)

CELL = _style("cell", 9.5, 13, rightIndent=0, spaceAfter=0)
CELL_STRONG = _style("cell strong", 9.5, 13, fontName=BOLD, rightIndent=0, spaceAfter=0)
CELL_NUMBER = _style("cell number", 9.5, 13, rightIndent=0, spaceAfter=0, alignment=TA_RIGHT)
CELL_HEAD = _style("cell head", 9, 12, fontName=BOLD, textColor=MUTED, rightIndent=0, spaceAfter=0)
CELL_HEAD_NUMBER = _style(
    "cell head number", 9, 12, fontName=BOLD, textColor=MUTED, rightIndent=0, spaceAfter=0, alignment=TA_RIGHT
)

COVER_PUBLISHER = _style("cover publisher", 11, 15, textColor=BRAND_SOFT, rightIndent=0)
COVER_TITLE = _style(
    "cover title", 36, 42, fontName=BOLD, textColor=PAPER, rightIndent=0, spaceBefore=70, spaceAfter=12
)
COVER_SUBTITLE = _style("cover subtitle", 17, 23, textColor=PAPER, rightIndent=0, spaceAfter=0)
COVER_FACT = _style("cover fact", 11.5, 18, spaceAfter=2)
CONTENTS_TITLE = _style(
    "contents title", 13, 18, fontName=BOLD, textColor=BRAND_DARK, spaceBefore=30, spaceAfter=6
)
CONTENTS_ENTRY = _style("contents entry", 10.5, 15.5, rightIndent=36, spaceAfter=0)
