import numpy as np
import pytest
from scipy import stats

from assessment.scoring.reliability import (
    alpha_if_dropped,
    cronbach_alpha,
    dimension_reliability,
    feldt_interval,
    item_rest_correlations,
    omega_total,
    pooled_covariance,
)

LOADINGS = np.array([0.8, 0.7, 0.6, 0.5])
ONE_FACTOR = np.outer(LOADINGS, LOADINGS) + np.diag(1 - LOADINGS**2)


@pytest.fixture
def pooled():
    """60 complete rows of four related items in six clusters with levels of their own, and one incomplete row."""
    rng = np.random.default_rng(11)
    common, own = rng.normal(size=(60, 1)), rng.normal(size=(60, 4))
    matrix = common + own + 10 * np.repeat(np.arange(6), 10)[:, np.newaxis]
    return np.vstack([matrix, [np.nan, 1, 2, 3]]), ["forum"] + [f"f{i // 10}" for i in range(1, 60)] + ["f9"]


def test_pooled_covariance_of_one_cluster_is_the_ordinary_one(pooled):
    matrix = pooled[0][:60]
    covariance, df = pooled_covariance(matrix, ["one"] * 60)
    np.testing.assert_allclose(covariance, np.cov(matrix.T))
    assert df == 59


def test_cluster_of_an_incomplete_row_costs_no_degree_of_freedom(pooled):
    _, df = pooled_covariance(*pooled)
    assert df == 60 - 7


@pytest.mark.parametrize("clusters", [["a", "b"], ["a"]])
def test_pooling_needs_more_rows_than_clusters_and_a_cluster_a_row(clusters):
    with pytest.raises(ValueError, match="cluster"):
        pooled_covariance([[1, 2], [3, 4]], clusters)


def test_alpha_needs_two_items_and_a_positive_sum():
    with pytest.raises(ValueError, match="at least 2"):
        cronbach_alpha([[1]])
    assert cronbach_alpha([[1, -1], [-1, 1]]) is None


def test_covariance_must_be_square():
    with pytest.raises(ValueError, match="square"):
        cronbach_alpha([[1, 2, 3], [2, 3, 4]])


def test_feldt_interval_uses_the_f_distribution():
    low, high = feldt_interval(0.8, 100, 4)
    assert low == pytest.approx(1 - 0.2 * stats.f.isf(0.025, 100, 300), abs=1e-9)
    assert high == pytest.approx(1 - 0.2 * stats.f.isf(0.975, 100, 300), abs=1e-9)


def test_weak_item_shows_in_what_alpha_would_be_without_it():
    weak = ONE_FACTOR.copy()
    weak[3, :3] = weak[:3, 3] = 0.02
    assert alpha_if_dropped(weak)[3] > cronbach_alpha(weak) + 0.03
    assert item_rest_correlations(weak)[3] < 0.30


def test_constant_item_has_no_correlation_and_no_omega():
    constant = np.diag([1.0, 1.0, 0.0])
    assert item_rest_correlations(constant) == [0, 0, None]
    assert item_rest_correlations(np.diag([1.0, 0.0, 0.0])) == [None, None, None]
    assert omega_total(constant) is None


def test_omega_does_not_depend_on_the_sign_of_the_factor():
    assert omega_total(ONE_FACTOR) == pytest.approx(0.74945, abs=1e-5)


def test_all_coefficients_of_one_dimension(pooled):
    found = dimension_reliability(*pooled)
    assert (found["n"], found["df"]) == (60, 53)
    assert found["alpha_interval"] == feldt_interval(found["alpha"], 53, 4)
    assert found["alpha_interval"][0] < found["alpha"] < found["alpha_interval"][1]
    assert found["omega"] == pytest.approx(found["alpha"], abs=0.05)
    assert len(found["alpha_if_dropped"]) == len(found["item_rest"]) == 4
    assert dimension_reliability(*pooled, min_complete=60) == found
    assert dimension_reliability(*pooled, min_complete=61) is None
