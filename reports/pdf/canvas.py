"""A canvas that tags what it draws (PDF/UA-1), on open-source reportlab, which writes no tags itself.

Everything on a page is either content of an element or an artifact. Nothing of reportlab is patched; what is used of
its inside is `_code` (the operators of the page being drawn), `_doc` (the document being made) and the list of keys
that a page object writes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas

from reports.pdf.structure import Annotated, Element, MarkedContent
from reports.pdf.writing import write_structure

Artifact = Literal["Layout", "Pagination", "Background"]
Rectangle = tuple[float, float, float, float]
_PRINTABLE_ANNOTATION = 4


class TaggedCanvas(Canvas):
    """Draws for the tree under `root`. Keyword arguments beyond that are reportlab's."""

    _code: list[str]

    def __init__(self, *args: object, root: Element, **options: object) -> None:
        super().__init__(*args, **options)
        self._root = root
        self._mark_counts = [0]
        self._page_index = 0
        self._is_artifact = False
        self._postponed: list[tuple[int, str, Callable[[], None]]] = []
        self.page_of: dict[str, int] = {}

    @contextmanager
    def content(self, element: Element) -> Iterator[None]:
        """What is drawn inside is content of the element, after what it already holds."""
        if self._is_artifact:
            yield
            return
        mcid = self._mark_counts[self._page_index]
        self._mark_counts[self._page_index] += 1
        element.children.append(MarkedContent(self._page_index, mcid))
        self._code.append(f"/{element.tag} <</MCID {mcid}>> BDC")
        yield
        self._code.append("EMC")

    @contextmanager
    def artifact(self, kind: Artifact = "Layout") -> Iterator[None]:
        """What is drawn inside is not read aloud, text of elements included (a header row on its second page)."""
        if self._is_artifact:
            yield
            return
        self._is_artifact = True
        self._code.append(f"/Artifact <</Type /{kind}>> BDC")
        yield
        self._code.append("EMC")
        self._is_artifact = False

    def link(
        self, element: Element, rectangle: Rectangle, *, label: str, destination: str = "", address: str = ""
    ) -> None:
        """Makes a rectangle (in current coordinates) lead to a destination or a web address; the label says where."""
        if address:
            leads_to = {"A": PDFDictionary({"S": PDFName("URI"), "URI": PDFString(address)})}
        else:
            leads_to = {"Dest": self._bookmarkReference(destination)}
        annotation = PDFDictionary(
            {
                "Type": PDFName("Annot"),
                "Subtype": PDFName("Link"),
                "Rect": PDFArray([round(edge, 2) for edge in self._absRect(rectangle, relative=1)]),
                "Border": PDFArray([0, 0, 0]),
                "F": _PRINTABLE_ANNOTATION,
                "Contents": PDFString(label),
            }
            | leads_to
        )
        self._addAnnotation(annotation)
        element.children.append(Annotated(self._page_index, annotation))

    def mark_destination(self, key: str, *, title: str, top: float, level: int) -> None:
        """Makes this place (`top` in current coordinates) a destination and a bookmark; level 0 is the highest."""
        self.bookmarkHorizontal(key, 0, top)
        self.addOutlineEntry(title, key, level)
        self.page_of[key] = self._page_index + 1

    def postpone(self, draw: Callable[[], None]) -> None:
        """Draws here, on this page, what is known only when the last page is: page numbers and their total."""
        token = f"% postponed {len(self._postponed)}"
        self._code.append(token)
        self._postponed.append((self._page_index, token, draw))

    def showPage(self) -> None:
        super().showPage()
        # A page writes only keys that it knows, and these two it does not.
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        self._page_index += 1
        self._mark_counts.append(0)

    def save(self) -> None:
        if self._code:
            self.showPage()
        for page_index, token, draw in self._postponed:
            self._page_index, self._code = page_index, []
            draw()
            page = self._doc.Pages.pages[page_index]
            page.setStream(page.stream.replace(f"{token}\n", "\n".join(self._code) + "\n", 1))
        self._code = []
        write_structure(self._doc, self._root)
        super().save()

    @property
    def page_count(self) -> int:
        """The number of pages; complete only when what was postponed is drawn."""
        return len(self._doc.Pages.pages)
