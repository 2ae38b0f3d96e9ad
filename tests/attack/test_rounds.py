"""Two rounds with one leaver: what the difference tells, when all others are known to repeat their answers.

That is not promised (docs/privacy.md): nobody repeats 32 answers after a year. The figures say how it fades.
"""

import random

import pytest
from ortools.sat.python import cp_model

from assessment.scoring.result import forum_result
from tests.assessment.scoring.notation import PARAMETERS, answers_frame
from tests.attack.answers import STATEMENTS, VALUES, Answers, solve
from tests.attack.evidence import Evidence
from tests.attack.forums import ATTACKED, MEMBERS, forum
from tests.attack.told import no_scores_of_statements, shown_statement, told

LEAVER = "r05"


def see(people, shows):
    return told(forum_result(answers_frame(people), MEMBERS, PARAMETERS), shows)


def left(people, shows, *, drift=0):
    """How many answers are possible for each statement of the leaver; others move `drift` steps at most."""
    model = cp_model.CpModel()
    stayed = [one for one in people if one["response"] != LEAVER]
    first = Answers(model, people, ATTACKED, {"r00"})
    second = Answers(model, stayed, ATTACKED, {"r00"}) if drift else first.without({LEAVER})
    Evidence(first, see(people, shows), MEMBERS, with_agreement=False)
    Evidence(second, see(stayed, shows), MEMBERS, with_agreement=False)
    if drift:
        for place in second.unknown:
            model.add_linear_constraint(first.value[place] - second.value[place], -drift, drift)
    return [sum(is_possible(first, column, value) for value in VALUES) for column in STATEMENTS]


def is_possible(answers, column, value):
    return solve(answers, [((LEAVER, column), value)]) is not None


@pytest.fixture
def six():
    return forum(random.Random(3), 6, 6)


def test_scores_of_statements_in_two_rounds_betray_a_leaver_if_all_others_repeat_their_answers(six):
    assert left(six, shown_statement) == [1, 1, 1, 1]


def test_they_do_not_if_others_may_have_moved_one_step(six):
    assert min(left(six, shown_statement, drift=1)) >= 4


def test_report_without_scores_of_statements_leaves_the_leaver_several_answers(six):
    assert min(left(six, no_scores_of_statements)) >= 2
