"""Every worked case of the rule book, computed by hand, by closed form or by an independent program."""

import builtins
import json
from pathlib import Path

import pytest

from tests.assessment.scoring.notation import call, differences

CASES = json.loads(Path(__file__).with_name("golden_cases.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_golden_case_holds(case):
    if "raises" in case:
        with pytest.raises(getattr(builtins, case["raises"])):
            call(case)
        return
    assert differences(call(case), case["expected"], case["tolerance"]) == []


def test_every_golden_case_has_its_own_id():
    assert len({case["id"] for case in CASES}) == len(CASES) == 157
