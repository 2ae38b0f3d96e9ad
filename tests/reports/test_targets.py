"""Target levels in the report: a flag on the chart, a column, and a sentence that says how the score stands to them."""

import datetime

import pytest
from reportlab.graphics.shapes import Circle, Line, Rect, String

from assessment.actions.choosing import Chosen
from reports.charts.dot_plot import Band, Dot, dot_plot
from reports.charts.profile import profile_plot
from reports.pdf.forum import forum_pdf
from tests.reports.cast import hidden, make_report, make_result, measured, unpublished
from tests.reports.tagged import TaggedPdf

NET = "netwerkmanagement en procesregie"
DAY = datetime.date(2026, 2, 17)
LEGEND = "Vaantje: hier begint het streefniveau dat het forum zelf koos."
BANDS = [Band(name, start) for name, start in (("A", 0), ("B", 20), ("C", 40), ("D", 60), ("E", 80))]
BOTH = pytest.mark.parametrize("is_narrow", [False, True], ids=["wide", "narrow"])


def report(result, **levels: int):
    return make_report(result, targets={code: Chosen(level, "", DAY) for code, level in levels.items()})


def shapes(drawing, kind: type) -> list:
    return [shape for shape in drawing.contents if isinstance(shape, kind)]


@pytest.mark.parametrize(
    ("entry", "level", "sentence"),
    [
        (
            measured(66, 4),
            4,
            f"Het streefniveau voor {NET} is bereikt: sturend. Nu komt het erop aan dit vast te houden.",
        ),
        (measured(57, 16), 4, f"Het streefniveau voor {NET} ligt binnen de marge: sturend."),
        (measured(50, 4), 4, f"Het streefniveau voor {NET} is nog niet bereikt: sturend."),
        (hidden(), 4, f"Voor {NET} koos het forum als streefniveau: sturend."),
    ],
)
def test_sentence_says_how_the_score_stands_to_the_target(entry, level, sentence):
    [target] = report(make_result(NET=entry), NET=level).targets

    assert (target.sentence, target.chosen_on) == (sentence, "17 februari 2026")


def test_target_that_the_margin_still_leaves_open_is_not_called_reached():
    (target,) = report(make_result(NET=measured(62, 6)), NET=4).targets

    assert target.sentence == (
        "De score voor netwerkmanagement en procesregie ligt op het streefniveau: sturend. "
        "De marge raakt ook het niveau eronder."
    )


def test_target_of_after_the_round_is_only_named():
    """Nobody worked on it when the members answered."""
    later = Chosen(2, "", datetime.date(2026, 3, 4))
    (target,) = make_report(make_result(), targets={"NET": later}).targets

    assert (
        target.sentence
        == "Voor netwerkmanagement en procesregie koos het forum als streefniveau: verkennend."
    )


def test_below_the_threshold_targets_are_told_and_no_more():
    [target] = report(unpublished(), NET=4).targets

    assert target.sentence == f"Voor {NET} koos het forum als streefniveau: sturend."


def test_nothing_is_said_of_a_dimension_without_a_target():
    told = report(make_result(), LER=2)

    assert [each.name for each in told.targets] == ["Leren en zelfevaluatie"]
    assert [each.target for each in told.result.profile.measures].count("") == 7
    assert report(make_result()).targets == ()


def test_description_of_the_chart_names_the_targets():
    told = report(make_result(NET=measured(50, 4), LER=hidden()), NET=4, LER=3).result.profile

    assert (
        "Netwerkmanagement en procesregie: 50 op 100, marge\u00a04. Streefniveau: sturend."
        in told.description
    )
    assert told.description.endswith("Streefniveau: afstemmend.")
    assert [each.target_from for each in told.measures if each.target] == [60, 40]


@BOTH
def test_flag_stands_where_the_level_begins_whatever_the_score(is_narrow):
    dots = [Dot("Visie", 60, 5, "marge 5", target=60), Dot("Leren", None, None, "niet getoond", target=60)]

    drawing = dot_plot(dots, BANDS, legend=LEGEND, is_narrow=is_narrow)

    [dot] = shapes(drawing, Circle)
    poles = [line for line in shapes(drawing, Line) if line.strokeWidth == 1.6]
    assert [(pole.x1, pole.x2) for pole in poles[:2]] == [(dot.cx, dot.cx)] * 2
    assert len(poles) == 3  # one more beside its explanation


@BOTH
def test_flag_is_explained_below_the_axis_and_only_where_there_is_one(is_narrow):
    with_flag = dot_plot(
        [Dot("Visie", 60, 5, "marge 5", target=40)], BANDS, legend=LEGEND, is_narrow=is_narrow
    )
    without = dot_plot([Dot("Visie", 60, 5, "marge 5")], BANDS, legend=LEGEND, is_narrow=is_narrow)

    explained = " ".join(string.text for string in shapes(with_flag, String))
    assert explained.endswith(LEGEND)
    assert LEGEND.split(maxsplit=1)[0] not in " ".join(string.text for string in shapes(without, String))
    assert with_flag.height > without.height


@BOTH
def test_no_flag_reaches_off_the_drawing(is_narrow):
    dots = [Dot("Visie", 50, 5, "marge 5", target=start) for start in (0, 80)]

    drawing = dot_plot(dots, BANDS, legend=LEGEND, is_narrow=is_narrow)

    assert min(rect.x for rect in shapes(drawing, Rect)) >= 0
    assert max(rect.x + rect.width for rect in shapes(drawing, Rect)) <= drawing.width
    assert min(string.y for string in shapes(drawing, String)) >= 0


def test_page_and_pdf_draw_the_same_flags():
    profile = report(make_result(NET=measured(50, 4)), NET=4).result.profile

    wide, narrow = (profile_plot(profile, is_narrow=each) for each in (False, True))

    assert [sum(line.strokeWidth == 1.6 for line in shapes(each, Line)) for each in (wide, narrow)] == [2, 2]


@pytest.mark.parametrize("result", [make_result(NET=measured(57, 16)), unpublished()])
def test_pdf_has_a_chapter_for_what_the_forum_wants_to_reach(result):
    targets = {"NET": Chosen(4, "Het netwerkteam draait.", DAY)}

    pdf = TaggedPdf(forum_pdf(make_report(result, targets=targets)))

    assert "Wat wil het forum zelf bereiken?" in pdf.texts("H2")
    assert {"sturend", "Het netwerkteam draait.", "17 februari 2026"} <= set(pdf.texts("TD"))


def test_pdf_of_a_forum_without_targets_says_nothing_of_them():
    pdf = TaggedPdf(forum_pdf(make_report(make_result())))

    assert "Wat wil het forum zelf bereiken?" not in pdf.texts("H2")
    assert "Streefniveau" not in pdf.texts("TH")
