"""Dumbbell chart: two scores per line, each with its margin, on a fixed axis from 0 to 100 with the levels as bands.

Readable without colour: the first score is an open ring above, the second a filled dot below, a line joins them, and
what is concluded stands beside it in words. Wide for paper and screens, narrow (words around the line) for phones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Circle, Drawing, Line, Shape

from reports.charts.axis import (
    FOOT,
    Band,
    Frame,
    axis_numbers,
    head_height,
    label,
    label_lines,
    level_names,
    row_line,
    strip,
    words,
    wrapped,
)
from reports.charts.palette import BRAND, INK, LINE, MUTED, PAPER
from reports.pdf.fonts import BOLD, ITALIC, REGULAR, text_width

_LANE = 7.5  # each of both scores stands this far from the middle of its line
_CAP = 3
_DOT = 4.6
_LEGEND = 24


@dataclass(frozen=True)
class End:
    """A score with its margin, as displayed."""

    score: int
    margin: int


@dataclass(frozen=True)
class Dumbbell:
    """A line of the chart: both ends, or None where they are not put beside each other.

    `moved` ("van 37 naar 63"), `difference` ("+26 (marge 6)") and `conclusion` are words beside the line; without ends
    the conclusion stands on it.
    """

    label: str
    ends: tuple[End, End] | None
    moved: str
    difference: str
    conclusion: str


@dataclass(frozen=True)
class _Word:
    """A piece of the words beside a line: how far from their left and on which of their lines it stands."""

    told: str
    font: str
    x: float
    line: int


@dataclass(frozen=True)
class _Frame(Frame):
    """And the room for words beside the line, or below it on a phone."""

    words_left: float
    words_size: float

    @property
    def words_leading(self) -> float:
        return self.words_size * 1.22

    def told(self, bell: Dumbbell) -> list[_Word]:
        """The words beside the line; on a phone the difference follows what it is the difference of."""
        if bell.ends is None:
            return []
        if self.is_narrow:
            x = text_width(bell.moved, BOLD, self.words_size) + 14
            difference, below = _Word(bell.difference, REGULAR, x, 0), 1
        else:
            difference, below = _Word(bell.difference, REGULAR, 0, 1), 2
        conclusion = wrapped(bell.conclusion, REGULAR, self.words_size, self.width - self.words_left)
        lines = [_Word(line, REGULAR, 0, below + place) for place, line in enumerate(conclusion)]
        return [_Word(bell.moved, BOLD, 0, 0), difference, *lines]

    def words_height(self, told: Sequence[_Word]) -> float:
        return self.words_leading * (told[-1].line + 1) if told else 0

    def row_height(self, lines: Sequence[str], told: Sequence[_Word]) -> float:
        label_height, told_height = self.leading * len(lines), self.words_height(told)
        if self.is_narrow:
            return label_height + self.strip_height + told_height + 26
        return max(42, label_height + 12, told_height + 12)


_WIDE = _Frame(
    width=452,
    left=132,
    right=338,
    label_width=122,
    label_size=9,
    axis_size=7.5,
    words_left=350,
    words_size=8.5,
    strip_height=0,
    is_narrow=False,
)
_NARROW = _Frame(
    width=342,
    left=8,
    right=330,
    label_width=334,
    label_size=13,
    axis_size=11,
    words_left=0,
    words_size=12,
    strip_height=34,
    is_narrow=True,
)


def dumbbells(
    bells: Sequence[Dumbbell], bands: Sequence[Band], legend: tuple[str, str], *, is_narrow: bool = False
) -> Drawing:
    """The drawing; 452 points wide, or 342 for phones, and as high as it needs to be."""
    frame = _NARROW if is_narrow else _WIDE
    labels = [label_lines(frame, bell.label) for bell in bells]
    told = [frame.told(bell) for bell in bells]
    heights = [frame.row_height(*each) for each in zip(labels, told, strict=True)]
    top = sum(heights) + FOOT
    head = head_height(frame, bands)
    drawing = Drawing(frame.width, top + head + _LEGEND)
    shapes = [*_legend(frame, legend, top + head + 8), *level_names(frame, bands, top)]
    for bell, lines, beside, height in zip(bells, labels, told, heights, strict=True):
        shapes += _row(frame, bell, lines, beside, bands, top, height)
        top -= height
    for shape in [*shapes, *axis_numbers(frame, bands, top)]:
        drawing.add(shape)
    return drawing


def _legend(frame: _Frame, names: tuple[str, str], y: float) -> Iterator[Shape]:
    x = frame.left + _DOT
    for place, name in enumerate(names):
        yield _dot(x, y + 3, is_second=place == 1)
        yield words(x + 10, y, name, REGULAR, frame.words_size, INK)
        x += 10 + text_width(name, REGULAR, frame.words_size) + 24


def _row(
    frame: _Frame,
    bell: Dumbbell,
    lines: Sequence[str],
    told: Sequence[_Word],
    bands: Sequence[Band],
    top: float,
    row_height: float,
) -> Iterator[Shape]:
    height = frame.strip_height or row_height
    below = frame.words_height(told) + 6 if frame.is_narrow else 0
    bottom = top - row_height + below
    middle = bottom + height / 2
    first_line = (
        top - frame.label_size - 14
        if frame.is_narrow
        else middle - 3.2 + frame.leading * (len(lines) - 1) / 2
    )
    yield from strip(frame, bands, bottom, height)
    yield from row_line(frame, top)
    yield from label(frame, lines, first_line)
    if bell.ends is None:
        yield words(
            frame.x(50), middle - 3, bell.conclusion, ITALIC, frame.words_size, MUTED, anchor="middle"
        )
        return
    yield from _bell(frame, bell.ends, middle)
    yield from _beside(frame, told, bottom if frame.is_narrow else None, middle)


def _beside(frame: _Frame, told: Sequence[_Word], bottom: float | None, middle: float) -> Iterator[Shape]:
    """The words: around the middle of the row, or below its bands."""
    first_line = middle - 3.2 + frame.words_leading * told[-1].line / 2
    if bottom is not None:
        first_line = bottom - frame.words_size - 3
    for word in told:
        y = first_line - word.line * frame.words_leading
        color = INK if word.font == BOLD else MUTED
        yield words(frame.words_left + word.x, y, word.told, word.font, frame.words_size, color)


def _bell(frame: _Frame, ends: tuple[End, End], middle: float) -> Iterator[Shape]:
    """The margins first, then what joins the scores, the dots on top."""
    lanes = (middle + _LANE, middle - _LANE)
    places = [frame.x(end.score) for end in ends]
    for end, lane, color in zip(ends, lanes, (LINE, BRAND), strict=True):
        low, high = frame.x(end.score - end.margin), frame.x(end.score + end.margin)
        yield Line(low, lane, high, lane, strokeColor=color, strokeWidth=1.4)
        for edge in (low, high):
            yield Line(edge, lane - _CAP, edge, lane + _CAP, strokeColor=color, strokeWidth=1.2)
    yield Line(places[0], lanes[0], places[1], lanes[1], strokeColor=INK, strokeWidth=2.2)
    for number, (place, lane) in enumerate(zip(places, lanes, strict=True)):
        yield _dot(place, lane, is_second=number == 1)


def _dot(x: float, y: float, *, is_second: bool) -> Circle:
    fill = BRAND if is_second else PAPER
    return Circle(x, y, _DOT, fillColor=fill, strokeColor=PAPER if is_second else INK, strokeWidth=1.6)
