"""What a forum agrees to do: actions with their course, taken over from the questionnaire or made up freely."""

import datetime

import pytest
from django.db import IntegrityError
from django.utils import timezone, translation

from assessment.actions.agreeing import (
    AgreeingError,
    Agreement,
    Bid,
    add_action,
    change_action,
    move_action,
    remove_action,
    take_over,
)
from assessment.actions.planning import cancel_round
from assessment.actions.refusals import RefusedError
from assessment.models import Action, ActionMove, Breakthrough, Track
from tests import factories

NETWORK_TEAM = Agreement("NET", "network", "Stel een netwerkteam samen", owner="Streekintercommunale")


@pytest.fixture
def track(open_round) -> Track:
    return open_round.track


@pytest.fixture
def action(track, coach) -> Action:
    return add_action(track=track, agreement=NETWORK_TEAM, by=coach)


def course(action) -> list[tuple[str, str, int | None]]:
    return list(action.moves.values_list("before", "after", "moved_by"))


def test_an_action_begins_as_still_to_start(action, coach):
    assert (action.status, course(action)) == ("todo", [("", "todo", coach.pk)])


def test_every_move_is_kept_with_who_made_it(action, coach):
    for status in ("doing", "done", "doing", "stopped"):
        move_action(action=action, to=status, by=coach)

    action.refresh_from_db()
    assert action.status == "stopped"
    assert [(before, after) for before, after, _ in course(action)] == [
        ("", "todo"),
        ("todo", "doing"),
        ("doing", "done"),
        ("done", "doing"),
        ("doing", "stopped"),
    ]


def test_a_move_to_where_it_stands_is_none(action, coach):
    move_action(action=action, to="todo", by=coach)

    assert len(course(action)) == 1


def test_changing_an_action_leaves_its_course_alone(action):
    change_action(action=action, agreement=NETWORK_TEAM._replace(what="Kies een voorzitter"), bid=None)

    action.refresh_from_db()
    assert (action.what, action.status, len(course(action))) == ("Kies een voorzitter", "todo", 1)


def test_a_removed_action_is_gone_with_its_course(action):
    remove_action(action=action)

    assert (Action.objects.count(), ActionMove.objects.count()) == (0, 0)
    with pytest.raises(RefusedError):
        remove_action(action=action)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_next_step_is_taken_over_in_dutch(track, coach, version, language):
    step = version.content.dimension("VIS").next_step_by_level[2]

    with translation.override(language):
        taken = take_over(track=track, content=version.content, dimension="VIS", level=2, number=0, by=coach)

    assert (taken.what, taken.block, taken.evidence) == (
        "Kies samen drie tot vijf prioritaire thema's voor het komende jaar",
        "content",
        step.evidence.nl,
    )
    assert (taken.method, taken.owner) == (step.actions[0].method.nl, step.actions[0].who.nl)


@pytest.mark.parametrize("wrong", [{"dimension": "XXX"}, {"level": 9}, {"number": 9}])
def test_a_step_that_is_not_there_is_not_taken_over(track, coach, version, wrong):
    step = {"dimension": "VIS", "level": 2, "number": 0} | wrong

    with pytest.raises(LookupError):
        take_over(track=track, content=version.content, by=coach, **step)

    assert Action.objects.count() == 0


def test_every_suggestion_of_the_questionnaire_fits_an_action(track, coach, version):
    fields = {
        field: Action._meta.get_field(field).max_length for field in ("what", "owner", "method", "evidence")
    }
    too_long = [
        (dimension.code, step.level)
        for dimension in version.content.dimensions
        for step in dimension.next_steps
        for each in step.actions
        if len(each.what.nl) > fields["what"]
        or len(each.who.nl) > fields["owner"]
        or len(each.method.nl) > fields["method"]
        or len(step.evidence.nl) > fields["evidence"]
    ]

    assert too_long == []


# --- Regional breakthroughs ----------------------------------------------------------------------------------


def test_an_action_may_be_a_breakthrough_and_stop_being_one(track, coach):
    bid = Bid("Provincie", 25_000, "granted", datetime.date(2026, 3, 3), "Een loket.")
    action = add_action(track=track, agreement=NETWORK_TEAM, by=coach, bid=bid)
    assert Breakthrough.objects.values_list("partners", "cofinancing").get() == ("Provincie", 25_000)

    change_action(action=action, agreement=NETWORK_TEAM, bid=None)

    assert Breakthrough.objects.count() == 0


def test_more_than_the_rule_allows_is_refused_and_stores_nothing(track, coach):
    with pytest.raises(AgreeingError) as error:
        add_action(track=track, agreement=NETWORK_TEAM, by=coach, bid=Bid("Provincie", 25_001))

    assert (error.value.field, Action.objects.count()) == ("cofinancing", 0)
    assert str(error.value) == (
        "Vraag hoogstens 25.000 euro. Meer cofinanciering kan een regionale doorbraak niet krijgen."
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"cofinancing": 25_001},
        {"partners": ""},
        {"decision": "perhaps"},
        {"decided_on": datetime.date(2026, 3, 3)},
    ],
)
def test_the_database_knows_what_a_breakthrough_is(action, fields):
    with pytest.raises(IntegrityError):
        Breakthrough.objects.create(action=action, **{"partners": "Provincie"} | fields)


@pytest.mark.parametrize("fields", [{"what": ""}, {"block": "other"}, {"status": "later"}])
def test_the_database_knows_what_an_action_is(track, fields):
    with pytest.raises(IntegrityError):
        Action.objects.create(track=track, **NETWORK_TEAM._asdict() | fields)


# --- What is late, and what stays ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due_in", "status", "is_overdue"),
    [
        (-1, "todo", True),
        (-1, "doing", True),
        (-1, "done", False),
        (-1, "stopped", False),
        (0, "doing", False),
    ],
)
def test_an_action_is_overdue_when_it_is_expected_still(track, due_in, status, is_overdue):
    due_on = timezone.localdate() + datetime.timedelta(days=due_in)
    action = Action.objects.create(
        track=track, status=status, **NETWORK_TEAM._replace(due_on=due_on)._asdict()
    )

    assert (action.is_overdue, Action.objects.overdue().exists()) == (is_overdue, is_overdue)


def test_cancelling_the_only_round_keeps_a_track_in_which_something_was_agreed(forum, coach):
    planned = factories.make_round(forum=forum)
    add_action(track=planned.track, agreement=NETWORK_TEAM, by=coach)

    cancel_round(round=planned)

    assert Action.objects.get().track == planned.track
