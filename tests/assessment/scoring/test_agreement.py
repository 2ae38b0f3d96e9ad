import math

import numpy as np
import pytest

from assessment.scoring.agreement import (
    average_deviation,
    awg,
    consensus,
    consensus_label,
    over_statements,
    rwg,
    two_camps,
    uniform_variance,
)


def test_consensus_by_hand():
    """Rule 7.1: counts 0 1 2 4 1 with mean 3.625."""
    terms = [1 / 8 * math.log2(1 - 1.625 / 4), 2 / 8 * math.log2(1 - 0.625 / 4)]
    terms += [4 / 8 * math.log2(1 - 0.375 / 4), 1 / 8 * math.log2(1 - 1.375 / 4)]
    assert consensus([0, 1, 2, 4, 1]) == pytest.approx(1 + sum(terms), abs=1e-12)
    assert [round(term, 4) for term in terms] == [-0.094, -0.0613, -0.071, -0.076]


def test_noise_never_takes_consensus_below_zero():
    """Two ends that differ in the tenth decimal give -2.2e-16 before it is cut."""
    assert consensus([0.6153851114812539, 0, 0, 0, 0.6153851115391077]) == 0


@pytest.mark.parametrize("weights", [[], [3], [[1, 2], [3, 4]]])
def test_consensus_needs_two_categories(weights):
    with pytest.raises(ValueError, match="two categories"):
        consensus(weights)


def test_small_groups_need_more_for_mostly_agreed_and_no_more_for_agreed():
    assert [consensus_label(0.62, n) for n in (7, 8)] == ["divided", "mostly_agreed"]
    assert consensus_label(0.80, 3) == "agreed"


def test_noise_does_not_change_a_label():
    assert consensus_label(0.8 - 1e-12, 10) == "agreed"


def test_two_camps_at_the_border_and_below_ten_answers():
    assert two_camps([0.1, 0.2, 0.4, 0.1, 0.2], 10) is True
    assert two_camps([0.1, 0.19, 0.41, 0.1, 0.2], 10) is False
    assert two_camps([0.5, 0, 0, 0, 0.5], 9) is None


@pytest.mark.parametrize("index", [rwg, awg, average_deviation])
@pytest.mark.parametrize("values", [[], [4], [4, math.nan]])
def test_one_answer_has_no_index(index, values):
    assert index(values) is None


@pytest.mark.parametrize("index", [rwg, awg, average_deviation])
def test_missing_answers_drop_out(index):
    assert index([3, 3, math.nan, 4, 4, 2]) == index([3, 3, 4, 4, 2])


def test_statement_without_answers_leaves_no_index():
    values = np.array([[4, np.nan], [3, np.nan], [4, 2]])
    assert rwg(values) is None
    assert over_statements(awg, values) is None


def test_null_variance_of_five_categories_is_the_default():
    assert rwg([4, 4, 4, 5, 5], null_variance=uniform_variance(5)) == rwg([4, 4, 4, 5, 5])


@pytest.mark.parametrize(
    "values, found", [([1, 1, 1, 1, 5], True), ([5, 5, 5, 5, 1], True), ([1, 1, 1, 1, 4], False)]
)
def test_awg_exists_up_to_one_answer_at_the_other_end(values, found):
    """Rule 7.5: with k = 5 the mean may lie from 1.8 to 4.2."""
    assert (awg(values) is not None) is found


def test_two_answers_are_enough_for_an_index():
    assert rwg([4, 5]) == 0.75
    assert average_deviation([4, 5]) == 0.5
    assert awg([3, 3]) == 1
