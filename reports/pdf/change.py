"""The chapters about change: since earlier rounds, and as the members see it."""

from questionnaires.texts import text
from reports.change import Comparison
from reports.charts.since import since_chart
from reports.charts.year_line import year_line
from reports.pdf.measures import number, shares
from reports.pdf.story import Story
from reports.pdf.styles import KEPT_BODY
from reports.report import Result


def tell_change(story: Story, result: Result) -> None:
    if result.change is None:
        return
    year = result.change.year
    story.paragraph(text("report.change.lead"))
    story.figure(year_line(year), alt=year.description)
    for place, comparison in enumerate(result.change.comparisons):
        story.subsection(comparison.title, key=f"since-{place}")
        if place == 0:
            story.bullets(comparison.findings)
        _comparison(story, comparison)
        if place == 0:
            chart = since_chart(comparison, result.profile.levels)
            story.figure(chart, alt=comparison.description)


def _comparison(story: Story, comparison: Comparison) -> None:
    columns = ("before", "after", "difference", "margin", "verdict")
    story.table(
        head=[text("report.profile.col.dimension"), *(text(f"report.change.col.{each}") for each in columns)],
        rows=[
            (
                each.name,
                number(each.before),
                number(each.after),
                each.signed_difference,
                number(each.margin),
                each.verdict,
            )
            for each in comparison.dimensions
        ],
        widths=shares(37, 8, 8, 11, 10, 26),
        numeric=(1, 2, 3, 4),
    )
    if comparison.total:
        story.paragraph(comparison.total)
    for note in comparison.notes:
        story.callout(note)


def tell_experience(story: Story, result: Result) -> None:
    story.paragraph(text("report.experienced.lead"), KEPT_BODY)
    columns = ("experienced", "answer", "verdict")
    story.table(
        head=[
            text("report.profile.col.dimension"),
            *(text(f"report.experienced.col.{each}") for each in columns),
        ],
        rows=[(each.name, each.signed_experienced, each.answer, each.verdict) for each in result.experience],
        widths=shares(38, 12, 25, 25),
        numeric=(1,),
    )
    story.bullets([each.sentence for each in result.experience if each.sentence])
