"""The own score of one person per dimension, with the forum's beside it where that is allowed.

On the axis of every profile, from 0 to 100 with the levels as bands. Readable without colour: a filled dot for the own
score, an open square with a line for the forum and its margin, and the own score as a number beside the line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, Shape

from reports.charts.axis import FOOT, Band, axis_numbers, head_height, level_names, row_head, strip
from reports.charts.dot_plot import NARROW, WIDE, PlotFrame
from reports.charts.lettering import words
from reports.charts.palette import BRAND, INK, MUTED, PAPER
from reports.pdf.fonts import BOLD, ITALIC, REGULAR, text_width

_LANE = 6.5  # each of both scores stands this far from the middle of its line
_DOT, _SIDE, _CAP = 5, 7.5, 3.5
_LEGEND = 24


@dataclass(frozen=True)
class Own:
    """A line: whole numbers, or None without a score or where the forum may not be compared with.

    `note` stands beside the number, or on the line when there is no own score.
    """

    label: str
    score: int | None
    forum: int | None
    margin: int | None
    note: str


def own_plot(
    owns: Sequence[Own], bands: Sequence[Band], names: tuple[str, str], *, is_narrow: bool = False
) -> Drawing:
    """The drawing; 452 points wide, or 342 for phones. `names` are what a dot and a square stand for."""
    frame = NARROW if is_narrow else WIDE
    labels = [frame.label_lines(own.label) for own in owns]
    is_compared = any(own.forum is not None for own in owns)
    head = head_height(frame, bands)
    top = sum(map(frame.row_height, labels)) + FOOT
    drawing = Drawing(frame.width, top + head + _LEGEND)
    shapes = [
        *_legend(frame, names[: 1 + is_compared], top + head + 8),
        *level_names(frame, bands, top),
    ]
    for own, label in zip(owns, labels, strict=True):
        shapes += _row(frame, own, label, bands, top)
        top -= frame.row_height(label)
    for shape in [*shapes, *axis_numbers(frame, bands, top)]:
        drawing.add(shape)
    return drawing


def _legend(frame: PlotFrame, names: Sequence[str], y: float) -> Iterator[Shape]:
    x = frame.left + _DOT
    for mark, name in zip((_dot, _square), names, strict=False):
        yield mark(x, y + 3)
        yield words(x + 10, y, name, size=frame.label_size - 0.5)
        x += 10 + text_width(name, REGULAR, frame.label_size - 0.5) + 24


def _row(
    frame: PlotFrame, own: Own, label: Sequence[str], bands: Sequence[Band], top: float
) -> Iterator[Shape]:
    bottom = top - frame.row_height(label)
    height = frame.strip_height or top - bottom
    middle = bottom + height / 2
    first_line = top - 29 if frame.is_narrow else middle - 3.2 + frame.leading * (len(label) - 1) / 2
    yield from strip(frame, bands, bottom, height)
    yield from row_head(frame, label, top, first_line)
    lane = _LANE if own.forum is not None else 0
    if own.forum is not None and own.margin is not None:
        yield from _forum(frame, own.forum, own.margin, middle - lane)
    if own.score is None:
        size = frame.label_size
        place = middle + lane - 3
        yield words(frame.x(50), place, own.note, size=size, font=ITALIC, color=MUTED, anchor="middle")
        return
    yield _dot(frame.x(own.score), middle + lane)
    base = first_line if frame.is_narrow else middle - 3.5
    yield words(frame.number_left, base, str(own.score), size=frame.label_size + 1.5, font=BOLD)
    yield words(frame.note_left, base, own.note, size=frame.label_size - 1, color=MUTED)


def _forum(frame: PlotFrame, score: int, margin: int, y: float) -> Iterator[Shape]:
    """The displayed score plus and minus the displayed margin, cut at the ends of the axis."""
    low, high = frame.x(score - margin), frame.x(score + margin)
    yield Line(low, y, high, y, strokeColor=INK, strokeWidth=1.2)
    for end in (low, high):
        yield Line(end, y - _CAP, end, y + _CAP, strokeColor=INK, strokeWidth=1.2)
    yield _square(frame.x(score), y)


def _dot(x: float, y: float) -> Shape:
    return Circle(x, y, _DOT, fillColor=BRAND, strokeColor=PAPER, strokeWidth=1.2)


def _square(x: float, y: float) -> Shape:
    side = _SIDE
    return Rect(x - side / 2, y - side / 2, side, side, fillColor=PAPER, strokeColor=INK, strokeWidth=1.4)
