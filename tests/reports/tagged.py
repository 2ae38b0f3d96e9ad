"""Reads a tagged PDF back as a screen reader would: through the structure tree, in its order."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pypdf import PageObject, PdfReader
from pypdf.generic import ByteStringObject, ContentStream, DictionaryObject, TextStringObject

Mark = tuple[int, int]  # page and MCID


@dataclass
class Node:
    """An element as it stands in the file; `text` has spaces where lines and marked sequences meet as drawn."""

    tag: str
    entry: DictionaryObject
    parent: "Node | None"
    children: list["Node"] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    annotations: list[DictionaryObject] = field(default_factory=list)
    text: str = ""

    def walk(self) -> "Iterator[Node]":
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class PageMarks:
    """What a content stream draws: text per MCID, text of artifacts, and whatever is in neither."""

    text: dict[int, str] = field(default_factory=dict)
    artifact: str = ""
    untagged: list[str] = field(default_factory=list)
    tags: dict[int, str] = field(default_factory=dict)


PAINTING = {b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"Do"}


class TaggedPdf:
    """A PDF file with its structure."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.reader = PdfReader(io.BytesIO(data))
        self.catalog = self.reader.trailer["/Root"]
        self._numbers = {page.indirect_reference.idnum: n for n, page in enumerate(self.reader.pages)}

    @cached_property
    def pages(self) -> list[PageMarks]:
        return [_page_marks(page, self.reader) for page in self.reader.pages]

    @cached_property
    def root(self) -> Node:
        return self._node(self.catalog["/StructTreeRoot"]["/K"], None)

    def _node(self, entry: DictionaryObject, parent: Node | None) -> Node:
        node = Node(entry["/S"].lstrip("/"), entry, parent)
        kids = entry.get("/K", [])
        for kid in (each.get_object() for each in (kids if isinstance(kids, list) else [kids])):
            if isinstance(kid, int):
                self._mark(node, (self._numbers[entry.raw_get("/Pg").idnum], int(kid)))
            elif kid.get("/Type") == "/MCR":
                self._mark(node, (self._numbers[kid.raw_get("/Pg").idnum], int(kid["/MCID"])))
            elif kid.get("/Type") == "/OBJR":
                node.annotations.append(kid["/Obj"].get_object())
            else:
                node.children.append(self._node(kid, node))
        return node

    def _mark(self, node: Node, mark: Mark) -> None:
        """A soft hyphen breaks a word at the end of a line; who listens hears the word."""
        node.marks.append(mark)
        node.text += self.pages[mark[0]].text[mark[1]].replace("\u00ad", "")

    def nodes(self, *tags: str) -> list[Node]:
        return [node for node in self.root.walk() if node.tag in tags]

    def texts(self, *tags: str) -> list[str]:
        return [node.text for node in self.nodes(*tags)]

    @property
    def told(self) -> list[tuple[str, str]]:
        """Everything that is read aloud, in reading order: (tag, text)."""
        return [(node.tag, node.text) for node in self.root.walk() if node.marks]

    @property
    def whole_text(self) -> str:
        """Whatever stands in the file in words: content, artifacts, alternative texts, bookmarks, metadata."""
        drawn = [text for page in self.pages for text in (*page.text.values(), page.artifact)]
        alts = [str(node.entry.get("/Alt", "")) for node in self.root.walk()]
        outlines = [entry.title for entry in _flat(self.reader.outline)]
        return "\n".join([*drawn, *alts, *outlines, str(self.reader.metadata)])

    def faults(self) -> list[str]:
        """What breaks the tie between pages and tree, as PDF 1.7, 14.7.4 wants it."""
        return [*self._untagged(), *self._lost_marks(), *self._lost_annotations()]

    def _untagged(self) -> Iterator[str]:
        for number, page in enumerate(self.pages):
            yield from (f"page {number}: {operator} outside every mark" for operator in page.untagged)

    def _parent_tree(self) -> dict[int, object]:
        numbers = self.catalog["/StructTreeRoot"]["/ParentTree"]["/Nums"]
        return {int(numbers[n]): numbers[n + 1].get_object() for n in range(0, len(numbers), 2)}

    def _lost_marks(self) -> Iterator[str]:
        tree = self._parent_tree()
        owners = {mark: node for node in self.root.walk() for mark in node.marks}
        for number, (page, marks) in enumerate(zip(self.reader.pages, self.pages, strict=True)):
            row = tree[int(page["/StructParents"])]
            if len(row) != len(marks.text):
                yield f"page {number}: {len(marks.text)} marks, {len(row)} in the ParentTree"
            for mcid, tag in marks.tags.items():
                owner = owners.pop((number, mcid), None)
                if owner is None or row[mcid].get_object() is not owner.entry or owner.tag != tag:
                    yield f"page {number}: mark {mcid} does not lead to its element"
        yield from (f"{mark} is in the tree and on no page" for mark in owners)

    def _lost_annotations(self) -> Iterator[str]:
        tree = self._parent_tree()
        owners = {id(each): node for node in self.root.walk() for each in node.annotations}
        for number, page in enumerate(self.reader.pages):
            for annotation in (each.get_object() for each in page.get("/Annots", [])):
                owner = owners.pop(id(annotation), None)
                if owner is None or tree[int(annotation["/StructParent"])] is not owner.entry:
                    yield f"page {number}: annotation {annotation.get('/Contents')} does not lead to its element"
        yield from (f"{len(owners)} annotations are on no page" for _ in owners)

    @cached_property
    def fonts(self) -> list[DictionaryObject]:
        fonts = {}
        for page in self.reader.pages:
            for font in page["/Resources"]["/Font"].values():
                fonts[font.get_object()["/BaseFont"]] = font.get_object()
        return list(fonts.values())


def _flat(outline: list) -> Iterator:
    for entry in outline:
        yield from _flat(entry) if isinstance(entry, list) else [entry]


def _page_marks(page: PageObject, reader: PdfReader) -> PageMarks:
    marks, open_marks, font = PageMarks(), [], {}
    fonts = {name: _character_map(each.get_object()) for name, each in page["/Resources"]["/Font"].items()}
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if len(operands) > 1 else {}
            open_marks.append(properties.get("/MCID", "artifact"))
            if "/MCID" in properties:
                marks.text[int(properties["/MCID"])] = ""
                marks.tags[int(properties["/MCID"])] = operands[0].lstrip("/")
        elif operator == b"EMC":
            open_marks.pop()
        elif operator == b"Tf":
            font = fonts[operands[0]]
        elif operator in PAINTING:
            drawn = _decoded(operands, font) if operator in (b"Tj", b"TJ") else ""
            if not open_marks:
                marks.untagged.append(operator.decode())
            elif open_marks[-1] == "artifact":
                marks.artifact += f"{drawn}\n" if drawn else ""
            else:
                marks.text[int(open_marks[-1])] += drawn
    return marks


def _character_map(font: DictionaryObject) -> dict[int, str]:
    cmap = font["/ToUnicode"].get_data().decode("latin-1")
    pairs = re.findall(r"<([0-9A-F]{2})> <([0-9A-F]{4})>\n", cmap.partition("endcodespacerange")[2])
    return {int(code, 16): chr(int(character, 16)) for code, character in pairs}


def _decoded(operands: list, characters: dict[int, str]) -> str:
    """The words; a space that breaks no line is heard as any other."""
    pieces = []
    for piece in operands if not isinstance(operands[0], list) else operands[0]:
        if isinstance(piece, ByteStringObject | TextStringObject):
            pieces += [characters[code] for code in piece.original_bytes]
    return "".join(pieces).replace("\u00a0", " ")
