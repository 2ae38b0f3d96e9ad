"""Dot plot: a score with its margin per line, on a fixed axis from 0 to 100 with the levels as bands.

Readable without colour: a dot for the score, a line with end caps for the margin, both as numbers beside it. A line
without a score says so in words. A target is a flag where its level begins, explained below the axis. Wide for paper
and screens, narrow (label above the line) for phones.
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
from reports.charts.lettering import words
from reports.charts.palette import BRAND, MUTED, PAPER
from reports.pdf.fonts import BOLD, ITALIC

__all__ = ["NARROW", "WIDE", "Band", "Dot", "PlotFrame", "dot_plot"]

_CAP = 4.5
_DOT = 5


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
class PlotFrame(Frame):
    """And where the numbers beside the line stand."""

    number_left: float
    note_left: float

    def row_height(self, label: Sequence[str]) -> float:
        told = self.leading * len(label)
        return told + self.strip_height + 22 if self.is_narrow else max(31, told + 9)


WIDE = PlotFrame(
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
NARROW = PlotFrame(
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
    frame = NARROW if is_narrow else WIDE
    labels = [frame.label_lines(dot.label) for dot in dots]
    explained = flag_words(frame, legend) if any(dot.target is not None for dot in dots) else []
    top = sum(frame.row_height(label) for label in labels) + FOOT + flag_height(frame, explained)
    drawing = Drawing(frame.width, top + head_height(frame, bands))
    shapes = [*level_names(frame, bands, top)]
    for dot, label in zip(dots, labels, strict=True):
        shapes += _row(frame, dot, label, bands, top)
        top -= frame.row_height(label)
    shapes += [*axis_numbers(frame, bands, top), *flag_explanation(frame, explained, top - FOOT)]
    for shape in shapes:
        drawing.add(shape)
    return drawing


def _row(
    frame: PlotFrame, dot: Dot, label: Sequence[str], bands: Sequence[Band], top: float
) -> Iterator[Shape]:
    bottom = top - frame.row_height(label)
    height = frame.strip_height or top - bottom
    middle = bottom + height / 2
    first_line = top - 29 if frame.is_narrow else middle - 3.2 + frame.leading * (len(label) - 1) / 2
    yield from strip(frame, bands, bottom, height)
    yield from row_head(frame, label, top, first_line)
    if dot.target is not None:
        yield from flag(frame.x(dot.target), middle, height)
    if dot.score is None or dot.margin is None:
        size = frame.label_size
        yield words(frame.x(50), middle - 3, dot.note, size=size, font=ITALIC, color=MUTED, anchor="middle")
        return
    yield from _mark(frame, dot.score, dot.margin, middle)
    base = first_line if frame.is_narrow else middle - 3.5
    yield words(frame.number_left, base, str(dot.score), size=frame.label_size + 1.5, font=BOLD)
    yield words(frame.note_left, base, dot.note, size=frame.label_size - 1, color=MUTED)


def _mark(frame: PlotFrame, score: int, margin: int, middle: float) -> Iterator[Shape]:
    """A dot, and the displayed score plus and minus the displayed margin, cut at the ends of the axis."""
    low, high = frame.x(score - margin), frame.x(score + margin)
    yield Line(low, middle, high, middle, strokeColor=BRAND, strokeWidth=2.4)
    for end in (low, high):
        yield Line(end, middle - _CAP, end, middle + _CAP, strokeColor=BRAND, strokeWidth=1.4)
    yield Circle(frame.x(score), middle, _DOT, fillColor=BRAND, strokeColor=PAPER, strokeWidth=1.2)
