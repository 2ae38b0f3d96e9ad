"""The entries of a forum result for one statement and one dimension: rule 13 decides what is told, the rest is None.

`d` and `s` are the places of a dimension and a statement in the questionnaire. All entries are plain JSON values
(rule 17.1).
"""

import math
from collections.abc import Mapping
from typing import Any, cast

import numpy as np

from assessment.scoring.agreement import (
    average_deviation,
    awg,
    consensus_label,
    consensus_rows,
    over_statements,
    rwg,
    two_camps,
)
from assessment.scoring.differences import difference
from assessment.scoring.disclosure import has_enough, publishable, published_shares, whole_breakdown
from assessment.scoring.priorities import importance_line, priority_index, quadrant
from assessment.scoring.scale import half_up, level, level_range, without_noise
from assessment.scoring.tally import Tally
from assessment.scoring.uncertainty import Estimate, estimate, standard_error
from assessment.scoring.votes import Votes

Entry = dict[str, Any]


def plain(value: float) -> float | None:
    """Rule 17.1: a number as JSON knows it: NaN becomes None."""
    return None if math.isnan(value) else float(value)


def is_published(votes: Votes, column: int, tally: Tally) -> bool:
    """Rule 13.2 for one measure, on its own valid answers."""
    counts = int(votes.n_responses[column]), int(votes.n_delegations[column])
    return publishable(*counts, tally.parameters.k_forum, tally.parameters.min_delegations)


def score_entry(votes: np.ndarray, tally: Tally, mean: float | None = None) -> Entry:
    """The score of delegation scores, its level and its interval (rules 2.3, 2.4 and 6.4).

    `mean` replaces the centre (rule 3.6). Rule 13.2 leaves at least two delegations, so there is an interval.
    """
    p, cuts = tally.parameters, tally.parameters.cuts
    estimated = cast(Estimate, estimate(votes, tally.members, p.rho, p.sd_floor, p.confidence, mean=mean))
    lower, upper, margin = estimated.interval
    low, high = level_range(lower, upper, cuts)
    return {
        "score": estimated.mean,
        "display": half_up(estimated.mean),
        "level": level(estimated.mean, cuts),
        "se": estimated.se,
        "lower": lower,
        "upper": upper,
        "margin": half_up(margin),
        "level_low": low,
        "level_high": high,
        "boundary": low != high,
    }


def item_entries(tally: Tally) -> dict[str, Entry]:
    """Rules 3.5, 7.1, 7.4 and 13.6, by statement code."""
    codes = [code for items in tally.parameters.dimensions.values() for code in items]
    agreement = consensus_rows(tally.shares)
    return {
        code: _item_entry(s, float(agreement[s]), tally)
        if is_published(tally.items, s, tally)
        else {"published": False}
        for s, code in enumerate(codes)
    }


def _item_entry(s: int, agreement: float, tally: Tally) -> Entry:
    p, shares = tally.parameters, tally.shares[s].tolist()
    n, score = int(tally.items.n_responses[s]), float(tally.items.mean[s])
    return {
        "published": True,
        "n_responses": n,
        "score": score,
        "display": half_up(score),
        "consensus": agreement,
        "agreement": _label(agreement, int(tally.items.n_delegations[s]), tally),
        # The questionnaire's minimum for two camps is the one for a distribution, of which it is a coarse form.
        "two_camps": two_camps(shares, n, p.two_camps_share, p.k_distribution),
        "shares": published_shares(shares, n, p.k_distribution, p.k_distribution_five),
    }


def dimension_entries(tally: Tally, items: Mapping[str, Entry]) -> dict[str, Entry]:
    """Rules 4.1 to 9.1 and 11.2, by dimension code. `items` are the statement entries of the same round."""
    codes = tally.parameters.dimensions
    entries = {code: _dimension_entry(d, tally, items) for d, code in enumerate(codes)}
    line = importance_line({code: _score(entry["importance"]) for code, entry in entries.items()})
    return {code: entry | _priority_part(entry, line, tally) for code, entry in entries.items()}


def _dimension_entry(d: int, tally: Tally, items: Mapping[str, Entry]) -> Entry:
    share = plain(tally.dont_know[d])
    published = is_published(tally.scores, d, tally)
    entry = {
        "published": published,
        "dont_know_share": share,
        "low_visibility": share is not None and without_noise(share) >= tally.parameters.dont_know_from,
        "importance": _vote_entry(tally.importance, d, tally),
        "experienced_change": _vote_entry(tally.change, d, tally),
    }
    return entry | _published_part(d, tally, items) if published else entry


