from assessment.scoring.priorities import (
    choose_priorities,
    importance_line,
    priority_index,
    priority_stability,
    quadrant,
)


def test_no_importance_draws_no_line():
    assert importance_line({"VIS": None}) is None
    assert importance_line({}) is None


def test_equal_importance_lies_on_the_line():
    """Section 19: all importances equal count as at least the line, whatever the noise of a mean."""
    values = dict.fromkeys("ABCDEFG", 0.1 + 0.2)
    assert quadrant(50, values["A"], importance_line(values)) == "priority"


def test_enabling_dimensions_come_first_by_index():
    scores = {"VIS": 10, "VER": 39.4, "NET": 39.5, "DOE": 5}
    importance = {"VIS": 100, "VER": 1, "NET": 100, "DOE": 100}
    assert choose_priorities(scores, importance, {}) == ["VER", "DOE", "VIS"]
    assert choose_priorities(scores | {"NET": 39.4}, importance, {}) == ["NET", "VER", "DOE"]


def test_tie_goes_to_the_lower_score():
    scores, importance = {"VIS": 50, "DOE": 20}, {"VIS": 80, "DOE": 50}
    assert priority_index(80, 50) == priority_index(50, 20) == 40
    assert choose_priorities(scores, importance, {}) == ["DOE", "VIS"]


def test_noise_does_not_break_a_tie():
    scores, importance = {"VIS": 50.0, "DOE": 50.0}, {"VIS": 60.0, "DOE": 60.0 + 1e-12}
    assert choose_priorities(scores, importance, {}, n=1) == ["VIS"]


def test_dont_know_share_reached_by_adding_excludes():
    assert choose_priorities({"VIS": 50}, {"VIS": 50}, {"VIS": 0.1 + 0.2}) == []
    assert choose_priorities({"VIS": 50}, {"VIS": 50}, {"VIS": None}) == ["VIS"]


def test_nothing_eligible_gives_no_priorities():
    assert choose_priorities({"VIS": None, "VER": 40}, {"VIS": 50, "VER": None}, {}) == []
    assert choose_priorities({}, {}, {}) == []


def test_stability_needs_runs_and_four_fifths_of_them():
    assert priority_stability(["NET"], []) == {"NET": False}
    assert priority_stability(["NET"], [["NET"]] * 4 + [["DOE"]]) == {"NET": True}
    assert priority_stability(["NET"], [["NET"]] * 3 + [["DOE"]]) == {"NET": False}
