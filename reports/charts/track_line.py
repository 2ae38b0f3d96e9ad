"""The year of a track on one line: rounds as bars with their names, other moments as marks of different shapes.

Readable without colour. What a mark stands for is told by the list beside it; the line shows how the year is filled.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, Shape, String

from questionnaires.texts import text
from reports.charts.lettering import words
from reports.charts.palette import BRAND, BRAND_SOFT, INK, LINE, MUTED, PAPER
from reports.charts.svg import svg
from reports.pdf.fonts import BOLD, printable, text_width

WIDTH, _LEFT, _RIGHT = 720, 12, 708
_BASE = 46
_BAR = 14
_SIZE = 10


@dataclass(frozen=True)
class Mark:
    """Something on the line: `kind` is round, session, milestone, due or today; a round has a `label` and an `end`."""

    kind: str
    day: datetime.date
    end: datetime.date | None = None
    label: str = ""


@dataclass(frozen=True)
class _Scale:
    start: datetime.date
    end: datetime.date

    def x(self, day: datetime.date) -> float:
        """Where a day stands; what lies outside the year stands at its end."""
        share = (day - self.start).days / max(1, (self.end - self.start).days)
        return _LEFT + min(1.0, max(0.0, share)) * (_RIGHT - _LEFT)


def track_svg(
    marks: Sequence[Mark], *, start: datetime.date, end: datetime.date, description: str
) -> SafeString:
    """For a page, in the active language; `description` has in words what the line shows."""
    drawing = track_line(marks, start=start, end=end)
    return svg(drawing, title=text("track.timeline"), description=description, prefix="year")


def track_line(marks: Sequence[Mark], *, start: datetime.date, end: datetime.date) -> Drawing:
    scale = _Scale(start, end)
    labels = list(_labels(scale, marks))
    drawing = Drawing(WIDTH, max((label.y for label in labels), default=_BASE + 20) + _SIZE + 2)
    shapes = [*_months(scale), *_bars(scale, marks), *labels]
    for mark in marks:
        shapes += _MARKS[mark.kind](scale.x(mark.day)) if mark.kind in _MARKS else []
    for shape in shapes:
        drawing.add(shape)
    return drawing


def _months(scale: _Scale) -> Iterator[Shape]:
    """The line with a tick at the first of each month, named when there is room for it."""
    yield Line(_LEFT, _BASE, _RIGHT, _BASE, strokeColor=LINE, strokeWidth=3)
    for first in _firsts(scale.start, scale.end):
        x = scale.x(first)
        yield Line(x, _BASE - 14, x, _BASE - 20, strokeColor=LINE, strokeWidth=1)
        if x < _RIGHT - 22:
            yield words(x + 2, _BASE - 32, date_format(first, "M"), size=_SIZE, color=MUTED)
    for x, day, anchor in ((_LEFT, scale.start, "start"), (_RIGHT, scale.end, "end")):
        yield Line(x, _BASE - 9, x, _BASE + 9, strokeColor=LINE, strokeWidth=3)
        yield words(x, 2, date_format(day, "j F Y"), size=_SIZE, font=BOLD, anchor=anchor)


def _firsts(start: datetime.date, end: datetime.date) -> Iterator[datetime.date]:
    day = start.replace(day=1)
    while (day := (day + datetime.timedelta(days=32)).replace(day=1)) <= end:
        yield day


def _bars(scale: _Scale, marks: Iterable[Mark]) -> Iterator[Shape]:
    for mark in marks:
        if mark.kind == "round":
            left, right = scale.x(mark.day), scale.x(mark.end or mark.day)
            yield Rect(
                left,
                _BASE - _BAR / 2,
                max(4, right - left),
                _BAR,
                fillColor=BRAND,
                strokeColor=PAPER,
                strokeWidth=1,
            )


def _labels(scale: _Scale, marks: Iterable[Mark]) -> Iterator[String]:
    """Names above the line; one that would run into the one before it stands a line higher."""
    taken = [float("-inf"), float("-inf")]
    labelled = sorted((mark for mark in marks if mark.label), key=lambda mark: mark.day)
    for mark in labelled:
        label = printable(mark.label)
        width = text_width(label, BOLD, _SIZE)
        middle = (scale.x(mark.day) + scale.x(mark.end or mark.day)) / 2
        left = min(max(_LEFT, middle - width / 2), _RIGHT - width)
        row = 0 if taken[0] < left else 1
        taken[row] = left + width + 6
        is_today = mark.kind == "today"
        yield words(
            left, _BASE + 27 + row * 15, label, size=_SIZE, font=BOLD, color=INK if is_today else BRAND
        )


def _session(x: float) -> Iterator[Shape]:
    yield Circle(x, _BASE, 5.5, fillColor=PAPER, strokeColor=INK, strokeWidth=2)


def _milestone(x: float) -> Iterator[Shape]:
    """A flag on the line."""
    yield Line(x, _BASE, x, _BASE + 17, strokeColor=INK, strokeWidth=1.6)
    yield Rect(x, _BASE + 11, 8, 6, fillColor=INK, strokeColor=None)


def _due(x: float) -> Iterator[Shape]:
    """A square below the line."""
    yield Rect(x - 3, _BASE - 13, 6, 6, fillColor=BRAND_SOFT, strokeColor=BRAND, strokeWidth=1.4)


def _today(x: float) -> Iterator[Shape]:
    """A line through all, broken so that it differs from every other one."""
    for bottom in range(_BASE - 16, _BASE + 24, 8):
        yield Line(x, bottom, x, bottom + 5, strokeColor=INK, strokeWidth=2)


_MARKS = {"session": _session, "milestone": _milestone, "due": _due, "today": _today}
