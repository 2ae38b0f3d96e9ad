"""The forum result as a whole: the edge cases of section 19, what is suppressed, and its form."""

import json
from dataclasses import replace

import pytest

from assessment.scoring.result import fingerprint, forum_result
from tests.assessment.scoring.notation import CODES, PARAMETERS, answers_frame, golden, mayors, respondent

UNPUBLISHED = {"total": None, "dimensions": {}, "items": {}, "priorities": [], "flags": None}


def result_of(responses, members=8):
    return forum_result(answers_frame(responses), members, PARAMETERS)


def in_dimension(responses, code, marks):
    """The same responses with other marks in one dimension."""
    pairs = zip(responses, marks, strict=True)
    return [one | {"statements": one["statements"] | {code: own}} for one, own in pairs]


@pytest.fixture(scope="module")
def worked():
    """Fourteen local members of nine municipalities and two supporters."""
    return golden("FORUM-01")["args"]["answers"]["$answers"]


def test_result_is_plain_json(worked):
    result = result_of(worked, 12)
    assert json.loads(json.dumps(result, allow_nan=False)) == result


def test_same_rows_in_another_order_have_the_same_fingerprint(worked):
    frame = answers_frame(worked)
    shuffled = frame.sample(frac=1, random_state=4)
    assert fingerprint(forum_result(shuffled, 12, PARAMETERS)) == fingerprint(
        forum_result(frame, 12, PARAMETERS)
    )


def test_answers_are_left_as_they_were(worked):
    frame = answers_frame(worked)
    before = frame.copy(deep=True)
    forum_result(frame, 12, PARAMETERS)
    assert frame.equals(before)


def test_no_response_is_no_result():
    result = result_of([])
    assert result["reason"] == "too_few_responses"
    assert result["response"] == {
        "members": 8,
        "delegations": 0,
        "responses": 0,
        "others": 0,
        "rate": 0.0,
        "warning": True,
        "by_group": None,
    }


@pytest.mark.parametrize("n", [1, 4])
def test_below_the_threshold_only_counts_and_reason_are_kept(n):
    result = result_of(mayors(["3333"] * n))
    assert result | UNPUBLISHED == result
    assert (result["published"], result["reason"]) == (False, "too_few_responses")
    assert (result["response"]["responses"], result["response"]["by_group"]) == (n, None)


def test_one_municipality_that_sends_everybody_is_not_told():
    result = result_of([respondent(n, delegation="a") for n in range(9)])
    assert (result["reason"], result["response"]["delegations"]) == ("too_few_municipalities", 1)
    assert result | UNPUBLISHED == result


def test_support_and_partners_do_not_help_to_reach_the_threshold():
    partners = [respondent(n, delegation=None, group="support_and_partners") for n in range(20, 30)]
    assert result_of(mayors(["3333"] * 4) + partners)["reason"] == "too_few_responses"


def test_everybody_the_same_is_exact_and_agreed():
    result = result_of(mayors(["3333"] * 5))
    vis = result["dimensions"]["VIS"]
    assert (vis["score"], vis["consensus"], vis["agreement"]) == (50, 1, "agreed")
    assert vis["margin"] > 0
    assert (result["total"]["score"], result["total"]["n_delegations"]) == (50, 5)


def test_everybody_disagrees_gives_no_distribution():
    result = result_of(mayors(["1222"] * 12), 12)
    assert [entry["shares"] for entry in result["items"].values()] == [None] * 32


def test_dimension_that_nobody_can_judge_is_a_finding():
    result = result_of(in_dimension(mayors(["3333"] * 6), "PAR", ["xxxx"] * 6))
    assert result["dimensions"]["PAR"] == {
        "published": False,
        "dont_know_share": 1.0,
        "low_visibility": True,
        "importance": {"score": 75.0, "display": 75, "n_responses": 6},
        "experienced_change": None,
        "priority_index": None,
        "quadrant": None,
    }
    assert result["total"] is None
    assert "PAR" not in [priority["dimension"] for priority in result["priorities"]]
    assert result["items"]["PAR1"] == {"published": False}


def test_total_needs_three_municipalities_with_six_dimensions():
    """Every dimension is published, but d00 to d02 judge the first four only and d03 to d05 the last four."""
    first, last = ({code: "3333" for code in codes} for codes in (CODES[:4], CODES[4:]))
    halves = [respondent(n, delegation=f"d0{n % 6}") for n in range(10)]
    halves = [one | {"statements": first if int(one["delegation"][1:]) < 3 else last} for one in halves]

    def total_with(n):
        return result_of([*halves, *(respondent(20 + i, delegation=f"e{i}") for i in range(n))], 12)["total"]

    assert total_with(2) is None
    assert total_with(3)["n_delegations"] == 3


