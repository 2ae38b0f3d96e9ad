"""What an attacker reads: everything that any report prints, or may print, of a forum result.

Whatever stands here is a word, a flag, a count or a number as displayed.
"""

from collections.abc import Callable, Mapping
from typing import Any

from assessment.scoring.disclosure import may_show_indices, shown_statement
from assessment.scoring.rounding import NOISE_DECIMALS

Entry = Mapping[str, Any]
Shows = Callable[[Entry, Entry], Entry]

DIMENSION = (
    "published", "low_visibility", "n_responses", "n_delegations", "display", "margin", "level", "level_low",
    "level_high", "agreement", "group_difference", "groups", "others", "quadrant",
)  # fmt: skip
STATEMENT = ("n_responses", "display", "agreement", "two_camps", "shares")
CHANGE = ("verdict", "reason", "display", "margin", "signal")
TOTAL = ("display", "margin", "level_low", "level_high", "n_delegations")


def everything(item: Entry, dimension: Entry) -> Entry:
    """A report that would print whatever the snapshot holds of a statement."""
    return {key: item[key] for key in STATEMENT} if item["published"] else {}


def told(result: Entry, shows: Shows = shown_statement) -> dict[str, Any]:
    """Everything told; `shows` says what of a statement and its dimension is."""
    dimensions = result["dimensions"]
    return {
        "response": result["response"],
        "reason": result["reason"],
        "total": result["total"] and {key: result["total"][key] for key in TOTAL},
        "dimensions": {code: _dimension(entry, _indices(result, code)) for code, entry in dimensions.items()},
        "items": {code: shows(item, dimensions[code[:3]]) for code, item in result["items"].items()},
        "priorities": result["priorities"],
        "flags": result["flags"],
        "most_divided": _most_divided(dimensions),
    }


def told_of_change(compared: Entry) -> dict[str, Any]:
    """What is told of two rounds beside each other, over what is told of each."""
    entries = {**compared["dimensions"], "total": compared["total"]}
    told_of_each = {code: {key: entry[key] for key in CHANGE} for code, entry in entries.items()}
    return told_of_each | {key: compared[key] for key in ("comparable", "reason", "composition_warning")}


def _indices(result: Entry, code: str) -> Entry:
    return result["dimensions"][code]["annex"] if may_show_indices(result, code) else {}


def _dimension(entry: Entry, indices: Entry) -> dict[str, Any]:
    parts = {key: entry[key] for key in DIMENSION if key in entry}
    for kind in ("importance", "experienced_change"):
        parts[kind] = entry[kind] and (entry[kind]["display"], entry[kind]["n_responses"])
    parts["annex"] = {
        name: None if value is None else f"{round(value, NOISE_DECIMALS):.2f}"
        for name, value in indices.items()
    }
    return parts


def _most_divided(dimensions: Mapping[str, Entry]) -> str | None:
    """The dimension about the forum with the lowest consensus, which the report names."""
    known = {
        code: round(entry["consensus"], NOISE_DECIMALS)
        for code, entry in dimensions.items()
        if code != "LOK" and entry.get("consensus") is not None
    }
    return min(known, key=lambda code: known[code], default=None)


def no_scores_of_statements(item: Entry, dimension: Entry) -> Entry:
    """A report that would tell of a statement only whether there are two camps, as preparing a session does."""
    return {"two_camps": shown_statement(item, dimension)["two_camps"]}
