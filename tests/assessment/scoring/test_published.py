"""What others printed: values of the literature and of other programs, and where there are none, another way to them.

Each test says where its figures stand. Nothing here was computed by this package first.
"""

import itertools

import numpy as np
import pytest
from scipy import optimize, stats

from assessment.scoring.agreement import average_deviation, awg, consensus, rwg, uniform_variance
from assessment.scoring.change import difference, holm
from assessment.scoring.reliability import (
    alpha_if_dropped,
    cronbach_alpha,
    feldt_interval,
    item_rest_correlations,
    omega_total,
    pooled_covariance,
)
from assessment.scoring.uncertainty import standard_error

# --- Printed values ------------------------------------------------------------------------------------------


def test_standard_error_of_cochrans_petition():
    """Cochran (1977), Sampling Techniques, chapter 2: signatures on 50 of the 676 sheets of a petition.

    He gives a total of 19,888, s² = 229.0 and 80 % limits of 18,107 and 21,669 (with z = 1.28 and s = 15.13). With
    rho = 1 and no floor rule 6.1 is his formula.
    """
    sheets = {
        42: 23,
        41: 4,
        36: 1,
        32: 1,
        29: 1,
        27: 2,
        23: 1,
        19: 1,
        16: 2,
        15: 2,
        14: 1,
        11: 1,
        10: 1,
        9: 1,
    }
    sheets |= {7: 1, 6: 3, 5: 2, 4: 1, 3: 1}
    signatures = np.repeat(list(sheets), list(sheets.values()))
    se = standard_error(signatures.std(ddof=1), 50, 676, rho=1, sd_floor=0)
    total = 676 * signatures.mean()

    assert (signatures.sum(), round(signatures.var(ddof=1), 1), round(total)) == (1471, 229.0, 19888)
    assert (total - 1.28 * 676 * se, total + 1.28 * 676 * se) == pytest.approx((18107, 21669), abs=1.5)


