"""Draws the shapes of a chart on a canvas.

reportlab's own renderer begins every drawing in Times-Roman, a font that is not embedded and that no chart uses.
"""

from collections.abc import Callable

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, Shape, String
from reportlab.pdfgen.canvas import Canvas


def draw_shapes(canvas: Canvas, drawing: Drawing) -> None:
    """Draws with the lower left corner in the origin. Raises KeyError for a shape that no chart of ours uses."""
    for shape in drawing.contents:
        _DRAWERS[type(shape)](canvas, shape)


def _line(canvas: Canvas, line: Line) -> None:
    _set_stroke(canvas, line)
    canvas.line(line.x1, line.y1, line.x2, line.y2)


def _circle(canvas: Canvas, circle: Circle) -> None:
    has_stroke = _set_stroke(canvas, circle)
    canvas.setFillColor(circle.fillColor)
    canvas.circle(circle.cx, circle.cy, circle.r, stroke=has_stroke, fill=1)


def _rect(canvas: Canvas, rect: Rect) -> None:
    has_stroke = _set_stroke(canvas, rect)
    canvas.setFillColor(rect.fillColor)
    canvas.rect(rect.x, rect.y, rect.width, rect.height, stroke=has_stroke, fill=1)


def _string(canvas: Canvas, string: String) -> None:
    canvas.setFont(string.fontName, string.fontSize)
    canvas.setFillColor(string.fillColor)
    draw = {"middle": canvas.drawCentredString, "end": canvas.drawRightString}.get(
        string.textAnchor, canvas.drawString
    )
    draw(string.x, string.y, string.text)


def _set_stroke(canvas: Canvas, shape: Shape) -> bool:
    if shape.strokeColor is None:
        return False
    canvas.setStrokeColor(shape.strokeColor)
    canvas.setLineWidth(shape.strokeWidth)
    return True


_DRAWERS: dict[type[Shape], Callable[[Canvas, Shape], None]] = {
    Line: _line,
    Circle: _circle,
    Rect: _rect,
    String: _string,
}
