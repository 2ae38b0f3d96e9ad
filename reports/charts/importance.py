"""Importance matrix: dimensions on a plane of score and importance, both on a fixed axis from 0 to 100.

Readable without colour: quarters have their name in a corner, priorities are full dots and the others rings, and each
has its short name beside it. Labels never lie on each other; a thin line leads to the dot where one stands apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, Shape

from questionnaires.texts import capital, text
from reports.charts.lettering import words
from reports.charts.palette import BRAND, BRAND_SOFT, HAIR, INK, LINE, MUTED, PAPER, SOFT
from reports.charts.placing import GAP, Box, Label, place
from reports.importance import Importance, Weighed
from reports.pdf.fonts import BOLD, REGULAR, printable, text_width

HIGH = 100
_DOT = 4.5
_SHORT_OF = 0.5  # scores are whole, so a line just below the first one parts the quarters


@dataclass(frozen=True)
class _Frame:
    """Sizes in points; the plot itself lies between `left` and the width, and above `foot`."""

    width: float
    plot_height: float
    left: float
    foot: float
    size: float
    small: float

    @property
    def plot(self) -> Box:
        return Box(self.left, self.foot, self.width - 1, self.foot + self.plot_height)

    def x(self, score: float) -> float:
        return self.plot.left + score / HIGH * (self.plot.right - self.plot.left)

    def y(self, importance: float) -> float:
        return self.plot.bottom + importance / HIGH * self.plot_height


_WIDE = _Frame(width=452, plot_height=192, left=38, foot=48, size=9, small=8)
_NARROW = _Frame(width=342, plot_height=330, left=34, foot=64, size=12.5, small=11)


def importance_matrix(importance: Importance, *, is_narrow: bool = False) -> Drawing:
    """Only the dimensions of which score and importance are both shown."""
    frame = _NARROW if is_narrow else _WIDE
    drawing = Drawing(frame.width, frame.foot + frame.plot_height + 2 * frame.size)
    shown = [each for each in importance.dimensions if each.quadrant]
    for shape in (
        *_plane(frame, importance),
        *_axes(frame),
        *_points(frame, importance, shown),
        *_key(frame, importance.filled),
    ):
        drawing.add(shape)
    return drawing


def _plane(frame: _Frame, importance: Importance) -> Iterator[Shape]:
    """The quarters: a tint for what is important with room for growth, lines between all, a name in each corner."""
    plot = frame.plot
    across = _across(frame, importance)
    up = plot.bottom if importance.line is None else frame.y(importance.line)
    yield Rect(
        plot.left, plot.bottom, plot.right - plot.left, frame.plot_height, fillColor=SOFT, strokeColor=None
    )
    yield Rect(plot.left, up, across - plot.left, plot.top - up, fillColor=BRAND_SOFT, strokeColor=None)
    for number in range(0, HIGH + 1, 20):
        yield Line(frame.x(number), plot.bottom, frame.x(number), plot.top, strokeColor=HAIR, strokeWidth=0.6)
        yield Line(plot.left, frame.y(number), plot.right, frame.y(number), strokeColor=HAIR, strokeWidth=0.6)
    yield Line(across, plot.bottom, across, plot.top, strokeColor=INK, strokeWidth=1.1)
    if importance.line is not None:
        yield Line(plot.left, up, plot.right, up, strokeColor=INK, strokeWidth=1.1)
    for box, name, anchor in _corners(frame, importance):
        x = box.left if anchor == "start" else box.right
        yield words(x, box.bottom + 2, name, size=frame.small, font=BOLD, color=MUTED, anchor=anchor)


def _across(frame: _Frame, importance: Importance) -> float:
    return frame.x(importance.performance_line - _SHORT_OF)


def _lines(frame: _Frame, importance: Importance) -> Iterator[Box]:
    """Where the lines between the quarters run, which no label crosses."""
    across = _across(frame, importance)
    yield Box(across - 1, frame.plot.bottom, across + 1, frame.plot.top)
    if importance.line is not None:
        up = frame.y(importance.line)
        yield Box(frame.plot.left, up - 1, frame.plot.right, up + 1)


def _corners(frame: _Frame, importance: Importance) -> Iterator[tuple[Box, str, str]]:
    """Where the name of each quarter stands; without a line nothing is less important."""
    plot, height = frame.plot, frame.small * 1.3
    for quadrant in importance.quadrants:
        if importance.line is None and not quadrant.is_important:
            continue
        name = capital(printable(quadrant.name))
        width = text_width(name, BOLD, frame.small)
        left = plot.right - 5 - width if quadrant.is_advanced else plot.left + 5
        bottom = plot.top - 4 - height if quadrant.is_important else plot.bottom + 4
        box = Box(left, bottom, left + width, bottom + height)
        yield box, name, "end" if quadrant.is_advanced else "start"


def _axes(frame: _Frame) -> Iterator[Shape]:
    plot = frame.plot
    for number in range(0, HIGH + 1, 20):
        anchor = "end" if number == HIGH else "middle"
        x, y = frame.x(number), frame.y(number)
        yield words(x, plot.bottom - 12, str(number), size=frame.small, color=MUTED, anchor=anchor)
        yield words(plot.left - 5, y - 3, str(number), size=frame.small, color=MUTED, anchor="end")
    low = plot.bottom - 14 - frame.size * 1.2
    yield words(plot.right, low, text("report.importance.axis_score"), size=frame.size, anchor="end")
    yield words(0, plot.top + frame.size * 0.9, text("report.importance.axis_importance"), size=frame.size)


def _points(frame: _Frame, importance: Importance, shown: Sequence[Weighed]) -> Iterator[Shape]:
    names = [printable(each.short_name) for each in shown]
    labels = [
        Label(
            frame.x(each.score or 0),
            frame.y(each.importance or 0),
            text_width(name, BOLD if each.is_priority else REGULAR, frame.size),
            frame.size * 1.2,
        )
        for each, name in zip(shown, names, strict=True)
    ]
    taken = [*(box for box, _, _ in _corners(frame, importance)), *_lines(frame, importance)]
    inside = Box(frame.plot.left + 3, frame.plot.bottom + 2, frame.plot.right - 2, frame.plot.top - 2)
    boxes = place(labels, radius=_DOT, bounds=inside, taken=taken)
    for label, box in zip(labels, boxes, strict=True):
        yield from _leader(label, box)
    for each, name, label, box in zip(shown, names, labels, boxes, strict=True):
        yield _dot(label.x, label.y, each.is_priority)
        face = BOLD if each.is_priority else REGULAR
        yield words(box.left, box.bottom + frame.size * 0.28, name, size=frame.size, font=face)


def _leader(label: Label, box: Box) -> Iterator[Shape]:
    """A thin line to a label that found no place right beside its dot."""
    x = min(max(label.x, box.left), box.right)
    y = min(max(label.y, box.bottom), box.top)
    if max(abs(x - label.x), abs(y - label.y)) > 2 * _DOT + GAP:
        yield Line(label.x, label.y, x, y, strokeColor=LINE, strokeWidth=0.7)


def _dot(x: float, y: float, is_full: bool) -> Shape:
    return Circle(x, y, _DOT, fillColor=BRAND if is_full else PAPER, strokeColor=BRAND, strokeWidth=1.6)


def _key(frame: _Frame, filled: str) -> Iterator[Shape]:
    """What full dots and rings stand for, below the plot."""
    left = frame.plot.left
    for is_full, name in ((True, filled), (False, text("report.importance.ring"))):
        told = printable(name)
        yield _dot(left + _DOT, 7, is_full)
        yield words(left + 3 * _DOT, 4, told, size=frame.small, color=MUTED)
        left += 5 * _DOT + text_width(told, REGULAR, frame.small)
