"""The charts of a report for a page: each one twice, wide and narrow, as inline SVG with its description."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any, NamedTuple

from django.utils.safestring import SafeString
from reportlab.graphics.shapes import Drawing

from questionnaires.texts import text
from reports.change import Changed, Year
from reports.charts.change import change_chart
from reports.charts.heat_table import heat_table
from reports.charts.importance import importance_matrix
from reports.charts.profile import profile_plot
from reports.charts.spread_bars import classes_of, key_in_words, spread_bars, spread_key
from reports.charts.svg import svg
from reports.charts.year_line import year_line
from reports.importance import Importance
from reports.report import Agreement, Level, Profile, Result
from reports.statements import Statements

Draw = Callable[..., Drawing]
Drawn = Profile | Statements | Importance | Year


class Pair(NamedTuple):
    """The same chart for wide and for narrow screens; style sheets show the one that fits."""

    wide: SafeString
    narrow: SafeString


def pair(draw: Callable[..., Drawing], told: object, *, name: str, title: str, description: str) -> Pair:
    """`draw` takes what is told and whether it is narrow; `name` keeps ids apart on a page."""
    return Pair(
        svg(draw(told), prefix=f"{name}-wide", title=title, description=description),
        svg(draw(told, is_narrow=True), prefix=f"{name}-narrow", title=title, description=description),
    )


def charts_of(result: Result, chapters: Collection[str]) -> dict[str, Any]:
    """What the chosen chapters draw, in the active language; `spread` has None where nothing may be drawn."""
    charts: dict[str, Any] = {}
    year = result.change.year if result.change else None
    whole: tuple[tuple[str, str, Draw, Drawn | None], ...] = (
        ("profile", "profile", profile_plot, result.profile),
        ("statements", "statements", heat_table, result.statements),
        ("importance", "importance", importance_matrix, result.importance),
        ("change", "year", year_line, year),
    )
    for chapter, name, draw, told in whole:
        if chapter in chapters and told:
            title = text(f"report.{name}.figure")
            charts[name] = pair(draw, told, name=name, title=title, description=told.description)
    if "change" in chapters and result.change:
        since = result.change.comparisons[0]
        charts["since"] = change_pair(
            since.changes, since.names, result.profile.levels, description=since.description
        )
    if "agreement" in chapters and any(each.spread for each in result.agreement):
        classes = classes_of(result.agreement)
        title, description = text("report.spread.key"), key_in_words(classes)
        charts["spread_key"] = pair(
            spread_key, classes, name="spread-key", title=title, description=description
        )
        charts["spread"] = [_spread(each, place) for place, each in enumerate(result.agreement)]
    return charts


def change_pair(
    changes: Sequence[Changed], names: tuple[str, str], levels: Sequence[Level], *, description: str
) -> Pair:
    draw = partial(change_chart, names=names, levels=levels)
    return pair(draw, changes, name="since", title=text("compare.figure"), description=description)


def _spread(agreement: Agreement, place: int) -> Pair | None:
    if not agreement.spread:
        return None
    return pair(
        spread_bars,
        agreement.spread,
        name=f"spread-{place}",
        title=f"{agreement.name}. {text('report.spread.figure')}",
        description=agreement.description,
    )
