"""The typeface of chart and PDF: embedded, cut per document, and complete for every text that may come."""

import functools
import re
import unicodedata

from django.conf import settings
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

REGULAR = "Lato"
BOLD = "Lato-Bold"
ITALIC = "Lato-Italic"
_FILES = {REGULAR: "lato-regular.ttf", BOLD: "lato-bold.ttf", ITALIC: "lato-italic.ttf"}
_BREAKABLE_SPACE = re.compile(r"[ \t\r\n\f\v]+")
SOFT_HYPHEN = "\u00ad"  # drawn as a hyphen wherever it stands
_MAPPINGS_A_BLOCK = 100  # the most that a CMap may hold in one block


class EmbeddedFont(TTFont):
    """A TrueType font whose character map leaves unused codes out.

    reportlab maps each unused code of a subset to U+0000, which PDF/UA forbids (ISO 14289-1, 7.21.7).
    """

    def addObjects(self, doc: PDFDocument) -> None:
        subsets = self.state[doc].subsets if doc in self.state else []
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode("pdfdoc")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = _character_map(name, subset)


def _character_map(name: str, subset: list[int]) -> str:
    """A ToUnicode CMap for one-byte codes: entry i of `subset` is the character of code i, 0 for none."""
    entries = [f"<{code:02X}> <{character:04X}>" for code, character in enumerate(subset) if character]
    blocks = []
    for start in range(0, len(entries), _MAPPINGS_A_BLOCK):
        block = entries[start : start + _MAPPINGS_A_BLOCK]
        blocks.append("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]))
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


@functools.cache
def register_fonts() -> None:
    """Reads the font files once a process; everything that measures or draws text calls it first."""
    for name, file in _FILES.items():
        pdfmetrics.registerFont(EmbeddedFont(name, settings.BASE_DIR / "static" / "fonts" / file))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)


@functools.cache
def _characters() -> frozenset[str]:
    register_fonts()
    return frozenset(map(chr, pdfmetrics.getFont(REGULAR).face.charToGlyph))


def printable(words: str) -> str:
    """Words with only characters that the typeface has; white space becomes single spaces.

    A character without a glyph would be an empty box, and a fault in PDF/UA: it falls back to its base letters, else
    to a question mark.
    """
    words = _BREAKABLE_SPACE.sub(" ", words).replace(SOFT_HYPHEN, "")
    if _characters().issuperset(words):
        return words
    return "".join(map(_fallback, unicodedata.normalize("NFC", words)))


def _fallback(character: str) -> str:
    if character in _characters():
        return character
    base = "".join(each for each in unicodedata.normalize("NFKD", character) if each in _characters())
    return base or ("" if unicodedata.category(character) in ("Mn", "Cf", "Cc") else "?")


def text_width(words: str, font: str, size: float) -> float:
    """The width of a line in points."""
    register_fonts()
    return pdfmetrics.stringWidth(words, font, size)
