"""Importance matrix: dimensions on a plane of score and importance, both on a fixed axis from 0 to 100.

Readable without colour: quarters have their name in a corner, priorities are full dots and the others rings, and each
has its short name beside it. Points that touch have their names below one another, and a ring goes around the full dot
that would hide it. Labels never lie on each other; a thin line leads to the dot where one stands apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import dist

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, Shape

from questionnaires.texts import capital, text
from reports.charts.lettering import words
from reports.charts.palette import BRAND, BRAND_SOFT, HAIR, INK, LINE, MUTED, PAPER, SOFT
from reports.charts.placing import Box, Dot, Label, place
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


_WIDE = _Frame(width=452, plot_height=176, left=38, foot=48, size=9, small=8)
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
    """Leaders below all, then rings, full dots on top of them, and words; points that touch have one label of lines."""
    groups = sorted(_groups(frame, shown), key=len, reverse=True)  # the largest label while there is room
    dots = [tuple(_spot(frame, each, group) for each in group) for group in groups]
    labels = [
        Label(spots, max(_width(frame, each) for each in group), _leading(frame) * len(group))
        for group, spots in zip(groups, dots, strict=True)
    ]
    placed = place(
        labels,
        bounds=Box(frame.plot.left + 3, frame.plot.bottom + 2, frame.plot.right - 2, frame.plot.top - 2),
        taken=[box for box, _, _ in _corners(frame, importance)],
        lines=_lines(frame, importance),
    )
    for _, leader in placed:
        if leader:
            yield Line(*leader, strokeColor=LINE, strokeWidth=0.7)
    points = [
        (each, spot) for group in zip(groups, dots, strict=True) for each, spot in zip(*group, strict=True)
    ]
    for each, spot in sorted(points, key=lambda point: point[0].is_priority):
        yield _dot(*spot, is_full=each.is_priority)
    for group, label, (box, _) in zip(groups, labels, placed, strict=True):
        yield from _names(frame, group, label.spot, box)


def _groups(frame: _Frame, shown: Sequence[Weighed]) -> list[list[Weighed]]:
    """Points of which each touches another one, from the top down."""
    groups: list[list[Weighed]] = []
    for each in shown:
        touched = [group for group in groups if any(_touch(frame, each, other) for other in group)]
        groups = [group for group in groups if group not in touched]
        groups.append([*(other for group in touched for other in group), each])
    return [sorted(group, key=lambda each: (-(each.importance or 0), each.score or 0)) for group in groups]


def _touch(frame: _Frame, one: Weighed, other: Weighed) -> bool:
    return dist(_place(frame, one), _place(frame, other)) < 2 * _DOT


def _place(frame: _Frame, each: Weighed) -> tuple[float, float]:
    return frame.x(each.score or 0), frame.y(each.importance or 0)


def _spot(frame: _Frame, each: Weighed, group: Sequence[Weighed]) -> Dot:
    """A ring goes around the full dot that it touches, which would hide it."""
    is_around = not each.is_priority and any(
        other.is_priority and _touch(frame, each, other) for other in group
    )
    return Dot(*_place(frame, each), _DOT + 3 if is_around else _DOT)


def _face(each: Weighed) -> str:
    return BOLD if each.is_priority else REGULAR


def _width(frame: _Frame, each: Weighed) -> float:
    return text_width(printable(each.short_name), _face(each), frame.size)


def _leading(frame: _Frame) -> float:
    return frame.size * 1.2


def _names(frame: _Frame, group: Sequence[Weighed], spot: Box, box: Box) -> Iterator[Shape]:
    """A line for each name, all of them towards the dots."""
    if box.left >= spot.right:
        x, anchor = box.left, "start"
    elif box.right <= spot.left:
        x, anchor = box.right, "end"
    else:
        x, anchor = (box.left + box.right) / 2, "middle"
    for number, each in enumerate(group, start=1):
        y = box.top - number * _leading(frame) + frame.size * 0.28
        yield words(x, y, each.short_name, size=frame.size, font=_face(each), anchor=anchor)


def _dot(x: float, y: float, radius: float = _DOT, *, is_full: bool) -> Shape:
    return Circle(x, y, radius, fillColor=BRAND if is_full else PAPER, strokeColor=BRAND, strokeWidth=1.6)


def _key(frame: _Frame, filled: str) -> Iterator[Shape]:
    """What full dots and rings stand for, below the plot."""
    left = frame.plot.left
    for is_full, name in ((True, filled), (False, text("report.importance.ring"))):
        told = printable(name)
        yield _dot(left + _DOT, 7, is_full=is_full)
        yield words(left + 3 * _DOT, 4, told, size=frame.small, color=MUTED)
        left += 5 * _DOT + text_width(told, REGULAR, frame.small)
