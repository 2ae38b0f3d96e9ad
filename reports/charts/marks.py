"""Marks that several charts use."""

from collections.abc import Iterator

from reportlab.graphics.shapes import Circle, Line, Shape
from reportlab.lib.colors import Color


def two_camps(right: float, middle: float, ink: Color) -> Iterator[Shape]:
    """Two dots with a line between them, 12 points wide."""
    for x in (right - 9, right - 2):
        yield Circle(x, middle, 2.2, fillColor=ink, strokeColor=None)
    yield Line(right - 5.5, middle - 4, right - 5.5, middle + 4, strokeColor=ink, strokeWidth=0.8)
