"""What charts of scores share: the fixed axis from 0 to 100, the levels as bands behind it, labels and target flags."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Line, Rect, Shape

from reports.charts.lettering import lines, words
from reports.charts.palette import HAIR, INK, MUTED, PAPER, SOFT
from reports.pdf.fonts import REGULAR, printable, text_width

LOW, HIGH = 0, 100
FOOT = 16  # room for the numbers below the axis
_PENNANT = (7, 5)
_INDENT = 14  # of the words beside the flag that they explain


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

    @property
    def legend_leading(self) -> float:
        return self.axis_size * 1.35

    def x(self, score: float) -> float:
        """Where a score stands; nothing stands beyond the ends of the axis."""
        inside = max(LOW, min(HIGH, score))
        return self.left + (inside - LOW) / (HIGH - LOW) * (self.right - self.left)

    def label_lines(self, label: str) -> list[str]:
        return lines(label, size=self.label_size, width=self.label_width)


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
        yield words(middle, top + 7 + raised, band.name, size=frame.axis_size, color=MUTED, anchor="middle")


def axis_numbers(frame: Frame, bands: Sequence[Band], bottom: float) -> Iterator[Shape]:
    """Where each level begins, below the last row."""
    for cut in [band.start for band in bands] + [HIGH]:
        yield words(frame.x(cut), bottom - 12, str(cut), size=frame.axis_size, color=MUTED, anchor="middle")


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


def row_head(frame: Frame, label: Sequence[str], top: float, first_line: float) -> Iterator[Shape]:
    """The lines of a label from `first_line` down, and what parts the row from the one above it on paper."""
    if not frame.is_narrow:
        yield Line(0, top, frame.width, top, strokeColor=HAIR, strokeWidth=0.6)
    for index, line in enumerate(label):
        yield words(0, first_line - index * frame.leading, line, size=frame.label_size)


# --- Targets ---------------------------------------------------------------------------------------------------


def flag(x: float, middle: float, height: float) -> Iterator[Shape]:
    """A pole as high as the strip, and a pennant at its top on the side of the levels that count as reached."""
    top = middle + height / 2 - 1.5
    yield Line(x, middle - height / 2 + 1.5, x, top, strokeColor=INK, strokeWidth=1.6)
    yield Rect(x, top - _PENNANT[1], *_PENNANT, fillColor=INK, strokeColor=None)


def flag_words(frame: Frame, told: str) -> list[str]:
    """The explanation of the flag in lines as wide as the drawing."""
    return lines(told, size=frame.axis_size, width=frame.width - 2 * _INDENT)


def flag_height(frame: Frame, explained: Sequence[str]) -> float:
    """How much room the explanation takes below the axis."""
    return frame.legend_leading * len(explained) + 8 if explained else 0


def flag_explanation(frame: Frame, explained: Sequence[str], top: float) -> Iterator[Shape]:
    if explained:
        yield from flag(3, top - frame.legend_leading + 3, 13)
    for index, line in enumerate(explained, start=1):
        base = top - index * frame.legend_leading
        yield words(_INDENT, base, line, size=frame.axis_size, color=MUTED)
