"""Opening by the coach and by the clock."""

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone

from assessment.actions import opening
from assessment.actions.closing import close_round
from assessment.actions.opening import RoundStateError, open_due_rounds, open_round
from assessment.models import Invitation, Round
from assessment.models.rounds import token_hash
from tests import factories
from tests.assessment.working import queued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]


def clock(monkeypatch, round: Round, time: datetime.time, days: int = 0) -> None:
    """Let it be this time in Brussels on the opening day, or some days after."""
    day = round.opens_on + datetime.timedelta(days=days)
    moment = timezone.make_aware(datetime.datetime.combine(day, time))
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_opening_invites_every_current_member(forum):
    gone = forum.members.first()
    gone.active_until = timezone.localdate() - datetime.timedelta(days=1)
    gone.save()

    round = open_round(round=factories.make_round(forum=forum))

    invitations = factories.invitations_of(round)
    assert [each.member for each in invitations] == list(forum.members.exclude(pk=gone.pk).order_by("pk"))
    assert all(each.token_hash == token_hash(each.token) for each in invitations)
    assert len(queued("send_invitation")) == 7


def test_opening_invites_only_who_was_chosen_and_still_sits(forum):
    round = factories.make_round(forum=forum)
    stays, leaves = forum.members.order_by("pk")[:2]
    round.chosen_members.set([stays, leaves])
    leaves.active_until = timezone.localdate() - datetime.timedelta(days=1)
    leaves.save()

    open_round(round=round)

    assert [each.member for each in Invitation.objects.all()] == [stays]


def test_opening_early_opens_today(forum):
    round = open_round(round=factories.make_round(forum=forum, opens_in=7))

    round.refresh_from_db()
    assert (round.state, round.opens_on) == ("open", timezone.localdate())
    assert timezone.now() - round.opened_at < datetime.timedelta(minutes=1)


def test_silent_opening_mails_nobody(forum):
    open_round(round=factories.make_round(forum=forum), is_silent=True)

    assert Invitation.objects.count() == 8
    assert queued("send_invitation") == []


def refused(round: Round) -> str:
    with pytest.raises(RoundStateError) as error:
        open_round(round=round)
    return error.value.key


def test_only_a_planned_round_opens(open_round):
    assert refused(open_round) == "form.error.changed"
    close_round(round=open_round)
    assert refused(open_round) == "form.error.changed"


def test_two_rounds_of_a_forum_are_never_open_together(open_round):
    assert refused(factories.make_round(forum=open_round.forum, kind="interim")) == "round.error.overlap"


def test_round_whose_closing_has_passed_does_not_open(forum):
    round = factories.make_round(forum=forum, opens_in=-9, closes_in=-1)

    assert refused(round) == "round.error.closing_passed"


def test_round_without_anybody_to_invite_does_not_open():
    round = factories.make_round(forum=factories.make_forum(name="Leeg", municipalities=0))

    assert refused(round) == "round.error.no_members"
    assert Round.objects.get().state == "planned"


@pytest.mark.parametrize(
    "time, days, state",
    [
        (datetime.time(7, 59), 0, "planned"),
        (datetime.time(8, 0), 0, "open"),
        (datetime.time(8, 0), 3, "open"),  # the worker was away
        (datetime.time(0, 30), 15, "planned"),  # and came back after the closing date
    ],
)
def test_round_opens_by_itself_at_eight_on_its_day(forum, monkeypatch, time, days, state):
    round = factories.make_round(forum=forum, opens_in=7, closes_in=21)
    clock(monkeypatch, round, time, days)

    open_due_rounds()

    assert Round.objects.get().state == state


def test_round_that_was_moved_meanwhile_waits_for_its_new_day(forum):
    listed = factories.make_round(forum=forum, opens_in=0)
    Round.objects.update(opens_on=listed.opens_on + datetime.timedelta(days=3))

    with pytest.raises(RoundStateError):
        open_round(round=listed, only_if_due=True)

    assert Round.objects.get().state == "planned"


def test_round_that_cannot_open_stops_no_other(forum, coach, monkeypatch, caplog):
    empty = factories.make_round(
        forum=factories.make_forum(name="Leeg", municipalities=0), opens_in=0, closes_in=9
    )
    exploding = factories.make_round(
        forum=factories.make_forum(name="Mis", municipalities=1), opens_in=0, closes_in=9
    )
    fine = factories.make_round(forum=forum, opens_in=0, closes_in=9)
    real = opening.open_round

    def explode(*, round: Round, only_if_due: bool) -> Round:
        if round == exploding:
            raise ZeroDivisionError("burgemeester.aldervoorde@forum.example")
        return real(round=round, only_if_due=only_if_due)

    monkeypatch.setattr(opening, "open_round", explode)
    clock(monkeypatch, fine, datetime.time(9, 0))

    assert open_due_rounds() == [fine]
    states = dict(Round.objects.values_list("pk", "state"))
    assert (states[empty.pk], states[exploding.pk]) == ("planned", "planned")
    assert f"opening round {exploding.pk} failed: ZeroDivisionError at test_opening.py" in caplog.text
    assert "@" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_who_open_at_once_invite_once(forum):
    round = factories.make_round(forum=forum)
    refusals = []
    barrier = threading.Barrier(2)

    def press() -> None:
        barrier.wait()
        try:
            open_round(round=Round.objects.get(pk=round.pk))
        except RoundStateError as error:
            refusals.append(error.key)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refusals == ["form.error.changed"]
    assert (Invitation.objects.count(), len(queued("send_invitation"))) == (8, 8)
