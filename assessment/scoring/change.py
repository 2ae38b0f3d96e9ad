"""Rule family 10: what changed between two frozen results.

The judgement of a single difference stands in `differences` and is part of the public names here.
"""

from collections.abc import Mapping
from typing import Any

from assessment.scoring.differences import Difference, difference, experienced_signal, holm, verdict
from assessment.scoring.parameters import Parameters
from assessment.scoring.scale import half_up, without_noise

__all__ = ["Difference", "compare_rounds", "difference", "experienced_signal", "holm", "verdict"]

Entry = Mapping[str, Any]
Pair = tuple[Entry, Entry]

NUMBERS = ("delta", "display", "lower", "upper", "margin", "p", "p_adjusted", "signal")


def compare_rounds(first: Entry, second: Entry, parameters: Parameters) -> dict[str, Any]:
    """Rules 10.1 to 10.6 and 17.2: two forum results as {comparable, reason, composition_warning, total, dimensions}.

    Each entry is {verdict, reason, delta, display, lower, upper, margin, p, p_adjusted, signal}; all but verdict
    and reason are None when the two cannot be compared. Holm runs over the dimensions that can be compared, the
    total is judged alone and never has a signal.
    """
    reason = _not_comparable(first, second, parameters)
    pairs = {
        code: _published(reason, first["dimensions"].get(code), second["dimensions"].get(code))
        for code in parameters.dimensions
    }
    diffs = {code: _difference(pair, parameters) for code, pair in pairs.items() if pair}
    adjusted = dict(zip(diffs, holm([diff.p for diff in diffs.values()]).tolist(), strict=True))
    return {
        "comparable": reason is None,
        "reason": reason,
        "composition_warning": any(_is_thin(result, parameters) for result in (first, second)),
        "total": _total(_published(reason, first["total"], second["total"]), reason, parameters),
        "dimensions": {
            code: _entry(pair, diffs[code], adjusted[code], parameters) if pair else _blank(reason)
            for code, pair in pairs.items()
        },
    }


def _not_comparable(first: Entry, second: Entry, parameters: Parameters) -> str | None:
    """Rule 10.1: the first reason that applies to the rounds as a whole."""
    if not (first["published"] and second["published"]):
        return "not_published"
    if first["version"].split(".")[0] != second["version"].split(".")[0]:
        return "other_version"
    members = [result["response"]["members"] for result in (first, second)]
    if None not in members:
        moved = abs(members[1] - members[0])
        if without_noise(moved) > without_noise(parameters.max_membership_change * max(members)):
            return "membership_changed"
    return None


def _is_thin(result: Entry, parameters: Parameters) -> bool:
    """Rule 10.6: so few municipalities answered, or so unknown a part, that other members may explain a change."""
    rate = result["response"]["rate"]
    return rate is None or without_noise(rate) < parameters.composition_warning_below


def _published(reason: str | None, before: Entry | None, after: Entry | None) -> Pair | None:
    """Both entries when they can be compared. A dimension says so itself, a total is there or is None."""
    if reason or before is None or after is None:
        return None
    return (before, after) if before.get("published", True) and after.get("published", True) else None


def _difference(pair: Pair, parameters: Parameters) -> Difference:
    first, second = ((entry["score"], entry["se"], entry["n_delegations"]) for entry in pair)
    return difference(*first, *second, confidence=parameters.confidence)


def _total(pair: Pair | None, reason: str | None, parameters: Parameters) -> dict[str, Any]:
    """Rule 10.3: the total is judged alone, its adjusted p is its own."""
    if pair is None:
        return _blank(reason)
    diff = _difference(pair, parameters)
    return _entry(pair, diff, diff.p, parameters)


def _blank(reason: str | None) -> dict[str, Any]:
    return {"verdict": "not_comparable", "reason": reason or "not_published"} | dict.fromkeys(NUMBERS)


def _entry(pair: Pair, diff: Difference, p_adjusted: float, parameters: Parameters) -> dict[str, Any]:
    before, after = pair
    code = verdict(diff, p_adjusted, parameters.min_delta, parameters.equivalence, parameters.alpha)
    experienced = after.get("experienced_change")
    return {
        "verdict": code,
        "reason": None,
        "delta": diff.delta,
        # Rule 10.5: of the displayed scores, so that the printed numbers add up.
        "display": after["display"] - before["display"],
        "lower": diff.lower,
        "upper": diff.upper,
        "margin": half_up((diff.upper - diff.lower) / 2),
        "p": diff.p,
        "p_adjusted": p_adjusted,
        "signal": experienced_signal(
            code, experienced and experienced["score"], parameters.experienced_signal
        ),
    }
