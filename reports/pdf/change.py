"""The chapters about change: since earlier rounds, and as the members see it."""

from collections.abc import Sequence

from questionnaires.texts import text
from reports.change import Change, Changed, Score, Since
from reports.charts.change import change_chart
from reports.charts.year_line import year_line
from reports.pdf.measures import NOTHING, number, shares
from reports.pdf.story import Story
from reports.pdf.styles import KEPT_BODY, NOTE_ITEM
from reports.report import Result


def tell_change(story: Story, result: Result) -> None:
    """What it amounts to since each earlier round, the numbers of all of them in one table, and the headline drawn."""
    if result.change is None:
        return
    year = result.change.year
    story.paragraph(text("report.change.lead"))
    if year.has_score:
        story.figure(year_line(year), alt=year.description)
    for place, since in enumerate(result.change.comparisons):
        story.subsection(since.title, key=f"since-{place}")
        if since.reason:
            story.callout(since.reason)
        if since.total:
            story.paragraph(" ".join(since.total))
        if place == 0:
            story.bullets(since.findings, NOTE_ITEM)
        for note in since.notes:
            story.callout(note)
    _numbers(story, result.change)
    first = result.change.comparisons[0]
    chart = change_chart(first.changes, names=first.names, levels=result.profile.levels)
    story.figure(chart, alt=first.description)


def _numbers(story: Story, change: Change) -> None:
    if len(change.comparisons) == 1:
        _since_one(story, change.comparisons[0])
    else:
        _since_each(story, change.comparisons)


def _since_one(story: Story, since: Since) -> None:
    columns = ("before", "after", "difference", "margin", "verdict")
    story.table(
        head=[text("report.profile.col.dimension"), *(text(f"report.change.col.{each}") for each in columns)],
        rows=[
            (
                each.name,
                _score(each.before),
                _score(each.after),
                each.signed_difference,
                number(each.margin),
                each.verdict,
            )
            for each in since.changes
        ],
        widths=shares(37, 8, 8, 11, 10, 26),
        numeric=(1, 2, 3, 4),
    )


def _since_each(story: Story, comparisons: Sequence[Since]) -> None:
    """The scores of all rounds in a row, then what each comparison concludes."""
    first, second = comparisons
    story.table(
        head=[
            text("report.profile.col.dimension"),
            first.names[0],
            *second.names,
            *(each.title for each in comparisons),
        ],
        rows=[
            (
                since_first.name,
                _score(since_first.before),
                _score(since_second.before),
                _score(since_first.after or since_second.after),
                _concluded(since_first),
                _concluded(since_second),
            )
            for since_first, since_second in zip(first.changes, second.changes, strict=True)
        ],
        widths=shares(23, 12, 16, 15, 17, 17),
        numeric=(1, 2, 3),
    )


def _score(score: Score | None) -> str:
    return str(score.display) if score else NOTHING


def _concluded(changed: Changed) -> str:
    """ "+22 (marge 6), vooruitgang"."""
    return f"{changed.told}, {changed.verdict}" if changed.told else changed.verdict


def tell_experience(story: Story, result: Result) -> None:
    story.paragraph(text("report.experienced.lead"), KEPT_BODY)
    columns = ("experienced", "answer", "verdict")
    story.table_with_notes(
        [each.sentence for each in result.experience if each.sentence],
        head=[
            text("report.profile.col.dimension"),
            *(text(f"report.experienced.col.{each}") for each in columns),
        ],
        rows=[(each.name, each.signed_experienced, each.answer, each.verdict) for each in result.experience],
        widths=shares(36, 15, 24, 25),
        numeric=(1,),
    )
