"""What is wrong with a file: where, and why in words."""

from typing import NamedTuple

from questionnaires.texts import text

MAX_SHOWN = 200  # problems on a page or a screen; their total stands beside them
MAX_QUOTED = 40


class Problem(NamedTuple):
    """One thing that is wrong. `row` counts from 1, the header; it and `column` are None where they do not apply.

    `reason` is a stable code; `text` says it in the language in which the file was read.
    """

    file: str
    row: int | None
    column: str | None
    reason: str
    text: str

    def __str__(self) -> str:
        """Place and reason on one line."""
        if self.row is None:
            told = text("import_round.problem.file", file=self.file, reason=self.text)
        elif self.column is None:
            told = text("import_round.problem.line", file=self.file, line=self.row, reason=self.text)
        else:
            told = text(
                "import_round.problem", file=self.file, line=self.row, field=self.column, reason=self.text
            )
        return self.file[:1] + told[1:]  # a sentence begins with a capital, the name of a file as it is


class Problems(list[Problem]):
    """The problems of one file as they are found; equal texts are made once."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self._file = quoted(file)
        self._texts: dict[tuple[str, str], str] = {}

    def found(
        self, reason: str, *, row: int | None = None, column: str | None = None, value: str = ""
    ) -> None:
        key = (reason, quoted(value))
        if key not in self._texts:
            self._texts[key] = text(f"import_round.reason.{reason}", value=key[1])
        self.append(Problem(self._file, row, column, reason, self._texts[key]))


def quoted(words: str) -> str:
    """The beginning of what somebody wrote, on one line and without characters that steer a screen."""
    shown = "".join(each if each.isprintable() else " " for each in words[: MAX_QUOTED + 1])
    return shown if len(words) <= MAX_QUOTED else f"{shown[:MAX_QUOTED]}…"