def _vote_entry(votes: Votes, d: int, tally: Tally) -> Entry | None:
    """Rules 8.1 and 9.1: importance or experienced change, None below the threshold."""
    if not is_published(votes, d, tally):
        return None
    score = float(votes.mean[d])
    return {"score": score, "display": half_up(score), "n_responses": int(votes.n_responses[d])}


def _published_part(d: int, tally: Tally, items: Mapping[str, Entry]) -> Entry:
    n_delegations = int(tally.scores.n_delegations[d])
    codes = list(tally.parameters.dimensions.values())[d]
    parts = [items[code]["consensus"] for code in codes if items[code]["published"]]
    # Rule 7.2: a mean over fewer statements would be another measure.
    agreement = float(np.mean(parts)) if len(parts) == len(codes) else None
    return {
        "n_responses": int(tally.scores.n_responses[d]),
        "n_delegations": n_delegations,
        **score_entry(tally.scores.by_delegation[:, d], tally),
        "consensus": agreement,
        "agreement": _label(agreement, n_delegations, tally),
        **_groups_part(d, tally),
        "others": _others_entry(d, tally),
        "annex": _annex_entry(d, tally),
    }


def _label(agreement: float | None, n: int, tally: Tally) -> str | None:
    p = tally.parameters
    return consensus_label(agreement, n, p.agreement_labels, p.small_n, p.small_n_bound)


def group_counts(groups: np.ndarray, tally: Tally) -> dict[str, int] | None:
    """Rule 13.4: responses per counting group, None where the breakdown is suppressed."""
    names = tally.parameters.counting_groups
    return whole_breakdown(
        {name: int(np.count_nonzero(groups == name)) for name in names}, tally.parameters.k_group
    )


def _groups_part(d: int, tally: Tally) -> Entry:
    """Rule 8.2: displayed plain means per response of both local groups, and their difference."""
    scores = tally.responses[:, d]
    valid = ~np.isnan(scores)
    counts = group_counts(tally.groups[valid], tally)
    if counts is None:
        return {"groups": None, "group_difference": None}
    own = {name: scores[valid & (tally.groups == name)] for name in counts}
    shown = {name: {"n_responses": n, "display": half_up(own[name].mean())} for name, n in counts.items()}
    first, second = tally.parameters.counting_groups[:2]
    return {
        "groups": shown,
        "group_difference": {
            "display": shown[first]["display"] - shown[second]["display"],
            "verdict": _group_verdict(own[first], own[second], tally),
        },
    }


def _group_verdict(first: np.ndarray, second: np.ndarray, tally: Tally) -> str:
    """Rule 8.2: `difference` if the Welch interval of first - second excludes 0 and |Δ| is large enough."""
    p = tally.parameters
    sides: list[tuple[float, Any, int]] = [
        (own.mean(), standard_error(own.std(ddof=1), own.size, None, p.rho, p.sd_floor), own.size)
        for own in (second, first)
    ]
    diff = difference(*sides[0], *sides[1], confidence=p.confidence)
    excludes_zero = without_noise(diff.lower) > 0 or without_noise(diff.upper) < 0
    large = without_noise(abs(diff.delta)) >= p.role_difference
    return "difference" if excludes_zero and large else "no_clear_difference"


def _others_entry(d: int, tally: Tally) -> Entry | None:
    """Rule 8.3: support and partners as one line, if enough of them have a valid score."""
    scores = tally.others[:, d]
    given = scores[~np.isnan(scores)]
    if not has_enough(given.size, tally.parameters.k_group):
        return None
    return {"n_responses": int(given.size), "display": half_up(given.mean())}


def _annex_entry(d: int, tally: Tally) -> Entry | None:
    """Rule 7.5: on all given answers, as for the statements (rule 3.5), if enough responses have a valid score."""
    if not has_enough(int(tally.scores.n_responses[d]), tally.parameters.k_annex):
        return None
    answers = tally.statements[:, tally.blocks[d]]
    return {
        "rwg": rwg(answers),
        "awg": over_statements(awg, answers),
        "ad": over_statements(average_deviation, answers),
    }


def _priority_part(entry: Entry, line: float | None, tally: Tally) -> Entry:
    """Rules 11.1 and 11.2; both None without a published score or importance."""
    score, importance = entry.get("score"), _score(entry["importance"])
    if score is None or importance is None or line is None:
        return {"priority_index": None, "quadrant": None}
    return {
        "priority_index": priority_index(importance, score),
        "quadrant": quadrant(score, importance, line, tally.parameters.performance_line),
    }


def _score(entry: Entry | None) -> float | None:
    return None if entry is None else entry["score"]
