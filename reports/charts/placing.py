"""Finds a place for each label of a plane of dots, so that no label lies on another one or on a dot.

A label that stands apart has a line to its dot, a leader, which runs through no label and crosses no other leader.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import hypot
from typing import NamedTuple

GAP = 4.0
APART = 13.0  # from the middle of its dot: a label further away has a leader
STEP = 6.0
# Right, left, above, below, the corners, and what lies between them.
DIRECTIONS = (
    *((1, 0), (-1, 0), (0, 1), (0, -1)),
    *((1, 1), (-1, 1), (1, -1), (-1, -1)),
    *((1, 0.5), (1, -0.5), (-1, 0.5), (-1, -0.5), (0.5, 1), (-0.5, 1), (0.5, -1), (-0.5, -1)),
)
FAR = 60.0  # so far away a label on this side of a line is worth less than one near by at the other side
BEYOND = (False, False, True)

Line = tuple[float, float, float, float]  # from x and y to x and y


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

    def is_crossed(self, line: Line) -> bool:
        """Whether part of the line lies inside."""
        x, y, to_x, to_y = line
        first, last = 0.0, 1.0
        for start, step, low, high in (
            (x, to_x - x, self.left, self.right),
            (y, to_y - y, self.bottom, self.top),
        ):
            if not step and not low < start < high:
                return False
            if step:
                enters, leaves = sorted(((low - start) / step, (high - start) / step))
                first, last = max(first, enters), min(last, leaves)
        return first < last


class Dot(NamedTuple):
    x: float
    y: float
    radius: float


class Label(NamedTuple):
    """The dots that it is about, with the size of what is to be written beside them."""

    dots: tuple[Dot, ...]
    width: float
    height: float

    @property
    def spot(self) -> Box:
        """The box around the dots."""
        return Box(
            min(dot.x - dot.radius for dot in self.dots),
            min(dot.y - dot.radius for dot in self.dots),
            max(dot.x + dot.radius for dot in self.dots),
            max(dot.y + dot.radius for dot in self.dots),
        )


class Placed(NamedTuple):
    """Where a label stands; `leader` from the nearest of its dots, None right beside it."""

    box: Box
    leader: Line | None


def place(
    labels: Sequence[Label], *, bounds: Box, taken: Iterable[Box], lines: Iterable[Box]
) -> list[Placed]:
    """A place for each label, in order: the free one nearest to its dots, at the right of them before elsewhere.

    Nothing is written on what is `taken`, and no leader runs through it. Nothing is written on `lines` either, nor at
    their other side when there is room near by at this one. Where there is too little room in one order, the others
    that begin elsewhere are tried; if there is in none, a leader may cross anything, and then lines run through labels.
    """
    taken, lines, places = list(taken), list(lines), range(len(labels))
    fewest, best = len(labels) + 1, list[Placed]()
    for start in places:
        order = [*places[start:], *places[:start]]
        faults, placed = _in_order([labels[each] for each in order], bounds, taken, lines)
        if faults < fewest:
            fewest, best = faults, [placed[order.index(each)] for each in places]
        if not faults:
            break
    return best


def _in_order(
    labels: Sequence[Label], bounds: Box, taken: Sequence[Box], lines: Sequence[Box]
) -> tuple[int, list[Placed]]:
    """How many labels are not as they should be, and where each of them stands."""
    spots = [label.spot for label in labels]
    faults, placed = 0, list[Placed]()
    for label in labels:
        occupied = [*taken, *spots, *(each.box for each in placed)]
        obstacles = [each for each in occupied if each != label.spot]
        found: dict[
            tuple[bool, bool, bool], Placed
        ] = {}  # the nearest place of each kind, False is as it should be
        for box in _places(label, bounds):
            if any(map(box.touches, occupied)):
                continue
            way = _way(label, box)
            here = Placed(box, way if _length(way) > APART else None)
            is_lined, is_beyond = any(map(box.touches, lines)), any(each.is_crossed(way) for each in lines)
            kind = is_lined, not _is_clear(here, placed, obstacles), is_beyond
            found.setdefault(kind, here)
            if not any(kind) or (BEYOND in found and _length(way) > FAR):
                break
        best = min(found)
        faults += any(best[:2])
        placed.append(found[best])
    return faults, placed


def _is_clear(one: Placed, placed: Sequence[Placed], obstacles: Sequence[Box]) -> bool:
    """Neither its leader runs through anything or across another one, nor another leader through it."""
    leaders = [each.leader for each in placed if each.leader]
    if any(map(one.box.is_crossed, leaders)):
        return False
    leader = one.leader
    return leader is None or not (
        any(each.is_crossed(leader) for each in obstacles) or any(_cross(leader, each) for each in leaders)
    )


def _cross(one: Line, other: Line) -> bool:
    return all(
        _side(first, *second[:2]) * _side(first, *second[2:]) < 0
        for first, second in ((one, other), (other, one))
    )


def _side(line: Line, x: float, y: float) -> float:
    """Above 0 at one side of the line, below 0 at the other."""
    return (line[2] - line[0]) * (y - line[1]) - (line[3] - line[1]) * (x - line[0])


def _way(label: Label, box: Box) -> Line:
    """From the nearest of the dots to the nearest place of the box."""
    ways = [
        (dot.x, dot.y, min(max(dot.x, box.left), box.right), min(max(dot.y, box.bottom), box.top))
        for dot in label.dots
    ]
    return min(ways, key=_length)


def _length(line: Line) -> float:
    return hypot(line[2] - line[0], line[3] - line[1])


def _places(label: Label, bounds: Box) -> Iterator[Box]:
    """Ever wider around the dots and within the bounds, until every place on the drawing has been tried."""
    spot = label.spot
    reach = bounds.right - bounds.left + bounds.top - bounds.bottom
    for number in range(int(reach / STEP)):
        away = GAP + number * STEP
        for across, up in DIRECTIONS:
            x = (spot.left + spot.right) / 2 + across * ((spot.right - spot.left) / 2 + away)
            y = (spot.bottom + spot.top) / 2 + up * ((spot.top - spot.bottom) / 2 + away)
            left = min(max(x - label.width * (1 - across) / 2, bounds.left), bounds.right - label.width)
            bottom = min(max(y - label.height * (1 - up) / 2, bounds.bottom), bounds.top - label.height)
            yield Box(left, bottom, left + label.width, bottom + label.height)
