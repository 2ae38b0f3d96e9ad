"""The charts beside the dot plot: fixed scales, words for what is not shown, nothing that touches or is cut."""

from dataclasses import replace
from itertools import combinations, pairwise
from math import hypot
from random import Random

import pytest
from django.utils import translation
from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String
from reportlab.lib.colors import Color, HexColor

from reports.change import Moment, Year
from reports.charts import palette
from reports.charts.axis import Band
from reports.charts.dot_plot import Dot as Score
from reports.charts.dot_plot import dot_plot
from reports.charts.emblem import emblem
from reports.charts.heat_table import heat_table
from reports.charts.importance import importance_matrix
from reports.charts.own_plot import Own, own_plot
from reports.charts.placing import Box, Dot, Label, place
from reports.charts.placing import Line as Leader
from reports.charts.spread_bars import classes_of, key_in_words, spread_bars, spread_key
from reports.charts.year_line import year_line
from reports.importance import Importance, Quadrant, Weighed
from reports.pdf.fonts import text_width
from reports.report import Agreement
from reports.statements import Statement
from tests.reports.cast import before, final_result, large_result, make_report, small_result

BOTH = pytest.mark.parametrize("is_narrow", [False, True], ids=["wide", "narrow"])
NAMES = (
    "Visie",
    "Vertrouwen",
    "Procesregie",
    "Lokale verankering",
    "Partners",
    "Afstemming",
    "Doorbraken",
    "Leren",
)
QUADRANTS = (
    Quadrant("prioritair", is_important=True, is_advanced=False),
    Quadrant("later", is_important=False, is_advanced=False),
    Quadrant("behouden", is_important=True, is_advanced=True),
    Quadrant("bewaken", is_important=False, is_advanced=True),
)


@pytest.fixture(autouse=True)
def _dutch():
    with translation.override("nl"):
        yield


def shapes(drawing: Drawing, kind: type) -> list:
    return [shape for shape in drawing.contents if isinstance(shape, kind)]


def told(drawing: Drawing) -> list[str]:
    return [string.text for string in shapes(drawing, String)]


def box_of(word: String) -> Box:
    width = text_width(word.text, word.fontName, word.fontSize)
    left = word.x - {"start": 0, "middle": width / 2, "end": width}[word.textAnchor]
    return Box(left, word.y - 0.15 * word.fontSize, left + width, word.y + 0.7 * word.fontSize)


def matrix(*places: tuple[int, int], line: float | None = 70.0) -> Importance:
    dimensions = tuple(
        Weighed(name, name, importance, score, "prioritair", "", number < 3)
        for number, (name, (score, importance)) in enumerate(zip(NAMES, places, strict=False))
    )
    return Importance(
        dimensions, QUADRANTS, performance_line=60, line=line, description="", notes=(), filled="prioriteit"
    )


def statement(shares: tuple[int, ...], text: str = "Ons forum kiest.", **fields) -> Statement:
    defaults = {
        "score": 60,
        "option": 4,
        "answer": "eerder akkoord",
        "agreement": "verdeeld",
        "has_two_camps": False,
    }
    return Statement(text, shares=shares, **defaults | fields)


def year(*totals: int | None, is_joined: bool = True, apart: float = 0.5) -> Year:
    moments = tuple(
        Moment(
            "Tussenmeting", "25 september 2026", min(1, number * apart), total, None if total is None else 6
        )
        for number, total in enumerate(totals)
    )
    return Year("januari 2026", "december 2026", moments, (is_joined,) * (len(totals) - 1), "")


def every_chart(is_narrow: bool) -> list[Drawing]:
    large = make_report(final_result(), kind="final", earlier=before(large_result(), final_result())).result
    small = make_report(small_result()).result
    return [
        importance_matrix(large.importance, is_narrow=is_narrow),
        importance_matrix(small.importance, is_narrow=is_narrow),
        heat_table(large.statements, is_narrow=is_narrow),
        heat_table(small.statements, is_narrow=is_narrow),
        *(spread_bars(each.spread, is_narrow=is_narrow) for each in large.agreement),
        year_line(large.change.year, is_narrow=is_narrow),
        year_line(year(0, None, 100), is_narrow=is_narrow),
    ]


