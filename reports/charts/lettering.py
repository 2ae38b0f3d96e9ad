"""Words in a chart: one line, or several where a label is long."""

from reportlab.graphics.shapes import String
from reportlab.lib.colors import Color

from reports.charts.palette import INK
from reports.pdf.fonts import REGULAR, printable, text_width

LABEL_LINES = 3


def words(
    x: float,
    y: float,
    told: str,
    *,
    size: float,
    font: str = REGULAR,
    color: Color = INK,
    anchor: str = "start",
) -> String:
    """A line of words that begins at, is centred on or ends at x; y is its base line."""
    return String(x, y, printable(told), fontName=font, fontSize=size, fillColor=color, textAnchor=anchor)


def lines(told: str, *, size: float, width: float, font: str = REGULAR, most: int = LABEL_LINES) -> list[str]:
    """At most so many lines; what does not fit ends in an ellipsis, since the table beside it has it whole."""
    found = [""]
    for word in printable(told).split(" "):
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and text_width(longer, font, size) > width:
            found.append(word)
        else:
            found[-1] = longer
    if len(found) > most:
        found = [*found[: most - 1], " ".join(found[most - 1 :])]
    return [_cut(line, size, width, font) for line in found]


def _cut(line: str, size: float, width: float, font: str) -> str:
    if text_width(line, font, size) <= width:
        return line
    while text_width(f"{line}…", font, size) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"
