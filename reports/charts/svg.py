"""Writes a drawing as inline SVG: presentation attributes only, so that it passes a strict content security policy."""

from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape

from django.utils.safestring import SafeString, mark_safe
from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, Shape, String
from reportlab.lib.colors import Color

from reports.pdf.fonts import BOLD, ITALIC

_FACES = {BOLD: ' font-weight="700"', ITALIC: ' font-style="italic"'}


def svg(drawing: Drawing, *, title: str, description: str, prefix: str) -> SafeString:
    """An <svg> element with a title and a description; `prefix` keeps its two ids apart from others on the page.

    Raises KeyError for a shape that no chart of ours uses.
    """
    shapes = "".join(_WRITERS[type(shape)](shape, drawing.height) for shape in drawing.contents)
    return mark_safe(  # noqa: S308 (every text passes escape)
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_number(drawing.width)} {_number(drawing.height)}"'
        f' role="img" aria-labelledby="{prefix}-title {prefix}-description">'
        f'<title id="{prefix}-title">{escape(title)}</title>'
        f'<desc id="{prefix}-description">{escape(description)}</desc>{shapes}</svg>'
    )


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _color(color: Color | None) -> str:
    return "none" if color is None else f"#{color.hexval()[2:]}"


def _stroke(shape: Shape) -> str:
    if shape.strokeColor is None:
        return ""
    return f' stroke="{_color(shape.strokeColor)}" stroke-width="{_number(shape.strokeWidth)}"'


def _line(line: Line, height: float) -> str:
    ends = zip(("x1", "y1", "x2", "y2"), (line.x1, height - line.y1, line.x2, height - line.y2), strict=True)
    return f"<line{_places(ends)}{_stroke(line)}/>"


def _circle(circle: Circle, height: float) -> str:
    places = [("cx", circle.cx), ("cy", height - circle.cy), ("r", circle.r)]
    return f'<circle{_places(places)} fill="{_color(circle.fillColor)}"{_stroke(circle)}/>'


def _rect(rect: Rect, height: float) -> str:
    top = height - rect.y - rect.height
    places = [("x", rect.x), ("y", top), ("width", rect.width), ("height", rect.height)]
    return f'<rect{_places(places)} fill="{_color(rect.fillColor)}"{_stroke(rect)}/>'


def _text(string: String, height: float) -> str:
    places = [("x", string.x), ("y", height - string.y), ("font-size", string.fontSize)]
    anchor = "" if string.textAnchor == "start" else f' text-anchor="{string.textAnchor}"'
    face = _FACES.get(string.fontName, "")
    return (
        f'<text{_places(places)} fill="{_color(string.fillColor)}"{anchor}{face}>{escape(string.text)}</text>'
    )


def _places(places: Iterable[tuple[str, float]]) -> str:
    return "".join(f' {name}="{_number(value)}"' for name, value in places)


_WRITERS: dict[type[Shape], Callable[[Shape, float], str]] = {
    Line: _line,
    Circle: _circle,
    Rect: _rect,
    String: _text,
}
