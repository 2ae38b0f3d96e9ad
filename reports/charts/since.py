"""What changed since an earlier round as a dumbbell chart, for the page and the PDF of a report alike."""

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing

from questionnaires.texts import text
from reports.change import Changed, Comparison
from reports.charts.axis import Band
from reports.charts.dumbbell import Dumbbell, End, dumbbells
from reports.report import Level


def since_chart(comparison: Comparison, levels: Sequence[Level], *, is_narrow: bool = False) -> Drawing:
    """Drawn in the active language; narrow for phones."""
    return dumbbells(
        [_bell(each) for each in comparison.dimensions],
        [Band(level.name, level.start) for level in levels],
        comparison.names,
        is_narrow=is_narrow,
    )


def _bell(changed: Changed) -> Dumbbell:
    if changed.before is None or changed.after is None or changed.margins is None:
        return Dumbbell(changed.name, None, "", "", changed.verdict)
    return Dumbbell(
        label=changed.name,
        ends=(End(changed.before, changed.margins[0]), End(changed.after, changed.margins[1])),
        moved=text("compare.chart.moved", before=changed.before, after=changed.after),
        difference=text("compare.difference", difference=changed.signed_difference, margin=changed.margin),
        conclusion=changed.verdict,
    )
