"""The comparison of two rounds as a PDF: lays a Comparison out, and decides nothing about its content."""

from django.utils import translation

from questionnaires.texts import text
from reports.charts.change import change_chart
from reports.comparison import AgreedAction, Beside, Comparison, Side
from reports.pdf.document import Frontispiece, write_pdf
from reports.pdf.house import logo_file
from reports.pdf.measures import NOTHING, shares
from reports.pdf.story import Story
from reports.pdf.styles import (
    CONTENTS_TITLE,
    COVER_FACT,
    COVER_LEAD,
    COVER_NOTE,
    COVER_SMALL,
    ITEM,
    MUTED_BODY,
    SMALL_ITEM,
)

ROOM_FOR_CONCLUSION, ROOM_FOR_ACTIONS, ROOM_FOR_DIMENSIONS = 60, 112, 260


def comparison_pdf(comparison: Comparison) -> bytes:
    """Tagged PDF/UA-1, in the language of the comparison; the same comparison gives the same bytes."""
    with translation.override(comparison.language):
        story = Story()
        _tell_cover(story, comparison)
        if comparison.is_comparable:
            story.section(comparison.title, key="change")
            tell_change(story, comparison)
        if comparison.told:
            _tell_dimensions(story, comparison)
        return write_pdf(story, _frontispiece(comparison))


def _tell_cover(story: Story, comparison: Comparison) -> None:
    """What it amounts to in the wide column, both rounds in the narrow one."""
    story.cover(
        publisher=comparison.publisher,
        title=text("compare.title"),
        subtitle=comparison.subtitle,
        logo=logo_file(),
    )
    if comparison.is_comparable:
        story.column_heading(text("compare.total.title"), key="total")
        for sentence in comparison.total:
            story.paragraph(sentence, COVER_LEAD)
    else:
        story.column_heading(text("compare.why.title"), key="why")
        for sentence in comparison.reason:
            story.paragraph(sentence, COVER_LEAD)
    if comparison.cautions:
        story.subsection(text("compare.cautions.title"), key="cautions")
        story.bullets(comparison.cautions, ITEM)
    if comparison.notes:
        story.subsection(text("compare.notes.title"), key="notes")
    for note in comparison.notes or (text("compare.no_proof"),):
        story.paragraph(note, MUTED_BODY)
    story.paragraph(text("report.footer"), COVER_NOTE)
    story.next_column()
    for side in (comparison.first, comparison.second):
        _tell_side(story, side)


def _tell_side(story: Story, side: Side) -> None:
    story.paragraph(side.name, CONTENTS_TITLE)
    for fact in (side.closed_on, side.response):
        story.paragraph(fact, COVER_FACT)
    story.paragraph(side.version, COVER_SMALL)


def tell_change(story: Story, comparison: Comparison) -> None:
    chart = change_chart(comparison.changes, names=comparison.names, levels=comparison.levels)
    story.figure(chart, alt=comparison.description)
    head = [
        text("report.profile.col.dimension"),
        comparison.first.name,
        comparison.second.name,
        text("compare.col.difference"),
        text("compare.col.verdict"),
    ]
    if comparison.has_experienced:
        head.append(text("compare.col.experienced"))
    story.table(
        head=head,
        rows=[_row(change, has_experienced=comparison.has_experienced) for change in comparison.changes],
        widths=shares(28, 11, 14, 16, 18, 13) if comparison.has_experienced else shares(34, 12, 16, 18, 20),
        numeric=(1, 2, 5) if comparison.has_experienced else (1, 2),
    )


def _row(change: Beside, *, has_experienced: bool) -> tuple[str, ...]:
    ends = tuple(NOTHING if end is None else str(end.display) for end in (change.before, change.after))
    row = (change.name, *ends, change.told or NOTHING, change.verdict)
    return (*row, change.experienced or NOTHING) if has_experienced else row


def _tell_dimensions(story: Story, comparison: Comparison) -> None:
    """Where nothing is compared they come right after the cover, in a column of which there is no room for them."""
    room = ROOM_FOR_DIMENSIONS if comparison.is_comparable else None
    story.section(text("compare.per_dimension"), key="dimensions", room=room)
    story.paragraph(" ".join(comparison.on_actions))
    for place, change in enumerate(comparison.told):
        story.new_page(room=ROOM_FOR_ACTIONS if change.actions else ROOM_FOR_CONCLUSION)
        story.subsection(change.name, key=f"dimension-{place}")
        if comparison.is_comparable:
            story.paragraph(change.sentence)
        _tell_dimension(story, change)


def _tell_dimension(story: Story, change: Beside) -> None:
    for remark in change.remarks:
        story.paragraph(remark, MUTED_BODY)
    if change.actions:
        story.lowest_heading(text("compare.actions.title"))
        story.bullets([in_words(action) for action in change.actions], SMALL_ITEM)


def in_words(action: AgreedAction) -> str:
    """An action with everything that is known of it, as one item of a list."""
    told = [f"{action.what.rstrip('.')} ({action.status})."]
    if action.owner:
        told.append(f"{text('compare.action.owner', owner=action.owner.rstrip('.'))}.")
    if action.due:
        told.append(f"{text('compare.action.due', date=action.due)}.")
    if action.evidence:
        told.append(f"{text('compare.action.evidence', evidence=action.evidence.rstrip('.'))}.")
    if action.seen:
        told.append(f"{action.seen}.")
    return " ".join(told)


def _frontispiece(comparison: Comparison) -> Frontispiece:
    return Frontispiece(
        title=f"{text('compare.title')}. {comparison.subtitle}",
        author=comparison.publisher,
        language=comparison.language,
        made_at=comparison.closed_at,
        header=comparison.header,
        footer=comparison.publisher,
        page_label=lambda number, total: text("report.page", number=number, total=total),
    )
