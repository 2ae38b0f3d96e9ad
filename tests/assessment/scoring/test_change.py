import copy

import pytest
from scipy import stats

from assessment.scoring.change import (
    Difference,
    compare_rounds,
    difference,
    experienced_signal,
    holm,
    verdict,
)
from assessment.scoring.result import forum_result
from tests.assessment.scoring.notation import PARAMETERS, answers_frame, golden, mayors


@pytest.fixture(scope="module")
def rounds():
    """The baseline and the final round of the worked forum."""
    return [
        forum_result(answers_frame(golden(i)["args"]["answers"]["$answers"]), 12, PARAMETERS) for i in IDS
    ]


IDS = ("FORUM-01", "FORUM-02")
BLANK = dict.fromkeys(("delta", "display", "lower", "upper", "margin", "p", "p_adjusted", "signal"))


def changed(result, **changes):
    """A copy of a result with members, rate or version replaced."""
    other = copy.deepcopy(result)
    other["version"] = changes.pop("version", other["version"])
    other["response"] |= changes
    return other


def test_difference_is_the_one_of_welch():
    found = difference(57.3, 6.6, 7, 64.4, 4.4, 8)
    expected = stats.ttest_ind_from_stats(64.4, 4.4 * 8**0.5, 8, 57.3, 6.6 * 7**0.5, 7, equal_var=False)
    assert (found.t, found.p) == pytest.approx((expected.statistic, expected.pvalue), abs=1e-9)
    low, high = stats.t.interval(0.90, found.df, loc=found.delta, scale=found.se)
    assert (found.lower90, found.upper90) == pytest.approx((low, high), abs=1e-9)


def test_difference_needs_two_units_on_both_sides():
    with pytest.raises(ValueError, match="two units"):
        difference(50, 3, 1, 60, 3, 8)


def test_holm_keeps_the_order_and_accepts_nothing():
    assert holm([0.04, 0.01]).tolist() == [0.04, 0.02]
    assert holm([]).tolist() == []


@pytest.mark.parametrize(
    "delta, half, half90, p, code",
    [
        (5, 4.9, 4.0, 0.049, "progress"),
        (5, 4.9, 4.0, 0.05, "indication_of_progress"),
        (5, 5.0, 4.2, 0.049, "stable"),
        (-5, 5.0, 4.2, 0.049, "stable"),
        (4.9, 3.0, 2.5, 0.001, "stable"),
        (-4.9, 3.0, 2.5, 0.001, "stable"),
        (-5, 4.9, 4.0, 0.049, "decline"),
        (-5, 4.9, 4.0, 0.2, "indication_of_decline"),
        (5, 6.0, 5.0, 0.3, "within_margin"),
        (-5, 6.0, 5.0, 0.3, "within_margin"),
        (5 - 1e-12, 4.9, 4.0, 0.01, "progress"),
    ],
)
def test_verdict_at_its_borders(delta, half, half90, p, code):
    diff = Difference(delta, 1, 9, 1, p, delta - half, delta + half, delta - half90, delta + half90)
    assert verdict(diff, p) == code


def test_progress_that_is_experienced_and_measured_is_no_signal():
    assert [experienced_signal(code, 60) for code in ("progress", "indication_of_progress")] == [None, None]
    assert [experienced_signal(code, -60) for code in ("decline", "indication_of_decline")] == [None, None]


def test_entries_of_rounds_that_cannot_be_compared_hold_verdict_and_reason_only(rounds):
    compared = compare_rounds(rounds[0], changed(rounds[1], version="2.0.0"), PARAMETERS)
    blank = {"verdict": "not_comparable", "reason": "other_version"} | BLANK
    assert (compared["comparable"], compared["reason"]) == (False, "other_version")
    assert compared["total"] == blank
    assert compared["dimensions"] == dict.fromkeys(PARAMETERS.dimensions, blank)


def test_minor_version_is_compared(rounds):
    assert compare_rounds(rounds[0], changed(rounds[1], version="1.4.0"), PARAMETERS)["comparable"] is True


@pytest.mark.parametrize(
    "members, comparable", [(9, True), (16, True), (17, False), (8, False), (None, True)]
)
def test_membership_may_change_by_a_quarter(rounds, members, comparable):
    compared = compare_rounds(rounds[0], changed(rounds[1], members=members), PARAMETERS)
    assert compared["reason"] == (None if comparable else "membership_changed")


def test_unpublished_round_comes_before_every_other_reason(rounds):
    nothing = forum_result(answers_frame(mayors(["3333"] * 4)), 40, PARAMETERS)
    compared = compare_rounds(nothing, changed(rounds[1], version="2.0.0"), PARAMETERS)
    assert compared["reason"] == "not_published"
    assert compared["dimensions"]["VIS"]["reason"] == "not_published"


def test_dimension_unpublished_in_one_round_is_left_out_of_holm(rounds):
    first = copy.deepcopy(rounds[0])
    first["dimensions"]["NET"] = {"published": False}
    first["total"] = None
    compared = compare_rounds(first, rounds[1], PARAMETERS)
    assert compared["comparable"] is True
    assert compared["dimensions"]["NET"] == {"verdict": "not_comparable", "reason": "not_published"} | BLANK
    assert compared["total"]["reason"] == "not_published"
    doe = compared["dimensions"]["DOE"]
    assert doe["p_adjusted"] == pytest.approx(7 * doe["p"])


@pytest.mark.parametrize("rate, warned", [(0.6, False), (0.59, True), (None, True)])
def test_thin_round_warns_about_who_answered(rounds, rate, warned):
    compared = compare_rounds(changed(rounds[0], rate=rate), rounds[1], PARAMETERS)
    assert compared["composition_warning"] is warned


def test_displayed_change_is_of_the_displayed_scores(rounds):
    vis = compare_rounds(*rounds, PARAMETERS)["dimensions"]["VIS"]
    assert (round(vis["delta"], 2), vis["display"]) == (1.66, 52 - 51)
