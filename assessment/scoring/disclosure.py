"""Rule family 13: what may be told without telling what one person answered."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from assessment.scoring.scale import half_up, without_noise

K_FORUM = 5
MIN_DELEGATIONS = 3
K_GROUP = 5
K_DISTRIBUTION = 10
K_DISTRIBUTION_FIVE = 15


class PublishedShares(TypedDict):
    """The distribution of a statement: 3 classes (disagree, between, agree) or 5, as whole percentages."""

    classes: int
    percent: list[int]


def publishable(
    n_responses: int, n_delegations: int, k: int = K_FORUM, min_delegations: int = MIN_DELEGATIONS
) -> bool:
    """Rule 13.2: at least k counting responses from at least `min_delegations` delegations."""
    return bool(n_responses >= k and n_delegations >= min_delegations)


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
    if without_noise(low) >= 1:
        return None
    classes = list(shares) if n >= k5 else [low, shares[2], shares[3] + shares[4]]
    return {"classes": len(classes), "percent": [half_up(100 * share) for share in classes]}
