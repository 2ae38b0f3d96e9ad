"""The memo as a Word file that a secretary can go on with: real headings, real lists, places to fill in marked."""

import datetime
import io
from typing import TYPE_CHECKING

from questionnaires.texts import legible
from reports.exports.packing import packed
from reports.memo import Memo, Part

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

FONT = "Calibri"  # on every machine with Word; others put their own in its place
LOCALES = {"nl": "nl-BE", "en": "en-GB"}
INK = "1C2A39"


def memo_docx(memo: Memo) -> bytes:
    """The same memo gives the same bytes. Names no person, not even as its maker."""
    from docx import Document  # brings lxml into the process: only for whoever asks for a Word file

    document = Document()
    _describe(document, memo)
    _set_look(document, memo.language)
    document.add_paragraph(legible(memo.municipality), style="Header")
    document.add_heading(memo.title, level=1)
    document.add_paragraph(legible(memo.subject))
    for part in memo.parts:
        _tell(document, part)
    document.add_paragraph(memo.annex)
    loose = io.BytesIO()
    document.save(loose)
    return packed(loose, memo.closed_at)


def _describe(document: "Document", memo: Memo) -> None:
    moment = memo.closed_at.astimezone(datetime.UTC).replace(tzinfo=None)
    about = document.core_properties
    about.title, about.subject = memo.title, legible(memo.subject)
    about.author = about.last_modified_by = memo.publisher
    about.comments = about.keywords = about.category = ""
    about.created = about.modified = moment
    about.language = LOCALES[memo.language]


def _set_look(document: "Document", language: str) -> None:
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin = section.right_margin = Cm(2.4)
    styles = document.styles
    _set_style(styles["Normal"], language, size=11, space=3)
    _set_style(styles["List Bullet"], language, size=11, space=1)
    _set_style(styles["Header"], language, size=13, space=12, is_bold=True)
    _set_style(styles["Heading 1"], language, size=18, space=4, is_bold=True)
    _set_style(styles["Heading 2"], language, size=12, space=2, is_bold=True)
    styles["Heading 2"].paragraph_format.space_before = Pt(9)


def _set_style(
    style: "ParagraphStyle", language: str, *, size: int, space: int, is_bold: bool = False
) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), is_bold
    style.font.color.rgb = RGBColor.from_string(INK)
    style.paragraph_format.space_after = Pt(space)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)  # a font of the theme would win over the one that is named
    spoken = properties.makeelement(qn("w:lang"), {qn("w:val"): LOCALES[language]})
    properties.append(spoken)


def _tell(document: "Document", part: Part) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    document.add_heading(part.title, level=2)
    if part.sentences:
        document.add_paragraph(legible(" ".join(part.sentences)))
    for bullet in part.bullets:
        document.add_paragraph(legible(bullet), style="List Bullet")
    if part.to_fill_in:
        place = document.add_paragraph().add_run(part.to_fill_in)
        place.font.highlight_color = WD_COLOR_INDEX.YELLOW
