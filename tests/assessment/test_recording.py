"""The level that a forum gives itself in a session."""

import datetime

import pytest
from auditlog.context import set_actor
from auditlog.models import LogEntry
from django.db import IntegrityError
from django.utils import timezone

from assessment.actions.holding import RoundStateError
from assessment.actions.recording import Placement, record_group_levels
from assessment.models import GroupLevel
from tests.reports.cast import close


@pytest.fixture
def closed_round(open_round):
    return close(open_round)


def recorded(round) -> dict[str, tuple[int | None, str]]:
    return {each.dimension: (each.level, each.evidence) for each in round.group_levels.all()}


def test_recording_keeps_level_and_evidence_of_each_dimension(closed_round):
    placements = {"VIS": Placement(3, "Er is een gedeelde agenda."), "NET": Placement(None)}

    record_group_levels(round=closed_round, placements=placements)

    assert recorded(closed_round) == {"VIS": (3, "Er is een gedeelde agenda."), "NET": (None, "")}


def test_recording_again_changes_what_is_named_and_leaves_the_rest(closed_round):
    record_group_levels(round=closed_round, placements={"VIS": Placement(3), "NET": Placement(2)})
    GroupLevel.objects.update(recorded_on=datetime.date(2026, 1, 5))

    record_group_levels(round=closed_round, placements={"VIS": Placement(4, "Een besluit.")})

    assert recorded(closed_round) == {"VIS": (4, "Een besluit."), "NET": (2, "")}
    days = dict(closed_round.group_levels.values_list("dimension", "recorded_on"))
    assert days == {"VIS": timezone.localdate(), "NET": datetime.date(2026, 1, 5)}


def test_recording_nothing_for_a_dimension_forgets_it(closed_round):
    record_group_levels(round=closed_round, placements={"VIS": Placement(3), "NET": Placement(2)})

    record_group_levels(round=closed_round, placements={"VIS": None, "LER": None})

    assert recorded(closed_round) == {"NET": (2, "")}


def test_round_that_is_not_closed_takes_no_group_level(open_round):
    with pytest.raises(RoundStateError):
        record_group_levels(round=open_round, placements={"VIS": Placement(3)})

    assert GroupLevel.objects.count() == 0


@pytest.mark.parametrize("placements", [{"XYZ": Placement(3)}, {"VIS": Placement(6)}])
def test_what_the_questionnaire_does_not_have_is_refused_whole(closed_round, placements):
    with pytest.raises(KeyError):
        record_group_levels(round=closed_round, placements={"NET": Placement(2)} | placements)

    assert GroupLevel.objects.count() == 0


@pytest.mark.parametrize("level", [0, 6])
def test_database_refuses_a_level_off_the_scale(closed_round, level):
    with pytest.raises(IntegrityError):
        GroupLevel.objects.create(round=closed_round, dimension="VIS", level=level)


def test_database_refuses_a_second_level_for_a_dimension(closed_round):
    GroupLevel.objects.create(round=closed_round, dimension="VIS", level=2)

    with pytest.raises(IntegrityError):
        GroupLevel.objects.create(round=closed_round, dimension="VIS", level=3)


def test_audit_trail_tells_who_recorded_what(closed_round, coach):
    with set_actor(coach):
        record_group_levels(round=closed_round, placements={"VIS": Placement(3, "Een agenda.")})

    entry = LogEntry.objects.get_for_model(GroupLevel).get()
    assert (entry.actor, entry.changes["level"], entry.changes["evidence"]) == (
        coach,
        ["None", "3"],
        ["None", "Een agenda."],
    )


def test_frozen_result_does_not_change_by_what_the_group_says(closed_round):
    before = closed_round.snapshot.document

    record_group_levels(round=closed_round, placements={"VIS": Placement(5)})

    closed_round.snapshot.refresh_from_db()
    assert closed_round.snapshot.document == before
