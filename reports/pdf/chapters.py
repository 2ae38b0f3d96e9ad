"""The chapters around the numbers: who answered, how to read, targets, track, group levels, voices and annex."""

from collections.abc import Sequence

from questionnaires.texts import text
from reports.pdf.measures import count, shares
from reports.pdf.story import Story
from reports.pdf.styles import (
    ANNEX,
    ANNEX_LINK,
    ASIDE_STRONG,
    COVER_ITEM,
    COVER_LEAD,
    COVER_NOTE,
    GUIDE,
    GUIDE_ITEM,
    KEPT_ANNEX,
    KEPT_BODY,
    KEPT_MUTED,
    LEAD,
    METHOD,
    MUTED_BODY,
    STEP,
    STRONG,
)
from reports.report import Agreed, Annex, Foreword, GroupLevel, Priority, Respondents, Result, Target


def tell_glance(story: Story, result: Result) -> None:
    """In a column of the cover."""
    for sentence in result.glance.sentences:
        story.paragraph(sentence, COVER_LEAD)
    if result.glance.priorities:
        story.subsection(result.glance.priorities_title, key="first")
        story.numbers(result.glance.priorities, COVER_ITEM)
    story.paragraph(text("report.glance.limits"), COVER_NOTE)


def tell_foreword(story: Story, foreword: Foreword) -> None:
    """The coach's own words behind a bar, as a quote is set, with who signs them: no words of the members."""
    story.paragraph(foreword.note, KEPT_MUTED)
    for paragraph in foreword.paragraphs:
        story.aside(paragraph)
    story.aside(foreword.signature, ASIDE_STRONG)


def tell_who(story: Story, respondents: Respondents) -> None:
    for sentence in respondents.sentences:
        story.paragraph(sentence)
    for caution in respondents.cautions:
        story.caution(caution)
    for sentence in respondents.what_now:
        story.paragraph(sentence)


def tell_guide(story: Story, result: Result) -> None:
    for place, explanation in enumerate(result.guide):
        story.subsection(explanation.title, key=f"guide-{place}")
        if len(explanation.paragraphs) > 2:
            story.bullets(explanation.paragraphs, GUIDE_ITEM)
        else:
            for paragraph in explanation.paragraphs:
                story.paragraph(paragraph, GUIDE)


def tell_track(story: Story, result: Result) -> None:
    track = result.track
    story.paragraph(track.lead, LEAD)
    if track.overruled:
        story.callout(track.overruled)
    if track.make_visible:
        story.subsection(text("report.track.visible"), key="visible")
        story.bullets([f"{each.name}. {each.sentence}" for each in track.make_visible])
    for place, priority in enumerate(track.priorities, start=1):
        if place > 1:
            story.new_page()
        with story.on_one_page():
            story.subsection(f"{place}. {priority.name}", key=f"priority-{place}")
            _standing(story, priority)
            _next_step(story, priority)


def _standing(story: Story, priority: Priority) -> None:
    """Where the forum stands, and what to know before acting."""
    story.lowest_heading(text("report.track.now"))
    story.paragraph(priority.now, KEPT_BODY)
    story.table(
        head=[text(f"report.ladder.col.{column}") for column in ("level", "text", "marks")],
        rows=[(each.level, each.text, ", ".join(each.marks)) for each in priority.ladder],
        widths=shares(17, 62, 21),
        marked=[place for place, each in enumerate(priority.ladder) if each.marks],
    )
    if priority.notes:
        story.paragraph(" ".join(priority.notes), MUTED_BODY)
    if priority.question:
        story.callout(priority.question)


def _next_step(story: Story, priority: Priority) -> None:
    if priority.step:
        story.lowest_heading(text("report.track.next_step"))
        story.paragraph(priority.step, STEP)
    for action in priority.actions:
        story.paragraph(action.what, STRONG)
        story.paragraph(action.method, METHOD)
        story.paragraph(f"{text('report.track.who')}: {action.who}", MUTED_BODY)
    if priority.evidence:
        story.lowest_heading(text("report.track.evidence"))
        story.paragraph(priority.evidence)
    if priority.agreed:
        _agreed(story, priority.agreed)


