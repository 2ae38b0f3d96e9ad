"""What is found out near the ends: that the bench counts what scoring tells, and that the papers say what it found."""

import random
from pathlib import Path

import numpy as np
import pytest

from assessment.scoring.result import forum_result
from bench.ends import BOUNDS, END, HEAD, MAKE_UPS, MEMBERS, Margin, published, table, told
from tests.assessment.scoring.notation import PARAMETERS, answers_frame, respondent

DECISION = Path(__file__).parents[2] / "docs" / "decisions" / "0009-ends-of-the-scale.md"


def marks(steps):
    """Four answers so many steps from the lowest end."""
    return "".join(str(1 + (steps + place) // 4) for place in range(4))


def dimension(steps, sizes):
    """What scoring tells of five people so many steps from the end, sorted by municipality."""
    seats = [place for place, size in enumerate(sizes) for _ in range(size)]
    people = [
        respondent(number, delegation=f"d{seat}", marks=marks(own))
        for number, (own, seat) in enumerate(zip(steps, seats, strict=True))
    ]
    entry = forum_result(answers_frame(people), MEMBERS, PARAMETERS)["dimensions"]["VIS"]
    return [entry[key] for key in ("display", "margin", "level_low", "level_high")]


@pytest.mark.parametrize("make_up", MAKE_UPS)
@pytest.mark.parametrize("most", [2, END])
def test_many_forums_at_once_are_told_as_scoring_tells_each(make_up, most):
    chance = random.Random(f"{make_up} {most}")
    people = [chance.randint(0, most) for _ in range(5)]
    ends = np.cumsum(make_up.sizes)[:-1]
    votes = [[100 / END * np.mean(own)] for own in np.split(people, ends)]

    found = published(np.array(votes), MEMBERS)[0].tolist()

    assert [*found[:2], *(level + 1 for level in found[2:])] == dimension(people, make_up.sizes)


@pytest.mark.parametrize("make_up", MAKE_UPS)
def test_where_the_spread_is_not_told_only_others_under_one_step_from_an_end_are_found_out(make_up):
    """Every set of answers of five people is counted, so this is no sample."""
    assert told(make_up, Margin.NEVER).farthest < 1


@pytest.mark.parametrize("make_up", MAKE_UPS)
def test_the_widest_margin_near_an_end_would_hide_them_from_one_to_four_steps(make_up):
    place = BOUNDS.index(4) - 1

    assert told(make_up, Margin.WIDEST).shares[place] == 0


def test_privacy_notes_and_decision_say_what_is_measured():
    under_four, under_eight, beyond = (
        max(told(each).shares[place] for each in MAKE_UPS) for place in (1, 2, 3)
    )
    assert (round(under_four, 2), round(under_eight, 2), beyond < 0.002) == (0.31, 0.07, True)

    lines = DECISION.read_text(encoding="utf-8").splitlines()
    first = lines.index(HEAD)
    assert lines[first + 2 : first + 2 + 3 * len(MAKE_UPS)] == table()
