"""From a file to answers that nothing ties to a row of it, or to everything that is wrong with it.

The whole file is read, also after the first problem.
"""

import re
import uuid
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from assessment.actions.cutting_loose import new_label, shuffle
from assessment.actions.importing.layout import GROUP, MUNICIPALITY, Group, Layout, folded, places
from assessment.actions.importing.problems import Problem, Problems, quoted
from assessment.actions.tables import Row, Table, TableError, read_table
from assessment.models import Municipality
from assessment.models.rounds import AnswerKind
from assessment.queries import long_frame
from questionnaires.content import Content

if TYPE_CHECKING:
    import pandas as pd

WHOLE_NUMBER = re.compile(r"([1-5])(?:[.,]0+)?", re.ASCII)


class Cell(NamedTuple):
    """An answer: a value, "don't know", or neither when it was skipped."""

    value: int | None
    dont_know: bool = False


SKIPPED = Cell(None)


class Respondent(NamedTuple):
    """One row of the file that is right: `municipality` is a NIS code, None outside the municipalities."""

    group: Group
    municipality: str | None
    answers: dict[str, Cell]


def read_round(
    file: IO[bytes],
    name: str,
    *,
    content: Content,
    municipalities: Iterable[Municipality],
    asks_change: bool,
    members: int | None = None,
) -> tuple["pd.DataFrame | None", list[Problem]]:
    """The answers of a file as the long frame of rule 1.3, and no problems; or None, and all problems.

    `file` is open for reading bytes, `name` is how problems call it. `municipalities` are those of the forum; with
    `members`, which is N, more of them in the file is a problem too. Keys and labels of the frame are random, and so
    is the order of its responses.
    """
    problems = Problems(name)
    try:
        table = read_table(file, name)
    except TableError as error:
        problems.found(error.reason, row=error.row)
        return None, problems
    layout = Layout(content, asks_change)
    columns = _columns(table, layout, problems)
    reader = _Reader(layout, columns, len(table.header), places(municipalities), problems)
    respondents = [each for row in table.rows if (each := reader.respondent(row))]
    if members is not None and len(reader.municipalities) > members:
        problems.found("more_than_members")
    return (None, problems) if problems else (_frame(respondents, layout), problems)


def _columns(table: Table, layout: Layout, problems: Problems) -> dict[str, int]:
    """Where each known column stands. A name that is not there, unknown or there twice is a problem."""
    columns: dict[str, int] = {}
    for place, written in enumerate(table.header):
        key = folded(written)
        if key in layout.unasked:
            problems.found("not_asked", row=1, column=layout.unasked[key])
        elif key not in layout.names:
            problems.found("unknown_column", row=1, column=quoted(written) or str(place + 1))
        elif layout.names[key] in columns:
            problems.found("duplicate_column", row=1, column=layout.names[key])
        else:
            columns[layout.names[key]] = place
    for name in layout.names.values():
        if name not in columns:
            problems.found("missing_column", row=1, column=name)
    if not table.rows:
        problems.found("empty_file")
    return columns


class _Reader:
    """Reads the rows of one file, and notes their problems and which municipalities it met."""

    def __init__(
        self, layout: Layout, columns: dict[str, int], width: int, places: dict[str, str], problems: Problems
    ) -> None:
        self.municipalities: set[str] = set()
        self._layout, self._columns, self._width = layout, columns, width
        self._places, self._problems = places, problems
        self._questions = [(name, columns[name]) for name in layout.questions if name in columns]
        self._statements = {
            place for name, place in self._questions if layout.questions[name].kind == AnswerKind.STATEMENT
        }
        self._cells = {"": SKIPPED, folded(layout.content.missing_code): Cell(None, dont_know=True)}

    def respondent(self, row: Row) -> Respondent | None:
        """The row as it counts, None when something is wrong with it."""
        if len(row.cells) != self._width:  # its cells may stand under wrong names
            self._problems.found("wrong_length", row=row.number)
            return None
        before = len(self._problems)
        group = self._group(row)
        municipality = self._municipality(row, group)
        answers = self._answers(row, group)
        if group is None or len(self._problems) > before:
            return None
        return Respondent(group, municipality, answers)

    def _group(self, row: Row) -> Group | None:
        written = self._written(row, GROUP)
        if written is None:
            return None
        group = self._layout.groups.get(folded(written))
        if group is None:
            self._problems.found("unknown_group", row=row.number, column=GROUP, value=written)
        return group

    def _municipality(self, row: Row, group: Group | None) -> str | None:
        written = self._written(row, MUNICIPALITY)
        if written is None:
            return None
        reason, found = "", self._places.get(folded(written))
        if written and group is not None and not group.has_municipality:
            reason = "unexpected_municipality"
        elif written and found is None:
            reason = "unknown_municipality"
        elif not written and group is not None and group.has_municipality:
            reason = "missing_municipality"
        if reason:
            self._problems.found(reason, row=row.number, column=MUNICIPALITY, value=written)
        elif found is not None:
            self.municipalities.add(found)
        return found

    def _answers(self, row: Row, group: Group | None) -> dict[str, Cell]:
        """The answer in every column that this group fills in."""
        if self._statements and not any(row.cells[place] for place in self._statements):
            self._problems.found("no_answers", row=row.number)
        answers: dict[str, Cell] = {}
        for name, place in self._questions:
            written = row.cells[place]
            cell = self._cell(written)
            if cell is None:
                self._problems.found("bad_value", row=row.number, column=name, value=written)
            elif group is not None and name not in group.asked:
                if written:
                    self._problems.found("not_asked", row=row.number, column=name)
            else:
                answers[name] = cell
        return answers

    def _cell(self, written: str) -> Cell | None:
        if written not in self._cells:
            whole = WHOLE_NUMBER.fullmatch(written)
            known = Cell(int(whole[1])) if whole else self._cells.get(folded(written))
            if known is None:
                return None
            self._cells[written] = known
        return self._cells[written]

    def _written(self, row: Row, name: str) -> str | None:
        """What stands in this column; None when the file has no such column."""
        return row.cells[self._columns[name]] if name in self._columns else None


def _frame(respondents: list[Respondent], layout: Layout) -> "pd.DataFrame":
    shuffle(respondents)
    return long_frame(_rows(respondents, layout), layout.content)


def _rows(respondents: list[Respondent], layout: Layout) -> Iterator[tuple[Any, ...]]:
    labels = {each.municipality: new_label() for each in respondents}
    for each in respondents:
        key = str(uuid.uuid4())
        delegation = labels[each.municipality] if each.group.has_municipality else ""
        for name, cell in each.answers.items():
            question = layout.questions[name]
            yield key, each.group.code, delegation, question.kind, question.item, cell.value, cell.dont_know
