"""What a story is made of: paragraphs, headings, items, callouts, figures; each fills its element when drawn."""

import re
from collections.abc import Iterable

from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Paragraph
from reportlab.platypus.paragraph import _SplitWordEnd as LastPart
from reportlab.platypus.paragraph import _SplitWordHY as HyphenedWord
from reportlab.platypus.paragraph import _SplitWordLL as HyphenedAtBreak
from reportlab.platypus.paraparser import ParaFrag

from reports.charts.palette import BRAND, BRAND_SOFT, HAIR, INK, LINE, WARN, WARN_SOFT
from reports.pdf.canvas import TaggedCanvas
from reports.pdf.drawing import draw_shapes
from reports.pdf.fonts import SOFT_HYPHEN, printable, text_width
from reports.pdf.hyphens import broken
from reports.pdf.structure import Element
from reports.pdf.styles import CONTENTS_ENTRY, LOGO_HEIGHT, LOGO_WIDTH

Fragments = list[ParaFrag]

_MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december "
    "January February March April May June July August September October November December"
)
# The spaces at which a number would stand on another line than the word that says what it is.
_KEPT_SPACE = re.compile(
    r"(?i:(?<=\bmarge) (?=\d)|(?<=\bmargin) (?=\d))"
    r"|(?<=\bop) (?=100\b)|(?<=\bout) (?=of 100\b)|(?<=\bout of) (?=100\b)"
    rf"|(?<=\d) (?=(?:punt|punten|points?|{_MONTHS.replace(' ', '|')})\b|%)"
    r"| (?=\(\d+\)$)"
)


class Text(Paragraph):
    """A paragraph of plain words.

    The words never pass reportlab's markup parser: nothing that somebody typed can be taken for markup, and it saves
    most of the time that a paragraph costs. Split over pages, both parts fill the same element.
    """

    def __init__(
        self,
        words: str | None,
        style: ParagraphStyle,
        bulletText: None = None,
        frags: Fragments | None = None,
        element: Element | None = None,
    ) -> None:
        super().__init__(None, style, frags=_fragments(words or "", style) if frags is None else frags)
        # Parts of a split paragraph get theirs from split(); drawn without one, a text would be in no tree.
        self.element = element or Element("P")
        self.is_continued = False
        self._wrapped: tuple[float, tuple[float, float]] | None = None

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Lines are broken once a width: tables and groups ask several times."""
        if self._wrapped is None or self._wrapped[0] != available_width or not hasattr(self, "blPara"):
            self._wrapped = available_width, super().wrap(available_width, available_height)
        return self._wrapped[1]

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        parts = super().split(available_width, available_height)
        for part in parts:
            part.element = self.element
            part.is_continued = part is not parts[-1] or self.is_continued
        return parts

    def draw(self) -> None:
        lines = self.blPara.lines
        self.blPara.lines = [
            _ended(line) if self.is_continued or line is not lines[-1] else line for line in lines
        ]
        with self.canv.content(self.element):
            super().draw()


def _ended(line: tuple[float, list[str]]) -> tuple[float, list[str]]:
    """A line that a screen reader can tell from the next one by a space, or joins to it inside a word.

    reportlab marks the pieces of a broken word by types of their own. The hyphen that it drew becomes a soft one, which
    looks the same and is read as no part of the word.
    """
    room, words = line
    if not words:
        return line
    if isinstance(words[-1], HyphenedWord | HyphenedAtBreak):
        return room, [*words[:-1], f"{words[-1][:-1]}{SOFT_HYPHEN}"]
    return (room, [*words, ""]) if type(words[-1]) is str or isinstance(words[-1], LastPart) else line


def _fragments(words: str, style: ParagraphStyle) -> Fragments:
    fragment = ParaFrag(
        text=_KEPT_SPACE.sub("\u00a0", printable(words)),
        fontName=style.fontName,
        fontSize=style.fontSize,
        textColor=style.textColor,
        rise=0,
        greek=0,
        bold=0,
        italic=0,
        link=[],
        us_lines=[],
    )
    return [fragment]


class Heading(Text):
    """A heading that is also a destination and a bookmark."""

    def __init__(self, words: str, style: ParagraphStyle, *, element: Element, key: str, level: int) -> None:
        super().__init__(words, style, element=element)
        self.words, self.key, self.level = words, key, level

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """A heading stays whole."""
        return []

    def draw(self) -> None:
        self.canv.mark_destination(self.key, title=self.words, top=self.height, level=self.level)
        super().draw()


class CoverText(Text):
    """Words in the band of a cover: only one that does not fit a line of its own is broken."""

    style: ParagraphStyle

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        name, size = self.style.fontName, self.style.fontSize
        most = available_width - size / 2  # room for the mark that may follow the word

        def breaks(word: str) -> Iterable[tuple[str, str]]:
            return broken(word) if text_width(word, name, size) > most else ()

        self.style = self.style.clone(self.style.name, hyphenationLang=breaks)
        return super().wrap(available_width, available_height)


class Linked(Text):
    """A paragraph that leads to a web address as a whole."""

    def __init__(self, words: str, style: ParagraphStyle, *, element: Element, address: str) -> None:
        super().__init__(words, style, element=element)
        self.words, self.address = words, address

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """It stays whole, with its one rectangle."""
        return []

    def draw(self) -> None:
        super().draw()
        self.canv.link(self.element, (0, 0, self.width, self.height), label=self.words, address=self.address)


class ListItem(Text):
    """An item with its label (a bullet or a number) hanging left of it."""

    label = ""
    label_element: Element | None = None

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        parts = super().split(available_width, available_height)
        for part in parts[:1]:
            part.label, part.label_element = self.label, self.label_element
        return parts

    def draw(self) -> None:
        if self.label_element:
            style = self.style
            with self.canv.content(self.label_element):
                self.canv.setFillColor(BRAND)
                self.canv.setFont(style.fontName, style.fontSize)
                self.canv.drawString(0, self.height - style.fontSize, self.label)
        super().draw()


class Callout(Text):
    """A paragraph on a tinted ground with a bar at its left; the ground is an artifact and part of its height."""

    padding = 7
    ground: Color = BRAND_SOFT
    bar: Color = BRAND

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        width, height = super().wrap(available_width, available_height)
        return width, height + 2 * self.padding

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        return super().split(available_width, available_height - 2 * self.padding)

    def draw(self) -> None:
        height = self.height + 2 * self.padding
        with self.canv.artifact("Background"):
            self.canv.setFillColor(self.ground)
            self.canv.rect(0, 0, self.width, height, stroke=0, fill=1)
            self.canv.setFillColor(self.bar)
            self.canv.rect(0, 0, 3, height, stroke=0, fill=1)
        self.canv.translate(0, self.padding)
        super().draw()


class Caution(Callout):
    """What a reader must know before believing a number."""

    ground = WARN_SOFT
    bar = WARN


class Quote(Text):
    """Somebody's own words, with a bar at their left."""

    def draw(self) -> None:
        with self.canv.artifact("Background"):
            self.canv.setFillColor(LINE)
            self.canv.rect(0, 0, 2, self.height, stroke=0, fill=1)
        super().draw()


