"""Rule family 3: the frame functions, and the arrays behind them for many forums at once."""

import numpy as np
import pandas as pd
import pytest

from assessment.scoring.dimensions import (
    delegation_means,
    delegation_shares,
    delegation_totals,
    forum_means,
    response_scores,
)
from assessment.scoring.votes import dimension_scores, leave_one_out, means_by, one_vote, spread_by
from tests.assessment.scoring.notation import CODES, answers_frame, golden, respondent

BLOCKS = [slice(4 * d, 4 * d + 4) for d in range(8)]


@pytest.fixture
def mini():
    """The worked example of section 22."""
    return answers_frame(golden("MINI-01")["args"]["answers"]["$answers"])


def test_response_scores_of_the_worked_example(mini):
    scores = response_scores(mini).set_index("response")
    assert scores["score"].dropna().round(3).to_dict() == {
        "r01": 56.25, "r02": 75, "r03": 50, "r04": 31.25, "r05": 66.667, "r06": 87.5, "r07": 75, "r08": 25, "r10": 100,
    }  # fmt: skip
    assert np.isnan(scores.loc["r09", "score"])
    assert scores.loc["r09", ["answered", "dont_know", "asked"]].tolist() == [2, 2, 4]
    assert pd.isna(scores.loc["r10", "delegation"])


def test_response_scores_have_a_row_for_each_dimension_that_was_asked():
    frame = answers_frame([respondent(1, delegation=None, group="support_and_partners")])
    assert response_scores(frame)["dimension"].tolist() == [code for code in CODES if code != "LOK"]


def test_response_scores_ask_for_all_columns(mini):
    with pytest.raises(ValueError, match="columns kind"):
        response_scores(mini.drop(columns="kind"))


def test_three_of_four_answers_make_a_score_and_two_do_not():
    frame = answers_frame([respondent(1, delegation="a", marks="5x4-")])
    assert response_scores(frame)["score"].isna().all()
    assert response_scores(frame, min_answered=2)["score"].tolist() == [87.5] * 8


def test_delegation_means_of_the_worked_example(mini):
    scores = response_scores(mini).rename(columns={"score": "value"})
    own = delegation_means(scores, "dimension").set_index("delegation")
    assert own["value"].round(3).to_dict() == {
        "a": 65.625, "b": 50, "c": 31.25, "d": 66.667, "e": 87.5, "f": 75, "g": 25,
    }  # fmt: skip
    assert own["n_responses"].to_dict() == {"a": 2, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1, "g": 1}


def test_forum_means_of_the_worked_example(mini):
    net = forum_means(response_scores(mini).rename(columns={"score": "value"}), "dimension").loc["NET"]
    assert net.round(2).to_dict() == {"mean": 57.29, "sd": 22.94, "n_delegations": 7, "n_responses": 8}


def test_large_delegation_has_one_vote():
    values = pd.DataFrame({"key": "NET", "delegation": [*"aaaa", "b"], "value": [100.0] * 4 + [0.0]})
    assert forum_means(values, "key").loc["NET", "mean"] == 50


def test_nothing_given_gives_empty_frames():
    values = pd.DataFrame({"key": ["NET"], "delegation": ["a"], "value": [np.nan]})
    assert delegation_means(values, "key").empty
    assert forum_means(values, "key").empty


def test_delegation_means_keep_the_keys_apart():
    values = pd.DataFrame({"key": ["NET", "DOE"], "delegation": ["a", "a"], "value": [10.0, 30.0]})
    assert delegation_means(values, "key").to_dict("records") == [
        {"key": "DOE", "delegation": "a", "value": 30, "n_responses": 1},
        {"key": "NET", "delegation": "a", "value": 10, "n_responses": 1},
    ]


def test_shares_need_a_delegation_for_each_value():
    with pytest.raises(ValueError, match="every value needs its delegation"):
        delegation_shares([1, 2], ["a"])


def test_shares_without_answers_are_zero():
    assert delegation_shares([None, None], ["a", "b"]).tolist() == [0, 0, 0, 0, 0]
    assert delegation_shares([], []).tolist() == [0, 0, 0, 0, 0]


def test_delegation_totals_need_six_dimensions():
    six, five = dict.fromkeys(CODES[:6], "3333"), dict.fromkeys(CODES[:5], "3333")
    responses = [
        respondent(1, delegation="a") | {"statements": six | {"VIS": "5555"}},
        respondent(2, delegation="b") | {"statements": five},
    ]
    totals = delegation_totals(response_scores(answers_frame(responses)))
    assert totals.round(3).to_dict() == {"a": 58.333}


def test_leaving_out_one_delegation_ignores_what_it_did_not_give():
    without = leave_one_out(np.array([[10.0, 40.0], [20.0, np.nan], [60.0, 80.0]]))
    assert without.tolist() == [[40, 80], [35, 60], [15, 40]]


def test_many_forums_at_once_are_the_forums_one_by_one():
    rng = np.random.default_rng(3)
    statements = rng.integers(1, 6, (600, 32)).astype(float)
    statements[rng.random(statements.shape) < 0.3] = np.nan
    forum_of_delegation = np.repeat(np.arange(10), 12)
    delegation = rng.integers(0, 120, 600)
    scores, _ = dimension_scores(statements, BLOCKS)
    own, _ = means_by(scores, delegation, 120)
    means, counts = means_by(own, forum_of_delegation, 10)
    spread = spread_by(own, forum_of_delegation, means, counts)
    for forum in range(10):
        rows = forum_of_delegation[delegation] == forum
        alone = one_vote(scores[rows], delegation[rows] - 12 * forum, 12)
        np.testing.assert_allclose(means[forum], alone.mean)
        np.testing.assert_array_equal(counts[forum], alone.n_delegations)
        np.testing.assert_allclose(spread[forum], np.nanstd(alone.by_delegation, axis=0, ddof=1))


def test_answer_without_delegation_has_no_share():
    """Rule 7.1: also beside one that has a delegation."""
    assert delegation_shares([4, 5, 1], ["a", None, "b"]).tolist() == [0.5, 0, 0, 0.5, 0]


def test_row_without_delegation_is_in_no_mean():
    """Rule 3.2: the code -1 is none, and not the last one."""
    means, counts = means_by(np.array([[50.0], [90.0], [70.0]]), np.array([0, -1, 1]), 2)
    assert (means.tolist(), counts.tolist()) == ([[50], [70]], [[1], [1]])
