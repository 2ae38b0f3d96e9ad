"""Measures and paragraph styles of every PDF: A4, one column, one accent."""

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from reports.charts.palette import BRAND, BRAND_DARK, INK, MUTED, PAPER
from reports.pdf.fonts import BOLD, ITALIC, REGULAR
from reports.pdf.hyphens import broken

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 24 * mm
TOP = 18 * mm
BOTTOM = 19 * mm
WIDTH = PAGE_WIDTH - 2 * MARGIN
ROOM = PAGE_HEIGHT - TOP - BOTTOM  # for what stands on a page that is no cover
# Running text is narrower than tables and charts: some 75 characters a line read best.
MEASURE = 432
# The cover: a strip of paper for the organisation, a dark band at least so high for the title, then two columns.
STRIP = 62
BAND = 176
BAND_PADDING = 30
EMBLEM = 132
SIDE_COLUMN = 148
GUTTER = 28
TITLE_WIDTH = WIDTH - EMBLEM - GUTTER
LOGO_WIDTH, LOGO_HEIGHT = 180, 34
INDENT = 14
# Letters from which on a word may be broken: in running text only what would leave a hole, in a narrow cell more.
LONG_WORD = 16
LONG_WORD_IN_CELL = 13


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
        "hyphenationLang": broken,
        "hyphenationMinWordLength": LONG_WORD,
    }
    return ParagraphStyle(name, fontSize=size, leading=leading, **(defaults | more))


BODY = _style("body", 9.5, 13.5)
LEAD = _style("lead", 11, 15.5, spaceAfter=6)
KEPT_BODY = _style("kept", 9.5, 13.5, keepWithNext=1)
KEPT_MUTED = _style("kept muted", 10.5, 15.5, textColor=MUTED, keepWithNext=1)
MUTED_BODY = _style("muted", 9.5, 13.5, textColor=MUTED)
SMALL = _style("small", 9, 13, textColor=MUTED)
STRONG = _style("strong", 9.5, 13.5, fontName=BOLD, spaceAfter=1, keepWithNext=1)
METHOD = _style("method", 9.5, 13, spaceAfter=1, keepWithNext=1)
STEP = _style("step", 12, 17, fontName=BOLD, spaceAfter=4, keepWithNext=1)
ITEM = _style("item", 9.5, 13, leftIndent=INDENT, spaceAfter=3)
KEPT_ITEM = _style("kept item", 9.5, 13, leftIndent=INDENT, spaceAfter=3, keepWithNext=1)
SMALL_ITEM = _style("small item", 9.5, 13, leftIndent=18, spaceAfter=2)
NOTE_ITEM = _style("note item", 9, 12, leftIndent=INDENT, rightIndent=0, spaceAfter=2)
# Beside a chart, as wide as the chart.
BESIDE = _style("beside", 9, 12.5, rightIndent=0, spaceAfter=4, keepWithNext=1)
QUESTION = _style("question", 9, 12, textColor=MUTED, rightIndent=0, spaceAfter=4)
# How to read the report: a little closer, so that it stands on one page.
GUIDE = _style("guide", 9.5, 13.5, spaceAfter=4)
GUIDE_ITEM = _style("guide item", 9.5, 13.5, leftIndent=INDENT, spaceAfter=3)
# For whoever wants to check the calculation.
ANNEX = _style("annex", 9, 12.5, rightIndent=0, spaceAfter=4)
ANNEX_LINK = _style("annex link", 9, 12.5, textColor=BRAND, rightIndent=0, spaceAfter=4)
KEPT_ANNEX = _style("kept annex", 9, 12.5, rightIndent=0, spaceAfter=4, keepWithNext=1)

H2 = _style(
    "h2",
    20,
    25,
    fontName=BOLD,
    textColor=BRAND_DARK,
    rightIndent=0,
    spaceBefore=16,
    spaceAfter=8,
    keepWithNext=1,
)
H3 = _style("h3", 12.5, 17, fontName=BOLD, textColor=BRAND_DARK, spaceBefore=9, spaceAfter=2, keepWithNext=1)
H4 = _style("h4", 9.5, 14, fontName=BOLD, textColor=BRAND, spaceBefore=7, spaceAfter=1, keepWithNext=1)

