"""Bars of agreement: how the answers to the statements of a dimension spread, from disagreeing to agreeing.

Drawn only of statements whose distribution may be shown: from ten answers on, in three classes, from fifteen in five.
The order, the numbers in the parts and a lightness that falls in one direction tell the parts apart without colour. One
key says for all of them which answers a part stands for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing, Rect, Shape

from questionnaires.texts import text
from reports.charts.lettering import lines, words
from reports.charts.marks import two_camps
from reports.charts.palette import INK, LINE, MUTED, ON_STEPS, STEPS
from reports.pdf.fonts import REGULAR, printable, text_width
from reports.report import Agreement
from reports.statements import Statement

# Of the five steps of lightness the ones that a bar uses, by its number of classes.
_LOOKS = {3: (0, 2, 3), 5: (0, 1, 2, 3, 4)}


@dataclass(frozen=True)
class _Frame:
    """Sizes in points; `left` is where the bars begin, 0 where the statement stands above its bar."""

    width: float
    left: float
    bar: float
    label: float
    number: float

    @property
    def is_narrow(self) -> bool:
        return self.left == 0

    @property
    def leading(self) -> float:
        return self.label * 1.2

    def row_height(self, label: Sequence[str]) -> float:
        told = self.leading * len(label)
        return told + self.bar + 14 if self.is_narrow else max(self.bar, told) + 6


_WIDE = _Frame(width=452, left=284, bar=13, label=8.5, number=8)
_NARROW = _Frame(width=342, left=0, bar=24, label=12.5, number=11)


def spread_bars(statements: Sequence[Statement], *, is_narrow: bool = False) -> Drawing:
    """A bar for each statement, all as wide as a whole."""
    frame = _NARROW if is_narrow else _WIDE
    width = frame.width - 18 if is_narrow else frame.left - 22
    labels = [lines(each.text, size=frame.label, width=width) for each in statements]
    top = sum(map(frame.row_height, labels))
    drawing = Drawing(frame.width, top + frame.number * 1.7)
    for shape in _head(frame, top):
        drawing.add(shape)
    for statement, label in zip(statements, labels, strict=True):
        for shape in _row(frame, statement, label, top):
            drawing.add(shape)
        top -= frame.row_height(label)
    return drawing


def classes_of(agreement: Sequence[Agreement]) -> list[tuple[str, ...]]:
    """What parts stand for, from disagreeing to agreeing, in each number of classes that is drawn, the most first.

    Five are the answers of the questionnaire; three join the answers at either side of the middle one.
    """
    joined = tuple(text(f"report.spread.{each}") for each in ("disagree", "between", "agree"))
    drawn = {len(statement.shares) for each in agreement for statement in each.spread}
    answers = agreement[0].answers if agreement else ()
    return [each for each in (answers, joined) if len(each) in drawn]


def key_in_words(classes: Sequence[Sequence[str]]) -> str:
    return " ".join(text("report.spread.key_value", classes=", ".join(each)) for each in classes)


def spread_key(classes: Sequence[Sequence[str]], *, is_narrow: bool = False) -> Drawing:
    """Swatches with their words; on a phone over as many lines as they need."""
    frame = _NARROW if is_narrow else _WIDE
    side, leading = frame.number * 1.3, frame.number * 2
    places: list[tuple[float, int, int, str]] = []
    line = -1
    for each in classes:
        x, line = 0.0, line + 1
        for step, name in zip(_LOOKS[len(each)], each, strict=True):
            width = side + 4 + text_width(printable(name), REGULAR, frame.number)
            if x and x + width > frame.width:
                x, line = 0.0, line + 1
            places.append((x, line, step, name))
            x += width + 10
    drawing = Drawing(frame.width, leading * (line + 1))
    for x, row, step, name in places:
        bottom = drawing.height - leading * row - side - 1
        drawing.add(Rect(x, bottom, side, side, fillColor=STEPS[step], strokeColor=LINE, strokeWidth=0.6))
        drawing.add(words(x + side + 4, bottom + side / 2 - frame.number * 0.35, name, size=frame.number))
    return drawing


def _head(frame: _Frame, top: float) -> Iterator[Shape]:
    ends = (("report.spread.disagree", frame.left, "start"), ("report.spread.agree", frame.width, "end"))
    for key, x, anchor in ends:
        yield words(x, top + 4, text(key), size=frame.number, color=MUTED, anchor=anchor)


def _row(frame: _Frame, statement: Statement, label: Sequence[str], top: float) -> Iterator[Shape]:
    bottom = top - frame.row_height(label)
    middle = bottom + (14 if frame.is_narrow else frame.row_height(label) - frame.bar) / 2
    first = top - frame.leading if frame.is_narrow else (top + bottom) / 2 - frame.label * 0.3
    if not frame.is_narrow:
        first += frame.leading * (len(label) - 1) / 2
    for number, line in enumerate(label):
        yield words(0, first - number * frame.leading, line, size=frame.label)
    if statement.has_two_camps:
        right = text_width(label[-1], REGULAR, frame.label) + 18 if frame.is_narrow else frame.left - 5
        base = first - (len(label) - 1) * frame.leading if frame.is_narrow else middle
        yield from two_camps(
            right, base + frame.label * 0.35 if frame.is_narrow else base + frame.bar / 2, INK
        )
    yield from _bar(frame, statement.shares, middle)


def _bar(frame: _Frame, shares: Sequence[int], bottom: float) -> Iterator[Shape]:
    """Each share is rounded by itself, so the parts are as wide as they are to each other."""
    whole, left = sum(shares), frame.left
    for step, share in zip(_LOOKS[len(shares)], shares, strict=True):
        width = (frame.width - frame.left) * share / whole
        if share:
            yield Rect(
                left, bottom, width, frame.bar, fillColor=STEPS[step], strokeColor=LINE, strokeWidth=0.6
            )
        told = str(share)
        if width > text_width(told, REGULAR, frame.number) + 3:
            base = bottom + frame.bar / 2 - frame.number * 0.35
            yield words(
                left + width / 2, base, told, size=frame.number, color=ON_STEPS[step], anchor="middle"
            )
        left += width
