"""What the delegation label gives away to whoever reads the database after closing, for docs/privacy.md.

    .venv/bin/python -m bench.labels

The reader is given all that a colleague could know: how many mayors and how many other local members of every
municipality answered. A *candidate* of a member is a row that can be theirs for all that the reader knows. With the
label, rows stand together by delegation, and every delegation of the same make-up can be theirs; with the report
group alone, every row of their group; with neither, every row. All candidates of a member are equally likely, because
keys, labels and order are random.
"""

import random
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from bench.lines import tell

SIZES = (8, 13, 24)
FORUMS = 1000
SEED = "regiospiegel"
HEAD = (
    "| municipalities | who comes | neither | group | group and label | certain by group | certain by both "
    "| delegation certain | found by a colleague |"
)


class Mix(NamedTuple):
    """Who comes: the share of mayors who answer, and the shares of municipalities with 0, 1, 2 … other members."""

    name: str
    mayor: float
    others: tuple[float, ...]


MIXES = (
    Mix("seldom more than the mayor", 0.85, (0.80, 0.15, 0.05)),
    Mix("often a second or third", 0.85, (0.40, 0.35, 0.20, 0.05)),
    Mix("whole delegations", 0.90, (0.05, 0.25, 0.35, 0.25, 0.10)),
)


class Delegation(NamedTuple):
    """The make-up of what one municipality sent."""

    mayors: int
    others: int


class Member(NamedTuple):
    """How many rows can be one member's by what the reader goes by, and what is certain.

    `is_found_by_colleague`: there is a colleague of the same municipality who, reading the database and knowing the
    own row, is sure of this one; only the label tells which rows are the colleague's.
    """

    neither: int
    group: int
    group_and_label: int
    is_delegation_certain: bool
    is_found_by_colleague: bool


class Narrowing(NamedTuple):
    """Over many forums of a size and mix: means per member, and shares of members."""

    neither: float
    group: float
    group_and_label: float
    certain_by_group: float
    certain_by_both: float
    delegation_certain: float
    found_by_colleague: float


def members_of(forum: list[Delegation]) -> Iterator[Member]:
    """Every member who answered, in a forum of these delegations."""
    rows = [sum(each) for each in zip(*forum, strict=True)]
    for make_up, times in Counter(forum).items():
        for in_group, in_delegation in zip(rows, make_up, strict=True):
            others = sum(make_up) - in_delegation
            # Whoever shares the group sets the own row aside first.
            is_found = (in_delegation == 1 and others > 0) or in_delegation == 2
            one = Member(sum(rows), in_group, times * in_delegation, times == 1, is_found)
            yield from [one] * (times * in_delegation)


def drawn_forum(size: int, mix: Mix, chance: random.Random) -> list[Delegation]:
    """The delegations of a forum; a municipality that sends nobody has none."""
    drawn = [Delegation(int(chance.random() < mix.mayor), _others(mix, chance)) for _ in range(size)]
    return [each for each in drawn if sum(each)]


def _others(mix: Mix, chance: random.Random) -> int:
    point, number = chance.random(), 0
    while number < len(mix.others) - 1 and point >= mix.others[number]:
        point -= mix.others[number]
        number += 1
    return number


def narrowing(size: int, mix: Mix) -> Narrowing:
    """Over FORUMS forums, the same on every machine."""
    chance = random.Random(f"{SEED} {size} {mix.name}")
    members = [each for _ in range(FORUMS) for each in members_of(drawn_forum(size, mix, chance))]
    n = len(members)
    neither, group, both, delegation, colleague = (sum(each) / n for each in zip(*members, strict=True))
    by_group = sum(each.group == 1 for each in members) / n
    by_both = sum(each.group_and_label == 1 for each in members) / n
    return Narrowing(neither, group, both, by_group, by_both, delegation, colleague)


def table() -> list[str]:
    """The rows of the table in docs/privacy.md."""
    return [_row(size, mix, narrowing(size, mix)) for mix in MIXES for size in SIZES]


def _row(size: int, mix: Mix, found: Narrowing) -> str:
    means = " | ".join(f"{mean:.1f}" for mean in found[:3])
    shares = " | ".join(f"{share:.0%}" for share in found[3:])
    return f"| {size} | {mix.name} | {means} | {shares} |"


def tell_labels() -> None:
    """The forum in which least can hide, as one line of `make bench`."""
    size, mix = SIZES[0], MIXES[1]
    found = narrowing(size, mix)
    tell(f"rows of a member of {size}, group", found.group, "rows")
    tell("  with the label", found.group_and_label, "rows")


if __name__ == "__main__":
    print(HEAD, "|---" * 9 + "|", *table(), sep="\n")