class Figure(Flowable):
    """A drawing with an alternative text."""

    def __init__(self, drawing: Drawing, *, element: Element, space_after: float = 8) -> None:
        super().__init__()
        self.drawing, self.element = drawing, element
        self.width, self.height, self.spaceAfter = drawing.width, drawing.height, space_after

    def draw(self) -> None:
        left, bottom = self.canv.absolutePosition(0, 0)
        self.element.bbox = (left, bottom, left + self.width, bottom + self.height)
        with self.canv.content(self.element):
            draw_shapes(self.canv, self.drawing)


class Rule(Flowable):
    """A line over the whole width, which is not read."""

    color, thickness = INK, 1.2

    def __init__(self, *, height: float = 2) -> None:
        super().__init__()
        self.height = height

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        return self.width, self.height

    def draw(self) -> None:
        with self.canv.artifact():
            self.canv.setStrokeColor(self.color)
            self.canv.setLineWidth(self.thickness)
            self._draw_line()

    def _draw_line(self) -> None:
        self.canv.line(0, 0, self.width, 0)


class WritingLine(Rule):
    """A dotted line to write on by hand."""

    color, thickness = LINE, 0.8

    def __init__(self) -> None:
        super().__init__(height=18)

    def _draw_line(self) -> None:
        self.canv.setDash(1, 3)
        self.canv.line(0, 0, self.width, 0)
        self.canv.setDash()


class Logo(Flowable):
    """The mark of the organisation that runs the product, from a picture file."""

    def __init__(self, path: str, *, element: Element) -> None:
        super().__init__()
        self.image, self.element = ImageReader(path), element
        width, height = self.image.getSize()
        share = min(LOGO_WIDTH / width, LOGO_HEIGHT / height)
        self.width, self.height = width * share, height * share

    def draw(self) -> None:
        left, bottom = self.canv.absolutePosition(0, 0)
        self.element.bbox = (left, bottom, left + self.width, bottom + self.height)
        with self.canv.content(self.element):
            self.canv.drawImage(self.image, 0, 0, self.width, self.height, mask="auto")


class ContentsEntry(Text):
    """A line of the table of contents: the whole line leads to the section, its page number stands at the right."""

    def __init__(self, words: str, *, element: Element, key: str, padding: float) -> None:
        super().__init__(words, CONTENTS_ENTRY, element=element)
        self.words, self.key, self.padding = words, key, padding

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        width, height = super().wrap(available_width, available_height)
        self.height = height + 2 * self.padding
        return width, self.height

    def draw(self) -> None:
        canvas = self.canv
        with canvas.artifact():
            canvas.setStrokeColor(HAIR)
            canvas.setLineWidth(0.6)
            canvas.line(0, 0, self.width, 0)
        canvas.translate(0, -self.padding)
        super().draw()
        canvas.postpone(lambda: self._draw_page_number(canvas))
        canvas.link(
            self.element,
            (0, self.padding, self.width, self.height + self.padding),
            label=self.words,
            destination=self.key,
        )

    def _draw_page_number(self, canvas: TaggedCanvas) -> None:
        number, style = str(canvas.page_of[self.key]), self.style
        with canvas.content(self.element):
            canvas.setFillColor(style.textColor)
            canvas.setFont(style.fontName, style.fontSize)
            left = self.width - text_width(number, style.fontName, style.fontSize)
            canvas.drawString(left, self.height - style.fontSize, number)
