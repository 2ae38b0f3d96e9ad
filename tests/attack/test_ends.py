"""What a member finds out of others near the ends of the scale, from a report without scores of statements.

`bench/ends.py` counts all forums of five by what score and margin tell; here the solver has everything that is told.
"""

import random

import pytest

from tests.assessment.scoring.notation import CODES
from tests.attack.answers import STATEMENTS
from tests.attack.attacker import Attacker, pinned
from tests.attack.forums import ATTACKED, MEMBERS, dimension_steps_from_an_end, person
from tests.attack.told import no_scores_of_statements

READER = {"r00"}


def five(*rows):
    """(municipality, answers to the attacked dimension), the reader first."""
    return [
        person(number, delegation, random.Random(number))
        | {"statements": dict.fromkeys(CODES, "2334") | {ATTACKED: marks}}
        for number, (delegation, marks) in enumerate(rows)
    ]


def known(people):
    """Who is found out: the names of those of whom all four answers are known, and nobody by halves."""
    found = pinned(
        Attacker(people, MEMBERS, known=READER, shows=no_scores_of_statements), (ATTACKED,), STATEMENTS
    )
    names = {name for name, _, _ in found}
    assert len(found) == len(STATEMENTS) * len(names)
    return names


# Others so many steps from an end altogether, and who of them is found out: everybody who answered 1111.
CLOSE = [
    (
        1,
        five(("a", "2333"), ("a", "1212"), ("b", "1111"), ("b", "1111"), ("c", "1111")),
        {"r02", "r03", "r04"},
    ),
    (2, five(("a", "2333"), ("a", "1222"), ("b", "1111"), ("b", "1211"), ("c", "1111")), {"r04"}),
]


@pytest.mark.parametrize(("steps", "people", "told"), CLOSE)
def test_others_close_to_an_end_can_be_told_by_the_margin(steps, people, told):
    assert dimension_steps_from_an_end(people, READER) == steps
    assert known(people) == told


def test_others_less_than_a_step_from_an_end_are_told_by_the_score_alone():
    """Whoever sits alone cannot have moved: one step of their municipality is more than all steps there are."""
    people = five(("a", "2333"), ("b", "1111"), ("b", "1112"), ("b", "1121"), ("c", "1111"))

    assert dimension_steps_from_an_end(people, READER) < 1
    assert known(people) == {"r04"}


def test_who_is_at_one_end_throughout_can_be_told_by_the_margin_of_a_score_in_the_middle():
    """In fewer than one forum of five in a thousand."""
    people = five(("a", "1111"), ("a", "1111"), ("b", "3333"), ("b", "3434"), ("c", "3444"))

    assert dimension_steps_from_an_end(people, READER) == 20
    assert known(people) == {"r01"}


def test_one_other_answer_is_enough_not_to_be_told():
    people = five(("a", "1111"), ("a", "1112"), ("b", "3333"), ("b", "3434"), ("c", "3444"))

    assert known(people) == set()