def test_skipped_statements_are_not_dont_knows():
    result = result_of(in_dimension(mayors(["3333"] * 6), "PAR", ["----"] * 6))
    assert result["dimensions"]["PAR"]["dont_know_share"] == 0
    assert result["dimensions"]["PAR"]["low_visibility"] is False


def test_three_in_ten_dont_knows_are_low_visibility():
    ten = mayors(["3333"] * 10)
    exactly = in_dimension(ten, "PAR", ["3xx3"] * 6 + ["3333"] * 4)
    below = in_dimension(ten, "PAR", ["3xx3"] * 5 + ["333x"] + ["3333"] * 4)
    assert [
        result_of(responses, 10)["dimensions"]["PAR"]["low_visibility"] for responses in (exactly, below)
    ] == [
        True,
        False,
    ]


def test_low_visibility_is_no_priority_even_with_the_lowest_score():
    ten = mayors(["3333"] * 10)
    seen = result_of(in_dimension(ten, "PAR", ["1xx-"] * 4 + ["1111"] * 6), 10)
    unseen = result_of(in_dimension(ten, "PAR", ["1xxx"] * 4 + ["1111"] * 6), 10)
    assert [result["dimensions"]["PAR"]["display"] for result in (seen, unseen)] == [0, 0]
    assert [result["priorities"][0]["dimension"] for result in (seen, unseen)] == ["PAR", "VIS"]


def test_how_much_is_low_visibility_is_for_the_questionnaire_to_say():
    responses = in_dimension(mayors(["3333"] * 10), "PAR", ["1xxx"] * 4 + ["1111"] * 6)
    result = forum_result(answers_frame(responses), 10, replace(PARAMETERS, dont_know_from=0.31))
    assert result["priorities"][0]["dimension"] == "PAR"


def test_answers_of_a_response_without_score_count_for_the_statement():
    result = result_of(in_dimension(mayors(["3333"] * 6), "VIS", ["5xx-"] + ["3333"] * 5))
    assert (result["dimensions"]["VIS"]["n_responses"], result["dimensions"]["VIS"]["n_delegations"]) == (
        5,
        5,
    )
    assert (result["items"]["VIS1"]["n_responses"], result["items"]["VIS2"]["n_responses"]) == (6, 5)
    assert result["items"]["VIS1"]["score"] == pytest.approx(100 * (1 + 5 * 0.5) / 6)


def test_dimension_below_the_threshold_is_suppressed_alone():
    result = result_of(in_dimension(mayors(["3333"] * 6), "VIS", ["3xxx"] * 2 + ["3333"] * 4))
    assert set(result["dimensions"]["VIS"]) == {
        "published", "dont_know_share", "low_visibility", "importance", "experienced_change", "priority_index",
        "quadrant",
    }  # fmt: skip
    assert (result["items"]["VIS1"]["published"], result["items"]["VIS2"]) == (True, {"published": False})
    assert (result["total"], result["dimensions"]["VER"]["published"]) == (None, True)


def test_consensus_of_a_dimension_needs_all_its_statements():
    result = result_of(in_dimension(mayors(["3333"] * 6), "VIS", ["333x"] * 2 + ["3333"] * 4))
    assert result["items"]["VIS4"] == {"published": False}
    vis = result["dimensions"]["VIS"]
    assert (vis["published"], vis["consensus"], vis["agreement"]) == (True, None, None)


def test_small_forum_is_counted_in_municipalities_and_not_in_members():
    """Rule 7.3: twelve members of six municipalities with consensus .63 are a small group, so divided."""
    people = [respondent(n, delegation=f"d{n % 6}", marks=mark * 4) for n, mark in enumerate("224444" * 2)]
    result = forum_result(answers_frame(people), 6, PARAMETERS)
    vis, item = result["dimensions"]["VIS"], result["items"]["VIS1"]

    assert (vis["n_responses"], vis["n_delegations"], round(vis["consensus"], 2)) == (12, 6, 0.63)
    assert (vis["agreement"], item["agreement"]) == ("divided", "divided")


def test_missing_importance_leaves_no_quadrant_and_no_priority():
    responses = [one | {"importance": "-4444444"} for one in mayors(["2222"] * 4)] + mayors(["2222"] * 6)[4:]
    result = result_of(responses)
    vis = result["dimensions"]["VIS"]
    assert (vis["importance"], vis["priority_index"], vis["quadrant"]) == (None, None, None)
    assert [priority["dimension"] for priority in result["priorities"]] == ["VER", "NET", "LOK"]