def _agreed(story: Story, actions: Sequence[Agreed]) -> None:
    """What the forum does about it already, and how that stands."""
    story.lowest_heading(text("report.actions.title"))
    columns = ("track.actions", "track.who", "track.when", "actions.col.status")
    story.table(
        head=[text(f"report.{column}") for column in columns],
        rows=[(each.what, each.owner or "–", each.due_on or "–", each.status) for each in actions],
        widths=shares(44, 23, 19, 14),
    )


def tell_targets(story: Story, targets: Sequence[Target]) -> None:
    """What the forum wants to reach, with its reasons where it gave one."""
    columns = ("profile.col.dimension", "profile.col.target", "targets.col.reason", "targets.col.chosen_on")
    story.paragraph(text("report.targets.lead"), KEPT_BODY)
    story.table_with_notes(
        [each.sentence for each in targets],
        head=[text(f"report.{column}") for column in columns],
        rows=[(each.name, each.level, each.reason or "–", each.chosen_on) for each in targets],
        widths=shares(30, 16, 36, 18),
    )


def tell_agreed(story: Story, agreed: Sequence[Agreed]) -> None:
    """The state of what the forum agreed to do."""
    columns = ("track.actions", "track.who", "track.when", "actions.col.status", "track.evidence")
    story.table(
        head=[text(f"report.{column}") for column in columns],
        rows=[
            (each.what, each.owner or "–", each.due_on or "–", each.status, each.evidence or "–")
            for each in agreed
        ],
        widths=shares(29, 15, 15, 13, 28),
    )


def tell_group_levels(story: Story, levels: Sequence[GroupLevel]) -> None:
    story.paragraph(text("report.group_level.lead"), KEPT_BODY)
    story.table_with_notes(
        [each.sentence for each in levels],
        head=[text("report.profile.col.dimension")]
        + [text(f"report.group_level.col.{column}") for column in ("calculated", "group", "evidence")],
        rows=[(each.name, each.calculated, each.level, each.evidence or "–") for each in levels],
        widths=shares(34, 23, 18, 25),
    )


def tell_voices(story: Story, result: Result) -> None:
    story.paragraph(text("report.voices.lead"))
    for place, voice in enumerate(result.voices):
        story.subsection(voice.title or text("report.voices.loose"), key=f"voice-{place}")
        if voice.summary:
            story.paragraph(voice.summary)
        for quote in voice.quotes:
            story.quote(quote)


def tell_annex(story: Story, result: Result) -> None:
    annex = result.annex
    story.paragraph(" ".join(annex.notes), ANNEX)
    story.link(annex.check, address=annex.check_address, style=ANNEX_LINK)
    story.subsection(text("report.technical.counts"), key="counts")
    note = "report.technical.indices_note" if annex.indices else "report.technical.indices_hidden"
    story.paragraph(text(note), KEPT_ANNEX)
    _basis(story, annex)
    story.subsection(text("report.technical.parameters"), key="parameters")
    story.table(
        head=[text("report.technical.col.parameter"), text("report.technical.col.value")],
        rows=[(each.name, each.value) for each in annex.parameters],
        widths=shares(60, 40),
    )


def _basis(story: Story, annex: Annex) -> None:
    """On how many answers each dimension rests and, where there is one that may be shown, its indices."""
    indices = {each.name: (each.rwg, each.awg, each.deviation) for each in annex.indices}
    names = ("r_wg", "a_wg", "AD") if indices else ()
    story.table(
        head=[
            text("report.profile.col.dimension"),
            text("report.technical.col.members"),
            text("report.technical.col.municipalities"),
            *names,
        ],
        rows=[
            (
                each.name,
                count(each.members),
                count(each.municipalities),
                *indices.get(each.name, ("–",) * len(names)),
            )
            for each in annex.counts
        ],
        widths=shares(47, 12, 17, 8, 8, 8) if indices else shares(52, 20, 24),
        numeric=range(1, 3 + len(names)),
    )
