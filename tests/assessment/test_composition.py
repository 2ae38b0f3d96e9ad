"""How the composition of a forum differed between two closed rounds, in counts."""

import datetime

import pytest
from django.utils import timezone

from assessment.actions.membership import replace_member
from assessment.actions.seats import combine_seats
from assessment.composition import has_merger, seats_changed
from assessment.models import Member, Merger, Seat, Snapshot
from tests import factories
from tests.reports.cast import close


def days_ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


def frozen(forum, kind: str, days: int) -> Snapshot:
    """The result of a round that closed so many days ago."""
    round = close(factories.make_round(forum=forum, kind=kind, opens_in=-days - 20, closes_in=-days))
    moment = timezone.now() - datetime.timedelta(days=days)
    Snapshot.objects.filter(round=round).update(closed_at=moment)
    return Snapshot.objects.select_related("round").get(round=round)


@pytest.fixture
def snapshots(forum) -> tuple[Snapshot, Snapshot]:
    return frozen(forum, "baseline", 200), frozen(forum, "interim", 10)


def leave(member: Member, days: int) -> None:
    Member.objects.filter(pk=member.pk).update(active_until=days_ago(days))


def join(seat: Seat, days: int) -> Member:
    address = f"sinds.{days}@forum.example"
    return factories.make_member(seat=seat, function="schepen", email=address, active_from=days_ago(days))


def test_nobody_who_came_or_went_between_the_rounds_changes_nothing(snapshots, forum):
    first, second, *_ = forum.members.order_by("pk")
    leave(first, 300)
    join(second.seat, 5)

    assert seats_changed(*snapshots) == 0


def test_another_person_on_a_seat_counts_once(snapshots, forum, django_assert_num_queries):
    first, second, third, *_ = forum.members.order_by("pk")
    leave(first, 100)
    join(first.seat, 99)  # replaced
    leave(second, 50)  # left an empty seat
    join(third.seat, 60)  # a second person
    leave(join(third.seat, 150), 120)  # came and went between the rounds

    with django_assert_num_queries(1):
        assert seats_changed(*snapshots) == 3


def test_seat_that_came_between_the_rounds_counts(snapshots, forum):
    join(factories.make_seat(forum=forum, organisation="Streekintercommunale"), 30)

    assert seats_changed(*snapshots) == 1


def test_seats_that_were_combined_do_not_count_people_who_stayed(forum):
    """After a merger two seats become one, and with the people of before on it nothing changed between rounds."""
    seat, other, *_ = forum.seats.order_by("pk")
    Seat.objects.filter(pk=other.pk).update(municipality=seat.municipality)
    snapshots = frozen(forum, "baseline", 200), frozen(forum, "interim", 10)
    other.refresh_from_db()
    combine_seats(seat=other, into=seat)

    assert seats_changed(*snapshots) == 0


def test_replacing_today_counts_from_the_next_round_on(forum, snapshots):
    replace_member(
        member=forum.members.order_by("pk").first(),
        name="Waarnemend burgemeester",
        email="waarnemend@forum.example",
        function="burgemeester",
        kind="voting",
        language="nl",
    )

    assert seats_changed(*snapshots) == 0


def test_nobody_can_tell_once_somebody_may_have_been_erased(settings, forum, snapshots):
    settings.KEEP_MONTHS = settings.KEEP_MONTHS | {"members": 3}

    assert seats_changed(*snapshots) is None


def test_nobody_can_tell_of_an_entered_round(snapshots):
    first, second = snapshots
    first.is_entered = True

    assert seats_changed(first, second) is None


@pytest.mark.parametrize("days, is_told", [(300, False), (100, True), (5, False)])
def test_merger_between_the_rounds_is_known(snapshots, forum, days, is_told):
    municipality = forum.seats.order_by("pk").first().municipality
    Merger.objects.create(
        municipality=municipality, old_nis="F9001", old_name="Oudervoorde", valid_from=days_ago(days)
    )

    assert has_merger(*snapshots) is is_told


def test_merger_elsewhere_says_nothing(snapshots):
    elsewhere = factories.make_municipality("Elders")
    Merger.objects.create(
        municipality=elsewhere, old_nis="F9002", old_name="Verweg", valid_from=days_ago(100)
    )

    assert has_merger(*snapshots) is False
