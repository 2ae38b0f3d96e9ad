"""Closing while others write: exactly one snapshot, and every receipt that was given is in it."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from assessment.actions import closing, inviting, submitting
from assessment.actions.closing import close_round
from assessment.actions.holding import RoundStateError
from assessment.actions.importing_members import import_members
from assessment.actions.member_plan import Plan
from assessment.actions.member_rows import as_table, read_members
from assessment.actions.membership import MembershipError
from assessment.actions.planning_members import plan_members
from assessment.models import Answer, Draft, Forum, Invitation, OpenAnswer, Response, Round, Snapshot
from assessment.models.rounds import token_hash
from tests import factories
from tests.assessment.working import queued

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]


@pytest.fixture
def mixed_round(coach) -> Round:
    """Eight municipalities with a mayor and an alderman, one organisation; everybody has submitted."""
    forum = factories.make_forum(members_per_seat=2, organisations=1, coaches=[coach])
    return factories.make_answered_round(forum=forum)


def together(*jobs: Callable[[], object]) -> list[object]:
    """Do all jobs at the same time; what each returns or raises, in the order of the jobs."""
    outcomes: list[object] = [None] * len(jobs)
    barrier = threading.Barrier(len(jobs))

    def run(number: int, job: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=30)
            outcomes[number] = job()
        except Exception as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def told(outcome: object) -> str:
    """An outcome in words; of an error also what it arose from, which a closing leaves out."""
    chain = [outcome]
    while (cause := getattr(chain[-1], "__context__", None)) is not None:
        chain.append(cause)
    return ", while handling ".join(map(repr, chain))


def test_two_who_close_at_once_make_one_snapshot(mixed_round):
    def press() -> Snapshot:
        return close_round(round=Round.objects.get(pk=mixed_round.pk))

    outcomes = together(press, press, press)

    assert sorted(type(each).__name__ for each in outcomes) == [
        "RoundStateError",
        "RoundStateError",
        "Snapshot",
    ]
    stored = [each.objects.count() for each in (Response, Answer, OpenAnswer, Snapshot)]
    assert stored == [17, 16 * 40 + 35, 0, 1]
    mixed_round.refresh_from_db()
    assert (mixed_round.state, mixed_round.close_fault) == ("closed", "")
    assert len(queued("send_closed")) == 17


def test_submission_that_was_first_counts_though_closing_waits_for_it(open_round, monkeypatch):
    invitation = factories.invitations_of(open_round)[0]
    factories.fill_in(invitation)
    is_held, may_go_on, real = threading.Event(), threading.Event(), submitting._give_receipt

    def slow(draft: Draft) -> str:
        is_held.set()
        may_go_on.wait(timeout=30)
        return real(draft)

    monkeypatch.setattr(submitting, "_give_receipt", slow)

    def close() -> Snapshot:
        is_held.wait(timeout=30)
        threading.Timer(0.5, may_go_on.set).start()
        return close_round(round=open_round)

    receipt, snapshot = together(lambda: submitting.submit(invitation=invitation), close)

    assert snapshot.result["response"]["responses"] == 1
    assert Response.objects.get().receipt_hash == token_hash(receipt)


def test_submission_during_closing_is_refused_and_leaves_nothing(open_round, monkeypatch):
    early, late, *_ = factories.invitations_of(open_round)
    factories.fill_in(early)
    factories.submit(early)
    factories.fill_in(late)
    is_held, real = threading.Event(), closing.cut_loose

    def slow(*args: object) -> object:
        is_held.set()
        threading.Event().wait(0.5)
        return real(*args)

    monkeypatch.setattr(closing, "cut_loose", slow)

    def submit_late() -> str | None:
        is_held.wait(timeout=30)
        return submitting.submit(invitation=late)

    snapshot, refusal = together(lambda: close_round(round=open_round), submit_late)

    assert isinstance(refusal, RoundStateError)
    assert snapshot.result["response"]["responses"] == 1
    assert not Draft.objects.exists()


def test_whoever_got_a_receipt_is_in_the_result_and_nobody_else(mixed_round):
    invitations = factories.invitations_of(mixed_round)
    Draft.objects.update(submitted_at=None)
    jobs = [lambda each=each: submitting.submit(invitation=each) for each in invitations]
    jobs.insert(8, lambda: close_round(round=mixed_round))

    outcomes = together(*jobs)

    snapshot = outcomes.pop(8)
    receipts = {token_hash(each) for each in outcomes if isinstance(each, str)}
    refused = [each for each in outcomes if not isinstance(each, str)]
    assert {type(each) for each in refused} <= {RoundStateError}
    assert set(Response.objects.values_list("receipt_hash", flat=True)) == receipts
    response = snapshot.result["response"]
    assert response["responses"] + response["others"] == len(receipts)
    assert not Draft.objects.exists()


def test_invitation_made_during_closing_is_refused(mixed_round, monkeypatch):
    member = factories.make_member(seat=mixed_round.forum.seats.first(), function="raadslid")
    is_held, real = threading.Event(), closing.cut_loose

    def slow(*args: object) -> object:
        is_held.set()
        threading.Event().wait(0.5)
        return real(*args)

    monkeypatch.setattr(closing, "cut_loose", slow)

    def invite() -> Invitation:
        is_held.wait(timeout=30)
        return inviting.invite(round=mixed_round, member=member)

    _, refusal = together(lambda: close_round(round=mixed_round), invite)

    assert isinstance(refusal, RoundStateError)
    assert not Invitation.objects.filter(member=member).exists()


def test_a_link_that_is_renewed_when_closing_begins_is_new_before_it_closes(mixed_round):
    """Whoever writes the invitation twice refers to the round anew when all is stored, while closing has that."""
    invitation, *others = factories.invitations_of(mixed_round)
    is_renewed = threading.Event()

    def renew() -> Invitation:
        with transaction.atomic():
            renewed = inviting.renew_link(invitation=invitation)
            is_renewed.set()
            threading.Event().wait(0.5)
        return renewed

    def close() -> Snapshot:
        is_renewed.wait(timeout=30)
        return close_round(round=mixed_round)

    renewed, closed = together(renew, close)

    assert isinstance(renewed, Invitation), told(renewed)
    assert isinstance(closed, Snapshot), told(closed)
    assert Response.objects.count() == len(others)


def test_a_list_that_ends_links_and_a_closing_do_not_wait_for_each_other(mixed_round):
    """Both hold several invitations: whoever comes second waits, and neither gives up."""
    members = list(mixed_round.forum.members.select_related("seat__municipality").order_by("-pk"))
    head, *table = as_table(members)
    rows = read_members([head, *([*cells[:1], f"nieuw.{cells[1]}", *cells[2:]] for cells in table)]).rows
    choices = {f"address-{row.line}": "same" for row in rows}
    plan = plan_members(forum=mixed_round.forum, rows=rows, choices=choices)
    assert plan.ending == len(members)

    def apply() -> object:
        forum = Forum.objects.get(pk=mixed_round.forum_id)
        return import_members(forum=forum, rows=rows, choices=choices, fingerprint=plan.fingerprint)

    applied, closed = together(apply, lambda: close_round(round=Round.objects.get(pk=mixed_round.pk)))

    assert isinstance(closed, Snapshot), told(closed)
    assert isinstance(applied, Plan | MembershipError), told(applied)
    assert Response.objects.count() in (0, len(members))
