import numpy as np
import pandas as pd
import pytest

from assessment.scoring.scale import displayed, half_up, level, target_gap, to100, to_signed100, without_noise


def test_scale_keeps_the_shape_of_what_it_gets():
    assert to100(np.array([[1.0, np.nan], [3.0, 5.0]])).tolist()[1] == [50, 100]
    assert to100(pd.Series([2.0, 4.0], index=["a", "b"])).to_dict() == {"a": 25, "b": 75}
    assert to_signed100(pd.Series([2.0])).tolist() == [-50]


def test_array_and_number_are_displayed_alike():
    values = np.array([19.5, 52.5, -2.5, 59.4999999999999, 59.49])
    assert displayed(values).tolist() == [half_up(value) for value in values] == [20, 53, -2, 60, 59]


def test_missing_value_cannot_be_displayed():
    with pytest.raises(ValueError, match="NaN"):
        half_up(float("nan"))


def test_level_follows_other_cuts():
    assert [level(score, cuts=(50,)) for score in (49.4, 49.5, 100)] == [1, 2, 2]


def test_sum_of_tenths_reaches_its_threshold():
    assert 0.1 + 0.2 != 0.3
    assert without_noise(0.1 + 0.2) == 0.3


@pytest.mark.parametrize("target", [0, 6, -1, 2.5, "3"])
def test_target_that_is_no_level_is_refused(target):
    with pytest.raises(ValueError, match="target level"):
        target_gap(50, 60, target)


def test_target_without_interval_is_reached_or_not():
    assert target_gap(57.29, None, 4) == {"status": "not_reached", "levels": 1, "points": 3}
    assert target_gap(61, None, 4) == {"status": "reached", "levels": 0, "points": 0}


def test_gap_to_a_lower_target_is_zero():
    assert target_gap(90, 95, 1) == {"status": "reached", "levels": 0, "points": 0}
