"""Forums to attack: small ones, delegations of several people, gaps, and answers close together or at the ends."""

import random
from collections import Counter
from typing import Any

from hypothesis import strategies as st

from tests.assessment.scoring.notation import CODES
from tests.attack.answers import Place, Response

ATTACKED = CODES[0]  # one dimension is attacked; the others are there because everything is told together
MEMBERS = 16

# How people answer: all over the scale, around the middle, all but the same, all but at one end.
MOODS = ("12345", "2334", "33333334", "4444445", "1111112", "5555554")


def person(
    number: int, delegation: str | None, chance: random.Random, *, mood: str = "2334", gaps: float = 0.0
) -> Response:
    """A mayor who answers around a temper of their own; in the attacked dimension by `mood` and with `gaps`."""

    def marks(choices: str, gap: float) -> str:
        return "".join(
            chance.choice("x-") if chance.random() < gap else chance.choice(choices) for _ in range(4)
        )

    statements = {code: marks(chance.choice(("123", "234", "345")), 0) for code in CODES}
    return {
        "response": f"r{number:02d}",
        "group": "mayors",
        "delegation": delegation,
        "statements": statements | {ATTACKED: marks(mood, gaps)},
        "importance": "".join(chance.choice("2345") for _ in CODES),
    }


def forum(chance: random.Random, n: int, municipalities: int, **mood: Any) -> list[Response]:
    """n people of so many municipalities, each with at least one."""
    seats = [*range(municipalities), *(chance.randrange(municipalities) for _ in range(n - municipalities))]
    return [person(number, f"d{seat}", chance, **mood) for number, seat in enumerate(seats)]


@st.composite
def forums(draw: Any, most: int = 7) -> list[Response]:
    n = draw(st.integers(5, most), label="people")
    municipalities = draw(st.integers(3, n), label="municipalities")
    mood = draw(st.sampled_from(MOODS), label="mood")
    gaps = draw(st.sampled_from((0, 0, 0.1)), label="gaps")
    chance = draw(st.randoms(use_true_random=False))
    return forum(chance, n, municipalities, mood=mood, gaps=gaps)


def thin(people: list[Response], name: str, kept: str) -> list[Response]:
    """The same forum in which somebody answers only some statements of the attacked dimension: `kept` is "..4.".

    A dot is a statement that is left out.
    """
    return [
        {**one, "statements": {**one["statements"], ATTACKED: kept.replace(".", "x")}}
        if one["response"] == name
        else one
        for one in people
    ]


def steps_from_an_end(people: list[Response], known: set[str], column: int) -> float:
    """How far the answers of the others lie from the nearest end, all together, in steps of one municipality."""
    given = {
        one["response"]: (one["delegation"], int(mark))
        for one in people
        if (mark := one["statements"][ATTACKED][column]).isdigit()
    }
    sizes = Counter(delegation for delegation, _ in given.values())
    others = [own for name, own in given.items() if name not in known]
    low = sum((answer - 1) / sizes[delegation] for delegation, answer in others)
    high = sum((5 - answer) / sizes[delegation] for delegation, answer in others)
    return min(low, high)


def dimension_steps_from_an_end(people: list[Response], known: set[str]) -> float:
    """The same over all statements of the dimension, for those who have a score in it (rule 3.1)."""
    scored = [one for one in people if sum(mark.isdigit() for mark in one["statements"][ATTACKED]) >= 3]
    sizes = Counter(one["delegation"] for one in scored)
    others = [
        (one["delegation"], int(mark))
        for one in scored
        if one["response"] not in known
        for mark in one["statements"][ATTACKED]
        if mark.isdigit()
    ]
    low = sum((answer - 1) / sizes[delegation] for delegation, answer in others)
    high = sum((5 - answer) / sizes[delegation] for delegation, answer in others)
    return min(low, high)


def are_all_the_same(truth: dict[Place, int], known: set[str], column: int) -> bool:
    """Whether all others gave one and the same answer to a statement."""
    return len({answer for (name, at), answer in truth.items() if at == column and name not in known}) == 1
