"""The dot plot: a fixed axis, readable without colour, the same drawing for page and PDF."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String

from reports.charts import palette
from reports.charts.dot_plot import Band, Dot, dot_plot
from reports.charts.profile import profile_plot
from reports.charts.svg import svg
from reports.pdf.fonts import text_width
from tests.reports.cast import hidden, make_report, make_result

BANDS = [
    Band(name, start)
    for name, start in zip(
        ("Vrijblijvend", "Verkennend", "Afstemmend", "Sturend", "Strategisch"),
        (0, 20, 40, 60, 80),
        strict=True,
    )
]
BOTH = pytest.mark.parametrize("is_narrow", [False, True], ids=["wide", "narrow"])
SVG = "{http://www.w3.org/2000/svg}"


def plot(*scores: tuple[int | None, int | None], is_narrow: bool = False, label: str = "Visie") -> Drawing:
    dots = [
        Dot(label, score, margin, "niet getoond" if score is None else f"marge {margin}")
        for score, margin in scores
    ]
    return dot_plot(dots, BANDS, is_narrow=is_narrow)


def shapes(drawing: Drawing, kind: type) -> list:
    return [shape for shape in drawing.contents if isinstance(shape, kind)]


def words(drawing: Drawing) -> list[str]:
    return [string.text for string in shapes(drawing, String)]


@BOTH
def test_axis_runs_from_0_to_100_whatever_the_scores(is_narrow):
    low, middle, high = (
        shapes(plot((score, 0), is_narrow=is_narrow), Circle)[0].cx for score in (0, 50, 100)
    )

    bands = shapes(plot((50, 0), is_narrow=is_narrow), Rect)
    assert middle == pytest.approx((low + high) / 2)
    assert (low, high) == pytest.approx((bands[0].x, bands[-1].x + bands[-1].width))


@BOTH
def test_no_word_reaches_off_the_drawing(is_narrow):
    drawing = plot((0, 3), (50, 50), (100, 20), is_narrow=is_narrow)

    for word in shapes(drawing, String):
        width = text_width(word.text, word.fontName, word.fontSize)
        left = word.x - {"start": 0, "middle": width / 2, "end": width}[word.textAnchor]
        assert left >= 0, word.text
        assert left + width <= drawing.width, word.text


@BOTH
def test_margin_reaches_as_far_as_its_number_and_never_off_the_axis(is_narrow):
    def ends(drawing: Drawing) -> tuple[float, float]:
        bar = next(line for line in shapes(drawing, Line) if line.strokeWidth == 2.4)
        return bar.x1, bar.x2

    at = {score: shapes(plot((score, 0), is_narrow=is_narrow), Circle)[0].cx for score in (0, 41, 73, 100)}
    assert ends(plot((57, 16), is_narrow=is_narrow)) == pytest.approx((at[41], at[73]))
    assert ends(plot((5, 16), is_narrow=is_narrow))[0] == pytest.approx(at[0])
    assert ends(plot((95, 16), is_narrow=is_narrow))[1] == pytest.approx(at[100])


@BOTH
def test_score_margin_and_levels_stand_in_words_and_numbers(is_narrow):
    drawn = words(plot((57, 16), is_narrow=is_narrow))

    assert sorted(drawn) == sorted(
        [*(band.name for band in BANDS), "Visie", "57", "marge 16", "0", "20", "40", "60", "80", "100"]
    )


@BOTH
def test_what_is_not_shown_has_words_and_no_dot(is_narrow):
    drawing = plot((None, None), is_narrow=is_narrow)

    assert "niet getoond" in words(drawing)
    assert shapes(drawing, Circle) == []
    assert {line.strokeColor for line in shapes(drawing, Line)} == {palette.HAIR}


def test_label_stands_above_its_line_on_a_phone():
    drawing = plot((57, 16), is_narrow=True)

    label = next(string for string in shapes(drawing, String) if string.text == "Visie")
    assert label.y > shapes(drawing, Circle)[0].cy
    assert label.x == 0


@BOTH
def test_long_label_takes_three_lines_at_most(is_narrow):
    label = "Afstemming van bovenlokale samenwerkingsverbanden, schalen en gebiedswerkingen " * 4

    drawn = words(plot((57, 16), is_narrow=is_narrow, label=label))

    lines = [line for line in drawn if line in label or line.endswith("…")]
    assert len([line for line in lines if len(line) > 10]) == 3
    assert sum(line.endswith("…") for line in drawn) == 1


@BOTH
def test_wide_level_names_stand_at_two_heights_and_never_touch(is_narrow):
    bands = [Band("Zeer vrijblijvend", band.start) for band in BANDS]
    drawing = dot_plot([Dot("Visie", 50, 5, "marge 5")], bands, is_narrow=is_narrow)

    names = [string for string in shapes(drawing, String) if string.text == "Zeer vrijblijvend"]
    assert all(left.y != right.y for left, right in pairwise(names))


def test_chart_follows_the_profile_of_a_report():
    profile = make_report(make_result(VIS=hidden())).result.profile

    drawn = words(profile_plot(profile))

    assert (drawn.count("niet getoond"), drawn.count("57"), drawn.count("marge\u00a04")) == (1, 7, 7)


# --- Inline SVG ------------------------------------------------------------------------------------------------


def test_svg_has_presentation_attributes_only():
    markup = svg(plot((57, 16), (None, None)), title="Score", description="Visie: 57", prefix="wide")

    names = {name for element in ElementTree.fromstring(markup).iter() for name in element.attrib}
    assert names & {"style", "class", "onload", "href"} == set()
    assert "fill" in names


def test_svg_is_named_and_described_by_ids_of_its_own():
    markup = svg(plot((57, 16)), title="Score & marge", description='Visie: "57"', prefix="narrow")
    root = ElementTree.fromstring(markup)

    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "narrow-title narrow-description")
    assert [(each.get("id"), each.text) for each in root[:2]] == [
        ("narrow-title", "Score & marge"),
        ("narrow-description", 'Visie: "57"'),
    ]
    assert len([each for each in root.iter() if each.get("id")]) == 2


def test_svg_escapes_what_somebody_wrote():
    markup = svg(plot((57, 16), label="<script>&"), title="<b>", description="</desc>", prefix="a")

    assert [each.text for each in ElementTree.fromstring(markup).iter(f"{SVG}text")].count("<script>&") == 1


def test_svg_is_the_drawing_upside_down():
    drawing = plot((57, 16))
    markup = svg(drawing, title="", description="", prefix="a")

    circle = ElementTree.fromstring(markup).find(f"{SVG}circle")
    drawn = shapes(drawing, Circle)[0]
    assert float(circle.get("cx")) == pytest.approx(drawn.cx, abs=0.01)
    assert float(circle.get("cy")) == pytest.approx(drawing.height - drawn.cy, abs=0.01)


# --- Colours ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ground", ["PAPER", "SOFT", "BRAND_SOFT", "WARN_SOFT"])
@pytest.mark.parametrize("text", ["INK", "MUTED", "BRAND", "BRAND_DARK", "WARN"])
def test_text_stands_out_from_every_ground(text, ground):
    light, dark = palette.luminance(getattr(palette, ground)), palette.luminance(getattr(palette, text))

    assert (light + 0.05) / (dark + 0.05) >= 4.5
