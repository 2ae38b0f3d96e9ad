"""How little one small forum can show: the figures of docs/scoring.md, tried on forums whose true opinion is known.

Every simulated municipality has an opinion of its own; each time it is asked, its answer strays from it, so that asking
twice gives the reliability of rule 6.1. The spread of answers is 16 points, as in rule 6.5. All draws are seeded.
"""

import re

import numpy as np
import pytest
from scipy import stats

from assessment.scoring.agreement import consensus_rows
from assessment.scoring.change import difference, holm, verdict
from assessment.scoring.scale import half_up
from assessment.scoring.uncertainty import (
    RHO,
    SD_FLOOR,
    estimate,
    half_width,
    smallest_change,
    standard_error,
)
from tests.assessment.scoring.test_documentation import TEXT

SPREAD = 16
DIMENSIONS = 8
FORUMS = 8000
ROUGHLY = 0.02  # nearly four standard errors of a share of 8000 forums
ROW = r"^\| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) % \| (\d+) % \|$"
TABLE = [tuple(map(int, row)) for row in re.findall(ROW, TEXT, re.MULTILINE)]


def simulated_rounds(members, answered, rise=0.0, moving=1, together=0.0):
    """Two rounds of many forums: delegation scores (forums, answered, dimensions), and the true means of the first.

    `rise` is added to the first `moving` dimensions of the second round; `together` is the correlation of the
    dimensions. In each round another random part of the members answers.
    """
    rng = np.random.default_rng(20260303)

    def drawn(variance):
        common = rng.normal(size=(FORUMS, members, 1))
        own = rng.normal(size=(FORUMS, members, DIMENSIONS))
        return SPREAD * np.sqrt(variance) * (np.sqrt(together) * common + np.sqrt(1 - together) * own)

    opinions = 50 + drawn(RHO)
    rounds = []
    for shift in (0.0, rise):
        came = np.argsort(rng.random((FORUMS, members)), axis=1)[:, :answered]
        given = np.take_along_axis(opinions + drawn(1 - RHO), came[:, :, np.newaxis], axis=1)
        given[:, :, :moving] += shift
        rounds.append(given)
    return *rounds, opinions.mean(axis=1)


def compared(members, answered, **situation):
    """Differences and their p, plain and by Holm: (forums, dimensions) each; the test is scipy's own."""
    first, second, _ = simulated_rounds(members, answered, **situation)
    (mean1, se1), (mean2, se2) = (summary(values, members) for values in (first, second))
    size, root = answered, np.sqrt(answered)
    found = stats.ttest_ind_from_stats(mean2, se2 * root, size, mean1, se1 * root, size, equal_var=False)
    return mean2 - mean1, found.pvalue, np.array([holm(row) for row in found.pvalue])


def summary(values, members):
    """Means and standard errors by rule 6.1, as arrays."""
    deviation = np.maximum(values.std(axis=1, ddof=1), SD_FLOOR)
    return values.mean(axis=1), deviation * standard_error(1, values.shape[1], members, sd_floor=0)


def risen(delta, p):
    """Rule 10.4: an interval above zero is a two-sided p below .05 with a positive difference."""
    return (p < 0.05) & (delta >= 5)


@pytest.mark.parametrize("members, answered, margin, change, seen, sure", TABLE)
def test_table_of_small_forums(members, answered, margin, change, seen, sure):
    """Margin and smallest change by formula; how often a rise of 14 points is seen, by simulation."""
    se = standard_error(SPREAD, answered, members)
    delta, plain, adjusted = compared(members, answered, rise=14)

    assert half_up(half_width(se, answered - 1)) == margin
    assert half_up(smallest_change(se, answered)) == change
    assert risen(delta, plain)[:, 0].mean() == pytest.approx(seen / 100, abs=ROUGHLY)
    assert risen(delta, adjusted)[:, 0].mean() == pytest.approx(sure / 100, abs=ROUGHLY)


def test_table_has_the_usual_sizes():
    assert [row[:2] for row in TABLE] == [(5, 5), (8, 7), (13, 11), (20, 17), (32, 26)]


