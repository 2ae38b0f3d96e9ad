"""The dumbbell chart: two scores on one fixed axis, told apart without colour, with the conclusion in words."""

from dataclasses import replace

import pytest
from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String

from reports.charts import palette
from reports.charts.change import change_chart
from reports.charts.dumbbell import Dumbbell, End, dumbbells
from reports.pdf.fonts import text_width
from tests.reports.cast import hidden, make_result, measured
from tests.reports.test_charts import BANDS, BOTH, shapes, words
from tests.reports.test_comparison import compared

LEGEND = ("Nulmeting", "Tussenmeting")


def chart(*ends: tuple[int, int, int, int] | None, is_narrow: bool = False, label: str = "Visie") -> Drawing:
    """A line for each pair of scores with their margins."""
    bells = [
        Dumbbell(label, None, "", "", "niet te vergelijken")
        if each is None
        else Dumbbell(
            label,
            (End(*each[:2]), End(*each[2:])),
            f"van {each[0]} naar {each[2]}",
            f"{each[2] - each[0]:+d} (marge 6)",
            "aanwijzing van achteruitgang",
        )
        for each in ends
    ]
    return dumbbells(bells, BANDS, LEGEND, is_narrow=is_narrow)


def dots(drawing: Drawing) -> list[Circle]:
    """Without the two of the legend."""
    return shapes(drawing, Circle)[2:]


@BOTH
def test_rounds_are_told_apart_without_colour(is_narrow):
    first, second = dots(chart((37, 5, 63, 5), is_narrow=is_narrow))

    assert (first.fillColor, first.strokeColor) == (palette.PAPER, palette.INK)  # an open ring, higher up
    assert second.fillColor == palette.BRAND
    assert first.cy > second.cy
    assert words(chart((37, 5, 63, 5), is_narrow=is_narrow))[:2] == list(LEGEND)


@BOTH
def test_axis_is_fixed_whatever_the_scores(is_narrow):
    low, high = (dots(chart((score, 0, score, 0), is_narrow=is_narrow))[0].cx for score in (0, 100))
    first, second = dots(chart((25, 0, 75, 0), is_narrow=is_narrow))

    assert first.cx == pytest.approx(low + (high - low) / 4)
    assert second.cx == pytest.approx(low + (high - low) * 3 / 4)


@BOTH
def test_margins_stand_in_their_own_lane_and_never_off_the_axis(is_narrow):
    drawing = chart((3, 10, 97, 10), is_narrow=is_narrow)
    first, second = dots(drawing)
    low, high = (dots(chart((score, 0, score, 0), is_narrow=is_narrow))[0].cx for score in (0, 100))

    bars = [line for line in shapes(drawing, Line) if line.strokeWidth == 1.4]
    assert [(bar.y1, bar.y2) for bar in bars] == [(first.cy, first.cy), (second.cy, second.cy)]
    assert (bars[0].x1, bars[1].x2) == (low, high)


@BOTH
def test_conclusion_stands_in_words(is_narrow):
    drawn = words(chart((63, 5, 37, 5), is_narrow=is_narrow))

    assert {"Visie", "van 63 naar 37", "-26 (marge 6)"} <= set(drawn)
    assert "aanwijzing van achteruitgang" in " ".join(drawn)


@BOTH
def test_what_cannot_be_compared_has_words_and_no_dot(is_narrow):
    drawing = chart(None, is_narrow=is_narrow)

    assert "niet te vergelijken" in words(drawing)
    assert dots(drawing) == []


@BOTH
def test_no_word_reaches_off_the_drawing_or_over_another(is_narrow):
    label = "Afstemming van samenwerkingsverbanden en schalen"
    drawing = chart((0, 9, 100, 9), (100, 9, 0, 9), None, is_narrow=is_narrow, label=label)
    boxes = []

    for word in shapes(drawing, String):
        width = text_width(word.text, word.fontName, word.fontSize)
        left = word.x - {"start": 0, "middle": width / 2, "end": width}[word.textAnchor]
        assert left >= 0, word.text
        assert left + width <= drawing.width, word.text
        boxes.append((left, left + width, word.y, word.y + word.fontSize * 0.7, word.text))

    touching = [
        (one[4], other[4])
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
        if one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
    ]
    assert touching == []


@BOTH
def test_target_is_a_flag_where_its_level_begins_and_is_explained(is_narrow):
    bell = Dumbbell("Visie", (End(37, 5), End(63, 5)), "van 37 naar 63", "+26", "vooruitgang", target=60)
    drawing = dumbbells([bell], BANDS, LEGEND, legend="Vaantje: het streefniveau.", is_narrow=is_narrow)
    at_60 = dots(chart((60, 0, 60, 0), is_narrow=is_narrow))[0].cx

    assert [rect.x for rect in shapes(drawing, Rect) if rect.fillColor == palette.INK] == [at_60, 3]
    assert "Vaantje: het streefniveau." in words(drawing)
    assert "Vaantje: het streefniveau." not in words(
        dumbbells([replace(bell, target=None)], BANDS, LEGEND, legend="Vaantje: het streefniveau.")
    )


def test_chart_follows_the_comparison():
    told = compared(make_result(VIS=hidden(), VER=measured(40, 5)), make_result(VER=measured(62, 5)))

    drawn = words(change_chart(told.changes, names=told.names, levels=told.levels))

    counts = [drawn.count(words) for words in ("niet te vergelijken", "van 40 naar 62", "vooruitgang")]
    assert counts == [1, 1, 1]
    assert len(dots(change_chart(told.changes, names=told.names, levels=told.levels))) == 14
