"""The structure tree of a tagged PDF: what a screen reader reads, in the order of the story.

Elements are made when the story is written, not when it is drawn. So their order and nesting are those of the report,
however the pages break, and a paragraph that is drawn in two parts fills the same element twice.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFDictionary

Scope = Literal["Row", "Column"]


class MarkedContent(NamedTuple):
    """A marked sequence on a page; `page` counts from 0."""

    page: int
    mcid: int


class Annotated(NamedTuple):
    """An annotation on a page that belongs to an element; `page` counts from 0."""

    page: int
    annotation: PDFDictionary


@dataclass(eq=False)
class Element:
    """One node of the tree. `tag` is a standard structure type (PDF 1.7, 14.8.4).

    `alt` and `bbox` (left, bottom, right, top in points on its page) are for figures, `scope` for header cells.
    """

    tag: str
    alt: str = ""
    scope: Scope | None = None
    bbox: tuple[float, float, float, float] | None = None
    children: "list[Element | MarkedContent | Annotated]" = field(default_factory=list)

    def add(self, tag: str, *, alt: str = "", scope: Scope | None = None) -> "Element":
        """A new last child."""
        child = Element(tag, alt=alt, scope=scope)
        self.children.append(child)
        return child
