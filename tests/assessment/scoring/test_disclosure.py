import pytest

from assessment.scoring.disclosure import (
    has_enough,
    may_compare,
    may_show_indices,
    publishable,
    publishable_groups,
    published_shares,
    shown_statement,
    whole_breakdown,
)


@pytest.mark.parametrize(
    "n, delegations, shown", [(5, 3, True), (4, 3, False), (5, 2, False), (30, 2, False)]
)
def test_both_thresholds_count(n, delegations, shown):
    assert publishable(n, delegations) is shown


def test_smallest_group_goes_first_and_ties_go_by_name():
    assert publishable_groups({"b": 6, "a": 6, "c": 4}) == ["b"]
    assert publishable_groups({"ba": 6, "ab": 6, "c": 4}) == ["ba"]
    assert publishable_groups({"a": 9, "b": 6, "c": 4, "d": 2}) == ["a", "b"]
    assert publishable_groups({}) == []


def test_small_groups_that_make_k_together_hide_no_other_group():
    assert publishable_groups({"a": 9, "b": 3, "c": 2}) == ["a"]
    assert publishable_groups({"a": 9, "b": 2, "c": 2}) == []


def test_empty_group_hides_nothing():
    assert publishable_groups({"a": 5, "b": 0}) == ["a"]


def test_unanimous_disagreement_is_not_told_at_any_size():
    assert published_shares([1, 0, 0, 0, 0], 40) is None
    assert published_shares([0.7, 0.2 + 0.1, 0, 0, 0], 12) is None


def test_single_other_answer_is_told():
    assert published_shares([0.9, 0, 0.1, 0, 0], 10) == {"classes": 3, "percent": [90, 10, 0]}


@pytest.mark.parametrize("n, classes", [(10, 3), (14, 3), (15, 5), (40, 5)])
def test_number_of_classes_follows_the_number_of_answers(n, classes):
    assert published_shares([0.2] * 5, n)["classes"] == classes


def test_each_percentage_is_rounded_by_itself():
    assert published_shares([0, 1 / 3, 1 / 3, 1 / 3, 0], 12)["percent"] == [33, 33, 33]
    assert published_shares([0.125, 0, 0.375, 0.5, 0], 12)["percent"] == [13, 38, 50]


DIMENSION = {"published": True, "n_responses": 8, "n_delegations": 7}
STATEMENT = {
    "published": True,
    "n_responses": 8,
    "display": 64,
    "agreement": "agreed",
    "two_camps": None,
    "shares": None,
}
NOTHING = dict.fromkeys(("n_responses", "display", "agreement", "two_camps", "shares"))


@pytest.mark.parametrize(
    "answers, dimension, display",
    [
        (8, {}, 64),
        (7, {}, None),
        (9, {}, None),
        (30, {"n_responses": 31, "n_delegations": 25}, None),
        (8, {"published": False}, None),
    ],
)
def test_score_of_a_statement_needs_as_many_answers_as_its_dimension(answers, dimension, display):
    shown = shown_statement(STATEMENT | {"n_responses": answers}, DIMENSION | dimension)
    assert (shown["display"], shown["n_responses"]) == (display, display and answers)


SPREAD = {"agreement": "agreed", "two_camps": False, "shares": {"classes": 3, "percent": [10, 20, 70]}}


def test_words_on_spread_need_ten_answers_as_percentages_do():
    few, many = (
        shown_statement(STATEMENT | {"n_responses": n} | more, DIMENSION | {"n_responses": n})
        for n, more in ((9, {}), (10, SPREAD))
    )
    assert few == NOTHING | {"n_responses": 9, "display": 64}
    assert many == {"n_responses": 10, "display": 64} | SPREAD


def test_percentages_go_where_the_score_goes_and_words_stay():
    shown = shown_statement(STATEMENT | SPREAD | {"n_responses": 12}, DIMENSION | {"n_responses": 11})
    assert shown == NOTHING | {"agreement": "agreed", "two_camps": False}


def test_nothing_is_shown_of_a_statement_that_is_not_published():
    assert shown_statement({"published": False}, DIMENSION) == NOTHING
    assert shown_statement({"published": False}, {"published": False}) == NOTHING


def test_breakdown_is_whole_or_not_there():
    assert whole_breakdown({"mayors": 8, "other_local_members": 6}) == {"mayors": 8, "other_local_members": 6}
    assert whole_breakdown({"mayors": 9, "other_local_members": 3}) is None
    assert whole_breakdown({"mayors": 12}) is None


def test_one_number_needs_one_answer_whatever_the_threshold():
    assert [has_enough(n, k) for n, k in ((5, 5), (4, 5), (0, 0), (1, 0))] == [True, False, False, True]


@pytest.mark.parametrize(
    "responses, entry, may",
    [
        (6, {"published": True, "n_responses": 6}, True),
        (5, {"published": True, "n_responses": 5}, False),
        (8, {"published": True, "n_responses": 5}, False),
        (8, {"published": False}, False),
    ],
)
def test_comparing_needs_six_in_the_forum_and_in_the_dimension(responses, entry, may):
    forum = {"response": {"responses": responses}, "dimensions": {"VIS": entry}}
    assert may_compare(forum, "VIS") is may
    assert may_compare(forum, "VER") is False


@pytest.mark.parametrize(
    "entry, may",
    [
        ({"published": True, "n_responses": 12, "annex": {"rwg": 0.7}}, True),
        ({"published": True, "n_responses": 11, "annex": {"rwg": 0.7}}, False),
        ({"published": True, "n_responses": 12, "annex": None}, False),
        ({"published": False}, False),
    ],
)
def test_indices_need_a_score_of_everybody_who_answered(entry, may):
    forum = {"response": {"responses": 12}, "dimensions": {"VIS": entry}}
    assert may_show_indices(forum, "VIS") is may
