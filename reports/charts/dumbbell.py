"""Dumbbell chart: two scores per line, each with its margin, on a fixed axis from 0 to 100 with the levels as bands.

Readable without colour: the first score is an open ring above, the second a filled dot below, a line joins them, and
what is concluded stands beside it in words. A target is a flag where its level begins. Wide for paper and screens,
narrow (words around the line) for phones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Circle, Drawing, Line, Shape

from reports.charts.axis import (
    FOOT,
    Band,
    Frame,
    axis_numbers,
    flag,
    flag_explanation,
    flag_height,
    flag_words,
    head_height,
    level_names,
    row_head,
    strip,
)
from reports.charts.lettering import lines, words
from reports.charts.palette import BRAND, INK, LINE, MUTED, PAPER
from reports.pdf.fonts import BOLD, ITALIC, REGULAR, text_width

_LANE = 7.5  # each of both scores stands this far from the middle of its line
_CAP = 3
_DOT = 4.6
_LEGEND = 24


@dataclass(frozen=True)
class End:
    """A score with its margin, as displayed; None for the score of one person, which has none."""

    score: int
    margin: int | None


@dataclass(frozen=True)
class Dumbbell:
    """A line of the chart: both ends, or None where they are not put beside each other.

    `moved` ("van 37 naar 63"), `difference` ("+26 (marge 6)") and `conclusion` are words beside the line; without ends
    the conclusion stands on it. `target` is the score from which the level holds that the forum chose.
    """

    label: str
    ends: tuple[End, End] | None
    moved: str
    difference: str
    conclusion: str
    target: int | None = None


@dataclass(frozen=True)
class _Word:
    """A piece of the words beside a line: how far from their left and on which of their lines it stands."""

    told: str
    font: str
    x: float
    line: int


@dataclass(frozen=True)
class _Room(Frame):
    """And the room for words beside the line, or below it on a phone."""

    words_left: float

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
        conclusion = lines(bell.conclusion, size=self.words_size, width=self.width - self.words_left)
        told = [_Word(line, REGULAR, 0, below + place) for place, line in enumerate(conclusion)]
        beside = [_Word(bell.moved, BOLD, 0, 0), difference, *told]
        return [each for each in beside if each.told]

    def words_height(self, told: Sequence[_Word]) -> float:
        return self.words_leading * (told[-1].line + 1) if told else 0

    def height_of(self, label: Sequence[str], told: Sequence[_Word]) -> float:
        """The height of a row."""
        label_height, told_height = self.leading * len(label), self.words_height(told)
        if self.is_narrow:
            return label_height + self.strip_height + told_height + 26
        return max(35, label_height + 9, told_height + 5)


_WIDE = _Room(
    width=452,
    left=132,
    right=338,
    label_width=122,
    label_size=9,
    axis_size=7.5,
    words_left=350,
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
    words_left=0,
    strip_height=34,
    is_narrow=True,
)


def dumbbells(
    bells: Sequence[Dumbbell],
    bands: Sequence[Band],
    names: tuple[str, str],
    *,
    legend: str = "",
    is_narrow: bool = False,
) -> Drawing:
    """The drawing; 452 points wide, or 342 for phones, and as high as it needs to be.

    `names` are those of both rounds; `legend` says what a flag means, and is drawn when there is one.
    """
    room = _NARROW if is_narrow else _WIDE
    labels = [room.label_lines(bell.label) for bell in bells]
    told = [room.told(bell) for bell in bells]
    heights = [room.height_of(*each) for each in zip(labels, told, strict=True)]
    explained = flag_words(room, legend) if any(bell.target is not None for bell in bells) else []
    top = sum(heights) + FOOT + flag_height(room, explained)
    head = head_height(room, bands)
    drawing = Drawing(room.width, top + head + _LEGEND)
    shapes = [*_names(room, names, top + head + 8), *level_names(room, bands, top)]
    for bell, label, beside, height in zip(bells, labels, told, heights, strict=True):
        shapes += _row(room, bell, label, beside, bands, top, height)
        top -= height
    shapes += [*axis_numbers(room, bands, top), *flag_explanation(room, explained, top - FOOT)]
    for shape in shapes:
        drawing.add(shape)
    return drawing


def _names(room: _Room, names: tuple[str, str], y: float) -> Iterator[Shape]:
    x = room.left + _DOT
    for place, name in enumerate(names):
        yield _dot(x, y + 3, is_second=place == 1)
        yield words(x + 10, y, name, size=room.words_size)
        x += 10 + text_width(name, REGULAR, room.words_size) + 24


def _row(
    room: _Room,
    bell: Dumbbell,
    label: Sequence[str],
    told: Sequence[_Word],
    bands: Sequence[Band],
    top: float,
    height: float,
) -> Iterator[Shape]:
    bottom = top - height + (room.words_height(told) + 6 if room.is_narrow else 0)
    strip_height = room.strip_height or height
    middle = bottom + strip_height / 2
    first_line = middle - 3.2 + room.leading * (len(label) - 1) / 2
    yield from strip(room, bands, bottom, strip_height)
    yield from row_head(room, label, top, top - room.label_size - 14 if room.is_narrow else first_line)
    if bell.target is not None:
        yield from flag(room.x(bell.target), middle, strip_height)
    yield from _told(room, bell, told, bottom, middle)


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
        x, y = room.words_left + word.x, first_line - word.line * room.words_leading
        color = INK if word.font == BOLD else MUTED
        yield words(x, y, word.told, size=room.words_size, font=word.font, color=color)


def _bell(room: _Room, ends: tuple[End, End], middle: float) -> Iterator[Shape]:
    """The margins first, then what joins the scores, the dots on top."""
    lanes = (middle + _LANE, middle - _LANE)
    places = [room.x(end.score) for end in ends]
    for end, lane, color in zip(ends, lanes, (LINE, BRAND), strict=True):
        if end.margin is None:
            continue
        low, high = room.x(end.score - end.margin), room.x(end.score + end.margin)
        yield Line(low, lane, high, lane, strokeColor=color, strokeWidth=1.4)
        for edge in (low, high):
            yield Line(edge, lane - _CAP, edge, lane + _CAP, strokeColor=color, strokeWidth=1.2)
    yield Line(places[0], lanes[0], places[1], lanes[1], strokeColor=INK, strokeWidth=2.2)
    for number, (place, lane) in enumerate(zip(places, lanes, strict=True)):
        yield _dot(place, lane, is_second=number == 1)


def _dot(x: float, y: float, *, is_second: bool) -> Circle:
    fill = BRAND if is_second else PAPER
    return Circle(x, y, _DOT, fillColor=fill, strokeColor=PAPER if is_second else INK, strokeWidth=1.6)
