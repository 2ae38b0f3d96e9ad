"""The notation of golden_cases.json: a forum in a few lines, and what an expected value leaves open."""

import importlib
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from assessment.scoring.answers import COLUMNS
from assessment.scoring.result import Parameters

GOLDEN_CASES = json.loads(Path(__file__).with_name("golden_cases.json").read_text(encoding="utf-8"))["cases"]
CODES = ("VIS", "VER", "NET", "LOK", "PAR", "MAT", "DOE", "LER")
DIMENSIONS = {code: tuple(f"{code}{number}" for number in range(1, 5)) for code in CODES}
PARAMETERS = Parameters(version="1.0.0", dimensions=DIMENSIONS)


def answers_frame(responses: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """The long frame of rule 1.3: a digit is an answer, x is don't know, - is skipped; absent is not asked."""
    rows = [row for response in responses for row in _rows(response)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"value": float, "dont_know": bool})


def _rows(response: Mapping[str, Any]) -> list[tuple]:
    asked = [
        (code, item, "statement", mark)
        for code, marks in response.get("statements", {}).items()
        for item, mark in zip(DIMENSIONS[code], marks, strict=True)
    ]
    for kind in ("importance", "change"):
        asked += [(code, code, kind, mark) for code, mark in zip(CODES, response.get(kind, ""), strict=False)]
    who = (response["response"], response["group"], response["delegation"])
    return [(*who, code, item, kind, _value(mark), mark == "x") for code, item, kind, mark in asked]


def _value(mark: str) -> float:
    return float(mark) if mark.isdigit() else math.nan


def call(case: Mapping[str, Any]) -> Any:
    """Calls the function that a case names with the arguments that it describes."""
    module, name = case["function"].split(".")
    function = getattr(importlib.import_module(f"assessment.scoring.{module}"), name)
    return function(**{key: resolve(value) for key, value in case["args"].items()})


def resolve(value: Any) -> Any:
    """An argument in the notation as the object that it stands for."""
    match value:
        case {"$answers": responses}:
            return answers_frame(responses)
        case {"$frame": {"columns": columns, "rows": rows}}:
            return pd.DataFrame(rows, columns=columns)
        case {"$matrix": rows}:
            return np.array(rows, dtype=float)
        case {"$parameters": changes}:
            return Parameters(**({"version": "1.0.0", "dimensions": DIMENSIONS} | changes))
        case {"$call": inner}:
            return call(inner)
    return value


def differences(actual: Any, expected: Any, tolerance: float, path: str = "result") -> list[str]:
    """What does not hold: a mapping names only what must, a list must match in length, null is None or NaN."""
    if isinstance(expected, Mapping):
        return [
            line
            for key, value in expected.items()
            for line in differences(_part(actual, key), value, tolerance, f"{path}.{key}")
        ] + ([f"{path}: {actual!r} is not empty"] if not expected and actual != {} else [])
    if isinstance(expected, list):
        if len(actual) != len(expected):
            return [f"{path}: {len(actual)} entries, not {len(expected)}"]
        pairs = enumerate(zip(actual, expected, strict=True))
        return [line for i, pair in pairs for line in differences(*pair, tolerance, f"{path}[{i}]")]
    return [] if _equal(actual, expected, tolerance) else [f"{path}: {actual!r} is not {expected!r}"]


def _part(actual: Any, key: str) -> Any:
    if isinstance(actual, Mapping):
        return actual[key]
    if isinstance(actual, pd.DataFrame):
        return actual.loc[key].to_dict()
    return actual[key] if isinstance(actual, pd.Series) else getattr(actual, key)


def _equal(actual: Any, expected: Any, tolerance: float) -> bool:
    if expected is None:
        return actual is None or (isinstance(actual, float) and math.isnan(actual))
    if isinstance(expected, bool | str):
        return type(actual) is type(expected) and actual == expected
    return not isinstance(actual, bool) and actual is not None and abs(actual - expected) <= tolerance


def golden(case_id: str) -> Mapping[str, Any]:
    """The case with this id."""
    return next(case for case in GOLDEN_CASES if case["id"] == case_id)


def respondent(
    number: int, *, delegation: str | None, group: str = "mayors", marks: str = "3333", **asked: str
) -> dict[str, Any]:
    """One response in the notation, with the same marks in every dimension; `asked` replaces importance or change."""
    statements = {code: marks for code in CODES if group != "support_and_partners" or code != "LOK"}
    who = {"response": f"r{number:02d}", "group": group, "delegation": delegation}
    return who | {"statements": statements, "importance": "44444444"} | asked


def mayors(marks: Sequence[str]) -> list[dict[str, Any]]:
    """One mayor per municipality, each with the same marks in every dimension."""
    return [respondent(n, delegation=f"d{n:02d}", marks=own) for n, own in enumerate(marks)]
