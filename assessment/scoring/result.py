"""Rule families 1, 5, 13 and 17: from the answers of one round to the frozen forum result."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from assessment.scoring.answers import code_answers, widen
from assessment.scoring.checking import check_answers, check_coded
from assessment.scoring.disclosure import has_enough, reason_to_withhold
from assessment.scoring.entries import dimension_entries, group_counts, item_entries, score_entry
from assessment.scoring.parameters import Parameters
from assessment.scoring.priorities import (
    choose_by_row,
    choose_priorities,
    eligible_for_priority,
    priority_stability,
)
from assessment.scoring.scale import without_noise
from assessment.scoring.tally import Tally, count_round
from assessment.scoring.votes import leave_one_out, totals

__all__ = ["Parameters", "canonical", "check_answers", "fingerprint", "forum_result"]

SCHEMA = 1
Entries = Mapping[str, Mapping[str, Any]]


def forum_result(answers: pd.DataFrame, members: int | None, parameters: Parameters) -> dict[str, Any]:
    """Rule 17.1: everything that may be told about one closed round, as plain JSON types.

    `answers` is the long frame of rule 1.3, `members` is N: the municipalities of the forum at closing, None when
    not known. Whatever is suppressed is None in the result (rule 13.1). The same rows in another order give the
    same result. Answers that break the contract (rule 1.4) or more municipalities than members (rule 5.2):
    ValueError.
    """
    coded = code_answers(answers)
    check_coded(coded, parameters)
    wide = widen(coded, parameters.dimensions)
    tally = count_round(wide, members, parameters)
    reason = _reason(tally)
    head = {
        "schema": SCHEMA,
        "version": parameters.version,
        "published": reason is None,
        "reason": reason,
        "response": _response(tally),
    }
    if reason:
        return head | {"total": None, "dimensions": {}, "items": {}, "priorities": [], "flags": None}
    items = item_entries(tally)
    dimensions = dimension_entries(tally, items)
    return head | {
        "total": _total(tally, dimensions),
        "dimensions": dimensions,
        "items": items,
        "priorities": _priorities(tally, dimensions),
        "flags": {
            "weighting_sensitive": _is_weighting_sensitive(tally, dimensions),
            "straightlining": _is_straightlined(tally),
        },
    }


def canonical(result: Mapping[str, Any]) -> str:
    """Rule 17.3: the result as JSON with sorted keys and without spaces; equal results are equal text."""
    return json.dumps(result, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(result: Mapping[str, Any]) -> str:
    """Rule 17.3: the first 12 hexadecimal characters of the SHA-256 of the canonical JSON in UTF-8."""
    return hashlib.sha256(canonical(result).encode()).hexdigest()[:12]


def _reason(tally: Tally) -> str | None:
    """Rules 13.2 and 13.3 for the forum as a whole."""
    p = tally.parameters
    return reason_to_withhold(tally.n_responses, tally.n_delegations, p.k_forum, p.min_delegations)


def _response(tally: Tally) -> dict[str, Any]:
    """Rule 5.1: counts, and the municipalities with at least one counting response as a part of N."""
    rate = tally.n_delegations / tally.members if tally.members else None
    return {
        "members": tally.members,
        "delegations": tally.n_delegations,
        "responses": tally.n_responses,
        "others": len(tally.others),
        "rate": rate,
        "warning": rate is not None and without_noise(rate) < tally.parameters.response_warning_below,
        "by_group": group_counts(tally.groups, tally),
    }


def _total(tally: Tally, dimensions: Entries) -> dict[str, Any] | None:
    """Rule 3.6: the plain mean of all dimensions, its margin from the delegation totals."""
    if not all(entry["published"] for entry in dimensions.values()):
        return None
    own = totals(tally.scores.by_delegation, tally.parameters.min_dimensions_total)
    n = int(np.count_nonzero(~np.isnan(own)))
    if not has_enough(n, tally.parameters.min_delegations):
        return None
    mean = float(np.mean([entry["score"] for entry in dimensions.values()]))
    return score_entry(own, tally, mean) | {"n_delegations": n}


def _priorities(tally: Tally, dimensions: Entries) -> list[dict[str, Any]]:
    """Rules 11.3 to 11.5: the chosen dimensions, and whether they hold when any one delegation is left out."""
    p, codes = tally.parameters, list(dimensions)
    scores = {code: entry.get("score") for code, entry in dimensions.items()}
    importance = {code: (entry["importance"] or {}).get("score") for code, entry in dimensions.items()}
    dont_know = {code: entry["dont_know_share"] for code, entry in dimensions.items()}
    rule: dict[str, Any] = {"n": p.n_priorities, "enabling": p.enabling, "enabling_below": p.enabling_below}
    chosen = choose_priorities(scores, importance, dont_know, dont_know_from=p.dont_know_from, **rule)
    eligible = eligible_for_priority(scores, importance, dont_know, p.dont_know_from)
    without_one = leave_one_out(tally.scores.by_delegation), leave_one_out(tally.importance.by_delegation)
    stable = priority_stability(chosen, choose_by_row(codes, *without_one, eligible, **rule), p.stable_from)
    return [
        {
            "dimension": code,
            "stable": stable[code],
            "enabling": code in p.enabling and dimensions[code]["display"] < p.enabling_below,
            "dialogue_first": _needs_dialogue(dimensions[code]["consensus"], p),
        }
        for code in chosen
    ]


def _needs_dialogue(consensus: float | None, parameters: Parameters) -> bool:
    """Rule 11.4."""
    return consensus is not None and without_noise(consensus) < parameters.dialogue_below


def _is_weighting_sensitive(tally: Tally, dimensions: Entries) -> bool:
    """Rule 3.7: whether counting each person alike moves a published dimension by more than a few points."""
    return any(
        without_noise(abs(float(np.nanmean(tally.responses[:, d])) - entry["score"]))
        > tally.parameters.weighting_points
        for d, entry in enumerate(dimensions.values())
        if entry["published"]
    )


def _is_straightlined(tally: Tally) -> bool:
    """Rule 5.3: whether too many counting responses give one and the same answer to (nearly) every statement."""
    p = tally.parameters
    answered = np.count_nonzero(~np.isnan(tally.statements), axis=1)
    long = tally.statements[answered >= max(1, p.straightline_answers)]
    same = np.count_nonzero(np.nanmin(long, axis=1) == np.nanmax(long, axis=1)) if len(long) else 0
    return without_noise(same / tally.n_responses) > p.straightline_share
