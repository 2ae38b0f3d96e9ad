"""The memo as a PDF of one page: lays a Memo out, and decides nothing about its content."""

from django.utils import translation

from reports.memo import Memo, Part
from reports.pdf.document import Frontispiece, write_pdf
from reports.pdf.story import Story
from reports.pdf.styles import LETTER_ANNEX, LETTER_BODY, LETTER_ITEM

WRITING_LINES = 2


def memo_pdf(memo: Memo) -> bytes:
    """Tagged PDF/UA-1, in the language of the memo; the same memo gives the same bytes."""
    with translation.override(memo.language):
        story = Story()
        story.letterhead(memo.municipality, title=memo.title, key="memo")
        story.paragraph(memo.subject, LETTER_BODY)
        for place, part in enumerate(memo.parts):
            _tell(story, part, key=f"part-{place}")
        story.paragraph(memo.annex, LETTER_ANNEX)
        return write_pdf(story, _frontispiece(memo))


def _tell(story: Story, part: Part, *, key: str) -> None:
    story.letter_section(part.title, key=key)
    if part.sentences:
        story.paragraph(" ".join(part.sentences), LETTER_BODY)
    if part.bullets:
        story.bullets(part.bullets, LETTER_ITEM)
    if part.to_fill_in:
        story.place_to_write(part.to_fill_in, lines=WRITING_LINES)


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
