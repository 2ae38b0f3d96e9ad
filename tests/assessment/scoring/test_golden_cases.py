"""Every worked case of the rule book: by hand, by closed form or by an independent program."""

import builtins

import pytest

from tests.assessment.scoring.notation import GOLDEN_CASES, call, differences


@pytest.mark.parametrize("case", GOLDEN_CASES, ids=[case["id"] for case in GOLDEN_CASES])
def test_golden_case_holds(case):
    if "raises" in case:
        with pytest.raises(getattr(builtins, case["raises"])):
            call(case)
        return
    assert differences(call(case), case["expected"], case["tolerance"]) == []


def test_every_golden_case_has_its_own_id():
    assert len({case["id"] for case in GOLDEN_CASES}) == len(GOLDEN_CASES) == 157


@pytest.mark.parametrize(
    "actual, expected",
    [
        ({"a": 1.0}, {"a": 2.0}),
        ({"a": 0}, {"a": None}),
        ({"a": None}, {"a": 0}),
        ({"a": {"b": 1}}, {"a": {}}),
        ([1, 2], [1]),
        (1, True),
        ("x", "y"),
    ],
)
def test_runner_sees_what_does_not_hold(actual, expected):
    assert differences(actual, expected, 1e-9) != []
