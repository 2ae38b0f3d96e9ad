"""The year: the total score of each round of a track on a line from its start to its end.

The scale is fixed from 0 to 100. A line joins two rounds only if they may be compared. A round without a total says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, Shape

from questionnaires.texts import text
from reports.change import Moment, Year
from reports.charts.lettering import words
from reports.charts.palette import BRAND, HAIR, INK, LINE, MUTED, PAPER
from reports.pdf.fonts import BOLD, ITALIC, REGULAR, printable, text_width

HIGH = 100
_CAP = 7  # twice as wide as the dot, which covers a small margin on this low scale
_DOT = 3.5
_APART = 10  # between the names of two rounds on a row
_INSET = 14  # so that the first and the last day stand free of the scale


@dataclass(frozen=True)
class _Frame:
    """Sizes in points; the scale lies on the names of `rows` rounds, the year between `left` and `right`."""

    width: float
    left: float
    right: float
    height: float
    size: float
    small: float
    rows: int = 1

    @property
    def row(self) -> float:
        return self.size * 2.7

    @property
    def bottom(self) -> float:
        return self.rows * self.row + 2.5 * self.small

    @property
    def top(self) -> float:
        return self.bottom + self.height

    def x(self, place: float) -> float:
        return self.left + _INSET + place * (self.right - self.left - 2 * _INSET)

    def y(self, score: float) -> float:
        return self.bottom + score / HIGH * (self.top - self.bottom)


_WIDE = _Frame(width=452, left=34, right=440, height=88, size=9, small=8)
_NARROW = _Frame(width=342, left=34, right=332, height=160, size=12.5, small=11)


def year_line(year: Year, *, is_narrow: bool = False) -> Drawing:
    frame = _NARROW if is_narrow else _WIDE
    rows = _rows(frame, year.moments)
    frame = replace(frame, rows=max(rows, default=0) + 1)
    drawing = Drawing(frame.width, frame.top + 2 * frame.size)
    for shape in (*_ground(frame, year), *_joints(frame, year), *_moments(frame, year.moments, rows)):
        drawing.add(shape)
    return drawing


def _ground(frame: _Frame, year: Year) -> Iterator[Shape]:
    for number in range(0, HIGH + 1, 20):
        y = frame.y(number)
        yield Line(frame.left, y, frame.right, y, strokeColor=HAIR, strokeWidth=0.8)
        yield words(frame.left - 6, y - 3, str(number), size=frame.small, color=MUTED, anchor="end")
    yield words(frame.left, 4, year.start, size=frame.small, color=MUTED)
    yield words(frame.right, 4, year.end, size=frame.small, color=MUTED, anchor="end")
    yield Line(frame.left, frame.bottom, frame.right, frame.bottom, strokeColor=INK, strokeWidth=1.1)


def _joints(frame: _Frame, year: Year) -> Iterator[Shape]:
    pairs = zip(pairwise(year.moments), year.is_joined, strict=True)
    for (first, second), is_joined in pairs:
        if is_joined and first.score is not None and second.score is not None:
            ends = (frame.x(first.place), frame.y(first.score), frame.x(second.place), frame.y(second.score))
            yield Line(*ends, strokeColor=BRAND, strokeWidth=1.4)


def _rows(frame: _Frame, moments: Sequence[Moment]) -> list[int]:
    """On which row below the line each name stands: the first one on which it touches no other, nor its leader."""
    taken: list[tuple[int, float, float]] = []
    rows = []
    for moment in moments:
        left, right = _reach(frame, moment)
        row = 1 + max((each for each, _, end in taken if end + _APART > left), default=-1)
        taken.append((row, left, right))
        rows.append(row)
    return rows


def _reach(frame: _Frame, moment: Moment) -> tuple[float, float]:
    """From where to where the name and the date of a round reach."""
    name, date = text_width(moment.name, BOLD, frame.size), text_width(moment.date, REGULAR, frame.small)
    half = max(name, date) / 2
    middle = min(max(frame.x(moment.place), half), frame.width - half)
    return middle - half, middle + half


def _moments(frame: _Frame, moments: Sequence[Moment], rows: Sequence[int]) -> Iterator[Shape]:
    """Rounds close to each other have their names below one another, so that they never touch."""
    bases = [frame.bottom - frame.size * 1.5 - row * frame.row for row in rows]
    for moment, base in zip(moments, bases, strict=True):
        x = frame.x(moment.place)
        yield Line(x, frame.bottom, x, base + frame.size, strokeColor=LINE, strokeWidth=0.7)
    for moment, base in zip(moments, bases, strict=True):
        x = frame.x(moment.place)
        yield from _inside(frame, x, base, moment.name, frame.size, BOLD)
        yield from _inside(frame, x, base - frame.size * 1.15, moment.date, frame.small, REGULAR)
        yield from _mark(frame, moment, x)


def _mark(frame: _Frame, moment: Moment, x: float) -> Iterator[Shape]:
    if moment.score is None or moment.margin is None:
        yield from _inside(frame, x, frame.y(50), text("report.suppressed"), frame.size, ITALIC)
        return
    low, high = (max(0, moment.score - moment.margin), min(HIGH, moment.score + moment.margin))
    yield Line(x, frame.y(low), x, frame.y(high), strokeColor=BRAND, strokeWidth=2.4)
    for end in (low, high):
        yield Line(x - _CAP, frame.y(end), x + _CAP, frame.y(end), strokeColor=BRAND, strokeWidth=1.4)
    yield Circle(x, frame.y(moment.score), _DOT, fillColor=BRAND, strokeColor=PAPER, strokeWidth=1.2)
    above = max(frame.y(high), frame.y(moment.score) + _DOT) + 4
    yield from _inside(frame, x, above, str(moment.score), frame.size + 1.5, BOLD)


def _inside(frame: _Frame, x: float, y: float, told: str, size: float, font: str) -> Iterator[Shape]:
    """Words on a ground of paper, centred on a place as far as the drawing reaches."""
    half = text_width(printable(told), font, size) / 2
    middle = min(max(x, half), frame.width - half)
    yield Rect(middle - half, y - size * 0.2, 2 * half, size, fillColor=PAPER, strokeColor=None)
    yield words(middle, y, told, size=size, font=font, anchor="middle")
