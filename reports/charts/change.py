"""What changed between two rounds as a dumbbell chart, for page and PDF of a report and of a comparison alike."""

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing

from questionnaires.texts import text
from reports.change import Changed
from reports.charts.axis import Band
from reports.charts.dumbbell import Dumbbell, End, dumbbells
from reports.report import Level


def change_chart(
    changes: Sequence[Changed],
    *,
    names: tuple[str, str],
    levels: Sequence[Level],
    is_narrow: bool = False,
) -> Drawing:
    """Drawn in the active language, `names` are those of both rounds; narrow for phones."""
    return dumbbells(
        [_bell(each) for each in changes],
        [Band(level.name, level.start) for level in levels],
        names,
        legend=text("report.profile.flag"),
        is_narrow=is_narrow,
    )


def _bell(changed: Changed) -> Dumbbell:
    before, after = changed.before, changed.after
    if before is None or after is None:
        return Dumbbell(changed.name, None, "", "", changed.verdict, changed.target_from)
    return Dumbbell(
        label=changed.name,
        ends=(End(before.display, before.margin), End(after.display, after.margin)),
        moved=text("compare.chart.moved", before=before.display, after=after.display),
        difference=changed.told,
        conclusion=changed.verdict,
        target=changed.target_from,
    )
