"""Turns a story into a PDF: pages with header and footer, everything tagged, the same story always the same bytes."""

import datetime
import functools
import io
from collections.abc import Callable
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from reports.charts.palette import BRAND, BRAND_DARK, HAIR, MUTED, tint
from reports.pdf.canvas import TaggedCanvas
from reports.pdf.drawing import draw_shapes
from reports.pdf.fonts import REGULAR, printable, register_fonts, text_width
from reports.pdf.metadata import describe, information
from reports.pdf.story import Story
from reports.pdf.styles import (
    BAND_PADDING,
    BOTTOM,
    GUTTER,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIDE_COLUMN,
    STRIP,
    TITLE_WIDTH,
    TOP,
    WIDTH,
)

# Five bands, one for each level; steps of lightness, none of them better.
_LEVEL_TINTS = [tint(BRAND, share) for share in (1, 0.85, 0.7, 0.55, 0.4)]
_TINTS_HEIGHT = 9
_SMALL = 8.5
_PDF_1_7 = (1, 7)
_LOCALES = {"nl": "nl-BE", "en": "en"}


@dataclass(frozen=True)
class Frontispiece:
    """What stands around the story. `language` is "nl" or "en"; `page_label` gives "page x of y".

    `emblem` is drawn in the band of the cover, which is as dark as `BRAND_DARK`.
    """

    title: str
    author: str
    language: str
    made_at: datetime.datetime
    header: str
    footer: str
    page_label: Callable[[int, int], str]
    emblem: Drawing | None = None


def write_pdf(story: Story, front: Frontispiece) -> bytes:
    """The PDF, tagged as PDF/UA-1 asks, with bookmarks and embedded fonts."""
    register_fonts()
    file = io.BytesIO()
    document = BaseDocTemplate(
        file,
        pageTemplates=[*([_cover(story, front.emblem)] if story.has_cover else []), _page(front)],
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


def _frame(bottom: float, height: float, *, left: float = MARGIN, width: float = WIDTH) -> Frame:
    return Frame(left, bottom, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def _cover(story: Story, emblem: Drawing | None) -> PageTemplate:
    """Strip, band and two columns; the story fills them in this order. Only beside an emblem is the title narrower."""
    width = TITLE_WIDTH if emblem else WIDTH
    band = story.band(width)
    foot = PAGE_HEIGHT - STRIP - band
    below = foot - _TINTS_HEIGHT - 20 - BOTTOM
    column = WIDTH - SIDE_COLUMN - GUTTER
    frames = [
        _frame(PAGE_HEIGHT - STRIP + 8, STRIP - 22),
        _frame(foot, band - BAND_PADDING, width=width),
        _frame(BOTTOM, below, width=column),
        _frame(BOTTOM, below, left=MARGIN + column + GUTTER, width=SIDE_COLUMN),
    ]
    return PageTemplate(
        "cover", frames, onPage=functools.partial(_draw_cover, foot=foot, band=band, emblem=emblem)
    )


def _draw_cover(
    canvas: TaggedCanvas, document: BaseDocTemplate, *, foot: float, band: float, emblem: Drawing | None
) -> None:
    with canvas.artifact("Background"):
        canvas.setFillColor(BRAND_DARK)
        canvas.rect(0, foot, PAGE_WIDTH, band, stroke=0, fill=1)
        for index, color in enumerate(_LEVEL_TINTS):
            canvas.setFillColor(color)
            canvas.rect(
                index * PAGE_WIDTH / 5, foot - _TINTS_HEIGHT, PAGE_WIDTH / 5, _TINTS_HEIGHT, stroke=0, fill=1
            )
        if emblem:
            canvas.saveState()
            canvas.translate(PAGE_WIDTH - MARGIN - emblem.width, foot + (band - emblem.height) / 2)
            draw_shapes(canvas, emblem)
            canvas.restoreState()


def _page(front: Frontispiece) -> PageTemplate:
    frame = _frame(BOTTOM, PAGE_HEIGHT - TOP - BOTTOM)
    return PageTemplate("page", [frame], onPage=functools.partial(_draw_page, front=front))


def _draw_page(canvas: TaggedCanvas, document: BaseDocTemplate, *, front: Frontispiece) -> None:
    header_line, footer_line = PAGE_HEIGHT - TOP + 16, BOTTOM - 16
    number = document.page
    with canvas.artifact("Pagination"):
        if front.footer:
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
