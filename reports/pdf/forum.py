"""The forum report as a PDF: lays a Report out, chapter by chapter, and decides nothing about its content.

The first two pages stand alone: what is told in words, and the profile as a chart with its table.
"""

from collections.abc import Callable, Collection

from django.utils import translation
from reportlab.graphics.shapes import Drawing

from questionnaires.texts import text
from reports.chapters import CHAPTERS, chapters_of
from reports.charts.emblem import emblem
from reports.charts.palette import PAPER
from reports.pdf.change import tell_change, tell_experience
from reports.pdf.chapters import (
    tell_agreed,
    tell_annex,
    tell_foreword,
    tell_glance,
    tell_group_levels,
    tell_guide,
    tell_targets,
    tell_track,
    tell_voices,
    tell_who,
)
from reports.pdf.document import Frontispiece, write_pdf
from reports.pdf.house import NET, logo_file
from reports.pdf.standing import tell_agreement, tell_importance, tell_profile, tell_roles, tell_statements
from reports.pdf.story import Story
from reports.pdf.styles import CONTENTS_TITLE, COVER_FACT, COVER_OMITTED, COVER_SMALL, EMBLEM
from reports.report import Report, Result

# Points that a chapter needs to begin below another one; the others begin on a new page.
ROOM = {
    "who": 130,
    "guide": 200,
    "agreement": 240,
    "statements": 260,
    "change": 240,
    "experience": 230,
    "importance": 420,
    "targets": 170,
    "agreed": 150,
    "levels": 180,
    "voices": 140,
    "annex": 240,
}
TELLERS: dict[str, Callable[[Story, Result], None]] = {
    "glance": tell_glance,
    "profile": tell_profile,
    "guide": tell_guide,
    "agreement": tell_agreement,
    "statements": tell_statements,
    "change": tell_change,
    "experience": tell_experience,
    "importance": tell_importance,
    "track": tell_track,
    "voices": tell_voices,
    "annex": tell_annex,
}


def forum_pdf(report: Report, chapters: Collection[str] = CHAPTERS) -> bytes:
    """Tagged PDF/UA-1, in the language of the report; the same report gives the same bytes."""
    with translation.override(report.language):
        story, titles = Story(), chapters_of(report, chapters)
        _cover(story, report, titles)
        for place, name in enumerate(each for each in titles if each != _on_cover(report)):
            story.section(titles[name], key=name, room=ROOM.get(name) if place else None)
            _tell(story, report, name)
        return write_pdf(story, _frontispiece(report))


def _on_cover(report: Report) -> str:
    """The chapter in the wide column of the cover: below the threshold why there is no more."""
    return "glance" if report.result else "who"


def _tell(story: Story, report: Report, name: str) -> None:
    if name == "who":
        tell_who(story, report.respondents)
        if report.result:
            tell_roles(story, report.result.profile)
    elif name == "foreword" and report.foreword:
        tell_foreword(story, report.foreword)
    elif name == "targets":
        tell_targets(story, report.targets)
    elif name == "agreed":
        tell_agreed(story, report.agreed)
    elif name == "levels":
        tell_group_levels(story, report.group_levels)
    elif report.result:
        TELLERS[name](story, report.result)


def _frontispiece(report: Report) -> Frontispiece:
    return Frontispiece(
        title=f"{report.title} {report.subtitle}",
        author=report.publisher,
        language=report.language,
        made_at=report.closed_at,
        header=report.subtitle,
        footer=text("report.footer"),
        page_label=lambda number, total: text("report.page", number=number, total=total),
        emblem=_emblem(report.result) if report.result else None,
    )


def _emblem(result: Result) -> Drawing:
    scores = [each.score for each in result.profile.measures]
    return emblem(scores, size=EMBLEM, ink=PAPER, net=NET)


def _cover(story: Story, report: Report, titles: dict[str, str]) -> None:
    """A chapter in the wide column, facts and contents in the narrow one."""
    story.cover(publisher=report.publisher, title=report.title, subtitle=report.subtitle, logo=logo_file())
    name = _on_cover(report)
    if name in titles:
        story.column_heading(titles[name], key=name)
        _tell(story, report, name)
    cover = report.cover
    story.paragraph(cover.version, COVER_SMALL)
    story.next_column()
    for fact in filter(None, (cover.closed_on, cover.response, cover.coach)):
        story.paragraph(fact, COVER_FACT)
    if len(titles) > 1:
        story.contents(text("report.contents"), list(titles.items()))
    if report.omitted:
        story.paragraph(text("report.omitted"), CONTENTS_TITLE)
        for title in report.omitted:
            story.paragraph(title, COVER_OMITTED)
