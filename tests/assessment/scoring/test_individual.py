import json

import pytest

from assessment.scoring.individual import individual_result
from assessment.scoring.result import forum_result
from tests.assessment.scoring.notation import PARAMETERS, answers_frame, mayors, respondent

COMPARISON = ("forum_display", "forum_margin", "position")


def own(marks, forum, **asked):
    frame = answers_frame([respondent(1, delegation="a", marks=marks, **asked)])
    return individual_result(frame, forum, PARAMETERS)


@pytest.fixture(scope="module")
def forum():
    """Six mayors who answer 3 everywhere: every score is 50."""
    return forum_result(answers_frame(mayors(["3333"] * 6)), 8, PARAMETERS)


@pytest.fixture(scope="module")
def forum_of_five():
    return forum_result(answers_frame(mayors(["3333"] * 5)), 8, PARAMETERS)


def test_comparison_needs_six_responses(forum, forum_of_five):
    assert [own("3333", forum)["dimensions"]["VIS"][name] for name in COMPARISON] == [50, 3, "similar"]
    assert [own("3333", forum_of_five)["dimensions"]["VIS"][name] for name in COMPARISON] == [None] * 3


def test_comparison_needs_six_responses_in_the_dimension():
    responses = mayors(["3333"] * 6)
    responses[0]["statements"]["VIS"] = "33xx"
    result = forum_result(answers_frame(responses), 8, PARAMETERS)
    mine = own("3333", result)["dimensions"]
    assert result["dimensions"]["VIS"]["n_responses"] == 5
    assert (mine["VIS"]["forum_display"], mine["VER"]["forum_display"]) == (None, 50)


def test_own_result_needs_no_delegation(forum):
    frame = answers_frame([respondent(1, delegation=None, marks="3333")])

    assert individual_result(frame, forum, PARAMETERS) == own("3333", forum)


@pytest.mark.parametrize("marks, position", [("4433", "similar"), ("4444", "higher"), ("2222", "lower")])
def test_position_is_a_word(forum, marks, position):
    assert own(marks, forum)["dimensions"]["VIS"]["position"] == position


def test_exactly_fifteen_points_is_no_longer_similar(forum):
    forum = forum | {"dimensions": {"VIS": forum["dimensions"]["VIS"] | {"score": 35.0}}}
    assert own("3333", forum)["dimensions"]["VIS"]["position"] == "higher"


def test_nothing_of_an_unpublished_forum_is_told():
    result = forum_result(answers_frame(mayors(["3333"] * 4)), 8, PARAMETERS)
    mine = own("4444", result)
    assert mine["dimensions"]["VIS"] == {
        "asked": True,
        "score": 75.0,
        "display": 75,
        "level": 4,
        "importance": 75.0,
        "statements": {"VIS1": 4, "VIS2": 4, "VIS3": 4, "VIS4": 4},
        "forum_display": None,
        "forum_margin": None,
        "position": None,
    }


def test_partner_is_not_asked_about_the_own_municipality(forum):
    frame = answers_frame([respondent(1, delegation=None, group="support_and_partners", marks="5555")])
    mine = individual_result(frame, forum, PARAMETERS)["dimensions"]
    assert (mine["LOK"]["asked"], mine["LOK"]["statements"], mine["LOK"]["score"]) == (False, {}, None)
    assert (mine["VIS"]["position"], mine["LOK"]["position"]) == ("higher", None)


def test_too_few_own_answers_leave_answers_without_a_score(forum):
    mine = own("4x-3", forum)["dimensions"]["VIS"]
    assert (mine["score"], mine["display"], mine["level"], mine["position"]) == (None, None, None, None)
    assert mine["statements"] == {"VIS1": 4, "VIS2": "WN", "VIS3": None, "VIS4": 3}
    assert mine["forum_display"] == 50


def test_own_priorities_follow_importance_without_the_enabling_rule(forum):
    assert own("1111", forum, importance="51111115")["priorities"] == ["VIS", "LER", "VER"]
    assert own("1111", forum, importance="")["priorities"] == []


def test_own_result_is_plain_json(forum):
    mine = own("4x-3", forum)
    assert json.loads(json.dumps(mine)) == mine


@pytest.mark.parametrize("responses", [[], mayors(["3333", "3333"])])
def test_exactly_one_response_is_needed(forum, responses):
    with pytest.raises(ValueError, match="exactly one response"):
        individual_result(answers_frame(responses), forum, PARAMETERS)
