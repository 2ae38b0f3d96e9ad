"""What chapters write in the cells of their tables."""

from questionnaires.texts import text
from reports.pdf.styles import WIDTH

NOTHING = "–"


def number(value: int | None) -> str:
    """A dash where nothing is shown, which the words beside it say."""
    return NOTHING if value is None else str(value)


def count(value: int | None) -> str:
    return text("report.suppressed") if value is None else str(value)


def shares(*parts: float) -> list[float]:
    """Column widths from hundredths of the page's width."""
    return [WIDTH * part / 100 for part in parts]
