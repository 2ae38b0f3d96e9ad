"""The forum report as a PDF: lays a Report out, section by section, and decides nothing about its content."""

from django.utils import translation

from questionnaires.texts import text
from reports.charts.profile import profile_plot
from reports.pdf.chapters import (
    tell_agreement,
    tell_annex,
    tell_group_levels,
    tell_profile,
    tell_targets,
    tell_track,
)
from reports.pdf.document import Frontispiece, write_pdf
from reports.pdf.story import Story
from reports.pdf.styles import (
    COVER_FACT,
    LEAD,
    LEAD_ITEM,
    SMALL,
)
from reports.report import Report, Result

# Points that a section needs to begin below another one.
_ROOM_FOR_FACTS = 190
_ROOM_FOR_MUCH = 420
_ROOM_FOR_TEXT = 260
CONTENTS = {
    "glance": "report.glance.title",
    "guide": "report.howto.title",
    "who": "report.who.title",
    "profile": "report.profile.title",
    "agreement": "report.agreement.title",
    "targets": "report.targets.title",
    "track": "report.track.title",
    "levels": "report.group_level.title",
    "annex": "report.technical.title",
}


def forum_pdf(report: Report) -> bytes:
    """Tagged PDF/UA-1, in the language of the report; the same report gives the same bytes."""
    with translation.override(report.language):
        story = Story()
        _cover(story, report)
        if report.result:
            _sections(story, report, report.result)
        else:
            _who(story, report)
            _targets(story, report)
            _group_levels(story, report)
        return write_pdf(story, _frontispiece(report))


def _frontispiece(report: Report) -> Frontispiece:
    return Frontispiece(
        title=f"{report.title} {report.subtitle}",
        author=report.publisher,
        language=report.language,
        made_at=report.closed_at,
        header=report.subtitle,
        footer=text("report.footer"),
        page_label=lambda number, total: text("report.page", number=number, total=total),
    )


def _cover(story: Story, report: Report) -> None:
    story.cover(publisher=report.publisher, title=report.title, subtitle=report.subtitle)
    cover = report.cover
    for fact in filter(None, (cover.closed_on, cover.response, cover.coach)):
        story.paragraph(fact, COVER_FACT)
    story.paragraph(cover.version, SMALL)
    titles = _titles(report)
    story.contents(text("report.contents"), list(titles.items()))


def _titles(report: Report) -> dict[str, str]:
    """The sections of this report by their destinations, in order."""
    titles = {key: text(name) for key, name in CONTENTS.items()}
    if not report.group_levels:
        del titles["levels"]
    if not report.targets:
        del titles["targets"]
    if not report.result:
        return {key: title for key, title in titles.items() if key in ("who", "targets", "levels")}
    return titles | {"track": report.result.track.title}


def _sections(story: Story, report: Report, result: Result) -> None:
    titles = _titles(report)
    story.section(titles["glance"], key="glance")
    _glance(story, result)
    story.section(titles["guide"], key="guide")
    _guide(story, result)
    _who(story, report, room=_ROOM_FOR_FACTS)
    story.section(titles["profile"], key="profile", room=_ROOM_FOR_MUCH)
    tell_profile(story, result.profile)
    story.section(titles["agreement"], key="agreement", room=_ROOM_FOR_TEXT)
    tell_agreement(story, result)
    _targets(story, report)
    story.section(titles["track"], key="track", room=_ROOM_FOR_MUCH)
    tell_track(story, result)
    _group_levels(story, report)
    story.section(titles["annex"], key="annex", room=_ROOM_FOR_MUCH)
    tell_annex(story, result.annex)


def _glance(story: Story, result: Result) -> None:
    for sentence in result.glance.sentences:
        story.paragraph(sentence, LEAD)
    story.figure(profile_plot(result.profile), alt=result.profile.description)
    if result.glance.priorities:
        story.subsection(text("report.glance.first"), key="first")
        story.numbers(result.glance.priorities, LEAD_ITEM)


def _guide(story: Story, result: Result) -> None:
    for number, explanation in enumerate(result.guide):
        story.subsection(explanation.title, key=f"guide-{number}")
        if len(explanation.paragraphs) > 2:
            story.bullets(explanation.paragraphs)
        else:
            for paragraph in explanation.paragraphs:
                story.paragraph(paragraph)


def _targets(story: Story, report: Report) -> None:
    if report.targets:
        story.section(text("report.targets.title"), key="targets", room=_ROOM_FOR_TEXT)
        tell_targets(story, report.targets)


def _group_levels(story: Story, report: Report) -> None:
    if report.group_levels:
        story.section(text("report.group_level.title"), key="levels", room=_ROOM_FOR_TEXT)
        tell_group_levels(story, report.group_levels)


def _who(story: Story, report: Report, *, room: float | None = None) -> None:
    story.section(text("report.who.title"), key="who", room=room)
    for sentence in report.respondents.sentences:
        story.paragraph(sentence)
    for caution in report.respondents.cautions:
        story.caution(caution)