@BOTH
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_word_reaches_off_a_drawing(is_narrow, language):
    with translation.override(language):
        drawings = every_chart(is_narrow)

    for drawing in drawings:
        whole = Box(-0.01, -0.01, drawing.width + 0.01, drawing.height + 0.01)
        assert [word.text for word in shapes(drawing, String) if not whole.holds(box_of(word))] == []


@BOTH
def test_no_word_lies_on_another_one(is_narrow):
    for drawing in every_chart(is_narrow):
        words = [(word.text, box_of(word)) for word in shapes(drawing, String)]
        assert [(a[0], b[0]) for a, b in combinations(words, 2) if a[1].touches(b[1])] == []


# --- Importance --------------------------------------------------------------------------------------------------


@BOTH
@pytest.mark.parametrize(
    "places",
    [
        [(50, 75)] * 8,
        [(0, 100)] * 4 + [(100, 100)] * 4,
        [(n, 100 - n) for n in range(40, 48)],
        [(60, 70)] * 8,
    ],
    ids=["one place", "corners", "crowd", "on the lines"],
)
def test_labels_of_the_matrix_touch_neither_each_other_nor_a_dot(is_narrow, places):
    drawing = importance_matrix(matrix(*places), is_narrow=is_narrow)

    labels = [box_of(word) for word in shapes(drawing, String) if word.text in NAMES]
    assert len(labels) == 8
    assert [pair for pair in combinations(labels, 2) if pair[0].touches(pair[1])] == []
    assert [label for label in labels for dot in dots_of(drawing) if label.touches(around(dot))] == []


def dots_of(drawing: Drawing) -> list[Circle]:
    """Without the two of the key."""
    return shapes(drawing, Circle)[:-2]


def around(dot: Circle) -> Box:
    return Box(dot.cx - dot.r, dot.cy - dot.r, dot.cx + dot.r, dot.cy + dot.r)


def is_full(dot: Circle) -> bool:
    return dot.fillColor == palette.BRAND