def test_equal_importance_everywhere_lies_on_the_line():
    result = result_of(mayors(["2222"] * 5))
    assert {entry["quadrant"] for entry in result["dimensions"].values()} == {"priority"}


def test_trust_and_process_below_forty_come_first_and_say_so():
    responses = [one | {"importance": "53355555"} for one in mayors(["2222"] * 5)]
    result = result_of(in_dimension(responses, "NET", ["3333"] * 5))
    assert [(one["dimension"], one["enabling"]) for one in result["priorities"]] == [
        ("VER", True), ("VIS", False), ("LOK", False),
    ]  # fmt: skip


def test_process_at_forty_is_not_below_it():
    """Five scores of 37.5 and 43.75 with the mean 40."""
    marks = ["3322", "3322", "3322", "3332", "3332"]
    result = result_of(in_dimension(mayors(["4444"] * 5), "NET", marks))

    assert result["dimensions"]["NET"]["display"] == 40
    assert [one["enabling"] for one in result["priorities"]] == [False, False, False]


def test_dialogue_comes_first_only_below_the_bound():
    parameters = replace(PARAMETERS, dialogue_below=1.0)
    result = forum_result(answers_frame(mayors(["3333"] * 5)), 8, parameters)

    assert result["dimensions"]["VIS"]["consensus"] == 1
    assert [one["dialogue_first"] for one in result["priorities"]] == [False, False, False]


def test_divided_priority_asks_for_dialogue_first():
    responses = in_dimension(mayors(["4444"] * 6), "DOE", ["1111", "5555", "1111", "5555", "1111", "1111"])
    doe = result_of(responses)["priorities"][0]
    assert (doe["dimension"], doe["dialogue_first"]) == ("DOE", True)


@pytest.mark.parametrize(
    "marks, stable",
    [
        (["1111", "1111", "4444", "4444", "4444"], False),  # without either of two it scores 56, not 45
        (
            ["1111", "3333", "3333", "3333", "3333"],
            True,
        ),  # without the first it ties at 50: four runs of five
    ],
)
def test_priority_that_hangs_on_too_few_municipalities_is_not_stable(marks, stable):
    responses = in_dimension(mayors(["3333"] * 5), "VER", ["1111"] * 5)
    responses = in_dimension(responses, "VIS", ["1111"] * 5)
    result = result_of(in_dimension(responses, "LER", marks))
    assert [(one["dimension"], one["stable"]) for one in result["priorities"]] == [
        ("VER", True),
        ("VIS", True),
        ("LER", stable),
    ]


def test_priority_that_hangs_on_the_importance_of_two_municipalities_is_not_stable():
    """Rule 11.5: without either of the first two DOE is no more important than the others, so three runs of five."""
    importance = ("33333353", "33333343", "33333323", "33333323", "33333333")
    responses = [one | {"importance": own} for one, own in zip(mayors(["3333"] * 5), importance, strict=True)]
    first = result_of(responses)["priorities"][0]
    assert (first["dimension"], first["stable"]) == ("DOE", False)


def test_unknown_membership_gives_the_widest_margin():
    unknown, known = (result_of(mayors(["2222", "3333", "4444", "3333", "2222"]), n) for n in (None, 5))
    assert (unknown["response"]["rate"], unknown["response"]["warning"]) == (None, False)
    assert unknown["dimensions"]["VIS"]["se"] == pytest.approx(known["dimensions"]["VIS"]["se"] / 0.4**0.5)


@pytest.mark.parametrize("members, warned", [(10, False), (11, True)])
def test_response_below_half_is_a_warning(members, warned):
    assert result_of(mayors(["3333"] * 5), members)["response"]["warning"] is warned


def test_more_municipalities_than_members_are_refused():
    with pytest.raises(ValueError, match="5 municipalities answered, but the forum has 4"):
        result_of(mayors(["3333"] * 5), 4)


@pytest.mark.parametrize(
    "others, shown, verdict",
    [
        (("4433", "4433", "4433", "4333", "4333"), -10, "difference"),
        (("4433", "4433", "4333", "4333", "4333"), -9, "no_clear_difference"),
    ],
)
def test_groups_differ_from_ten_points_on_however_sure_the_difference_is(others, shown, verdict):
    """Rule 8.2: 50 against 60, and against 58.75, both far outside what chance gives (a half width of 5.3)."""
    people = [respondent(n, delegation=f"d{n}", marks="3333") for n in range(5)]
    people += [
        respondent(5 + n, delegation=f"d{n}", group="other_local_members", marks=marks)
        for n, marks in enumerate(others)
    ]
    vis = forum_result(answers_frame(people), 8, PARAMETERS)["dimensions"]["VIS"]

    assert vis["group_difference"] == {"display": shown, "verdict": verdict}


