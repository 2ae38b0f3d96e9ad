import pytest

from assessment.scoring.disclosure import publishable, publishable_groups, published_shares


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
