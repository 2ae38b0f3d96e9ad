"""The memo as a PDF of one page: lays a Memo out, and decides nothing about its content."""

from typing import NamedTuple

from django.utils import translation
from reportlab.lib.styles import ParagraphStyle

from reports.memo import Memo, Part
from reports.pdf.document import Frontispiece, write_pdf
from reports.pdf.story import Story
from reports.pdf.styles import (
    CLOSE_ANNEX,
    CLOSE_BODY,
    CLOSE_HEADING,
    CLOSE_ITEM,
    LETTER_ANNEX,
    LETTER_BODY,
    LETTER_HEADING,
    LETTER_ITEM,
    ROOM,
    WIDTH,
)


class Setting(NamedTuple):
    """How roomy a memo is set: its styles, and the lines to write on at each place to fill in."""

    heading: ParagraphStyle
    body: ParagraphStyle
    item: ParagraphStyle
    annex: ParagraphStyle
    lines: int


# From roomy to close; the first that keeps everything on the page is taken.
SETTINGS = (
    Setting(LETTER_HEADING, LETTER_BODY, LETTER_ITEM, LETTER_ANNEX, lines=3),
    Setting(LETTER_HEADING, LETTER_BODY, LETTER_ITEM, LETTER_ANNEX, lines=2),
    Setting(LETTER_HEADING, LETTER_BODY, LETTER_ITEM, LETTER_ANNEX, lines=1),
    Setting(CLOSE_HEADING, CLOSE_BODY, CLOSE_ITEM, CLOSE_ANNEX, lines=1),
)


def memo_pdf(memo: Memo) -> bytes:
    """Tagged PDF/UA-1, in the language of the memo; the same memo gives the same bytes."""
    with translation.override(memo.language):
        return write_pdf(_fitting(memo), _frontispiece(memo))


def _fitting(memo: Memo) -> Story:
    for setting in SETTINGS:
        story = _story(memo, setting)
        if story.height(WIDTH) <= ROOM:
            break
    return story


def _story(memo: Memo, setting: Setting) -> Story:
    story = Story()
    story.letterhead(memo.municipality, title=memo.title, key="memo")
    story.paragraph(memo.subject, setting.body)
    for place, part in enumerate(memo.parts):
        _tell(story, part, setting, key=f"part-{place}")
    story.paragraph(memo.annex, setting.annex)
    return story


def _tell(story: Story, part: Part, setting: Setting, *, key: str) -> None:
    story.letter_section(part.title, key=key, style=setting.heading)
    if part.sentences:
        story.paragraph(" ".join(part.sentences), setting.body)
    if part.bullets:
        story.bullets(part.bullets, setting.item)
    if part.to_fill_in:
        story.place_to_write(part.to_fill_in, lines=setting.lines)


def _frontispiece(memo: Memo) -> Frontispiece:
    """Nothing above or below: on the only page nobody would hear what a page says around its text."""
    return Frontispiece(
        title=f"{memo.title}: {memo.municipality}",
        author=memo.publisher,
        language=memo.language,
        made_at=memo.closed_at,
        header="",
        footer="",
        page_label=lambda number, total: "",
    )
