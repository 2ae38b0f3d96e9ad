"""Dot plot: a score with its margin per line, on a fixed axis from 0 to 100 with the levels as bands.

Readable without colour: a dot for the score, a line with end caps for the margin, both as numbers beside it. A line
without a score says so in words. A target is a flag where its level begins, explained below the axis. Wide for paper
and screens, narrow (label above the line) for phones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, Shape

from reports.charts.lettering import lines, words
from reports.charts.palette import BRAND, HAIR, INK, MUTED, PAPER, SOFT
from reports.pdf.fonts import BOLD, ITALIC, REGULAR, printable, text_width

LOW, HIGH = 0, 100
_CAP = 4.5
_DOT = 5
_FOOT = 16  # room for the numbers below the axis
_PENNANT = (7, 5)
_INDENT = 14  # of the words beside the flag that they explain


@dataclass(frozen=True)
class Band:
    """A level: its name and the score from which it holds."""

    name: str
    start: int


@dataclass(frozen=True)
class Dot:
    """A line of the plot: whole numbers, or None where nothing is shown; `note` stands beside or instead of them.

    `target` is the score from which the level holds that the forum chose; None without one.
    """

    label: str
    score: int | None
    margin: int | None
    note: str
    target: int | None = None


@dataclass(frozen=True)
class _Frame:
    """Where things stand, in points from the left, and how high they are."""

    width: float
    left: float
    right: float
    label_width: float
    label_size: float
    axis_size: float
    number_left: float
    note_left: float
    strip_height: float  # of the bands behind one line, where they do not fill the row
    is_narrow: bool

    @property
    def leading(self) -> float:
        return self.label_size * 1.22

    @property
    def legend_leading(self) -> float:
        return self.axis_size * 1.35

    def x(self, score: float) -> float:
        return self.left + (score - LOW) / (HIGH - LOW) * (self.right - self.left)

    def row_height(self, label: Sequence[str]) -> float:
        told = self.leading * len(label)
        return told + self.strip_height + 22 if self.is_narrow else max(34, told + 10)


_WIDE = _Frame(
    width=452,
    left=136,
    right=384,
    label_width=126,
    label_size=9,
    axis_size=8,
    number_left=394,
    note_left=414,
    strip_height=0,
    is_narrow=False,
)
_NARROW = _Frame(
    width=342,
    left=8,
    right=330,  # half the width of "100" stays free
    label_width=246,
    label_size=13,
    axis_size=11,
    number_left=264,
    note_left=286,
    strip_height=26,
    is_narrow=True,
)


def dot_plot(
    dots: Sequence[Dot], bands: Sequence[Band], *, legend: str = "", is_narrow: bool = False
) -> Drawing:
    """The drawing; 452 points wide, or 342 for phones, and as high as it needs to be.

    `legend` says what a flag means; it is drawn when there is one.
    """
    frame = _NARROW if is_narrow else _WIDE
    labels = [lines(dot.label, size=frame.label_size, width=frame.label_width) for dot in dots]
    head = 33 if _has_wide_names(frame, bands) else 19
    explained = _legend(frame, legend) if any(dot.target is not None for dot in dots) else []
    foot = _FOOT + (frame.legend_leading * len(explained) + 8 if explained else 0)
    top = sum(frame.row_height(label) for label in labels) + foot
    drawing = Drawing(frame.width, top + head)
    shapes = [*_level_names(frame, bands, top)]
    for dot, label in zip(dots, labels, strict=True):
        shapes += _row(frame, dot, label, bands, top)
        top -= frame.row_height(label)
    shapes += [*_axis(frame, bands, top), *_explanation(frame, explained, top - _FOOT)]
    for shape in shapes:
        drawing.add(shape)
    return drawing


def _has_wide_names(frame: _Frame, bands: Sequence[Band]) -> bool:
    """Whether a name is wider than its band; the names then stand at two heights."""
    return any(
        text_width(printable(band.name), REGULAR, frame.axis_size) > _width_of(frame, bands, index) - 3
        for index, band in enumerate(bands)
    )


def _width_of(frame: _Frame, bands: Sequence[Band], index: int) -> float:
    end = bands[index + 1].start if index + 1 < len(bands) else HIGH
    return frame.x(end) - frame.x(bands[index].start)


def _level_names(frame: _Frame, bands: Sequence[Band], top: float) -> Iterator[Shape]:
    is_staggered = _has_wide_names(frame, bands)
    for index, band in enumerate(bands):
        middle = frame.x(band.start) + _width_of(frame, bands, index) / 2
        raised = 14 if is_staggered and index % 2 else 0
        yield words(
            middle,
            top + 7 + raised,
            band.name,
            size=frame.axis_size,
            font=REGULAR,
            color=MUTED,
            anchor="middle",
        )


def _axis(frame: _Frame, bands: Sequence[Band], bottom: float) -> Iterator[Shape]:
    for cut in [band.start for band in bands] + [HIGH]:
        yield words(
            frame.x(cut),
            bottom - 12,
            str(cut),
            size=frame.axis_size,
            font=REGULAR,
            color=MUTED,
            anchor="middle",
        )


def _row(frame: _Frame, dot: Dot, label: Sequence[str], bands: Sequence[Band], top: float) -> Iterator[Shape]:
    bottom = top - frame.row_height(label)
    strip = frame.strip_height or top - bottom
    middle = bottom + strip / 2
    first_line = top - 29 if frame.is_narrow else middle - 3.2 + frame.leading * (len(label) - 1) / 2
    yield from _strip(frame, bands, bottom, strip)
    if not frame.is_narrow:
        yield Line(0, top, frame.width, top, strokeColor=HAIR, strokeWidth=0.6)
    for index, line in enumerate(label):
        yield words(
            0, first_line - index * frame.leading, line, size=frame.label_size, font=REGULAR, color=INK
        )
    if dot.target is not None:
        yield from _flag(frame.x(dot.target), middle, strip)
    if dot.score is None or dot.margin is None:
        yield words(
            frame.x(50),
            middle - 3,
            dot.note,
            size=frame.label_size,
            font=ITALIC,
            color=MUTED,
            anchor="middle",
        )
        return
    yield from _mark(frame, dot.score, dot.margin, middle)
    base = first_line if frame.is_narrow else middle - 3.5
    yield words(frame.number_left, base, str(dot.score), size=frame.label_size + 1.5, font=BOLD, color=INK)
    yield words(frame.note_left, base, dot.note, size=frame.label_size - 1, font=REGULAR, color=MUTED)


def _strip(frame: _Frame, bands: Sequence[Band], bottom: float, height: float) -> Iterator[Shape]:
    """The bands behind one line, told apart by a tint and by lines."""
    for index, band in enumerate(bands):
        fill = SOFT if index % 2 == 0 else PAPER
        width = _width_of(frame, bands, index)
        yield Rect(frame.x(band.start), bottom, width, height, fillColor=fill, strokeColor=None)
    for cut in [band.start for band in bands] + [HIGH]:
        yield Line(frame.x(cut), bottom, frame.x(cut), bottom + height, strokeColor=HAIR, strokeWidth=0.8)
    for edge in (bottom, bottom + height) if frame.is_narrow else ():
        yield Line(frame.left, edge, frame.right, edge, strokeColor=HAIR, strokeWidth=0.8)


def _mark(frame: _Frame, score: int, margin: int, middle: float) -> Iterator[Shape]:
    """A dot, and the displayed score plus and minus the displayed margin, cut at the ends of the axis."""
    low = frame.x(max(LOW, score - margin))
    high = frame.x(min(HIGH, score + margin))
    yield Line(low, middle, high, middle, strokeColor=BRAND, strokeWidth=2.4)
    for end in (low, high):
        yield Line(end, middle - _CAP, end, middle + _CAP, strokeColor=BRAND, strokeWidth=1.4)
    yield Circle(frame.x(score), middle, _DOT, fillColor=BRAND, strokeColor=PAPER, strokeWidth=1.2)


def _flag(x: float, middle: float, height: float) -> Iterator[Shape]:
    """A pole as high as the strip, and a pennant at its top on the side of the levels that count as reached."""
    top = middle + height / 2 - 1.5
    yield Line(x, middle - height / 2 + 1.5, x, top, strokeColor=INK, strokeWidth=1.6)
    yield Rect(x, top - _PENNANT[1], *_PENNANT, fillColor=INK, strokeColor=None)


def _legend(frame: _Frame, told: str) -> list[str]:
    """The explanation of the flag in lines as wide as the drawing."""
    return lines(told, size=frame.axis_size, width=frame.width - 2 * _INDENT)


def _explanation(frame: _Frame, legend: Sequence[str], top: float) -> Iterator[Shape]:
    if legend:
        yield from _flag(3, top - frame.legend_leading + 3, 13)
    for index, line in enumerate(legend, start=1):
        base = top - index * frame.legend_leading
        yield words(_INDENT, base, line, size=frame.axis_size, color=MUTED)
