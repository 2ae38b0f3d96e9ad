"""What holds for any answers whatever, found out by trying many."""

import json
import math
import re

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from assessment.scoring.agreement import consensus
from assessment.scoring.change import holm
from assessment.scoring.disclosure import publishable_groups, published_shares
from assessment.scoring.individual import individual_result
from assessment.scoring.priorities import choose_priorities
from assessment.scoring.result import forum_result
from assessment.scoring.scale import half_up, level
from assessment.scoring.uncertainty import estimate, half_width, standard_error
from tests.assessment.scoring.notation import CODES, PARAMETERS, answers_frame, differences

GROUPS = ("mayors", "other_local_members", "support_and_partners")
DETAILS = {"total": None, "dimensions": {}, "items": {}, "priorities": [], "flags": None}

some = settings(max_examples=40, deadline=None, derandomize=True)
many = settings(max_examples=300, deadline=None, derandomize=True)


@st.composite
def responses(draw, min_size=0, max_size=14):
    """Responses in the notation: any groups and delegations, any answers, don't knows and gaps."""
    n = draw(st.integers(min_size, max_size))
    marks = st.text("12345x-", min_size=4, max_size=4)
    found = []
    for number in range(n):
        group = draw(st.sampled_from(GROUPS))
        counts = group != GROUPS[2]
        few = draw(st.lists(marks, min_size=1, max_size=3))
        statements = {code: few[i % len(few)] for i, code in enumerate(CODES) if counts or code != "LOK"}
        found.append(
            {
                "response": f"r{number:02d}",
                "group": group,
                "delegation": draw(st.sampled_from("abcdef")) if counts else None,
                "statements": statements,
                "importance": draw(st.text("12345-", min_size=8, max_size=8)),
                "change": draw(st.text("12345x", min_size=8, max_size=8)),
            }
        )
    return found


def result_of(answers, members=8):
    return forum_result(answers_frame(answers), members, PARAMETERS)


def counting(answers):
    return [one for one in answers if one["group"] != GROUPS[2]]


def score_by_hand(answers, code):
    """Rules 3.1 to 3.3 in plain Python: the score, the responses and the delegations that are in it."""
    by_delegation: dict[str, list[float]] = {}
    for one in counting(answers):
        given_ = [int(mark) for mark in one["statements"][code] if mark.isdigit()]
        if len(given_) >= 3:
            by_delegation.setdefault(one["delegation"], []).append(25 * (sum(given_) / len(given_) - 1))
    means = [sum(own) / len(own) for own in by_delegation.values()]
    n_responses = sum(map(len, by_delegation.values()))
    return (sum(means) / len(means) if means else None), n_responses, len(means)


@some
@given(responses(min_size=5))
def test_score_is_the_one_computed_by_hand_and_lies_on_the_scale(answers):
    for code, entry in result_of(answers)["dimensions"].items():
        score, n_responses, n_delegations = score_by_hand(answers, code)
        assert entry["published"] is (n_responses >= 5 and n_delegations >= 3)
        if entry["published"]:
            assert (entry["n_responses"], entry["n_delegations"]) == (n_responses, n_delegations)
            assert entry["score"] == pytest.approx(score, abs=1e-9)
            assert 0 <= entry["lower"] <= entry["score"] <= entry["upper"] <= 100
            assert entry["level_low"] <= entry["level"] <= entry["level_high"]


@some
@given(responses(min_size=5))
def test_no_score_leaves_its_scale(answers):
    result = result_of(answers)
    scores = [entry["score"] for entry in result["items"].values() if entry["published"]]
    scores += [entry["importance"]["score"] for entry in result["dimensions"].values() if entry["importance"]]
    scores += [result["total"]["score"]] if result["total"] else []
    changes = [entry["experienced_change"] for entry in result["dimensions"].values()]
    assert all(0 <= score <= 100 for score in scores)
    assert all(-100 <= change["score"] <= 100 for change in changes if change)


@some
@given(responses(), st.randoms(use_true_random=False))
def test_order_of_the_rows_changes_nothing(answers, random):
    frame = answers_frame(answers)
    order = list(range(len(frame)))
    random.shuffle(order)
    assert forum_result(frame.iloc[order], 8, PARAMETERS) == forum_result(frame, 8, PARAMETERS)


@some
@given(responses(min_size=5), st.permutations("abcdef"))
def test_names_of_responses_and_delegations_change_nothing(answers, names):
    new = dict(zip("abcdef", names, strict=True))
    renamed = [
        one | {"response": f"x{99 - n}", "delegation": new.get(one["delegation"])}
        for n, one in enumerate(answers)
    ]
    assert differences(result_of(renamed), result_of(answers), 1e-9) == []


