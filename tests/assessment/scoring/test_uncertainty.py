import math

import numpy as np
import pytest
from scipy import stats

from assessment.scoring.uncertainty import SD_FLOOR, Estimate, estimate, standard_error


def test_classical_correction_is_a_special_case():
    """Rule 6.2: with rho 1 and no floor, s · √((1 - f) / n)."""
    assert standard_error(16, 5, 20, rho=1, sd_floor=0) == pytest.approx(16 * math.sqrt(0.75 / 5))


def test_floor_holds_when_everybody_says_the_same():
    found = estimate([50, 50, 50, 50], population=4)
    assert found.sd == 0
    assert found.se == pytest.approx(SD_FLOOR * math.sqrt(0.4 / 4))


def test_floor_is_the_rounding_error_of_four_statements():
    assert pytest.approx(25 / math.sqrt(12 * 4), abs=1e-6) == SD_FLOOR


def test_interval_is_that_of_the_t_distribution():
    values = np.array([31.0, 47.5, 52.0, 66.0, 71.5])
    low, high = stats.t.interval(0.95, 4, loc=values.mean(), scale=stats.sem(values))
    found = estimate(values)
    assert (found.lower, found.upper) == pytest.approx((low, high), abs=1e-10)


def test_interval_may_be_left_uncut():
    assert estimate([0, 0, 40]).lower == 0
    assert estimate([0, 0, 40], bounds=None).lower < 0
    assert estimate([0, 0, 40]).margin == estimate([0, 0, 40], bounds=None).margin


def test_other_centre_keeps_the_deviation():
    found, moved = estimate([40, 50, 60]), estimate([40, 50, 60], mean=52)
    assert (moved.mean, moved.sd, moved.margin) == (52, found.sd, found.margin)
    assert moved.upper == pytest.approx(found.upper + 2)


def test_one_value_has_no_interval():
    assert estimate([50]) == Estimate(50, 1, None, None, 0, None, None, None)
    with pytest.raises(ValueError, match="no interval"):
        _ = estimate([50]).interval


def test_missing_values_drop_out():
    assert estimate([math.nan, 40, 60], population=9) == estimate([40, 60], population=9)
    assert estimate([math.nan]) is None


def test_more_values_than_members_are_refused():
    with pytest.raises(ValueError, match="population of 2"):
        estimate([40, 50, 60], population=2)


@pytest.mark.parametrize("n, population, margin", [(7, 8, 10), (17, 20, 6), (26, 32, 5)])
def test_typical_margins(n, population, margin):
    """Rule 6.5, at a standard deviation of 16."""
    half = standard_error(16, n, population) * stats.t.ppf(0.975, n - 1)
    assert round(half) == margin
