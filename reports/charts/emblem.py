"""Emblem: the profile as a small net without ground, on a fixed scale, for a cover. The numbers stand elsewhere.

A net with a ground would show an area, which grows with the square of the scores and with the order of the dimensions.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, pi, sin

from reportlab.graphics.shapes import Circle, Drawing, Line, Shape
from reportlab.lib.colors import Color

HIGH = 100
RINGS = (20, 40, 60, 80, 100)
Place = tuple[float, float]


def emblem(scores: Sequence[int | None], *, size: float, ink: Color, net: Color) -> Drawing:
    """Scores in the order of the questionnaire, the first at the top; where nothing is shown the line has a gap."""
    drawing = Drawing(size, size)
    for shape in (*_net(len(scores), size, net), *_line(scores, size, ink)):
        drawing.add(shape)
    return drawing


def _place(number: int, count: int, score: float, size: float) -> Place:
    angle, far = 2 * pi * number / count, (size / 2 - 4) * score / HIGH
    return size / 2 + far * sin(angle), size / 2 + far * cos(angle)


def _net(count: int, size: float, color: Color) -> Iterator[Shape]:
    for ring in RINGS:
        corners = [_place(number, count, ring, size) for number in range(count)]
        for start, end in pairwise([*corners, corners[0]]):
            yield Line(*start, *end, strokeColor=color, strokeWidth=0.5)
    for number in range(count):
        yield Line(
            *_place(0, count, 0, size), *_place(number, count, HIGH, size), strokeColor=color, strokeWidth=0.5
        )


def _line(scores: Sequence[int | None], size: float, color: Color) -> Iterator[Shape]:
    places = [
        None if score is None else _place(number, len(scores), score, size)
        for number, score in enumerate(scores)
    ]
    for start, end in pairwise([*places, places[0]]):
        if start and end:
            yield Line(*start, *end, strokeColor=color, strokeWidth=1.8)
    for place in places:
        if place:
            yield Circle(*place, 2.4, fillColor=color, strokeColor=None)
