"""Finds a place for each label of a plane of points, so that no label lies on another one or on a point."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

GAP = 4.0
STEP = 6.0
DIRECTIONS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


class Box(NamedTuple):
    """A rectangle, in points from the lower left."""

    left: float
    bottom: float
    right: float
    top: float

    def touches(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.bottom <= other.bottom
            and other.top <= self.top
        )


class Label(NamedTuple):
    """A point with the size of what is to be written beside it."""

    x: float
    y: float
    width: float
    height: float


def place(labels: Sequence[Label], *, radius: float, bounds: Box, taken: Iterable[Box]) -> list[Box]:
    """A box for each label, in order: the free place nearest to its point, at the right of it before elsewhere."""
    occupied = [*taken, *(_around(label, radius) for label in labels)]
    boxes = []
    for label in labels:
        box = next(
            each
            for each in _places(label, radius, bounds)
            if bounds.holds(each) and not any(each.touches(other) for other in occupied)
        )
        occupied.append(box)
        boxes.append(box)
    return boxes


def _around(label: Label, radius: float) -> Box:
    return Box(label.x - radius, label.y - radius, label.x + radius, label.y + radius)


def _places(label: Label, radius: float, bounds: Box) -> Iterator[Box]:
    """Ever wider around the point, until every place on the drawing has been tried."""
    reach = bounds.right - bounds.left + bounds.top - bounds.bottom
    for number in range(int(reach / STEP)):
        away = radius + GAP + number * STEP
        for across, up in DIRECTIONS:
            x, y = label.x + across * away, label.y + up * away
            left = x - label.width * (1 - across) / 2
            bottom = y - label.height * (1 - up) / 2
            yield Box(left, bottom, left + label.width, bottom + label.height)
