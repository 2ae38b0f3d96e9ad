"""What a member finds out about another member from everything that is told, and what not (docs/privacy.md).

The attacker knows who answered, for which municipality, and what each of them left out. `ATTACKS` is the number of
forums that each property tries; the default keeps the suite short and is the same every time. With `ATTACKS` they are
others every time, unless `--hypothesis-seed` says which.
"""

import os
import random

import pytest
from hypothesis import HealthCheck, Phase, assume, given, reject, settings
from hypothesis import strategies as st

from tests.assessment.scoring.notation import CODES
from tests.attack.answers import COUNTING, STATEMENTS, solve
from tests.attack.attacker import Attacker, Unresolved, pinned
from tests.attack.forums import (
    ATTACKED,
    MEMBERS,
    are_all_the_same,
    dimension_steps_from_an_end,
    forum,
    forums,
    person,
    steps_from_an_end,
    thin,
)
from tests.attack.told import everything, no_scores_of_statements, shown_statement

attacks = settings(
    max_examples=int(os.environ.get("ATTACKS", "3")),
    deadline=None,
    derandomize="ATTACKS" not in os.environ,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # a smaller forum is another forum, and shrinking takes minutes
)
KNOWN = ("r00",)
# Within so many steps from an end the margin can tell what is left, beyond them in one forum of thousands (decision 9).
NEAR = 8
MOST_UNDECIDED = 1 / 20


class Tally:
    """How many forums were asked about, and on how many of them the solver gave up."""

    asked = undecided = 0


@pytest.fixture(scope="module", autouse=True)
def tally():
    """A forum on which the solver gives up shows nothing, so there may be few of them; told with `pytest -s`."""
    Tally.asked = Tally.undecided = 0
    yield Tally
    print(f"\nforums asked about: {Tally.asked}, undecided: {Tally.undecided}")
    assert Tally.undecided <= max(1, MOST_UNDECIDED * Tally.asked)


def attacker(people, known=KNOWN, shows=shown_statement, before=()):
    return Attacker(people, MEMBERS, known=known, shows=shows, before=before)


def found_out(people, known=KNOWN, shows=shown_statement, steps=0, before=()):
    """The answers of others in the attacked dimension of which one is left.

    Not asked where all others gave the same answer, or lie so many steps of one municipality from an end; nor of a
    dimension in which they lie NEAR steps from it altogether.
    """
    if dimension_steps_from_an_end(people, set(known)) <= NEAR:
        return {}
    one = attacker(people, known, shows, before)
    answers = one.answers(ATTACKED)
    asked = [
        place
        for place in answers.unknown
        if place[1] in STATEMENTS
        and not are_all_the_same(answers.truth, set(known), place[1])
        and not (steps and steps_from_an_end(people, set(known), place[1]) <= steps)
    ]
    Tally.asked += bool(asked)
    return {place: answers.truth[place] for place in asked if len(one.possibilities(ATTACKED, place)) == 1}


def settled(*args, **kwargs):
    """`found_out` of a forum that hypothesis made; those on which the solver gives up are counted by `tally`."""
    try:
        return found_out(*args, **kwargs)
    except (Unresolved, TimeoutError):
        Tally.undecided += 1
        reject()


# --- What is promised ------------------------------------------------------------------------------------------


@attacks
@given(forums(most=14), st.data())
def test_whoever_is_alike_can_change_places_without_anything_changing(people, data):
    """So nobody can say which of them gave which answers, whatever is computed from what is told."""
    one = attacker(people)
    name = data.draw(st.sampled_from([each for each in one.by_name if each != "r00"]))
    other = data.draw(st.sampled_from(one.alike(name)))
    assume(other != name)

    answers = {name: one.by_name[other], other: one.by_name[name]}
    swapped = [
        {
            **answers.get(each["response"], each),
            "response": each["response"],
            "delegation": each["delegation"],
        }
        for each in people
    ]

    assert one._see(swapped) == one.seen


@attacks
@given(forums())
def test_report_without_scores_of_statements_leaves_two_answers_to_every_statement(people):
    assert settled(people, shows=no_scores_of_statements) == {}


@attacks
@given(forums())
def test_scores_of_statements_leave_two_answers_but_close_to_an_end(people):
    assert settled(people, steps=2) == {}


@attacks
@given(forums(most=8), st.integers(1, 7), st.sampled_from(("4...", "..2.", "3.5.", ".4.4", "...1")))
def test_who_answers_one_or_two_statements_is_not_betrayed_by_their_scores(people, number, kept):
    name = people[number % len(people)]["response"]
    assume(name != "r00")

    assert settled(thin(people, name, kept), steps=2) == {}


@attacks
@given(forums(), forums())
def test_what_changed_since_a_round_of_which_all_is_known_leaves_two_answers(people, before):
    assert settled(people, steps=2, before=before) == {}


@attacks
@given(forums(most=8))
def test_two_members_together_are_left_with_two_answers_from_six_on(people):
    assume(len(people) > 5)

    assert settled(people, known=("r00", "r01"), shows=no_scores_of_statements) == {}


# --- What the attack can do --------------------------------------------------------------------------------------


def thin_forum():
    """Six mayors, of whom one answers the first statement only."""
    rows = ("4434", "3xxx", "3232", "3434", "3435", "4244", "2333")
    return [
        person(number, f"d{number}", random.Random(number)) | {"statements": dict.fromkeys(CODES, marks)}
        for number, marks in enumerate(rows)
    ]


def test_scores_of_all_statements_would_betray_who_answered_one():
    """The differences between the statements and their dimension are that one answer."""
    assert found_out(thin_forum(), shows=everything)[("r01", 0)] == 3
    assert found_out(thin_forum()) == {}


def test_scores_of_statements_can_tell_the_only_colleague_away_from_the_ends():
    """Known and written down: half steps in four statements and the margin leave one set of answers here."""
    rows = [("d0", "3443"), ("d1", "4322"), ("d2", "3232"), ("d3", "3333"), ("d0", "4343")]
    people = [
        {**each, "delegation": delegation, "statements": each["statements"] | {ATTACKED: marks}}
        for each, (delegation, marks) in zip(forum(random.Random(1), 5, 5), rows, strict=True)
    ]

    assert found_out(people, steps=2) == {("r04", column): int(mark) for column, mark in enumerate("4343")}
    assert found_out(people, shows=no_scores_of_statements) == {}


def test_four_of_five_together_know_the_fifth():
    people = forum(random.Random(1), 5, 5, mood="12345")
    known = ("r00", "r01", "r02", "r03")
    one = attacker(people, known)

    assert pinned(one, (ATTACKED,), STATEMENTS) == {
        ("r04", ATTACKED, column): int(mark) for column, mark in enumerate(people[4]["statements"][ATTACKED])
    }


@attacks
@given(forums(most=16), st.booleans(), st.integers(0, 6))
def test_true_answers_always_fit_what_is_told(people, has_groups, partners):
    """An attack that rules out the truth would promise too much."""
    if has_groups:
        people = [{**one, "group": COUNTING[number % 2]} for number, one in enumerate(people)]
    helpers = [
        {**person(90 + number, None, random.Random(number)), "group": "support_and_partners"}
        for number in range(partners)
    ]
    one = attacker([*people, *helpers], shows=everything)
    answers = one.answers(ATTACKED, with_agreement=True)
    place = answers.unknown[0]

    assert solve(answers, [(place, answers.truth[place])], most_changes=0) == answers.truth