@BOTH
@pytest.mark.parametrize("apart", range(0, 9, 2))
def test_priority_and_other_dimension_show_where_their_points_touch(is_narrow, apart):
    """The full dot on top, and around it what is left of the ring."""
    places = [(50, 60), (90, 20), (90, 30), (50 + apart // 2, 60)]
    drawing = importance_matrix(matrix(*places), is_narrow=is_narrow)

    ring, full = [dot for dot in dots_of(drawing) if dot.cx < 300]
    assert (is_full(ring), is_full(full)) == (False, True)
    assert hypot(ring.cx - full.cx, ring.cy - full.cy) + ring.r - full.r > 2.5


@BOTH
def test_points_that_touch_have_one_label_of_a_line_each_from_the_top_down(is_narrow):
    drawing = importance_matrix(matrix((50, 60), (51, 62), (90, 90), (50, 61)), is_narrow=is_narrow)

    lines = [
        word for word in shapes(drawing, String) if word.text in ("Visie", "Vertrouwen", "Lokale verankering")
    ]
    assert [word.text for word in lines] == ["Vertrouwen", "Lokale verankering", "Visie"]
    assert len({(word.x, word.textAnchor) for word in lines}) == 1
    steps = [above.y - below.y for above, below in pairwise(lines)]
    assert steps == pytest.approx([steps[0]] * 2)
    assert [line for line in shapes(drawing, Line) if line.strokeWidth == 0.7] == []


@BOTH
@pytest.mark.parametrize("seed", range(12))
def test_leaders_run_through_no_word_and_cross_no_other_leader(is_narrow, seed):
    """In a crowd, so that some labels stand apart from their dots."""
    chance = Random(seed)
    places = [(chance.randint(35, 62), chance.randint(60, 85)) for _ in NAMES]
    drawing = importance_matrix(matrix(*places, line=chance.choice([70.0, None])), is_narrow=is_narrow)

    leaders = [
        (each.x1, each.y1, each.x2, each.y2) for each in shapes(drawing, Line) if each.strokeWidth == 0.7
    ]
    inner = [
        Box(box.left + 0.5, box.bottom + 0.5, box.right - 0.5, box.top - 0.5)
        for box in map(box_of, shapes(drawing, String))
    ]
    assert [(box, leader) for box in inner for leader in leaders if box.is_crossed(leader)] == []
    assert [pair for pair in combinations(leaders, 2) if meet(*pair)] == []


def meet(one: Leader, other: Leader) -> bool:
    """Whether two lines cross, by solving for the place where they would."""
    (x, y, to_x, to_y), (a, b, to_a, to_b) = one, other
    turn = (to_x - x) * (to_b - b) - (to_y - y) * (to_a - a)
    if not turn:
        return False
    at_one = ((a - x) * (to_b - b) - (b - y) * (to_a - a)) / turn
    at_other = ((a - x) * (to_y - y) - (b - y) * (to_x - x)) / turn
    return 0 < at_one < 1 and 0 < at_other < 1


@BOTH
def test_matrix_has_fixed_axes_and_parts_59_from_60(is_narrow):
    drawing = importance_matrix(matrix((0, 0), (59, 50), (60, 50), (100, 100)), is_narrow=is_narrow)

    low, before_line, after_line, high = sorted(dots_of(drawing), key=lambda dot: dot.cx)
    plot = shapes(drawing, Rect)[0]
    line = next(each for each in shapes(drawing, Line) if each.strokeWidth == 1.1)
    assert (low.cx, low.cy, high.cx, high.cy) == pytest.approx(
        (plot.x, plot.y, plot.x + plot.width, plot.y + plot.height)
    )
    assert before_line.cx < line.x1 < after_line.cx


def test_priorities_are_full_dots_and_bold_words():
    drawing = importance_matrix(matrix(*[(20 + 8 * n, 50) for n in range(8)]))

    full = [is_full(dot) for dot in sorted(dots_of(drawing), key=lambda dot: dot.cx)]
    words = sorted(
        (word for word in shapes(drawing, String) if word.text in NAMES),
        key=lambda word: NAMES.index(word.text),
    )
    bold = [word.fontName for word in words]
    assert full == [True] * 3 + [False] * 5
    assert len(set(bold[:3])) == len(set(bold[3:])) == 1
    assert bold[0] != bold[3]


def test_matrix_without_a_line_has_only_what_is_important():
    drawn = told(importance_matrix(matrix((50, 75), line=None)))

    assert [name for name in ("Prioritair", "Later", "Behouden", "Bewaken") if name in drawn] == [
        "Prioritair",
        "Behouden",
    ]


def test_label_takes_the_nearest_free_place():
    bounds = Box(0, 0, 100, 100)
    middle, edge = (Label((Dot(x, 50, 4),), 20, 10) for x in (50, 90))
    first, second = place([middle, middle], bounds=bounds, taken=[], lines=[])

    assert (first.box.left, second.box.right) == (58, 42)
    assert place([edge], bounds=bounds, taken=[], lines=[])[0].box.right == 82
    assert (first.leader, second.leader) == (None, None)


def test_label_without_room_on_one_side_of_a_line_lies_on_it():
    line = Box(49, 0, 51, 100)
    (placed,) = place([Label((Dot(50, 50, 4),), 90, 10)], bounds=Box(0, 0, 100, 100), taken=[], lines=[line])

    assert placed.box.touches(line)


def test_label_stays_at_the_side_of_a_line_on_which_its_dot_is():
    line = Box(58, 0, 60, 100)
    bounds = Box(0, 0, 200, 100)
    (near,) = place([Label((Dot(50, 50, 4),), 30, 10)], bounds=bounds, taken=[], lines=[line])
    (far,) = place(
        [Label((Dot(50, 50, 4),), 30, 10)], bounds=bounds, taken=[Box(0, 0, 40, 100)], lines=[line]
    )

    assert near.box.right < 58
    assert far.box.left > 60  # where there is no room


# --- Statements --------------------------------------------------------------------------------------------------


@BOTH
def test_cell_has_its_score_and_its_answer_or_says_that_it_is_not_shown(is_narrow):
    statements = make_report(small_result()).result.statements
    drawn = told(heat_table(statements, is_narrow=is_narrow))

    scores = [
        str(each.score) for group in statements.groups for each in group.statements if each.score is not None
    ]
    assert [word for word in drawn if word.isdigit()] == scores
    assert drawn.count("niet getoond") == 32 - len(scores)


@BOTH
@pytest.mark.parametrize("answer", ["helemaal niet akkoord", "grotendeels helemaal oneens ermee"])
def test_answer_stands_free_of_the_borders_of_its_cell(is_narrow, answer):
    statements = make_report(large_result()).result.statements
    told_ones = tuple(
        replace(each, answer=answer, has_two_camps=False) for each in statements.groups[0].statements
    )
    groups = (replace(statements.groups[0], statements=told_ones),)
    drawing = heat_table(replace(statements, groups=groups), is_narrow=is_narrow)

    cells = [Box(each.x, each.y, each.x + each.width, each.y + each.height) for each in shapes(drawing, Rect)]
    inside = [word for word in shapes(drawing, String) if word.text in answer or word.text.isdigit()]
    assert len(inside) >= 8
    for word in inside:
        width = text_width(word.text, word.fontName, word.fontSize)
        below, above = word.y - 0.2 * word.fontSize, word.y + 0.75 * word.fontSize
        around = Box(word.x - 2, below, word.x + width + 2, above)
        assert any(cell.holds(around) for cell in cells), word.text


def test_longest_answer_stands_on_one_line_on_paper():
    told_answers = told(heat_table(make_report(final_result()).result.statements))

    assert "helemaal niet akkoord" in told_answers


def test_table_keeps_away_from_the_words_before_it():
    drawing = heat_table(make_report(final_result()).result.statements)

    assert max(box_of(word).top for word in shapes(drawing, String)) <= drawing.height - 8


def test_two_camps_are_two_dots_with_a_key():
    statements = make_report(final_result()).result.statements
    drawing = heat_table(statements)

    n_camps = sum(each.has_two_camps for group in statements.groups for each in group.statements)
    assert n_camps > 0
    assert len(shapes(drawing, Circle)) == 2 * n_camps + 2
    assert any(word.startswith("twee groepen:") for word in told(drawing))


HOUSE_COLOURS = pytest.mark.parametrize(
    "colour", ["#0b4f9e", "#c03000", "#00a0a0", "#ffcc00", "#e30613", "#7a1fa2", "#444444", "#000000"]
)


def contrast(one: Color, other: Color) -> float:
    """WCAG 2.2, 1 to 21."""
    dark, light = sorted(map(palette.luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


@HOUSE_COLOURS
def test_words_stand_out_from_every_tint(colour):
    steps = palette.steps_of(palette.readable(HexColor(colour)))

    assert min(contrast(*pair) for pair in zip(steps, palette.ON_STEPS, strict=True)) >= 4.5


@HOUSE_COLOURS
def test_tints_are_told_apart_in_black_and_white(colour):
    """The darkest two most of all: their numbers are white on both."""
    steps = palette.steps_of(palette.readable(HexColor(colour)))

    lightness = [palette.luminance(each) for each in steps]
    assert lightness == sorted(lightness, reverse=True)
    assert min(contrast(*pair) for pair in pairwise(steps)) >= 1.25
    assert contrast(*steps[3:]) >= 1.75


def agreement_with(*shares: tuple[int, ...]) -> list[Agreement]:
    """Of the large forum, with bars of these shares."""
    told_ones = make_report(large_result()).result.agreement
    return [replace(told_ones[0], spread=tuple(map(statement, shares)))]


@BOTH
@pytest.mark.parametrize(
    "shares, expected",
    [
        ([(10, 20, 5, 40, 25)], 5),
        ([(25, 10, 65)], 3),
        ([(25, 10, 65), (10, 20, 5, 40, 25)], 8),
    ],
    ids=["five", "three", "both"],
)
def test_key_names_every_part_of_the_bars_in_its_tint(is_narrow, shares, expected):
    told_ones = agreement_with(*shares)
    classes = classes_of(told_ones)
    key = spread_key(classes, is_narrow=is_narrow)

    drawn = {part.fillColor for part in shapes(spread_bars(told_ones[0].spread), Rect)}
    assert {swatch.fillColor for swatch in shapes(key, Rect)} == drawn
    assert told(key) == [name for each in classes for name in each]
    assert len(told(key)) == expected
    assert all(name in key_in_words(classes) for name in told(key))
    boxes = [box_of(word) for word in shapes(key, String)]
    boxes += [Box(each.x, each.y, each.x + each.width, each.y + each.height) for each in shapes(key, Rect)]
    assert [pair for pair in combinations(boxes, 2) if pair[0].touches(pair[1])] == []
    assert all(Box(0, 0, key.width, key.height).holds(box) for box in boxes)


def test_key_has_the_words_of_the_questionnaire_from_disagreeing_to_agreeing():
    (answers,) = classes_of(agreement_with((10, 20, 5, 40, 25)))

    assert answers == (
        "helemaal niet akkoord",
        "eerder niet akkoord",
        "tussen beide",
        "eerder akkoord",
        "helemaal akkoord",
    )


@BOTH
def test_parts_of_a_bar_are_as_wide_as_their_shares(is_narrow):
    drawing = spread_bars([statement((25, 0, 75)), statement((10, 20, 5, 40, 25))], is_narrow=is_narrow)

    parts = shapes(drawing, Rect)
    whole = sum(part.width for part in parts[:2])
    assert [part.width / whole for part in parts] == pytest.approx([0.25, 0.75, 0.1, 0.2, 0.05, 0.4, 0.25])


def test_shares_that_add_to_101_fill_a_bar_and_no_more():
    drawing = spread_bars([statement((34, 34, 33))])

    assert sum(part.width for part in shapes(drawing, Rect)) == pytest.approx(
        drawing.width - shapes(drawing, Rect)[0].x
    )


# --- Black and white ---------------------------------------------------------------------------------------------
# Two rounds in one chart: test_dumbbell.py. Kinds of moments of a track: track/test_year.py.


@pytest.mark.parametrize("shares", [(20, 20, 20, 20, 20), (30, 30, 40)], ids=["five", "three"])
def test_parts_beside_each_other_differ_in_black_and_white(shares):
    parts = [part.fillColor for part in shapes(spread_bars([statement(shares)]), Rect)]

    assert len(parts) == len(shares)
    assert min(contrast(*pair) for pair in pairwise(parts)) >= 1.25


def test_cells_with_different_answers_differ_in_black_and_white():
    statements = make_report(final_result()).result.statements
    every = [each for group in statements.groups for each in group.statements]
    answers = {each.option: each.answer for each in every if each.option}
    fills = {each.fillColor for each in shapes(heat_table(statements), Rect)}

    assert len(answers) == len(set(answers.values())) == len(fills)
    ordered = sorted(fills, key=palette.luminance)
    assert min(contrast(*pair) for pair in pairwise(ordered)) >= 1.25


@BOTH
def test_priority_and_other_dimension_differ_in_black_and_white(is_narrow):
    full, ring = shapes(importance_matrix(matrix((20, 20)), is_narrow=is_narrow), Circle)[-2:]

    assert contrast(full.fillColor, ring.fillColor) >= 4.5
    assert contrast(ring.strokeColor, ring.fillColor) >= 4.5


@BOTH
def test_own_score_and_forum_differ_in_shape(is_narrow):
    own = Own("Visie", 60, 40, 6, "forum 40")
    drawing = own_plot([own], [Band("Sturend", 0)], ("uw score", "het forum"), is_narrow=is_narrow)

    dots, squares = shapes(drawing, Circle), [each for each in shapes(drawing, Rect) if each.strokeColor]
    assert len(dots) == len(squares) == 2  # in the key and on the line
    assert contrast(dots[0].fillColor, squares[0].fillColor) >= 4.5


@BOTH
def test_score_and_target_differ_in_shape(is_narrow):
    drawing = dot_plot(
        [Score("Visie", 60, 4, "marge 4", target=60)], [Band("Sturend", 0)], is_narrow=is_narrow
    )

    (dot,) = shapes(drawing, Circle)
    pennant, _ = [
        each for each in shapes(drawing, Rect) if each.fillColor == palette.INK
    ]  # and one in the key
    assert dot.cx == pennant.x
    assert not around(dot).holds(
        Box(pennant.x, pennant.y, pennant.x + pennant.width, pennant.y + pennant.height)
    )


# --- The year and the emblem -------------------------------------------------------------------------------------


@BOTH
def test_year_has_a_fixed_scale_and_joins_only_what_may_be_compared(is_narrow):
    joined = year_line(year(0, 100), is_narrow=is_narrow)
    apart = year_line(year(0, 100, is_joined=False), is_narrow=is_narrow)

    low, high = shapes(joined, Circle)
    scale = [line.y1 for line in shapes(joined, Line) if line.strokeColor == palette.HAIR]
    assert (low.cy, high.cy) == pytest.approx((scale[0], scale[-1]))
    slanted = [
        [line for line in shapes(drawing, Line) if line.x1 != line.x2 and line.y1 != line.y2]
        for drawing in (joined, apart)
    ]
    assert [len(each) for each in slanted] == [1, 0]


@BOTH
def test_margin_of_a_year_shows_beside_its_dot_however_small(is_narrow):
    """A margin of 2 is as high as the dot on paper."""
    drawing = year_line(year(50, 60, is_joined=False), is_narrow=is_narrow)

    dot = shapes(drawing, Circle)[0]
    caps = [
        line for line in shapes(drawing, Line) if line.strokeColor == palette.BRAND and line.y1 == line.y2
    ]
    assert len(caps) == 4
    assert [cap for cap in caps if cap.x2 - cap.x1 < 3 * dot.r] == []


@BOTH
def test_rounds_close_to_each_other_do_not_touch(is_narrow):
    words = shapes(year_line(year(40, 45, 50, apart=0.02), is_narrow=is_narrow), String)

    names = [box_of(word) for word in words if word.text.startswith(("Tussen", "25"))]
    assert len(names) == 6
    assert [pair for pair in combinations(names, 2) if pair[0].touches(pair[1])] == []


def test_rounds_far_from_each_other_have_their_names_on_one_row():
    drawn = [year_line(year(40, 45, 50, apart=apart)) for apart in (0.5, 0.02)]

    rows = [{word.y for word in shapes(each, String) if word.text == "Tussenmeting"} for each in drawn]
    assert [len(each) for each in rows] == [1, 3]
    assert drawn[0].height < drawn[1].height


def test_emblem_has_a_fixed_scale_no_ground_and_a_gap_where_nothing_is_shown():
    def line(*scores: int | None) -> list[Line]:
        drawing = emblem(scores, size=100, ink=palette.BRAND, net=palette.HAIR)
        assert not shapes(drawing, Rect)
        return [each for each in shapes(drawing, Line) if each.strokeColor == palette.BRAND]

    small, large = line(*[20] * 8), line(*[100] * 8)
    assert large[0].y1 - 50 == pytest.approx(5 * (small[0].y1 - 50))
    assert len(line(20, None, *[20] * 6)) == 6
