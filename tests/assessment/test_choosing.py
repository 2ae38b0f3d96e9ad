"""What a forum chooses for its year: target levels with their history, priorities beside what the rule proposed."""

import datetime

import pytest
from django.db import IntegrityError
from django.utils import timezone

from assessment.actions.choosing import (
    ChoosingError,
    Chosen,
    Wish,
    choose_targets,
    chosen_targets,
    decide_priorities,
)
from assessment.actions.holding import RoundStateError
from assessment.models import Priority, Target
from tests.reports.cast import chosen, close, make_result

DAY = datetime.date(2026, 3, 3)
PROPOSED = ("NET", "LER", "DOE")


@pytest.fixture
def closed_round(open_round):
    return close(open_round, make_result(priorities=[chosen(code) for code in PROPOSED]))


def standing(track) -> dict[str, tuple[int | None, str]]:
    return {each.dimension: (each.level, each.reason) for each in track.targets.current()}


def decided(round) -> list[tuple[str, str, str]]:
    return list(round.priorities.values_list("proposed", "chosen", "reason"))


def decide(round, *codes: str, reason: str = "") -> list[tuple[str, str, str]]:
    decide_priorities(round=round, chosen=codes, reason=reason, decided_on=DAY)
    return decided(round)


# --- Targets -------------------------------------------------------------------------------------------------


def test_targets_are_chosen_with_their_day_and_reason(open_round):
    wishes = {"VIS": Wish(4, "De agenda moet sturen."), "NET": Wish(3), "LER": Wish(None)}

    choose_targets(track=open_round.track, wishes=wishes, chosen_on=DAY)

    assert chosen_targets(open_round.track) == {
        "VIS": Chosen(4, "De agenda moet sturen.", DAY),
        "NET": Chosen(3, "", DAY),
    }


def test_another_target_leaves_the_one_before_as_history(open_round):
    track = open_round.track
    choose_targets(track=track, wishes={"NET": Wish(3, "Eerst dit.")}, chosen_on=DAY)

    choose_targets(track=track, wishes={"NET": Wish(4, "Nu verder.")}, chosen_on=DAY)

    history = list(track.targets.values_list("level", "reason", "replaced_on"))
    assert history == [(3, "Eerst dit.", timezone.localdate()), (4, "Nu verder.", None)]


def test_a_target_that_is_taken_back_is_told_no_longer_and_stays_as_history(open_round):
    track = open_round.track
    choose_targets(track=track, wishes={"NET": Wish(3)}, chosen_on=DAY)

    choose_targets(track=track, wishes={"NET": Wish(None)}, chosen_on=DAY)

    assert (chosen_targets(track), standing(track)) == ({}, {"NET": (None, "")})
    assert track.targets.count() == 2


def test_what_changes_nothing_is_no_new_choice(open_round):
    track = open_round.track
    wishes = {"VIS": Wish(4, "De agenda moet sturen."), "LER": Wish(None)}
    choose_targets(track=track, wishes=wishes, chosen_on=DAY)
    choose_targets(track=track, wishes={"NET": Wish(2)}, chosen_on=DAY)
    choose_targets(track=track, wishes={"NET": Wish(None)}, chosen_on=DAY)

    assert choose_targets(track=track, wishes=wishes | {"NET": Wish(None)}, chosen_on=DAY) == []


@pytest.mark.parametrize("fields", [{"level": 6}, {"level": 0}])
def test_the_database_knows_the_scale(open_round, fields):
    with pytest.raises(IntegrityError):
        Target.objects.create(track=open_round.track, dimension="VIS", **fields)


def test_the_database_keeps_one_current_target_a_dimension(open_round):
    Target.objects.create(track=open_round.track, dimension="VIS", level=3)

    with pytest.raises(IntegrityError):
        Target.objects.create(track=open_round.track, dimension="VIS", level=4)


# --- Priorities ----------------------------------------------------------------------------------------------


def test_an_accepted_proposal_needs_no_reason(closed_round):
    assert decide(closed_round, "DOE", "NET", "LER") == [
        ("NET", "NET", ""),
        ("LER", "LER", ""),
        ("DOE", "DOE", ""),
    ]


def test_another_choice_stands_beside_what_was_proposed_with_its_reason(closed_round):
    assert decide(closed_round, "NET", "VIS", "DOE", reason="De agenda eerst.") == [
        ("NET", "NET", ""),
        ("LER", "VIS", "De agenda eerst."),
        ("DOE", "DOE", ""),
    ]


def test_a_proposal_may_be_left_out_with_a_reason(closed_round):
    assert decide(closed_round, "NET", reason="Eén ding tegelijk.") == [
        ("NET", "NET", ""),
        ("LER", "", "Eén ding tegelijk."),
        ("DOE", "", "Eén ding tegelijk."),
    ]


def test_where_the_rule_proposes_fewer_the_forum_adds_without_overruling(open_round):
    round = close(open_round, make_result(priorities=[chosen("NET")]))

    assert decide(round, "NET", "VIS") == [("NET", "NET", ""), ("", "VIS", "")]
    assert [each.is_overruled for each in round.priorities.all()] == [False, False]


def test_a_new_decision_takes_the_place_of_the_one_before(closed_round):
    decide(closed_round, *PROPOSED)

    assert decide(closed_round, "VIS", reason="Bij nader inzien.") == [
        ("NET", "VIS", "Bij nader inzien."),
        ("LER", "", "Bij nader inzien."),
        ("DOE", "", "Bij nader inzien."),
    ]


@pytest.mark.parametrize(
    ("codes", "reason", "field"),
    [(("NET", "VIS", "DOE"), "", "reason"), (("NET", "LER", "DOE", "VIS"), "Alles.", "chosen")],
)
def test_what_breaks_a_rule_is_refused_and_changes_nothing(closed_round, codes, reason, field):
    before = decide(closed_round, *PROPOSED)

    with pytest.raises(ChoosingError) as error:
        decide(closed_round, *codes, reason=reason)

    assert (error.value.field, decided(closed_round)) == (field, before)


def test_nothing_is_decided_before_the_round_is_closed(open_round):
    with pytest.raises(RoundStateError):
        decide(open_round, "NET")


@pytest.mark.parametrize(
    "fields",
    [
        {"proposed": "NET", "chosen": "VIS"},
        {"proposed": "NET"},
        {},
        {"chosen": "VIS", "place": 0},
    ],
    ids=["other without a reason", "left out without a reason", "neither", "no place"],
)
def test_the_database_knows_what_a_priority_is(open_round, fields):
    with pytest.raises(IntegrityError):
        Priority.objects.create(round=open_round, **{"place": 1} | fields)