@pytest.mark.parametrize("together, without, with_holm", [(0.0, 1 / 6, 1 / 40), (0.5, 1 / 8, 1 / 50)])
def test_false_progress_somewhere_among_eight_dimensions(together, without, with_holm):
    delta, plain, adjusted = compared(8, 7, together=together)

    assert risen(delta, plain).any(axis=1).mean() == pytest.approx(without, abs=ROUGHLY)
    assert risen(delta, adjusted).any(axis=1).mean() == pytest.approx(with_holm, abs=0.005)


@pytest.mark.parametrize("together, alone", [(0.0, 0.27), (0.5, 0.19)])
def test_lone_indication_up_or_down_is_common_when_nothing_changed(together, alone):
    """One forum in four or five."""
    delta, plain, _ = compared(8, 7, together=together)
    indications = risen(delta, plain) | risen(-delta, plain)

    assert (indications.sum(axis=1) == 1).mean() == pytest.approx(alone, abs=ROUGHLY)


def test_simulation_judges_as_scoring_does():
    first, second, _ = simulated_rounds(8, 7, rise=14)
    delta, _, adjusted = compared(8, 7, rise=14)
    found = [
        [
            verdict(differing(first[f, :, d], second[f, :, d], 8), adjusted[f, d]) == "progress"
            for d in range(DIMENSIONS)
        ]
        for f in range(100)
    ]

    assert found == risen(delta, adjusted)[:100].tolist()


def differing(before, after, members):
    sides = [
        (values.mean(), standard_error(values.std(ddof=1), values.size, members), values.size)
        for values in (before, after)
    ]
    return difference(*sides[0], *sides[1])


@pytest.mark.parametrize("members, answered", [(5, 5), (8, 7), (32, 26)])
def test_true_change_of_the_smallest_visible_size_is_seen_half_of_the_time(members, answered):
    rise = smallest_change(standard_error(SPREAD, answered, members), answered)
    delta, plain, _ = compared(members, answered, rise=rise)

    assert risen(delta, plain)[:, 0].mean() == pytest.approx(0.51, abs=ROUGHLY)


@pytest.mark.parametrize("members, answered, again", [(5, 5, 0.88), (8, 7, 0.87), (20, 17, 0.85)])
def test_interval_holds_the_opinion_of_all_members_in_19_of_20_forums(members, answered, again):
    """Rules 6.1 and 6.4. A second asking falls outside more often: it strays as much as the first."""
    first, second, true = simulated_rounds(members, answered)
    found = [estimate(values, members) for values in first[:, :, 0]]

    def held(means):
        return np.mean([each.lower <= mean <= each.upper for each, mean in zip(found, means, strict=True)])

    assert held(true[:, 0]) == pytest.approx(0.95, abs=0.01)
    assert held(second[:, :, 0].mean(axis=1)) == pytest.approx(again, abs=0.015)


@pytest.mark.parametrize("n, chance", [(5, 0.65), (8, 0.59), (15, 0.53)])
def test_consensus_that_chance_alone_gives_a_dimension(n, chance):
    """Rule 7.3: the point that one of twenty dimensions passes when every answer is equally likely."""
    answers = np.random.default_rng(20260303).integers(5, size=(FORUMS, 4, n))
    shares = np.stack([(answers == category).mean(axis=2) for category in range(5)], axis=2)
    found = consensus_rows(shares.reshape(-1, 5)).reshape(FORUMS, 4).mean(axis=1)

    assert np.quantile(found, 0.95) == pytest.approx(chance, abs=0.008)


def test_smallest_change_is_where_a_verdict_begins():
    """Rule 10.8 against rule 10.4, for two rounds with the same standard error."""
    edge = smallest_change(4.2, 7)

    assert verdict(difference(50, 4.2, 7, 50 + edge + 1e-6, 4.2, 7), p_adjusted=1) == "indication_of_progress"
    assert verdict(difference(50, 4.2, 7, 50 + edge - 1e-6, 4.2, 7), p_adjusted=1) == "within_margin"


def test_smallest_change_is_never_below_the_smallest_that_counts():
    assert smallest_change(0.5, 30) == 5
    assert smallest_change(0.5, 30, min_delta=3) == 3


def test_smallest_change_needs_two_delegations():
    with pytest.raises(ValueError, match="two units"):
        smallest_change(4, 1)