def test_groups_need_five_of_both():
    def groups(first, second):
        responses = [respondent(n, delegation=f"d{n}") for n in range(first)]
        responses += [
            respondent(50 + n, delegation=f"d{n}", group="other_local_members", marks="4444")
            for n in range(second)
        ]
        result = result_of(responses, 12)
        return result["response"]["by_group"], result["dimensions"]["VIS"]["groups"]

    assert groups(9, 0) == (None, None)
    assert groups(9, 4) == (None, None)
    assert groups(6, 5) == (
        {"mayors": 6, "other_local_members": 5},
        {
            "mayors": {"n_responses": 6, "display": 50},
            "other_local_members": {"n_responses": 5, "display": 75},
        },
    )


def test_group_difference_is_first_minus_second_of_what_is_displayed():
    responses = [respondent(n, delegation=f"d{n}") for n in range(6)]
    responses += [
        respondent(50 + n, delegation=f"d{n}", group="other_local_members", marks="4444") for n in range(6)
    ]
    vis = result_of(responses, 12)["dimensions"]["VIS"]
    assert vis["group_difference"] == {"display": -25, "verdict": "difference"}


@pytest.mark.parametrize("n, shown", [(4, None), (5, {"n_responses": 5, "display": 100})])
def test_support_and_partners_are_one_line_from_five_on(n, shown):
    partners = [
        respondent(20 + i, delegation=None, group="support_and_partners", marks="5555") for i in range(n)
    ]
    result = result_of(mayors(["3333"] * 5) + partners)
    assert (result["dimensions"]["VIS"]["others"], result["dimensions"]["VIS"]["display"]) == (shown, 50)
    assert (result["dimensions"]["LOK"]["others"], result["response"]["others"]) == (None, n)


def test_annex_comes_with_ten_responses():
    assert result_of(mayors(["3334"] * 9), 12)["dimensions"]["VIS"]["annex"] is None
    annex = result_of(mayors(["2233", "4433"] * 5), 12)["dimensions"]["VIS"]["annex"]
    # Two statements with s² = 10/9, M = 3 and |x - M| = 1, two without any spread.
    assert annex == pytest.approx({"rwg": 1 - 5 / 9 / 2, "awg": 0.75, "ad": 0.5})


def test_straightlining_is_told_above_one_in_ten():
    varied = mayors(["3433"] * 18 + ["3333"] * 2)
    assert result_of(varied, 20)["flags"]["straightlining"] is False
    assert result_of([*varied, respondent(60, delegation="d00")], 20)["flags"]["straightlining"] is True


def test_short_answers_are_no_straightlining():
    five = {code: "3333" if code in CODES[:5] else "xxxx" for code in CODES}
    responses = [one | {"statements": five} for one in mayors(["3333"] * 6)]
    assert result_of(responses)["flags"]["straightlining"] is False


@pytest.mark.parametrize("extra, sensitive", [(0, False), (4, True)])
def test_large_delegation_with_another_view_makes_the_weighting_matter(extra, sensitive):
    big = [respondent(50 + n, delegation="d00", marks="5555") for n in range(extra)]
    responses = mayors(["5555"] + ["3333"] * 7) + big
    assert result_of(responses)["flags"]["weighting_sensitive"] is sensitive


@pytest.mark.parametrize("points, sensitive", [(6.25, False), (6.24, True)])
def test_weighting_matters_from_more_than_the_given_points(points, sensitive):
    """Rule 3.7: 62.5 a person against 56.25 a municipality."""
    big = [respondent(50 + n, delegation="d00", marks="4444") for n in range(2)]
    answers = answers_frame(mayors(["4444", "3333", "3333", "3333"]) + big)
    result = forum_result(answers, 8, replace(PARAMETERS, weighting_points=points))
    assert result["flags"]["weighting_sensitive"] is sensitive


def test_no_label_of_a_delegation_or_response_leaves_scoring(worked):
    renamed = [
        one
        | {
            "response": f"secret-{one['response']}",
            "delegation": one["delegation"] and f"secret-{one['delegation']}",
        }
        for one in worked
    ]
    result = result_of(renamed, 12)
    assert "secret" not in json.dumps(result)
    assert result == result_of(worked, 12)


def test_experienced_change_has_its_own_threshold():
    responses = mayors(["3333"] * 6)
    for one in responses[:4]:
        one["change"] = "44444444"
    assert result_of(responses)["dimensions"]["VIS"]["experienced_change"] is None
    responses[4]["change"] = "24444444"
    assert result_of(responses)["dimensions"]["VIS"]["experienced_change"] == {
        "score": pytest.approx(30),
        "display": 30,
        "n_responses": 5,
    }
