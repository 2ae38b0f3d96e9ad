"""The profile of a report as a dot plot, for page and PDF alike."""

from django.utils.safestring import SafeString
from reportlab.graphics.shapes import Drawing

from questionnaires.texts import text
from reports.charts.dot_plot import Band, Dot, dot_plot
from reports.charts.svg import svg
from reports.report import Measure, Profile


def profile_plot(profile: Profile, *, is_narrow: bool = False) -> Drawing:
    """Drawn in the active language; narrow for phones."""
    bands = [Band(level.name, level.start) for level in profile.levels]
    dots = [_dot(measure) for measure in profile.measures]
    return dot_plot(dots, bands, legend=text("report.profile.flag"), is_narrow=is_narrow)


def profile_svgs(profile: Profile) -> dict[str, SafeString]:
    """The same chart twice for a page: style sheets show the one that fits the screen."""
    words = {"title": text("report.profile.figure"), "description": profile.description}
    return {
        "wide_chart": svg(profile_plot(profile), prefix="wide", **words),
        "narrow_chart": svg(profile_plot(profile, is_narrow=True), prefix="narrow", **words),
    }


def _dot(measure: Measure) -> Dot:
    if measure.score is None:
        return Dot(measure.name, None, None, text("report.suppressed"), measure.target_from)
    note = text("report.profile.margin", margin=measure.margin)
    return Dot(measure.name, measure.score, measure.margin, note, measure.target_from)
