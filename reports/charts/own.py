"""The own profile of one person, for page and PDF alike; and two of them beside each other."""

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing

from questionnaires.texts import text
from reports.charts.axis import Band
from reports.charts.dumbbell import Dumbbell, End, dumbbells
from reports.charts.own_plot import Own, own_plot
from reports.charts.pairs import Pair, pair
from reports.personal import Beside, OwnDimension, PersonalReport


def own_profile(report: PersonalReport, *, is_narrow: bool = False) -> Drawing:
    """Drawn in the active language; narrow for phones."""
    owns = [_own(each) for each in report.dimensions]
    names = (text("receipt.col.own"), text("receipt.legend.forum"))
    return own_plot(owns, bands_of(report), names, is_narrow=is_narrow)


def own_profile_pair(report: PersonalReport) -> Pair:
    """The chart for a page."""
    return pair(
        own_profile,
        report,
        name="own",
        title=text("receipt.profile.figure"),
        description=describe(report.dimensions),
    )


def beside_pair(told: Beside) -> Pair:
    """Two own results as a dumbbell chart without any conclusion."""
    return pair(_beside, told, name="beside", title=text("receipt.side.figure"), description=told.description)


def _beside(told: Beside, *, is_narrow: bool = False) -> Drawing:
    bells = [_bell(*both) for both in told.rows]
    return dumbbells(bells, bands_of(told.second), told.names, is_narrow=is_narrow)


def _bell(before: OwnDimension, after: OwnDimension) -> Dumbbell:
    if before.score is None or after.score is None:
        return Dumbbell(after.name, None, "", "", text("receipt.no_score"))
    moved = text("compare.chart.moved", before=before.score, after=after.score)
    return Dumbbell(after.name, (End(before.score, None), End(after.score, None)), moved, "", "")


def describe(dimensions: Sequence[OwnDimension]) -> str:
    """The chart in words."""
    return " ".join(each.sentence for each in dimensions)


def bands_of(report: PersonalReport) -> list[Band]:
    return [Band(level.name, level.start) for level in report.levels]


def _own(own: OwnDimension) -> Own:
    if own.score is None:
        return Own(own.name, None, own.forum, own.margin, text("receipt.no_score"))
    note = "" if own.forum is None else text("receipt.legend.beside", score=own.forum)
    return Own(own.name, own.score, own.forum, own.margin, note)