@some
@given(responses(), st.sampled_from([None, 6, 30]), st.sets(st.sampled_from(CODES)))
def test_result_is_always_plain_json(answers, members, not_asked):
    """Also when some dimensions were asked of nobody."""
    asked = [
        one
        | {"statements": {code: marks for code, marks in one["statements"].items() if code not in not_asked}}
        for one in answers
    ]
    result = result_of(asked, members)
    assert json.loads(json.dumps(result, allow_nan=False)) == result


def crowd(shift=0):
    """A forum in which everything may be told: ten mayors, six other local members, six partners."""
    sizes = dict(zip(GROUPS, (10, 6, 6), strict=True))
    groups = [group for group, size in sizes.items() for _ in range(size)]
    return [
        {
            "response": f"r{n:02d}",
            "group": group,
            "delegation": None if group == GROUPS[2] else "abcdef"[n % 6],
            "statements": {code: "3415"[(n + shift) % 3 :] + "4321"[: (n + shift) % 3] for code in CODES},
            "importance": "44444444",
            "change": "33333333",
        }
        for n, group in enumerate(groups)
    ]


def n_valid(answers, code, group):
    """How many of a group have a score in a dimension (rule 3.1)."""
    own = [one for one in answers if one["group"] == group]
    return sum(sum(mark.isdigit() for mark in one["statements"].get(code, "")) >= 3 for one in own)


@some
@given(responses() | responses(min_size=16, max_size=24))
@example(crowd())
@example(crowd()[1:])
@example(crowd()[:-2])
@example(crowd()[:14] + crowd()[-5:])
def test_nothing_is_told_below_the_thresholds_and_everything_above(answers):
    result = result_of(answers)
    own = counting(answers)
    enough = len(own) >= 5 and len({one["delegation"] for one in own}) >= 3
    assert result["published"] is enough
    if not enough:
        assert result | DETAILS == result
    for code, entry in result["items"].items():
        marks = [one["statements"][code[:3]][int(code[3]) - 1] for one in own]
        n = sum(mark.isdigit() for mark in marks)
        assert entry == {"published": False} or n == entry["n_responses"] >= 5
        assert (entry.get("two_camps") is not None) is (entry["published"] and n >= 10)
        all_disagree = {*marks} <= {*"12x-"}
        assert (entry.get("shares") is not None) is (entry["published"] and n >= 10 and not all_disagree)
        assert not entry.get("shares") or entry["shares"]["classes"] == (5 if n >= 15 else 3)
    for code, entry in result["dimensions"].items():
        local = [n_valid(answers, code, group) for group in GROUPS[:2]]
        assert "score" not in entry or entry["published"]
        for part in ("importance", "experienced_change"):
            assert entry[part] is None or entry[part]["n_responses"] >= 5
        assert (entry.get("groups") is not None) is (entry["published"] and min(local) >= 5)
        assert (entry.get("annex") is not None) is (entry["published"] and sum(local) >= 10)
        others = n_valid(answers, code, GROUPS[2])
        assert (entry.get("others") is not None) is (entry["published"] and others >= 5)


def everywhere(answers, code):
    """The same answers, with a 3 for whatever was not answered in one dimension, so that each answer counts there."""
    return [
        one | {"statements": one["statements"] | {code: re.sub("[x-]", "3", one["statements"][code])}}
        if code in one["statements"]
        else one
        for one in answers
    ]


@some
@given(responses(min_size=8), st.sampled_from(CODES), st.data())
def test_higher_answer_raises_the_score_and_touches_no_other_dimension(answers, code, data):
    answers = everywhere(answers, code)
    places = [
        (n, i)
        for n, one in enumerate(answers)
        if one["group"] != GROUPS[2]
        for i, mark in enumerate(one["statements"][code])
        if mark in "1234"
    ]
    assume(places)
    n, i = data.draw(st.sampled_from(places))
    marks = answers[n]["statements"][code]
    raised = f"{marks[:i]}{data.draw(st.integers(int(marks[i]) + 1, 5))}{marks[i + 1 :]}"
    higher = list(answers)
    higher[n] = answers[n] | {"statements": answers[n]["statements"] | {code: raised}}
    before, after = result_of(answers)["dimensions"], result_of(higher)["dimensions"]
    for other, entry in before.items():
        if other != code:
            assert after[other].get("score") == entry.get("score")
        elif entry["published"]:
            assert after[code]["score"] > entry["score"]


@some
@given(responses(min_size=6))
def test_partners_change_nothing_but_their_own_line(answers):
    with_them, without = result_of(answers), result_of(counting(answers))
    for entry in with_them["dimensions"].values():
        entry.pop("others", None)
    for entry in without["dimensions"].values():
        entry.pop("others", None)
    with_them["response"].pop("others"), without["response"].pop("others")
    assert with_them == without


