"""Heat table of the statements: a row for each dimension, from its easiest statement to its hardest.

Every cell has its score as a number and the answer that fits it in words; the tint only repeats them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing, Rect, Shape

from questionnaires.texts import text
from reports.charts.lettering import lines, words
from reports.charts.marks import two_camps
from reports.charts.palette import HAIR, INK, LINE, MUTED, ON_STEPS, PAPER, STEPS
from reports.pdf.fonts import BOLD, ITALIC
from reports.statements import Statement, StatementGroup, Statements


@dataclass(frozen=True)
class _Frame:
    """Sizes in points; `left` is where the cells begin, 0 where the label stands above them."""

    width: float
    left: float
    cell_height: float
    label: float
    number: float
    answer: float

    @property
    def is_narrow(self) -> bool:
        return self.left == 0

    @property
    def leading(self) -> float:
        return self.label * 1.2

    def row_height(self, label: list[str]) -> float:
        return self.cell_height + (14 + self.leading * len(label) if self.is_narrow else 0)


_WIDE = _Frame(width=452, left=109, cell_height=34, label=9, number=12, answer=8)
_NARROW = _Frame(width=342, left=0, cell_height=46, label=13, number=14, answer=10.5)
_GAP = 2
_INSET = 3  # as little as lets the longest answer stand on one line of the wide table
_ABOVE = 8  # free of the words that come before the table


def heat_table(statements: Statements, *, is_narrow: bool = False) -> Drawing:
    frame = _NARROW if is_narrow else _WIDE
    width = frame.width if is_narrow else frame.left - 5
    labels = [lines(group.name, size=frame.label, width=width) for group in statements.groups]
    head = frame.answer * 1.6 + _ABOVE
    foot = frame.answer * (1.2 + 1.2 * len(_key_lines(frame))) if _has_camps(statements) else 0
    top = sum(map(frame.row_height, labels)) + foot
    drawing = Drawing(frame.width, top + head)
    for shape in _head(frame, statements, top):
        drawing.add(shape)
    for group, label in zip(statements.groups, labels, strict=True):
        for shape in _row(frame, group, label, top):
            drawing.add(shape)
        top -= frame.row_height(label)
    for shape in _key(frame) if foot else ():
        drawing.add(shape)
    return drawing


def _has_camps(statements: Statements) -> bool:
    return any(each.has_two_camps for group in statements.groups for each in group.statements)


def _head(frame: _Frame, statements: Statements, top: float) -> Iterator[Shape]:
    """Which end of a row is which."""
    size = frame.answer
    yield words(frame.left, top + 4, text("report.statements.easiest"), size=size, color=MUTED)
    yield words(frame.width, top + 4, text("report.statements.hardest"), size=size, color=MUTED, anchor="end")


def _row(frame: _Frame, group: StatementGroup, label: list[str], top: float) -> Iterator[Shape]:
    first = top - frame.leading - 5 if frame.is_narrow else top - frame.cell_height / 2
    if not frame.is_narrow:
        first += frame.leading * (len(label) - 1) / 2 - frame.label * 0.3
    for number, line in enumerate(label):
        yield words(0, first - number * frame.leading, line, size=frame.label)
    bottom = top - frame.row_height(label)
    width = (frame.width - frame.left) / len(group.statements)
    for number, statement in enumerate(group.statements):
        yield from _cell(frame, statement, frame.left + number * width, bottom, width - _GAP)


def _cell(frame: _Frame, statement: Statement, left: float, bottom: float, width: float) -> Iterator[Shape]:
    height = frame.cell_height - _GAP
    if statement.score is None or statement.option is None:
        yield Rect(left, bottom, width, height, fillColor=PAPER, strokeColor=HAIR, strokeWidth=0.8)
        told = text("report.suppressed")
        middle = bottom + height / 2 - frame.answer * 0.3
        yield words(left + _INSET, middle, told, size=frame.answer, font=ITALIC, color=MUTED)
    else:
        fill, ink = STEPS[statement.option - 1], ON_STEPS[statement.option - 1]
        yield Rect(left, bottom, width, height, fillColor=fill, strokeColor=LINE, strokeWidth=0.5)
        top = bottom + height - frame.number * 0.88
        yield words(left + _INSET, top, str(statement.score), size=frame.number, font=BOLD, color=ink)
        answer = lines(statement.answer, size=frame.answer, width=width - 2 * _INSET, most=2)
        for number, line in enumerate(answer):
            base = top - (number + 1) * frame.answer * 1.15 - 1
            yield words(left + _INSET, base, line, size=frame.answer, color=ink)
    if statement.has_two_camps:
        ink = INK if statement.option is None else ON_STEPS[statement.option - 1]
        yield from two_camps(left + width - 6, bottom + height - 8, ink)


def _key(frame: _Frame) -> Iterator[Shape]:
    told = _key_lines(frame)
    first = 2 + (len(told) - 1) * frame.answer * 1.2
    yield from two_camps(frame.left + 12, first + frame.answer * 0.3, INK)
    for number, line in enumerate(told):
        base = first - number * frame.answer * 1.2
        yield words(frame.left + 20, base, line, size=frame.answer, color=MUTED)


def _key_lines(frame: _Frame) -> list[str]:
    return lines(text("report.statements.camps"), size=frame.answer, width=frame.width - frame.left - 20)
