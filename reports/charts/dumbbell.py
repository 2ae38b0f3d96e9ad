"""Dumbbell chart: two scores per line, each with its margin, on a fixed axis from 0 to 100 with the levels as bands.

Readable without colour: the first score is an open ring above, the second a filled dot below, a line joins them, and
what is concluded stands beside it in words. Wide for paper and screens, narrow (words around the line) for phones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Circle, Drawing, Line, Shape

from reports.charts.dot_plot import HIGH, LOW, Band, _axis, _Frame, _has_wide_names, _level_names, _strip
from reports.charts.lettering import lines, words
from reports.charts.palette import BRAND, HAIR, INK, LINE, MUTED, PAPER
from reports.pdf.fonts import BOLD, ITALIC, REGULAR, text_width

_LANE = 7.5  # each of both scores stands this far from the middle of its line
_CAP = 3
_DOT = 4.6
_LEGEND = 24
_FOOT = 16  # room for the numbers below the axis


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
class _Room(_Frame):
    """The frame of a dot plot, with the words of a line in the place of its numbers, or below the line on a phone."""

    @property
    def words_size(self) -> float:
        return self.label_size - (1 if self.is_narrow else 0.5)

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
        conclusion = lines(bell.conclusion, size=self.words_size, width=self.width - self.number_left)
        told = [_Word(line, REGULAR, 0, below + place) for place, line in enumerate(conclusion)]
        return [_Word(bell.moved, BOLD, 0, 0), difference, *told]

    def words_height(self, told: Sequence[_Word]) -> float:
        return self.words_leading * (told[-1].line + 1) if told else 0

    def height_of(self, label: Sequence[str], told: Sequence[_Word]) -> float:
        """The height of a row."""
        label_height, told_height = self.leading * len(label), self.words_height(told)
        if self.is_narrow:
            return label_height + self.strip_height + told_height + 26
        return max(42, label_height + 12, told_height + 12)

    def place(self, score: int) -> float:
        """Where a score stands; nothing stands beyond the ends of the axis."""
        return self.x(max(LOW, min(HIGH, score)))


_WIDE = _Room(
    width=452,
    left=132,
    right=338,
    label_width=122,
    label_size=9,
    axis_size=7.5,
    number_left=350,
    note_left=350,
    strip_height=0,
    is_narrow=False,
)
_NARROW = _Room(
    width=342,
    left=8,
    right=330,
    label_width=334,
    label_size=13,
    axis_size=11,
    number_left=0,
    note_left=0,
    strip_height=34,
    is_narrow=True,
)


def dumbbells(
    bells: Sequence[Dumbbell], bands: Sequence[Band], legend: tuple[str, str], *, is_narrow: bool = False
) -> Drawing:
    """The drawing; 452 points wide, or 342 for phones, and as high as it needs to be."""
    room = _NARROW if is_narrow else _WIDE
    labels = [lines(bell.label, size=room.label_size, width=room.label_width) for bell in bells]
    told = [room.told(bell) for bell in bells]
    heights = [room.height_of(*each) for each in zip(labels, told, strict=True)]
    top = sum(heights) + _FOOT
    head = 33 if _has_wide_names(room, bands) else 19
    drawing = Drawing(room.width, top + head + _LEGEND)
    shapes = [*_legend(room, legend, top + head + 8), *_level_names(room, bands, top)]
    for bell, label, beside, height in zip(bells, labels, told, heights, strict=True):
        strip = room.strip_height or height
        bottom = top - height + (room.words_height(beside) + 6 if is_narrow else 0)
        shapes += _strip(room, bands, bottom, strip)
        shapes += _label(room, label, top, bottom + strip / 2)
        shapes += _told(room, bell, beside, bottom, bottom + strip / 2)
        top -= height
    for shape in [*shapes, *_axis(room, bands, top)]:
        drawing.add(shape)
    return drawing


def _legend(room: _Room, names: tuple[str, str], y: float) -> Iterator[Shape]:
    x = room.left + _DOT
    for place, name in enumerate(names):
        yield _dot(x, y + 3, is_second=place == 1)
        yield words(x + 10, y, name, size=room.words_size)
        x += 10 + text_width(name, REGULAR, room.words_size) + 24


def _label(room: _Room, label: Sequence[str], top: float, middle: float) -> Iterator[Shape]:
    first_line = middle - 3.2 + room.leading * (len(label) - 1) / 2
    if room.is_narrow:
        first_line = top - room.label_size - 14
    else:
        yield Line(0, top, room.width, top, strokeColor=HAIR, strokeWidth=0.6)
    for index, line in enumerate(label):
        yield words(0, first_line - index * room.leading, line, size=room.label_size)


def _told(
    room: _Room, bell: Dumbbell, told: Sequence[_Word], bottom: float, middle: float
) -> Iterator[Shape]:
    """Both scores, and around the middle of the row or below its bands what they amount to."""
    if bell.ends is None:
        note = {"size": room.words_size, "font": ITALIC, "color": MUTED, "anchor": "middle"}
        yield words(room.x(50), middle - 3, bell.conclusion, **note)
        return
    yield from _bell(room, bell.ends, middle)
    first_line = middle - 3.2 + room.words_leading * told[-1].line / 2
    if room.is_narrow:
        first_line = bottom - room.words_size - 3
    for word in told:
        x, y = room.number_left + word.x, first_line - word.line * room.words_leading
        color = INK if word.font == BOLD else MUTED
        yield words(x, y, word.told, size=room.words_size, font=word.font, color=color)


def _bell(room: _Room, ends: tuple[End, End], middle: float) -> Iterator[Shape]:
    """The margins first, then what joins the scores, the dots on top."""
    lanes = (middle + _LANE, middle - _LANE)
    places = [room.place(end.score) for end in ends]
    for end, lane, color in zip(ends, lanes, (LINE, BRAND), strict=True):
        low, high = room.place(end.score - end.margin), room.place(end.score + end.margin)
        yield Line(low, lane, high, lane, strokeColor=color, strokeWidth=1.4)
        for edge in (low, high):
            yield Line(edge, lane - _CAP, edge, lane + _CAP, strokeColor=color, strokeWidth=1.2)
    yield Line(places[0], lanes[0], places[1], lanes[1], strokeColor=INK, strokeWidth=2.2)
    for number, (place, lane) in enumerate(zip(places, lanes, strict=True)):
        yield _dot(place, lane, is_second=number == 1)


def _dot(x: float, y: float, *, is_second: bool) -> Circle:
    fill = BRAND if is_second else PAPER
    return Circle(x, y, _DOT, fillColor=fill, strokeColor=PAPER if is_second else INK, strokeWidth=1.6)
