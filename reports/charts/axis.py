"""What charts of scores share: the fixed axis from 0 to 100, the levels as bands behind it, labels and words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Line, Rect, Shape, String
from reportlab.lib.colors import Color

from reports.charts.palette import HAIR, INK, MUTED, PAPER, SOFT
from reports.pdf.fonts import REGULAR, printable, text_width

LOW, HIGH = 0, 100
FOOT = 16  # room for the numbers below the axis
_LABEL_LINES = 3


@dataclass(frozen=True)
class Band:
    """A level: its name and the score from which it holds."""

    name: str
    start: int


@dataclass(frozen=True)
class Frame:
    """Where the axis and the labels stand, in points from the left, and how large they are written.

    `strip_height` is that of the bands behind one line, where they do not fill the row.
    """

    width: float
    left: float
    right: float
    label_width: float
    label_size: float
    axis_size: float
    strip_height: float
    is_narrow: bool

    @property
    def leading(self) -> float:
        return self.label_size * 1.22

    def x(self, score: float) -> float:
        """Where a score stands; beyond the ends of the axis nothing does."""
        inside = max(LOW, min(HIGH, score))
        return self.left + (inside - LOW) / (HIGH - LOW) * (self.right - self.left)


def head_height(frame: Frame, bands: Sequence[Band]) -> float:
    """How much room the names of the levels take above the first row."""
    return 33 if _has_wide_names(frame, bands) else 19


def _has_wide_names(frame: Frame, bands: Sequence[Band]) -> bool:
    """Whether a name is wider than its band; the names then stand at two heights."""
    return any(
        text_width(printable(band.name), REGULAR, frame.axis_size) > _width_of(frame, bands, index) - 3
        for index, band in enumerate(bands)
    )


def _width_of(frame: Frame, bands: Sequence[Band], index: int) -> float:
    end = bands[index + 1].start if index + 1 < len(bands) else HIGH
    return frame.x(end) - frame.x(bands[index].start)


def level_names(frame: Frame, bands: Sequence[Band], top: float) -> Iterator[Shape]:
    """The names of the levels, just above `top`."""
    is_staggered = _has_wide_names(frame, bands)
    for index, band in enumerate(bands):
        middle = frame.x(band.start) + _width_of(frame, bands, index) / 2
        raised = 14 if is_staggered and index % 2 else 0
        yield words(middle, top + 7 + raised, band.name, REGULAR, frame.axis_size, MUTED, anchor="middle")


def axis_numbers(frame: Frame, bands: Sequence[Band], bottom: float) -> Iterator[Shape]:
    """Where each level begins, below the last row."""
    for cut in [band.start for band in bands] + [HIGH]:
        yield words(frame.x(cut), bottom - 12, str(cut), REGULAR, frame.axis_size, MUTED, anchor="middle")


def row_line(frame: Frame, top: float) -> Iterator[Shape]:
    """What parts a row from the one above it, where labels stand beside the bands."""
    if not frame.is_narrow:
        yield Line(0, top, frame.width, top, strokeColor=HAIR, strokeWidth=0.6)


def strip(frame: Frame, bands: Sequence[Band], bottom: float, height: float) -> Iterator[Shape]:
    """The bands behind one line, told apart by a tint and by lines."""
    for index, band in enumerate(bands):
        fill = SOFT if index % 2 == 0 else PAPER
        width = _width_of(frame, bands, index)
        yield Rect(frame.x(band.start), bottom, width, height, fillColor=fill, strokeColor=None)
    for cut in [band.start for band in bands] + [HIGH]:
        yield Line(frame.x(cut), bottom, frame.x(cut), bottom + height, strokeColor=HAIR, strokeWidth=0.8)
    for edge in (bottom, bottom + height) if frame.is_narrow else ():
        yield Line(frame.left, edge, frame.right, edge, strokeColor=HAIR, strokeWidth=0.8)


def label(frame: Frame, lines: Sequence[str], first_line: float) -> Iterator[Shape]:
    """The lines of a label, the first one on `first_line`."""
    for index, line in enumerate(lines):
        yield words(0, first_line - index * frame.leading, line, REGULAR, frame.label_size, INK)


def label_lines(frame: Frame, name: str) -> list[str]:
    """At most three lines; what does not fit ends in an ellipsis, since the table beside it has the whole name."""
    size, width = frame.label_size, frame.label_width
    lines = wrapped(name, REGULAR, size, width)
    if len(lines) > _LABEL_LINES:
        lines = [*lines[: _LABEL_LINES - 1], " ".join(lines[_LABEL_LINES - 1 :])]
    return [_cut(line, size, width) for line in lines]


def wrapped(name: str, font: str, size: float, width: float) -> list[str]:
    """Words in lines that are no wider than this, unless one word is."""
    lines = [""]
    for word in printable(name).split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, font, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _cut(line: str, size: float, width: float) -> str:
    if text_width(line, REGULAR, size) <= width:
        return line
    while text_width(f"{line}…", REGULAR, size) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


def words(
    x: float, y: float, line: str, font: str, size: float, color: Color, *, anchor: str = "start"
) -> String:
    """One line of text."""
    return String(x, y, printable(line), fontName=font, fontSize=size, fillColor=color, textAnchor=anchor)
