"""Writes the structure tree into the document: StructTreeRoot, elements and the ParentTree that leads back to them."""

from collections.abc import Iterable

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFString,
)

from reports.pdf.structure import Annotated, Element, MarkedContent


def write_structure(document: PDFDocument, root: Element) -> None:
    """Hangs the tree under the catalog and gives each page and annotation its key in the ParentTree.

    Keys: the pages first, in order, then the annotations in reading order. Elements without content below them are
    left out, since an empty heading or list is a fault to a screen reader; an empty table cell keeps its place.
    """
    _StructureWriter(document).write(root)


class _StructureWriter:
    """One pass over the tree."""

    def __init__(self, document: PDFDocument) -> None:
        self.document = document
        self.pages = document.Pages.pages
        self.marks: list[dict[int, PDFObjectReference]] = [{} for _ in self.pages]
        self.owners: list[PDFObjectReference] = []

    def write(self, root: Element) -> None:
        tree = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        tree["K"] = self._element(root, self.document.Reference(tree))
        tree["ParentTree"] = self.document.Reference(PDFDictionary({"Nums": PDFArray(self._numbers())}))
        tree["ParentTreeNextKey"] = len(self.pages) + len(self.owners)
        for key, page in enumerate(self.pages):
            page.StructParents = key
            page.Tabs = PDFName("S")
        self.document.Catalog.StructTreeRoot = tree
        self.document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})

    def _element(self, element: Element, parent: PDFObjectReference) -> PDFObjectReference:
        entry = PDFDictionary({"S": PDFName(element.tag), "P": parent})
        reference = self.document.Reference(entry)
        if element.alt:
            entry["Alt"] = PDFString(element.alt)
        attributes = _attributes(element)
        if attributes is not None:
            entry["A"] = attributes
        page = _page_of(element)
        if page is not None:
            entry["Pg"] = self.document.Reference(self.pages[page])
        kids = [self._kid(child, reference, page) for child in element.children if _has_content(child)]
        if kids:
            entry["K"] = kids[0] if len(kids) == 1 else PDFArray(kids)
        return reference

    def _kid(
        self, child: Element | MarkedContent | Annotated, owner: PDFObjectReference, own_page: int | None
    ) -> PDFObject | int:
        """What is marked on the page that the element names is told by its number alone."""
        if isinstance(child, Element):
            return self._element(child, owner)
        if isinstance(child, MarkedContent):
            self.marks[child.page][child.mcid] = owner
            if child.page == own_page:
                return child.mcid
        page = self.document.Reference(self.pages[child.page])
        if isinstance(child, MarkedContent):
            return PDFDictionary({"Type": PDFName("MCR"), "Pg": page, "MCID": child.mcid})
        child.annotation["StructParent"] = len(self.pages) + len(self.owners)
        self.owners.append(owner)
        annotation = self.document.Reference(child.annotation)
        return PDFDictionary({"Type": PDFName("OBJR"), "Pg": page, "Obj": annotation})

    def _numbers(self) -> Iterable[object]:
        """Key and value by turns: of a page the owners of its marked sequences, of an annotation its owner."""
        for key, marks in enumerate(self.marks):
            yield key
            yield self.document.Reference(PDFArray([marks[mcid] for mcid in range(len(marks))]))
        for key, owner in enumerate(self.owners, start=len(self.pages)):
            yield key
            yield owner


def _page_of(element: Element) -> int | None:
    """The page on which the element's own content begins."""
    return next((child.page for child in element.children if isinstance(child, MarkedContent)), None)


def _has_content(child: Element | MarkedContent | Annotated) -> bool:
    if not isinstance(child, Element) or child.tag in ("TH", "TD"):
        return True
    return any(_has_content(each) for each in child.children)


def _attributes(element: Element) -> PDFDictionary | None:
    if element.scope:
        return PDFDictionary({"O": PDFName("Table"), "Scope": PDFName(element.scope)})
    if element.bbox:
        box = PDFArray([round(edge, 2) for edge in element.bbox])
        return PDFDictionary({"O": PDFName("Layout"), "Placement": PDFName("Block"), "BBox": box})
    return None
