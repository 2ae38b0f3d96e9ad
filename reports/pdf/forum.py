"""The forum report as a PDF: lays a Report out, section by section, and decides nothing about its content."""

from django.utils import translation

from questionnaires.texts import text
from reports.charts.profile import profile_plot
from reports.pdf.document import Frontispiece, write_pdf
from reports.pdf.story import Story
from reports.pdf.styles import (
    COVER_FACT,
    KEPT_BODY,
    KEPT_ITEM,
    LEAD,
    LEAD_ITEM,
    MUTED_BODY,
    SMALL,
    STEP,
    STRONG,
    WIDTH,
)
from reports.report import Annex, Priority, Profile, Report, Result

# Points that a section needs to begin below another one.
_ROOM_FOR_FACTS = 190
_ROOM_FOR_CHART = 400
_ROOM_FOR_TEXT = 260
CONTENTS = {
    "glance": "report.glance.title",
    "guide": "report.howto.title",
    "who": "report.who.title",
    "profile": "report.profile.title",
    "agreement": "report.agreement.title",
    "track": "report.track.title",
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
    if not report.result:
        return {"who": text("report.who.title")}
    return {key: text(name) for key, name in CONTENTS.items()} | {"track": report.result.track.title}


def _sections(story: Story, report: Report, result: Result) -> None:
    titles = _titles(report)
    story.section(titles["glance"], key="glance")
    _glance(story, result)
    story.section(titles["guide"], key="guide")
    _guide(story, result)
    _who(story, report, room=_ROOM_FOR_FACTS)
    story.section(titles["profile"], key="profile", room=_ROOM_FOR_CHART)
    _profile(story, result.profile)
    story.section(titles["agreement"], key="agreement", room=_ROOM_FOR_TEXT)
    _agreement(story, result)
    story.section(titles["track"], key="track")
    _track(story, result)
    story.section(titles["annex"], key="annex")
    _annex(story, result.annex)


def _glance(story: Story, result: Result) -> None:
    for sentence in result.glance.sentences:
        story.paragraph(sentence, LEAD)
    _dot_plot(story, result.profile)
    if result.glance.priorities:
        story.subsection(text("report.glance.first"), key="first")
        story.numbers(result.glance.priorities, LEAD_ITEM)


def _dot_plot(story: Story, profile: Profile) -> None:
    story.figure(profile_plot(profile), alt=profile.description)


def _guide(story: Story, result: Result) -> None:
    for number, explanation in enumerate(result.guide):
        story.subsection(explanation.title, key=f"guide-{number}")
        if len(explanation.paragraphs) > 2:
            story.bullets(explanation.paragraphs)
        else:
            for paragraph in explanation.paragraphs:
                story.paragraph(paragraph)


def _who(story: Story, report: Report, *, room: float | None = None) -> None:
    story.section(text("report.who.title"), key="who", room=room)
    for sentence in report.respondents.sentences:
        story.paragraph(sentence)
    for caution in report.respondents.cautions:
        story.caution(caution)


def _profile(story: Story, profile: Profile) -> None:
    _dot_plot(story, profile)
    story.table(
        head=[text(f"report.profile.col.{column}") for column in ("dimension", "score", "margin")]
        + [text("report.profile.col.level"), text("report.profile.col.agreement")],
        rows=[
            (each.name, _number(each.score), _number(each.margin), each.level, each.agreement)
            for each in profile.measures
        ],
        widths=_shares(29, 9, 9, 30, 23),
        numeric=(1, 2),
    )
    for note in profile.notes:
        story.callout(note)
    story.bullets([each.sentence for each in profile.measures])
    for sentence in profile.roles:
        story.paragraph(sentence)
    if profile.others:
        story.subsection(profile.others_name, key="others")
        story.paragraph(text("report.profile.others"), KEPT_BODY)
        story.table(
            head=[text("report.profile.col.dimension"), text("report.profile.col.score")],
            rows=[(each.name, str(each.score)) for each in profile.others],
            widths=_shares(60, 12),
            numeric=(1,),
        )


def _agreement(story: Story, result: Result) -> None:
    for number, each in enumerate(result.agreement):
        story.subsection(each.name, key=f"agreement-{number}")
        story.paragraph(each.sentence, KEPT_BODY)
        if each.two_camps:
            story.bullets(each.two_camps, KEPT_ITEM)
        story.paragraph(each.question, MUTED_BODY)
    if not result.agreement:
        story.paragraph(text("report.suppressed.why"))


def _track(story: Story, result: Result) -> None:
    story.paragraph(result.track.lead, LEAD)
    for number, priority in enumerate(result.track.priorities, start=1):
        story.subsection(f"{number}. {priority.name}", key=f"priority-{number}")
        _standing(story, priority)
        _next_step(story, priority)
    if result.track.make_visible:
        story.subsection(text("report.track.visible"), key="visible")
        story.bullets([f"{each.name}. {each.sentence}" for each in result.track.make_visible])


def _standing(story: Story, priority: Priority) -> None:
    """Where the forum stands, and what to know before acting."""
    story.lowest_heading(text("report.track.now"))
    story.paragraph(priority.now)
    story.bullets([f"{each.level}: {each.text}" for each in priority.descriptions])
    for note in priority.notes:
        story.paragraph(note, MUTED_BODY)
    if priority.question:
        story.callout(priority.question)


def _next_step(story: Story, priority: Priority) -> None:
    story.lowest_heading(text("report.track.next_step"))
    story.paragraph(priority.step, STEP)
    for action in priority.actions:
        story.paragraph(action.what, STRONG)
        story.paragraph(action.method, KEPT_BODY)
        story.paragraph(f"{text('report.track.who')}: {action.who}", MUTED_BODY)
    story.lowest_heading(text("report.track.evidence"))
    story.paragraph(priority.evidence)


def _annex(story: Story, annex: Annex) -> None:
    for note in annex.notes:
        story.paragraph(note)
    story.subsection(text("report.technical.counts"), key="counts")
    story.table(
        head=[text("report.profile.col.dimension")]
        + [text(f"report.technical.col.{column}") for column in ("members", "municipalities")],
        rows=[(each.name, _number(each.members), _number(each.municipalities)) for each in annex.counts],
        widths=_shares(60, 14, 18),
        numeric=(1, 2),
    )
    story.subsection(text("report.technical.indices"), key="indices")
    _indices(story, annex)
    story.subsection(text("report.technical.parameters"), key="parameters")
    story.table(
        head=[text("report.technical.col.parameter"), text("report.technical.col.value")],
        rows=[(each.name, each.value) for each in annex.parameters],
        widths=_shares(60, 40),
    )


def _indices(story: Story, annex: Annex) -> None:
    if not annex.indices:
        story.paragraph(text("report.technical.indices_hidden"))
        return
    story.paragraph(text("report.technical.indices_note"), KEPT_BODY)
    story.table(
        head=[text("report.profile.col.dimension"), "r_wg", "a_wg", "AD"],
        rows=[(each.name, each.rwg, each.awg, each.deviation) for each in annex.indices],
        widths=_shares(60, 12, 12, 12),
        numeric=(1, 2, 3),
    )


def _number(value: int | None) -> str:
    return text("report.suppressed") if value is None else str(value)


def _shares(*parts: int) -> list[float]:
    """Column widths from hundredths of the page's width."""
    return [WIDTH * part / 100 for part in parts]
