"""Two coaches do the same at the same moment: one succeeds, the other is told, nothing stands twice."""

import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from assessment.actions.accounts import change_account, end_access
from assessment.actions.membership import add_member, end_membership
from assessment.actions.planning import plan_round
from assessment.actions.refusals import RefusedError
from assessment.models import Member, Round, User
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def refusals_of(write: Callable[[], object]) -> list[str]:
    """Do it several times at once, and give the keys of what was refused."""
    return refusals_of_all([write] * AT_ONCE)


def refusals_of_all(writes: list[Callable[[], object]]) -> list[str]:
    """Do all of this at once, and give the keys of what was refused."""
    start = Barrier(len(writes))

    def once(write: Callable[[], object]) -> str | None:
        start.wait()
        try:
            write()
        except RefusedError as error:
            return error.key
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(writes)) as pool:
        answers = [future.result() for future in [pool.submit(once, write) for write in writes]]
    return [key for key in answers if key is not None]


def test_a_kind_is_planned_once(forum, version):
    opens_on = timezone.localdate() + datetime.timedelta(days=7)
    closes_on = opens_on + datetime.timedelta(days=14)

    refused = refusals_of(
        lambda: plan_round(forum=forum, kind=Round.Kind.BASELINE, opens_on=opens_on, closes_on=closes_on)
    )

    assert refused == ["round.error.kind"] * 3
    assert (Round.objects.count(), forum.tracks.count()) == (1, 1)


def test_an_address_is_added_once(forum):
    seat = forum.seats.first()

    refused = refusals_of(
        lambda: add_member(forum=forum, seat=seat, name="nieuw lid", email="nieuw@forum.example")
    )

    assert refused == ["member.duplicate"] * 3
    assert Member.objects.filter(email="nieuw@forum.example").count() == 1


def test_a_membership_ends_once(open_round):
    member = factories.invitations_of(open_round)[0].member

    assert refusals_of(lambda: end_membership(member=member)) == ["form.error.changed"] * 3
    assert open_round.invitations.count() == 7


def test_two_programme_managers_never_end_each_others_access_both():
    first, second = (factories.make_programme_manager(email=f"{each}@programma.example") for each in "ab")

    refused = refusals_of_all(
        [lambda: end_access(user=first, by=second), lambda: end_access(user=second, by=first)]
    )

    assert refused == ["manage.users.last"]
    assert User.objects.filter(kind=User.Kind.PROGRAMME_MANAGER, is_active=True).count() == 1


def test_two_programme_managers_never_make_each_other_coach_both():
    first, second = (factories.make_programme_manager(email=f"{each}@programma.example") for each in "ab")

    def make_coach(user: User, by: User) -> None:
        change_account(
            user=user, by=by, name=user.name, email=user.email, phone="", kind=User.Kind.COACH, forums=[]
        )

    assert refusals_of_all([lambda: make_coach(first, second), lambda: make_coach(second, first)]) == [
        "manage.users.last"
    ]
