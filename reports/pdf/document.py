"""Turns a story into a PDF: pages with header and footer, everything tagged, the same story always the same bytes."""

import datetime
import functools
import io
from collections.abc import Callable
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from reports.charts.palette import BRAND_DARK, HAIR, MUTED
from reports.pdf.canvas import TaggedCanvas
from reports.pdf.fonts import REGULAR, printable, register_fonts, text_width
from reports.pdf.metadata import describe, information
from reports.pdf.story import Story
from reports.pdf.styles import BOTTOM, MARGIN, PAGE_HEIGHT, PAGE_WIDTH, TOP, WIDTH

_COVER_HEIGHT = 330
# Five bands, one for each level; steps of lightness, none of them better.
_LEVEL_TINTS = [HexColor(tint) for tint in (0x0B4F9E, 0x2F6CB3, 0x5389C7, 0x77A6DC, 0x9BC3F0)]
_SMALL = 8.5
_PDF_1_7 = (1, 7)
_LOCALES = {"nl": "nl-BE", "en": "en"}


@dataclass(frozen=True)
class Frontispiece:
    """What stands around the story. `language` is "nl" or "en"; `page_label` gives "page x of y"."""

    title: str
    author: str
    language: str
    made_at: datetime.datetime
    header: str
    footer: str
    page_label: Callable[[int, int], str]


def write_pdf(story: Story, front: Frontispiece) -> bytes:
    """The PDF, tagged as PDF/UA-1 asks, with bookmarks and embedded fonts."""
    register_fonts()
    file = io.BytesIO()
    document = BaseDocTemplate(
        file,
        pageTemplates=[_cover(), _page(front)],
        initialFontName=REGULAR,
        invariant=1,
        pageCompression=1,
        lang=_LOCALES[front.language],
        **information(title=front.title, author=front.author),
    )
    document.build(story.flowables, canvasmaker=functools.partial(_canvas, story=story, front=front))
    return file.getvalue()


def _canvas(file: io.BytesIO, *, story: Story, front: Frontispiece, **options: object) -> TaggedCanvas:
    canvas = TaggedCanvas(file, root=story.root, pdfVersion=_PDF_1_7, **options)
    describe(
        canvas,
        title=front.title,
        author=front.author,
        language=_LOCALES[front.language],
        made_at=front.made_at,
    )
    return canvas


def _frame(bottom: float, height: float) -> Frame:
    return Frame(MARGIN, bottom, WIDTH, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def _cover() -> PageTemplate:
    upper = _frame(PAGE_HEIGHT - _COVER_HEIGHT, _COVER_HEIGHT - 56)
    lower = _frame(BOTTOM, PAGE_HEIGHT - _COVER_HEIGHT - BOTTOM - 30)
    return PageTemplate("cover", [upper, lower], onPage=_draw_cover)


def _draw_cover(canvas: TaggedCanvas, document: BaseDocTemplate) -> None:
    with canvas.artifact("Background"):
        canvas.setFillColor(BRAND_DARK)
        canvas.rect(0, PAGE_HEIGHT - _COVER_HEIGHT, PAGE_WIDTH, _COVER_HEIGHT, stroke=0, fill=1)
        for index, tint in enumerate(_LEVEL_TINTS):
            canvas.setFillColor(tint)
            canvas.rect(
                index * PAGE_WIDTH / 5, PAGE_HEIGHT - _COVER_HEIGHT, PAGE_WIDTH / 5, 9, stroke=0, fill=1
            )


def _page(front: Frontispiece) -> PageTemplate:
    frame = _frame(BOTTOM, PAGE_HEIGHT - TOP - BOTTOM)
    return PageTemplate("page", [frame], onPage=functools.partial(_draw_page, front=front))


def _draw_page(canvas: TaggedCanvas, document: BaseDocTemplate, *, front: Frontispiece) -> None:
    header_line, footer_line = PAGE_HEIGHT - TOP + 16, BOTTOM - 16
    number = document.page
    with canvas.artifact("Pagination"):
        canvas.setStrokeColor(HAIR)
        canvas.setLineWidth(0.6)
        canvas.line(MARGIN, footer_line, PAGE_WIDTH - MARGIN, footer_line)
        _draw_small(canvas, header_line, front.header)
        _draw_small(canvas, footer_line - 13, front.footer)
        canvas.postpone(
            lambda: _draw_small(
                canvas, footer_line - 13, front.page_label(number, canvas.page_count), is_right=True
            )
        )


def _draw_small(canvas: TaggedCanvas, bottom: float, words: str, *, is_right: bool = False) -> None:
    words = _fitting(printable(words))
    left = PAGE_WIDTH - MARGIN - text_width(words, REGULAR, _SMALL) if is_right else MARGIN
    canvas.setFillColor(MUTED)
    canvas.setFont(REGULAR, _SMALL)
    canvas.drawString(left, bottom, words)


def _fitting(words: str) -> str:
    """Words on one line, cut with an ellipsis where a long name does not fit."""
    if text_width(words, REGULAR, _SMALL) <= WIDTH:
        return words
    while text_width(f"{words}…", REGULAR, _SMALL) > WIDTH:
        words = words[:-1]
    return f"{words.rstrip()}…"