CALLOUT = _style("callout", 9.5, 13.5, leftIndent=14, rightIndent=14, spaceBefore=9, spaceAfter=9)
ASIDE = _style("aside", 10.5, 15.5, leftIndent=14, spaceAfter=7)
ASIDE_STRONG = _style("aside strong", 10.5, 15.5, fontName=BOLD, leftIndent=14)
QUOTE = _style("quote", 10, 14, fontName=ITALIC, leftIndent=14, spaceBefore=4, spaceAfter=8)


def _cell(name: str, size: float, leading: float, **more: object) -> ParagraphStyle:
    narrow = {"rightIndent": 0, "spaceAfter": 0, "hyphenationMinWordLength": LONG_WORD_IN_CELL}
    return _style(name, size, leading, **(narrow | more))


CELL = _cell("cell", 8.5, 11)
CELL_STRONG = _cell("cell strong", 8.5, 11, fontName=BOLD)
CELL_NUMBER = _cell("cell number", 8.5, 11, alignment=TA_RIGHT)
CELL_HEAD = _cell("cell head", 8.5, 10.5, fontName=BOLD, textColor=MUTED)
CELL_HEAD_NUMBER = _cell("cell head number", 8.5, 10.5, fontName=BOLD, textColor=MUTED, alignment=TA_RIGHT)

COVER_PUBLISHER = _style("cover publisher", 11, 15, textColor=MUTED, rightIndent=0)
COVER_TITLE = _style("cover title", 31, 36, fontName=BOLD, textColor=PAPER, rightIndent=0, spaceAfter=10)
COVER_SUBTITLE = _style("cover subtitle", 15, 20, textColor=PAPER, rightIndent=0, spaceAfter=0)
COVER_LEAD = _style("cover lead", 12, 17.5, rightIndent=0, spaceAfter=8)
COVER_ITEM = _style("cover item", 12, 17, rightIndent=0, leftIndent=20, spaceAfter=5)
COVER_NOTE = _style("cover note", 9.5, 13.5, textColor=MUTED, rightIndent=0, spaceBefore=14)
COVER_FACT = _style("cover fact", 9.5, 13.5, rightIndent=0, spaceAfter=5)
COVER_SMALL = _style("cover small", 8, 11, textColor=MUTED, rightIndent=0, spaceBefore=6, spaceAfter=0)
CONTENTS_TITLE = _style(
    "contents title",
    11,
    15,
    fontName=BOLD,
    textColor=BRAND_DARK,
    rightIndent=0,
    spaceBefore=16,
    spaceAfter=4,
    keepWithNext=1,
)
COVER_OMITTED = _style("cover omitted", 9, 11.5, textColor=MUTED, rightIndent=0, spaceAfter=2)
CONTENTS_ENTRY = _style("contents entry", 9, 11.5, rightIndent=22, spaceAfter=0)

# A memo of one page, on the paper of a municipality.
LETTERHEAD = _style("letterhead", 13, 18, fontName=BOLD, rightIndent=0, spaceAfter=4)
LETTER_TITLE = _style(
    "letter title", 18, 23, fontName=BOLD, textColor=BRAND_DARK, rightIndent=0, spaceBefore=16, spaceAfter=4
)
LETTER_HEADING = _style(
    "letter heading", 11, 15, fontName=BOLD, textColor=BRAND_DARK, spaceBefore=9, spaceAfter=1, keepWithNext=1
)
LETTER_BODY = _style("letter body", 10, 14, rightIndent=0, spaceAfter=2)
LETTER_ITEM = _style("letter item", 10, 14, rightIndent=0, leftIndent=INDENT, spaceAfter=1)
TO_FILL_IN = _style(
    "to fill in", 10, 14, fontName=ITALIC, textColor=MUTED, rightIndent=0, spaceBefore=6, spaceAfter=0
)
LETTER_ANNEX = _style("letter annex", 9, 13, textColor=MUTED, rightIndent=0, spaceBefore=16, spaceAfter=0)
# The same where names and actions are so long that the page would not hold it.
CLOSE_HEADING = _style(
    "close heading", 10, 13, fontName=BOLD, textColor=BRAND_DARK, spaceBefore=5, spaceAfter=0, keepWithNext=1
)
CLOSE_BODY = _style("close body", 9, 11, rightIndent=0, spaceAfter=1)
CLOSE_ITEM = _style("close item", 9, 11, rightIndent=0, leftIndent=INDENT, spaceAfter=0)
CLOSE_ANNEX = _style("close annex", 9, 11.5, textColor=MUTED, rightIndent=0, spaceBefore=8, spaceAfter=0)
