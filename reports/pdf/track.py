"""The track report as a PDF: lays a TrackReport out, and decides nothing about its content."""

from django.utils import translation

from questionnaires.texts import lower, text
from reports.charts.year_line import year_line
from reports.pdf.chapters import tell_group_levels, tell_targets
from reports.pdf.comparison import in_words
from reports.pdf.document import Frontispiece, write_pdf
from reports.pdf.house import logo_file
from reports.pdf.measures import NOTHING, shares
from reports.pdf.story import Story
from reports.pdf.styles import (
    COVER_FACT,
    COVER_ITEM,
    COVER_LEAD,
    COVER_NOTE,
    COVER_SMALL,
    MUTED_BODY,
    SMALL_ITEM,
)
from reports.track.told import TrackReport, Work

# Points that a chapter needs to begin below another one.
ROOM = {"targets": 220, "work": 240, "levels": 220, "dimension": 76}


def track_pdf(report: TrackReport) -> bytes:
    """Tagged PDF/UA-1, in the language of the report; the same report gives the same bytes."""
    with translation.override(report.language):
        story = Story()
        _tell_cover(story, report)
        story.section(text("track.year.title"), key="year")
        _tell_year(story, report)
        if report.targets:
            story.section(text("report.targets.title"), key="targets", room=ROOM["targets"])
            tell_targets(story, report.targets)
        story.section(text("report.actions.title"), key="work", room=ROOM["work"])
        _tell_work(story, report.work)
        if report.group_levels:
            story.section(text("report.group_level.title"), key="levels", room=ROOM["levels"])
            tell_group_levels(story, report.group_levels)
        return write_pdf(story, _frontispiece(report))


def _tell_cover(story: Story, report: TrackReport) -> None:
    """What came of it and the priorities in the wide column, where it comes from in the narrow one."""
    story.cover(publisher=report.publisher, title=report.title, subtitle=report.period, logo=logo_file())
    story.column_heading(text("report.glance.title"), key="glance")
    for sentence in report.summary:
        story.paragraph(sentence, COVER_LEAD)
    story.subsection(text("track.priorities.title"), key="priorities")
    story.paragraph(report.priorities_note, COVER_FACT)
    story.numbers([f"{each.name}: {lower(each.how)}" for each in report.priorities], COVER_ITEM)
    story.paragraph(f"{text('report.footer')} {text('report.howto.not.4')}", COVER_NOTE)
    story.next_column()
    if report.coach:
        story.paragraph(report.coach, COVER_FACT)
    for each in report.sources:
        story.paragraph(each, COVER_SMALL)


def _tell_year(story: Story, report: TrackReport) -> None:
    if report.year.has_score:
        story.figure(year_line(report.year), alt=report.year.description)
    story.table(
        head=[text(f"track.report.col.{column}") for column in ("day", "what", "state")],
        rows=[(each.day, each.what, each.state or NOTHING) for each in report.moments],
        widths=shares(30, 50, 20),
    )


def _tell_work(story: Story, work: tuple[Work, ...]) -> None:
    if not work:
        story.paragraph(text("track.report.no_actions"))
        return
    story.paragraph(text("track.report.actions.note"))
    for place, each in enumerate(work):
        story.new_page(room=ROOM["dimension"])
        story.subsection(each.name, key=f"work-{place}")
        if each.measured:
            story.paragraph(each.measured, MUTED_BODY)
        story.bullets([in_words(action) for action in each.actions], SMALL_ITEM)


def _frontispiece(report: TrackReport) -> Frontispiece:
    return Frontispiece(
        title=f"{report.title}. {report.period}",
        author=report.publisher,
        language=report.language,
        made_at=report.made_at,
        header=report.title,
        footer=report.publisher,
        page_label=lambda number, total: text("report.page", number=number, total=total),
    )
