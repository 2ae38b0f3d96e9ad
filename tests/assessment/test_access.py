"""A coach sees the own forums, a programme manager all of them, everybody else nothing."""

import pytest
from django.contrib.auth.models import AnonymousUser

from assessment.access import (
    coached_rounds_for,
    forums_for,
    members_for,
    rounds_for,
    sees_names,
    snapshots_for,
)
from assessment.models import Snapshot
from tests import factories


@pytest.fixture
def cast(coach, forum):
    """Two forums with a closed round each, and everybody who may ask for them."""
    other = factories.make_coach("begeleider.zuid@programma.example")
    forums = {"own": forum, "other": factories.make_forum(name="Zuidoverleg", coaches=[other])}
    for each in forums.values():
        round = factories.make_round(forum=each)
        Snapshot.objects.create(
            round=round, document="{}", closed_at="2026-01-01T00:00Z", invited_members=0, invited_others=0
        )
    users = {"coach": coach, "manager": factories.make_programme_manager(), "nobody": AnonymousUser()}
    return forums, users


@pytest.mark.parametrize("kind, seen", [("coach", {"own"}), ("manager", {"own", "other"}), ("nobody", set())])
def test_everything_of_a_forum_follows_the_forum(cast, kind, seen):
    forums, users = cast
    user, expected = users[kind], {forums[name] for name in seen}

    assert set(forums_for(user)) == expected
    assert {round.forum for round in rounds_for(user)} == expected
    assert {member.forum for member in members_for(user)} == expected
    assert {snapshot.round.forum for snapshot in snapshots_for(user)} == expected


@pytest.mark.parametrize("kind, seen", [("coach", {"own"}), ("manager", set()), ("nobody", set())])
def test_sessions_are_recorded_by_the_coaches_of_the_forum_alone(cast, kind, seen):
    forums, users = cast

    assert {round.forum for round in coached_rounds_for(users[kind])} == {forums[name] for name in seen}


@pytest.mark.parametrize("is_demo, count", [(True, 1), (False, 0)])
def test_demo_forums_exist_in_demo_mode_only(coach, settings, is_demo, count):
    settings.DEMO = is_demo
    factories.make_forum(coaches=[coach], is_demo=True)

    assert forums_for(coach).count() == count


def test_names_are_for_the_forums_own_coaches(cast):
    forums, users = cast

    assert sees_names(users["coach"], forums["own"]) is True
    assert sees_names(users["coach"], forums["other"]) is False
    assert sees_names(users["manager"], forums["own"]) is False


def test_a_programme_manager_who_coaches_the_forum_sees_names(cast):
    forums, users = cast
    forums["own"].coaches.add(users["manager"])

    assert sees_names(users["manager"], forums["own"]) is True
