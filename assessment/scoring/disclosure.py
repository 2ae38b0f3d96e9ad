"""Rule family 13: what may be told without telling what one person answered."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from assessment.scoring.rounding import NOISE_DECIMALS, half_up

K_FORUM = 5
MIN_DELEGATIONS = 3
K_GROUP = 5
K_DISTRIBUTION = 10
K_DISTRIBUTION_FIVE = 15
K_INDIVIDUAL = 6
K_ANNEX = 10


class PublishedShares(TypedDict):
    """The distribution of a statement: 3 classes (disagree, between, agree) or 5, as whole percentages."""

    classes: int
    percent: list[int]


class ShownStatement(TypedDict):
    """What a report may show of a statement; None is not shown."""

    n_responses: int | None
    display: int | None
    agreement: str | None
    two_camps: bool | None
    shares: PublishedShares | None


def publishable(
    n_responses: int, n_delegations: int, k: int = K_FORUM, min_delegations: int = MIN_DELEGATIONS
) -> bool:
    """Rule 13.2: at least k counting responses from at least `min_delegations` delegations."""
    return reason_to_withhold(n_responses, n_delegations, k, min_delegations) is None


def reason_to_withhold(
    n_responses: int, n_delegations: int, k: int = K_FORUM, min_delegations: int = MIN_DELEGATIONS
) -> str | None:
    """Rule 13.3: why nothing but counts may be told; None when it may."""
    if n_responses < k:
        return "too_few_responses"
    return None if n_delegations >= min_delegations else "too_few_municipalities"


def publishable_groups(counts: Mapping[str, int], k: int = K_GROUP) -> list[str]:
    """Rule 13.4: the groups whose part may stand beside the total, sorted by name.

    Groups of 1 to k - 1 are suppressed. Then the smallest published group (ties: by name) is suppressed as long
    as the rest lies between 1 and k - 1, because total minus published parts would tell it [Hundepool et al.
    2012]. Empty groups are neither published nor suppressed. {7, 6, 2} leaves the 7.
    """
    published = {name: count for name, count in counts.items() if count >= k}
    total = sum(counts.values())
    while published and 0 < total - sum(published.values()) < k:
        del published[min(published, key=lambda name: (published[name], name))]
    return sorted(published)


def whole_breakdown(counts: Mapping[str, int], k: int = K_GROUP) -> dict[str, int] | None:
    """Rule 13.4: the counts per group, or None unless there are several groups and every one may be shown.

    One group alone would be the forum again with other weights (rule 3.7).
    """
    return dict(counts) if len(publishable_groups(counts, k)) == len(counts) > 1 else None


def has_enough(n: int, k: int) -> bool:
    """Rule 13.2: whether n answers bear one number of their own: at least k, and at least one whatever k is."""
    return n >= max(1, k)


def may_compare(forum: Mapping[str, Any], code: str, k: int = K_INDIVIDUAL) -> bool:
    """Rule 13.8: whether one person may see the forum's score in a dimension beside the own one."""
    entry = forum["dimensions"].get(code) or {"published": False}
    return bool(entry["published"]) and has_enough(
        min(forum["response"]["responses"], entry["n_responses"]), k
    )


def may_show_indices(forum: Mapping[str, Any], code: str) -> bool:
    """Rule 13.11: whether a report may show the indices of agreement of a dimension (rule 7.5).

    They rest on every answer, so only if everybody who answered also has a score there.
    """
    entry = forum["dimensions"][code]
    return bool(entry.get("annex")) and entry["n_responses"] == forum["response"]["responses"]


def published_shares(
    shares: Sequence[float], n: int, k3: int = K_DISTRIBUTION, k5: int = K_DISTRIBUTION_FIVE
) -> PublishedShares | None:
    """Rule 13.6: the five weighted shares of a statement as whole percentages, in as many classes as n answers bear.

    From `k3` answers three classes, from `k5` five; below `k3` None. None too when everybody disagrees, because
    that would tell what each person answered. Each percentage is rounded by itself, so they may add to 99 or 101.
    """
    if n < k3:
        return None
    low = shares[0] + shares[1]
    if round(low, NOISE_DECIMALS) >= 1:
        return None
    classes = list(shares) if n >= k5 else [low, shares[2], shares[3] + shares[4]]
    return {"classes": len(classes), "percent": [half_up(100 * share) for share in classes]}


def shown_statement(
    item: Mapping[str, Any], dimension: Mapping[str, Any], k: int = K_DISTRIBUTION
) -> ShownStatement:
    """Rules 13.6 and 13.10: what a report may show of a statement, from its entry and that of its dimension.

    Its numbers, with how many answers are behind them, only if as many responses are behind the dimension; words on
    how the answers spread only from k answers on. Otherwise, and of a statement that is not published, everything is
    None.
    """
    n = item["n_responses"] if item["published"] else 0
    has_numbers = n > 0 and dimension["published"] and n == dimension["n_responses"]
    has_words = has_enough(n, k)
    return {
        "n_responses": n if has_numbers else None,
        "display": item["display"] if has_numbers else None,
        "agreement": item["agreement"] if has_words else None,
        "two_camps": item["two_camps"] if has_words else None,
        "shares": item["shares"] if has_numbers else None,
    }
