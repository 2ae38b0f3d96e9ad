"""Two rounds beside each other as a dumbbell chart, for page and PDF alike."""

from django.utils.safestring import SafeString
from reportlab.graphics.shapes import Drawing

from questionnaires.texts import text
from reports.charts.axis import Band
from reports.charts.dumbbell import Dumbbell, End, dumbbells
from reports.charts.svg import svg
from reports.comparison import Change, Comparison


def change_chart(comparison: Comparison, *, is_narrow: bool = False) -> Drawing:
    """Drawn in the active language; narrow for phones."""
    return dumbbells(
        [_bell(change) for change in comparison.changes],
        [Band(level.name, level.start) for level in comparison.levels],
        (comparison.first.name, comparison.second.name),
        legend=text("report.profile.flag"),
        is_narrow=is_narrow,
    )


def change_svgs(comparison: Comparison) -> dict[str, SafeString]:
    """The same chart twice for a page: style sheets show the one that fits the screen."""
    words = {"title": text("compare.figure"), "description": comparison.description}
    return {
        "wide_chart": svg(change_chart(comparison), prefix="wide", **words),
        "narrow_chart": svg(change_chart(comparison, is_narrow=True), prefix="narrow", **words),
    }


def _bell(change: Change) -> Dumbbell:
    before, after = change.before, change.after
    if before is None or after is None:
        return Dumbbell(change.name, None, "", "", change.verdict, change.target_from)
    return Dumbbell(
        label=change.name,
        ends=(End(before.display, before.margin), End(after.display, after.margin)),
        moved=text("compare.chart.moved", before=before.display, after=after.display),
        difference=change.difference,
        conclusion=change.verdict,
        target=change.target_from,
    )
