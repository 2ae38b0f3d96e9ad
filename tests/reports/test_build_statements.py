"""Statements and importance in a report: only what may be shown, in numbers and in words."""

import pytest

from reports.importance import Weighed
from reports.statements import Statement
from tests.reports.cast import hidden, large_result, make_report, make_result, measured, small_result, stated

FIVE = {"classes": 5, "percent": [10, 20, 5, 40, 25]}


def statements_of(**parts):
    return make_report(make_result(**parts)).result.statements


def test_statement_has_its_score_and_the_answer_that_fits_it():
    told = statements_of(items={"VIS1": stated(59, shares=FIVE, n_responses=9), "VIS2": stated(60)})

    first, second = told.groups[0].statements[:2]
    assert first == Statement(
        text="Ik weet welk doel ons forum nastreeft.",
        score=59,
        option=3,
        answer="tussen beide",
        agreement="",
        has_two_camps=False,
        shares=(10, 20, 5, 40, 25),
    )
    assert (second.option, second.answer) == (4, "eerder akkoord")


def test_statement_on_other_answers_than_its_dimension_has_words_and_no_numbers():
    """Rules 13.6 and 13.10."""
    uneven = stated(91, n_responses=12, agreement="divided", two_camps=True, shares=FIVE)
    told = statements_of(items={"VIS1": uneven})

    statement = told.groups[0].statements[0]
    assert (statement.score, statement.option, statement.answer, statement.shares) == (None, None, "", ())
    assert (statement.agreement, statement.has_two_camps) == ("verdeeld", True)
    assert told.notes[0].startswith("Bij sommige stellingen staat geen score.")


def test_spread_is_shown_beside_the_agreement_of_its_dimension():
    told = make_report(make_result(items={"VIS2": stated(shares=FIVE)})).result.agreement

    assert [len(each.spread) for each in told[:2]] == [1, 0]


def test_five_statements_at_each_end_in_order():
    scores = {"VIS1": 90, "VER2": 90, "NET3": 80, "LOK4": 10, "PAR1": 20}
    told = statements_of(items={code: stated(score) for code, score in scores.items()})

    assert [each.score for each in told.highest] == [90, 90, 80, 57, 57]
    assert [each.score for each in told.lowest] == [10, 20, 57, 57, 57]
    assert told.highest[0] == told.groups[0].statements[0]


def test_no_statement_stands_at_both_ends():
    few = {
        f"{code}{n}": {"published": False}
        for code in ("VIS", "VER", "NET", "LOK", "PAR", "MAT")
        for n in (1, 2, 3, 4)
    }

    told = statements_of(items=few)

    assert (told.highest, told.lowest) == ((), ())


def test_below_ten_answers_the_report_says_that_the_spread_is_not_shown():
    assert make_report(small_result()).result.statements.notes[-1] == (
        "De verdeling van de antwoorden tonen we pas vanaf tien antwoorden."
    )
    assert make_report(large_result()).result.statements.notes == ()


# --- Importance --------------------------------------------------------------------------------------------------


def weight(display: int, quadrant: str, score: int = 50, **fields):
    return measured(
        score,
        importance={"score": float(display), "display": display, "n_responses": 9},
        quadrant=quadrant,
        **fields,
    )


def test_importance_stands_beside_the_score_with_its_quadrant():
    told = make_report(make_result(VIS=weight(80, "priority"))).result.importance

    assert told.dimensions[0] == Weighed(
        name="Gedeelde visie en strategische agenda",
        short_name="Visie",
        importance=80,
        score=50,
        quadrant="prioritair",
        meaning="Prioritair: belangrijk en nog ruimte voor groei",
        is_priority=False,
    )
    assert "Gedeelde visie en strategische agenda: belang 80, score 50." in told.description


@pytest.mark.parametrize(
    "more, less, line",
    [(80, 70, 75.0), (75, 75, 75.0), (76, 75, 75.5)],
)
def test_line_parts_the_quadrants_and_tells_nothing_beyond_what_is_displayed(more, less, line):
    others = {code: weight(less, "later") for code in ("VER", "NET", "LOK", "PAR", "MAT", "DOE", "LER")}

    assert make_report(make_result(VIS=weight(more, "priority"), **others)).result.importance.line == line


def test_nothing_is_less_important_when_all_are_equal():
    same = {code: weight(75, "keep", 70) for code in ("VIS", "VER", "NET", "LOK", "PAR", "MAT", "DOE", "LER")}

    assert make_report(make_result(**same)).result.importance.line is None


def test_importance_without_a_score_is_shown_and_has_no_quadrant():
    alone = hidden(importance={"score": 75.0, "display": 75, "n_responses": 9})
    told = make_report(make_result(VIS=alone)).result.importance

    assert (told.dimensions[0].importance, told.dimensions[0].score, told.dimensions[0].quadrant) == (
        75,
        None,
        "",
    )
    assert told.notes == (
        "Een dimensie staat niet in de figuur als haar score of haar belang niet getoond wordt.",
    )
