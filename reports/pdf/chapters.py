"""The chapters of a forum report that lay out results: profile, agreement, track, group levels, annex."""

from collections.abc import Sequence

from questionnaires.texts import text
from reports.charts.profile import profile_plot
from reports.pdf.story import Story
from reports.pdf.styles import (
    KEPT_BODY,
    KEPT_ITEM,
    LEAD,
    MUTED_BODY,
    STEP,
    STRONG,
    WIDTH,
)
from reports.report import Annex, GroupLevel, Measure, Priority, Profile, Result, Target


def tell_profile(story: Story, profile: Profile) -> None:
    story.figure(profile_plot(profile), alt=profile.description)
    has_targets = any(each.target for each in profile.measures)
    columns = ("dimension", "score", "margin", "level", "agreement", *(["target"] if has_targets else []))
    story.table(
        head=[text(f"report.profile.col.{column}") for column in columns],
        rows=[_row(each, has_targets=has_targets) for each in profile.measures],
        widths=_shares(24, 9, 10, 23, 18, 16) if has_targets else _shares(28, 9, 11, 29, 23),
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


def _row(measure: Measure, *, has_targets: bool) -> tuple[str, ...]:
    numbers = (_number(measure.score), _number(measure.margin))
    row = (measure.name, *numbers, measure.level, measure.agreement)
    return (*row, measure.target or "–") if has_targets else row


def tell_targets(story: Story, targets: Sequence[Target]) -> None:
    """What the forum wants to reach, with its reasons where it gave one."""
    story.paragraph(text("report.targets.lead"), KEPT_BODY)
    story.table(
        head=[
            text(f"report.{column}")
            for column in (
                "profile.col.dimension",
                "profile.col.target",
                "targets.col.reason",
                "targets.col.chosen_on",
            )
        ],
        rows=[(each.name, each.level, each.reason or "–", each.chosen_on) for each in targets],
        widths=_shares(28, 17, 36, 19),
    )
    story.bullets([each.sentence for each in targets])


def tell_agreement(story: Story, result: Result) -> None:
    for number, each in enumerate(result.agreement):
        story.subsection(each.name, key=f"agreement-{number}")
        story.paragraph(each.sentence, KEPT_BODY)
        if each.two_camps:
            story.bullets(each.two_camps, KEPT_ITEM)
        story.paragraph(each.question, MUTED_BODY)
    if not result.agreement:
        story.paragraph(text("report.suppressed.why"))


def tell_track(story: Story, result: Result) -> None:
    story.paragraph(result.track.lead, LEAD)
    if result.track.make_visible:
        story.subsection(text("report.track.visible"), key="visible")
        story.bullets([f"{each.name}. {each.sentence}" for each in result.track.make_visible])
    for number, priority in enumerate(result.track.priorities, start=1):
        story.subsection(f"{number}. {priority.name}", key=f"priority-{number}")
        _standing(story, priority)
        _next_step(story, priority)


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


def tell_group_levels(story: Story, levels: Sequence[GroupLevel]) -> None:
    story.paragraph(text("report.group_level.lead"), KEPT_BODY)
    story.table(
        head=[text("report.profile.col.dimension")]
        + [text(f"report.group_level.col.{column}") for column in ("calculated", "group", "evidence")],
        rows=[(each.name, each.calculated, each.level, each.evidence or "–") for each in levels],
        widths=_shares(28, 20, 17, 35),
    )
    story.bullets([each.sentence for each in levels])


def tell_annex(story: Story, annex: Annex) -> None:
    for note in annex.notes:
        story.paragraph(note)
    story.subsection(text("report.technical.counts"), key="counts")
    story.table(
        head=[text("report.profile.col.dimension")]
        + [text(f"report.technical.col.{column}") for column in ("members", "municipalities")],
        rows=[(each.name, _count(each.members), _count(each.municipalities)) for each in annex.counts],
        widths=_shares(56, 20, 24),
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
    """A dash where nothing is shown, which the words beside it say."""
    return "–" if value is None else str(value)


def _count(value: int | None) -> str:
    return text("report.suppressed") if value is None else str(value)


def _shares(*parts: int) -> list[float]:
    """Column widths from hundredths of the page's width."""
    return [WIDTH * part / 100 for part in parts]
