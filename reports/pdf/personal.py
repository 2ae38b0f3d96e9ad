"""The personal report as a PDF of two pages: where one person stands, and what that person can bring in."""

from django.utils import translation

from questionnaires.texts import text
from reports.charts.own import describe, own_profile
from reports.pdf.document import Frontispiece, write_pdf
from reports.pdf.measures import NOTHING, number, shares
from reports.pdf.story import Story
from reports.pdf.styles import LETTER_BODY, LETTER_ITEM, ROOM, WIDTH
from reports.personal import OwnDimension, PersonalReport

# Lines to write on below each question: as many as the second page has room for.
MOST_LINES, FEWEST_LINES = 6, 2


def personal_pdf(report: PersonalReport) -> bytes:
    """Tagged PDF/UA-1, in the language of the report; the same result gives the same bytes."""
    with translation.override(report.language):
        return write_pdf(fitting(report), _frontispiece(report))


def fitting(report: PersonalReport) -> Story:
    """In the active language."""
    for lines in range(MOST_LINES, FEWEST_LINES - 1, -1):
        story = _story(report, lines)
        if story.height(WIDTH) <= ROOM:
            break
    return story


def _story(report: PersonalReport, lines: int) -> Story:
    story = Story()
    story.letterhead(report.publisher, title=text("receipt.pdf.title"), key="personal")
    story.paragraph(f"{report.subtitle}. {text('receipt.only_you')}", LETTER_BODY)
    _tell_profile(story, report)
    story.new_page()
    _tell_own(story, report, lines)
    return story


def _tell_profile(story: Story, report: PersonalReport) -> None:
    story.letter_section(text("receipt.profile.title"), key="profile")
    story.paragraph(text("receipt.profile.lead"), LETTER_BODY)
    story.figure(own_profile(report), alt=f"{text('receipt.profile.figure')}. {describe(report.dimensions)}")
    columns = [
        text("report.profile.col.dimension"),
        text("receipt.col.own"),
        text("report.profile.col.level"),
    ]
    if report.is_compared:
        columns += [
            text("receipt.col.group"),
            text("report.profile.col.margin"),
            text("receipt.col.comparison"),
        ]
    story.table(
        head=columns,
        rows=[_row(own, is_compared=report.is_compared) for own in report.dimensions],
        widths=shares(40, 8, 17, 11, 9, 15) if report.is_compared else shares(60, 12, 28),
        numeric=(1, 3, 4) if report.is_compared else (1,),
    )


def _row(own: OwnDimension, *, is_compared: bool) -> tuple[str, ...]:
    alone = (own.name, number(own.score), own.level or NOTHING)
    if not is_compared:
        return alone
    if own.forum is None:
        return (*alone, NOTHING, NOTHING, NOTHING)
    position = text(f"receipt.position.{own.position}") if own.position else NOTHING
    return (*alone, number(own.forum), number(own.margin), position)


def _tell_own(story: Story, report: PersonalReport, lines: int) -> None:
    story.letter_section(text("receipt.group.title"), key="group")
    note = text("receipt.group.note") if report.is_compared else ""
    if report.beside_group:
        story.paragraph(report.beside_group, LETTER_BODY)
    story.paragraph(f"{report.group_lead} {note}".strip(), LETTER_BODY)
    if report.priorities:
        story.letter_section(text("receipt.own_priorities.title"), key="priorities")
        story.paragraph(text("receipt.own_priorities.lead"), LETTER_BODY)
        story.numbers([f"{each.name}. {each.question}" for each in report.priorities], LETTER_ITEM)
        story.letter_section(text("receipt.bring.title"), key="bring")
        for question in ("receipt.bring.question_1", "receipt.bring.question_2"):
            story.place_to_write(text(question), lines=lines)
    if report.unknown:
        story.letter_section(text("receipt.dont_know.title"), key="unknown")
        story.bullets(report.unknown_in_short, LETTER_ITEM)
        story.paragraph(text("receipt.dont_know.tip"), LETTER_BODY)
    story.letter_section(text("receipt.answers.title"), key="answers")
    story.paragraph(f"{text('receipt.pdf.answers')} {text('receipt.open_answers.none')}", LETTER_BODY)
    story.paragraph(text("receipt.forum_report"), LETTER_BODY)


def _frontispiece(report: PersonalReport) -> Frontispiece:
    return Frontispiece(
        title=f"{text('receipt.pdf.title')}. {report.subtitle}",
        author=report.publisher,
        language=report.language,
        made_at=report.closed_at,
        header=report.subtitle,
        footer=text("receipt.pdf.footer"),
        page_label=lambda number, total: text("report.page", number=number, total=total),
    )