@some
@given(responses(min_size=6))
def test_own_result_tells_nothing_of_the_forum_below_six(answers):
    forum = result_of(answers)
    mine = individual_result(answers_frame(answers[:1]), forum, PARAMETERS)
    for code, entry in mine["dimensions"].items():
        n = forum["dimensions"].get(code, {}).get("n_responses", 0)
        assert (entry["forum_display"] is not None) is (forum["response"]["responses"] >= 6 and n >= 6)


@many
@given(st.lists(st.floats(0, 100), min_size=2, max_size=9).filter(lambda weights: sum(weights) > 1e-6))
def test_consensus_lies_between_its_extremes_and_has_no_direction(weights):
    value = consensus(weights)
    assert 0 <= value <= 1
    assert consensus(weights[::-1]) == pytest.approx(value, abs=1e-9)
    assert consensus([2 * weight for weight in weights]) == pytest.approx(value, abs=1e-9)


@many
@given(st.integers(2, 9), st.floats(0.01, 1000), st.data())
def test_consensus_is_one_for_the_same_answer_and_zero_for_the_two_ends(categories, weight, data):
    same, ends = [0.0] * categories, [0.0] * categories
    same[data.draw(st.integers(0, categories - 1))] = weight
    ends[0] = ends[-1] = weight
    assert consensus(same) == 1
    assert consensus(ends) == pytest.approx(0, abs=1e-12)


@many
@given(st.floats(0, 50), st.integers(2, 60), st.integers(0, 40))
def test_more_answers_with_the_same_spread_never_widen_the_margin(sd, n, missing):
    population = n + 1 + missing
    fewer, more = (standard_error(sd, size, population) for size in (n, n + 1))
    assert more <= fewer
    assert half_width(more, n) <= half_width(fewer, n - 1)


@many
@given(st.lists(st.floats(0, 100), min_size=2, max_size=40))
def test_interval_holds_the_mean_and_stays_on_the_scale(values):
    found = estimate(values, population=40)
    assert 0 <= found.lower <= found.mean + 1e-9
    assert found.mean - 1e-9 <= found.upper <= 100
    assert found.margin > 0


@many
@given(st.floats(-1000, 1000), st.floats(0, 100))
def test_rounding_and_levels_never_go_down(value, step):
    assert half_up(value + step) >= half_up(value)
    assert level(value + step) >= level(value)
    assert abs(half_up(value) - value) <= 0.5 + 1e-8


@many
@given(st.lists(st.floats(0, 1), max_size=10))
def test_holm_keeps_the_order_and_never_lowers_a_p(p_values):
    adjusted = holm(p_values)
    assert all(p <= new <= 1 for p, new in zip(p_values, adjusted, strict=True))
    assert list(adjusted[np.argsort(p_values, kind="stable")]) == sorted(adjusted)


@many
@given(st.dictionaries(st.text("abc", min_size=1), st.integers(0, 12), max_size=5), st.integers(2, 6))
def test_suppressed_groups_are_none_or_at_least_k_together(counts, k):
    published = publishable_groups(counts, k)
    rest = sum(counts.values()) - sum(counts[name] for name in published)
    assert not published or rest == 0 or rest >= k
    assert all(counts[name] >= k for name in published)


@many
@given(st.lists(st.integers(0, 9), min_size=5, max_size=5).filter(sum), st.integers(0, 40))
def test_distribution_adds_up_and_hides_unanimous_disagreement(counts, n):
    shares = [count / sum(counts) for count in counts]
    told = published_shares(shares, n)
    assert (told is None) is (n < 10 or sum(counts[2:]) == 0)
    if told:
        assert len(told["percent"]) == told["classes"] == (5 if n >= 15 else 3)
        assert abs(sum(told["percent"]) - 100) <= 2


SCORE = st.none() | st.floats(0, 100)


@many
@given(st.lists(st.tuples(SCORE, SCORE, st.none() | st.floats(0, 1)), min_size=8, max_size=8))
def test_priorities_are_the_best_of_the_eligible(rows):
    scores, importance, dont_know = (
        dict(zip(CODES, column, strict=True)) for column in zip(*rows, strict=True)
    )
    chosen = choose_priorities(scores, importance, dont_know, enabling=())
    eligible = [
        code
        for code in CODES
        if scores[code] is not None and importance[code] is not None and round(dont_know[code] or 0, 9) < 0.3
    ]
    index = {code: importance[code] * (100 - scores[code]) / 100 for code in eligible}
    left = [index[code] for code in eligible if code not in chosen]
    assert len(chosen) == min(3, len(eligible))
    assert set(chosen) <= set(eligible)
    assert min((index[code] for code in chosen), default=math.inf) >= max(left, default=-math.inf) - 1e-8