def test_consensus_of_the_example_of_agrmt():
    """The R package agrmt (Ruedin), help page of `consensus`, which follows Tastle & Wierman (2007): 0.7256876."""
    assert consensus([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.7256876, abs=5e-8)


def test_null_variance_of_five_categories():
    """James, Demaree & Wolf (1984): two, when all five answers of a scale are equally likely."""
    assert uniform_variance(5) == 2


def test_difference_of_navarros_tutors():
    """Navarro, Learning Statistics with R, section 13.4: grades of 15 and 18 students, by Welch (1947).

    Means 74.533 and 69.056, s 8.999 and 5.775; t = 2.034, df = 23.025, p = .054, interval -0.092 to 11.048.
    """
    found = difference(69.056, 5.775 / 18**0.5, 18, 74.533, 8.999 / 15**0.5, 15)

    assert (round(found.t, 3), round(found.p, 3)) == (2.034, 0.054)
    assert found.df == pytest.approx(23.025, abs=2e-3)
    assert (found.lower, found.upper) == pytest.approx((-0.092, 11.048), abs=2e-3)


def test_difference_as_r_prints_it():
    """Output of R's `t.test`, on statscodes.com: t = 0.51703, df = 9.48, p = 0.617, -1.935420 to 3.093754."""
    first, second = [5.1, 2.0, 4.1, 6.2, 7.1, 8.3], [1.5, 6.4, 3.3, 5.8, 4.8, 7.2, 5.6, 4.5]
    found = difference(np.mean(second), stats.sem(second), 8, np.mean(first), stats.sem(first), 6)

    assert (round(found.t, 5), round(found.df, 2), round(found.p, 3)) == (0.51703, 9.48, 0.617)
    assert (found.lower, found.upper) == pytest.approx((-1.935420, 3.093754), abs=5e-7)


def test_holm_rejects_what_the_r_package_hdlsskst_rejects():
    """Help page of `Holm` (HDLSSkST, after Holm 1979): at alpha .05 the third and the last hypothesis."""
    adjusted = holm([0.50, 0.01, 0.001, 0.69, 0.02, 0.05, 0.0025])

    assert (adjusted < 0.05).tolist() == [False, False, True, False, False, False, True]


def test_feldt_interval_of_statpsych():
    """The R package statpsych (Bonett), `ci.cronbach(.05, .85, 7, 89)` after Feldt (1965): 0.7971254 to 0.8931436.

    It counts n(k - 1) = 534 where Feldt, Woodruff & Salih (1987) and rule 15.3 count (n - 1)(k - 1) = 528, so the
    fifth decimal differs.
    """
    assert feldt_interval(0.85, 88, 7) == pytest.approx((0.7971254, 0.8931436), abs=7e-5)


def test_alpha_of_seven_standardised_items():
    """Flanagan's Cronbach program, example two: 0.720197 for seven items with these correlations."""
    rows = [
        [0.488511, 0.034654, 0.265369, 0.233631, 0.407826, 0.727304],
        [0.353753, 0.335013, 0.126665, 0.340935, 0.469801],
        [0.051373, -0.023473, -0.036648, 0.128127],
        [0.341638, 0.287994, 0.240071],
        [0.101077, 0.227553],
        [0.544652],
    ]
    upper = np.zeros((7, 7))
    upper[np.triu_indices(7, k=1)] = [value for row in rows for value in row]

    assert cronbach_alpha(upper + upper.T + np.eye(7)) == pytest.approx(0.720197, abs=5e-7)


SPEARMAN = np.array(
    [
        [1, 0.485, 0.400, 0.397, 0.295],
        [0.485, 1, 0.397, 0.397, 0.247],
        [0.400, 0.397, 1, 0.335, 0.275],
        [0.397, 0.397, 0.335, 1, 0.195],
        [0.295, 0.247, 0.275, 0.195, 1],
    ]
)


def test_omega_of_spearmans_five_tests():
    """One factor on Spearman's five tests (Harman, Modern Factor Analysis): McDonald's formula on SAS's loadings.

    SAS prints the communalities .49542 .46625 .34391 .32029 .15870 of maximum likelihood; minres comes close to it.
    """
    loadings = np.sqrt([0.49542, 0.46625, 0.34391, 0.32029, 0.15870])
    published = loadings.sum() ** 2 / (loadings.sum() ** 2 + (1 - loadings**2).sum())

    assert omega_total(SPEARMAN) == pytest.approx(published, abs=5e-4)


# --- Another way to the same value -------------------------------------------------------------------------------


def test_omega_does_not_hang_on_the_way_to_the_loadings():
    """Principal axes iterated to a fixed point reach the same least squares as rule 15.4."""
    loadings = np.sqrt(np.full(5, 0.5))
    for _ in range(2000):
        reduced = SPEARMAN - np.eye(5) + np.diag(loadings**2)
        values, vectors = np.linalg.eigh(reduced)
        loadings = np.abs(vectors[:, -1]) * np.sqrt(values[-1])
    by_axes = loadings.sum() ** 2 / (loadings.sum() ** 2 + (1 - loadings**2).sum())

    def misfit(guess):
        return np.square((np.outer(guess, guess) - SPEARMAN)[np.triu_indices(5, k=1)]).sum()

    by_simplex = optimize.minimize(misfit, loadings, method="Nelder-Mead", options={"xatol": 1e-9}).fun

    assert omega_total(SPEARMAN) == pytest.approx(by_axes, abs=1e-6)
    assert by_simplex == pytest.approx(misfit(loadings), rel=1e-6)


def test_omega_of_unequal_spreads_is_that_of_the_loadings_in_points():
    """Rule 15.4 with σ: items that follow one factor exactly give it back, whatever their standard deviations."""
    slopes, errors = np.array([4.0, 1.0, 2.5, 0.5]), np.array([3.0, 2.0, 1.0, 4.0])
    exact = slopes.sum() ** 2 / (slopes.sum() ** 2 + errors.sum())

    assert omega_total(np.outer(slopes, slopes) + np.diag(errors)) == pytest.approx(exact, abs=1e-6)


@pytest.fixture
def answers():
    """Forty people, five items with something in common."""
    rng = np.random.default_rng(4)
    return rng.normal(size=(40, 1)) + rng.normal(size=(40, 5)) * np.array([1, 2, 0.5, 1.5, 3])


def test_alpha_is_that_of_the_variances_of_items_and_sum(answers):
    """Cronbach (1951) in its first form, from the rows and not from a covariance matrix."""
    covariance, _ = pooled_covariance(answers, ["one"] * 40)
    by_rows = 5 / 4 * (1 - answers.var(axis=0, ddof=1).sum() / answers.sum(axis=1).var(ddof=1))

    assert cronbach_alpha(covariance) == pytest.approx(by_rows, abs=1e-12)
    for item, found in enumerate(alpha_if_dropped(covariance)):
        rest = np.delete(answers, item, axis=1)
        by_rows = 4 / 3 * (1 - rest.var(axis=0, ddof=1).sum() / rest.sum(axis=1).var(ddof=1))
        assert found == pytest.approx(by_rows, abs=1e-12)


def test_item_rest_correlations_are_those_of_the_rows(answers):
    covariance, _ = pooled_covariance(answers, ["one"] * 40)
    by_rows = [
        np.corrcoef(answers[:, item], np.delete(answers, item, axis=1).sum(axis=1))[0, 1] for item in range(5)
    ]

    assert item_rest_correlations(covariance) == pytest.approx(by_rows, abs=1e-12)


def test_pooled_covariance_is_the_residual_of_a_regression_on_the_clusters(answers):
    """Rule 15.2 as least squares on a dummy per cluster."""
    clusters = [number % 7 for number in range(40)]
    dummies = np.eye(7)[clusters]
    residual = answers - dummies @ np.linalg.lstsq(dummies, answers, rcond=None)[0]
    covariance, df = pooled_covariance(answers, clusters)

    assert df == 33
    np.testing.assert_allclose(covariance, residual.T @ residual / 33, atol=1e-12)


@pytest.mark.parametrize(
    "values", [[3, 3, 4, 4, 2], [1, 5, 3, 3], [2, 2, 2, 4, 5, 3, 3, 1], [4, 4, 2, 2, 2, 2]]
)
def test_awg_is_one_minus_twice_the_part_of_the_largest_variance(values):
    """Brown & Hauenstein (2005): the largest variance with that mean has all answers at the two ends."""
    k, mean = len(values), np.mean(values)
    at_top = k * (mean - 1) / 4  # may be a fraction of an answer
    largest = (at_top * (5 - mean) ** 2 + (k - at_top) * (1 - mean) ** 2) / (k - 1)

    assert awg(values) == pytest.approx(1 - 2 * np.var(values, ddof=1) / largest, abs=1e-12)


@pytest.mark.parametrize("k", [4, 5, 6])
def test_no_answers_disagree_more_than_those_at_the_two_ends(k):
    """Brown & Hauenstein (2005): -1, the lowest a_wg, belongs to answers that are all 1 or 5; by trying all answers."""
    found = {
        values: awg(values)
        for values in itertools.combinations_with_replacement(range(1, 6), k)
        if len({*values}) > 1
    }
    known = {values: index for values, index in found.items() if index is not None}
    lowest = [values for values, index in known.items() if index == pytest.approx(-1)]

    assert min(known.values()) == pytest.approx(-1)
    assert lowest == [values for values in known if {*values} == {1, 5}]


def test_rwg_and_ad_of_answers_spread_evenly():
    """By hand: one of each answer has s² = 2.5 and AD = 6/5; r_wg below zero is not cut (Lindell & Brandt 1999)."""
    assert rwg([1, 2, 3, 4, 5]) == -0.25
    assert rwg([1, 2, 3, 4, 5], truncate=True) == 0
    assert average_deviation([1, 2, 3, 4, 5]) == 1.2
    assert rwg([[1, 4], [2, 4], [3, 5], [4, 5], [5, 4]]) == pytest.approx(1 - (2.5 + 0.3) / 2 / 2)


@pytest.mark.parametrize("seed", range(5))
def test_holm_is_the_stepwise_procedure(seed):
    """Holm (1979): from the smallest p on, reject while p ≤ alpha / (hypotheses left), and then stop."""
    p_values = np.random.default_rng(seed).beta(0.3, 3, size=8)
    for alpha in (0.01, 0.05, 0.2):
        rejected, left = set(), 8
        for place in np.argsort(p_values):
            if p_values[place] > alpha / left:
                break
            rejected.add(int(place))
            left -= 1
        assert {place for place, p in enumerate(holm(p_values)) if p <= alpha} == rejected
