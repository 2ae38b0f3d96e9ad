"""Closing: what is counted, what is kept, what is gone, and that it happens once or not at all."""

import datetime
import hashlib
import json
from collections import Counter
from itertools import pairwise

import pytest
from django.conf import settings as installation
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessment import tasks
from assessment.actions import cleaning, closing, inviting, submitting
from assessment.actions.closing import ClosingError, close_due_rounds, close_round
from assessment.actions.holding import RoundStateError
from assessment.models import (
    Answer,
    Draft,
    DraftAnswer,
    Forum,
    Invitation,
    OpenAnswer,
    Response,
    Round,
    Seat,
    Snapshot,
)
from assessment.models.rounds import token_hash
from tests import factories
from tests.assessment.working import queued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]


@pytest.fixture
def mixed_round(coach) -> Round:
    """Eight municipalities with a mayor and an alderman, one organisation; everybody has submitted."""
    forum = factories.make_forum(name="Gemengd", members_per_seat=2, organisations=1, coaches=[coach])
    return factories.make_answered_round(forum=forum)


def submit(invitations: list[Invitation], **answers: object) -> None:
    for invitation in invitations:
        factories.fill_in(invitation, role=factories.role_for(invitation.member), **answers)
        factories.submit(invitation)


def drafts() -> list[tuple]:
    """Everything that members have given so far."""
    rows = DraftAnswer.objects.order_by("pk").values_list("draft_id", "kind", "item", "value", "text")
    return [*Draft.objects.order_by("pk").values_list(), *rows]


def outcome() -> tuple[int, ...]:
    return tuple(each.objects.count() for each in (Response, Answer, OpenAnswer, Snapshot))


# --- What is counted -----------------------------------------------------------------------------------------


def test_result_is_computed_from_one_vote_a_municipality(open_round):
    """Two municipalities at 100 (value 5), six at 50 (value 3): (200 + 300) / 8 = 62.5, shown as 63."""
    invitations = factories.invitations_of(open_round)
    submit(invitations[:2], value=5)
    submit(invitations[2:], value=3)

    result = close_round(round=open_round).result

    assert result["published"] is True
    assert result["dimensions"]["VIS"]["score"] == 62.5
    assert result["total"]["display"] == 63
    assert result["response"] == {
        "members": 8,
        "delegations": 8,
        "responses": 8,
        "others": 0,
        "rate": 1.0,
        "warning": False,
        "by_group": None,  # one group alone would be the forum again
    }


def test_snapshot_is_canonical_and_says_what_made_it(open_round):
    submit(factories.invitations_of(open_round))
    before = timezone.now()

    snapshot = close_round(round=open_round)

    canonical = json.dumps(snapshot.result, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    open_round.refresh_from_db()
    assert snapshot.document == canonical
    assert snapshot.fingerprint == hashlib.sha256(canonical.encode()).hexdigest()[:12]
    assert snapshot.questionnaire_version == "1.0.0"
    assert snapshot.software_version == installation.SOFTWARE_VERSION
    assert before <= snapshot.closed_at == open_round.closed_at <= timezone.now()
    assert (open_round.state, open_round.close_fault) == ("closed", "")
    assert (snapshot.invited_members, snapshot.invited_others, snapshot.is_entered) == (8, 0, False)


def test_empty_seats_count_in_n_and_organisations_do_not(open_round):
    forum = open_round.forum
    factories.make_seat(forum=forum, municipality=factories.make_municipality("Leegbeke"))
    factories.make_seat(forum=forum, organisation="Streekorganisatie")
    factories.make_seat(
        forum=factories.make_forum(name="Elders", municipalities=0),
        municipality=factories.make_municipality("Verweg"),
    )

    result = close_round(round=open_round).result

    assert result["response"]["members"] == 9


def test_two_seats_of_a_merged_municipality_are_one_delegation(mixed_round):
    first, second = mixed_round.forum.seats.filter(municipality__isnull=False).order_by("pk")[:2]
    second.municipality = first.municipality
    second.save()

    result = close_round(round=mixed_round).result

    sizes = Counter(Response.objects.exclude(delegation="").values_list("delegation", flat=True))
    assert sorted(sizes.values()) == [2, 2, 2, 2, 2, 2, 4]
    assert (result["response"]["members"], result["response"]["delegations"]) == (7, 7)


def test_role_decides_the_group_and_others_stay_outside_the_score(mixed_round):
    support = mixed_round.invitations.get(member__seat__municipality=None)
    factories.fill_in(support, role="partner", value=1)
    factories.submit(support)

    snapshot = close_round(round=mixed_round)

    groups = Counter(Response.objects.values_list("group", flat=True))
    assert groups == {"mayors": 8, "other_local_members": 8, "support_and_partners": 1}
    assert Response.objects.get(group="support_and_partners").delegation == ""
    assert snapshot.result["dimensions"]["VIS"]["score"] == 75
    assert snapshot.result["response"]["others"] == 1
    assert (snapshot.invited_members, snapshot.invited_others) == (16, 1)


def test_delegation_labels_are_new_in_every_round(mixed_round):
    close_round(round=mixed_round)
    first = set(Response.objects.values_list("delegation", flat=True))
    second_round = factories.make_answered_round(forum=mixed_round.forum, kind="interim")

    close_round(round=second_round)

    second = set(second_round.responses.values_list("delegation", flat=True))
    assert first & second == {""}
    assert len(first) == len(second) == 9


@pytest.mark.parametrize("kind, change", [("baseline", 0), ("interim", 8)])
def test_every_question_asked_has_a_row_and_no_other(forum, kind, change):
    round = factories.make_answered_round(forum=forum, kind=kind)

    close_round(round=round)

    kinds = Counter(Response.objects.first().answers.values_list("kind", flat=True))
    assert kinds == Counter(statement=32, importance=8, change=change)


def test_support_is_not_asked_about_the_own_municipality(mixed_round):
    close_round(round=mixed_round)

    answers = Answer.objects.filter(response__group="support_and_partners")
    assert answers.count() == 35
    assert not answers.filter(item__startswith="LOK").exists()


def test_question_left_open_is_kept_as_skipped(open_round):
    invitations = factories.invitations_of(open_round)
    submit(invitations)
    invitations[0].draft.answers.filter(item__in=["VIS1", "NET"]).delete()

    close_round(round=open_round)

    skipped = Answer.objects.filter(value=None, dont_know=False)
    assert sorted(skipped.values_list("kind", "item")) == [("importance", "NET"), ("statement", "VIS1")]


def test_open_answers_are_kept_stripped_and_tied_to_nothing(open_round):
    invitations = factories.invitations_of(open_round)
    submit(invitations[:1], texts={"O1": "  Meer tijd. \n", "O2": "   "}, has_quote_consent=True)
    submit(invitations[1:2], texts={"O1": "Minder mails."})

    close_round(round=open_round)

    rows = OpenAnswer.objects.values_list("question", "text", "has_quote_consent")
    assert sorted(rows) == [("O1", "Meer tijd.", True), ("O1", "Minder mails.", False)]


def test_receipt_moves_to_the_response(open_round):
    invitation = factories.invitations_of(open_round)[0]
    factories.fill_in(invitation, value=2)
    receipt = submitting.submit(invitation=invitation)

    close_round(round=open_round)

    response = Response.objects.get(receipt_hash=token_hash(receipt))
    assert set(response.answers.filter(kind="statement").values_list("value", flat=True)) == {2}


def test_who_declined_and_submitted_after_all_counts(open_round):
    invitation = factories.invitations_of(open_round)[0]
    inviting.decline(invitation=invitation)
    submit([invitation])

    assert close_round(round=open_round).result["response"]["responses"] == 1


# --- What is gone --------------------------------------------------------------------------------------------


def test_drafts_never_submitted_are_erased_and_counted_nowhere(open_round):
    submitted, begun, roleless, *_ = factories.invitations_of(open_round)
    submit([submitted])
    factories.fill_in(begun, texts={"O1": "nooit ingediend"})
    Draft.objects.create(invitation=roleless, role="")

    close_round(round=open_round)

    assert (Draft.objects.count(), DraftAnswer.objects.count()) == (0, 0)
    assert (Response.objects.count(), OpenAnswer.objects.count()) == (1, 0)


def test_drafts_of_another_round_are_left_alone(open_round):
    other = factories.make_open_round(forum=factories.make_forum(name="Elders", municipalities=1))
    factories.fill_in(factories.invitations_of(other)[0], texts={"O1": "blijft"})

    close_round(round=open_round)

    assert (Draft.objects.count(), DraftAnswer.objects.filter(text="blijft").count()) == (1, 1)


def test_too_few_answers_close_all_the_same_with_counts_alone(open_round):
    submit(factories.invitations_of(open_round)[:4])

    result = close_round(round=open_round).result

    assert (result["published"], result["reason"]) == (False, "too_few_responses")
    assert (result["dimensions"], result["items"], result["total"]) == ({}, {}, None)
    assert result["response"]["responses"] == 4
    assert Response.objects.count() == 4


def test_nobody_answered(open_round):
    snapshot = close_round(round=open_round)

    assert snapshot.result["reason"] == "too_few_responses"
    assert outcome() == (0, 0, 0, 1)


def test_forum_without_municipalities_closes_without_rate():
    forum = factories.make_forum(name="Partners", municipalities=0, organisations=2)

    result = close_round(round=factories.make_answered_round(forum=forum)).result

    assert (result["response"]["members"], result["response"]["others"]) == (None, 2)


@pytest.mark.django_db(transaction=True)
def test_rows_lie_in_another_order_than_they_were_submitted_in(mixed_round):
    receipts = []
    Draft.objects.update(submitted_at=None)
    for invitation in factories.invitations_of(mixed_round):
        receipts.append(submitting.submit(invitation=invitation))

    close_round(round=mixed_round)

    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT receipt_hash FROM assessment_response ORDER BY {place}")
        stored = [row[0] for row in cursor.fetchall()]
        cursor.execute(f"SELECT response_id FROM assessment_answer ORDER BY {place}")
        owners = [row[0] for row in cursor.fetchall()]
    submitted = [token_hash(receipt) for receipt in receipts]
    assert sorted(stored) == sorted(submitted)
    assert stored != submitted
    assert sum(one != other for one, other in pairwise(owners)) > len(owners) / 2


# --- What the members hear -----------------------------------------------------------------------------------


def test_everybody_who_did_not_decline_is_told(open_round):
    declined, *others = factories.invitations_of(open_round)
    inviting.decline(invitation=declined)

    close_round(round=open_round)

    told = [task.args_kwargs["args"] for task in queued("send_closed")]
    assert sorted(told) == [[each.pk] for each in others]


def test_silent_closing_tells_nobody(open_round):
    close_round(round=open_round, is_silent=True)

    assert queued("send_closed") == []


# --- Once, or not at all -------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["planned", "closed"])
def test_only_an_open_round_closes(forum, state):
    round = factories.make_open_round(forum=forum) if state == "closed" else factories.make_round(forum=forum)
    if state == "closed":
        close_round(round=round)

    with pytest.raises(RoundStateError):
        close_round(round=round)

    round.refresh_from_db()
    assert (round.state, round.close_fault) == (state, "")
    assert Snapshot.objects.count() == (state == "closed")


POINTS = ["cut_loose", "store", "_erase_drafts", "_freeze"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("point", POINTS)
def test_crash_half_way_keeps_every_draft(mixed_round, monkeypatch, caplog, point, when):
    before, real = drafts(), getattr(closing, point)

    def crash(*args: object, **kwargs: object) -> None:
        if when == "after":
            real(*args, **kwargs)
        raise RuntimeError("burgemeester.aldervoorde@forum.example antwoordde 4")

    monkeypatch.setattr(closing, point, crash)
    with pytest.raises(ClosingError) as raised:
        close_round(round=mixed_round)

    mixed_round.refresh_from_db()
    assert raised.value.key == mixed_round.close_fault == "close.fault.unexpected"
    assert (mixed_round.state, mixed_round.closed_at) == ("open", None)
    assert drafts() == before
    assert outcome() == (0, 0, 0, 0)
    assert queued("send_closed") == []
    assert "@" not in caplog.text + str(raised.value.__cause__)
    assert f"closing round {mixed_round.pk} failed, close.fault.unexpected: RuntimeError" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_queue_that_fails_undoes_the_closing(mixed_round, monkeypatch):
    def crash(invitations: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(tasks, "queue_closed", crash)
    before = drafts()

    with pytest.raises(ClosingError):
        close_round(round=mixed_round)

    assert drafts() == before
    assert outcome() == (0, 0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_municipality_without_seat_fails_the_closing_until_it_is_mended(mixed_round, caplog):
    seat = mixed_round.forum.seats.filter(municipality__isnull=False).first()
    elsewhere = factories.make_forum(name="Elders", municipalities=0)
    Seat.objects.filter(pk=seat.pk).update(forum=elsewhere)
    before = drafts()

    for _ in range(2):
        with pytest.raises(ClosingError) as raised:
            close_round(round=mixed_round)

    mixed_round.refresh_from_db()
    assert raised.value.key == mixed_round.close_fault == "close.fault.seats"
    assert "zetel" in str(raised.value)
    assert drafts() == before
    assert caplog.text.count("close.fault.seats") == 1

    Seat.objects.filter(pk=seat.pk).update(forum=mixed_round.forum)
    close_round(round=mixed_round)
    mixed_round.refresh_from_db()
    assert (mixed_round.state, mixed_round.close_fault) == ("closed", "")


@pytest.mark.parametrize("item, kind", [("XYZ1", "statement"), ("VIS", "change"), ("O4", "open")])
def test_answer_to_what_was_not_asked_fails_the_closing(open_round, item, kind):
    submit(factories.invitations_of(open_round))
    text = {"text": "woorden"} if kind == "open" else {}
    DraftAnswer.objects.create(draft=Draft.objects.first(), kind=kind, item=item, **text)
    before = drafts()

    with pytest.raises(ClosingError) as raised:
        close_round(round=open_round)

    assert raised.value.key == "close.fault.answers"
    assert drafts() == before
    assert outcome() == (0, 0, 0, 0)


def test_answers_that_scoring_refuses_fail_the_closing(open_round, monkeypatch):
    from assessment.scoring import result

    submit(factories.invitations_of(open_round))
    before = drafts()

    def refuse(answers: object, parameters: object) -> None:
        raise ValueError("3 rows with a value that is not 1, 2, 3, 4 or 5")

    monkeypatch.setattr(result, "check_answers", refuse)
    with pytest.raises(ClosingError) as raised:
        close_round(round=open_round)

    assert raised.value.key == "close.fault.answers"
    assert drafts() == before
    assert outcome() == (0, 0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_database_that_cannot_be_cleaned_now_is_cleaned_by_the_worker(mixed_round, monkeypatch, caplog):
    def busy() -> None:
        raise cleaning.CleaningError("busy")

    monkeypatch.setattr(cleaning, "clean_up", busy)

    close_round(round=mixed_round)

    assert Snapshot.objects.count() == 1
    assert len(queued("clean_database")) == 1
    assert "cleaning the database waits: CleaningError at test_closing.py" in caplog.text


def test_closing_takes_as_many_queries_for_many_members_as_for_few(coach):
    """Beside the mails, one to queue for each member."""
    counts = []
    for members in (1, 3):
        forum: Forum = factories.make_forum(
            name=f"Overleg {members}", municipalities=4, members_per_seat=members
        )
        round = factories.make_answered_round(forum=forum)
        with CaptureQueriesContext(connection) as queries:
            close_round(round=round, is_silent=True)
        # Long lists of rows are stored in several statements.
        counts.append(sum(not query["sql"].startswith("INSERT") for query in queries))

    assert counts[0] == counts[1]


# --- By the clock --------------------------------------------------------------------------------------------


def clock(monkeypatch, round: Round, hour: int, minute: int, days: int = 0) -> None:
    day = round.closes_on + datetime.timedelta(days=days)
    moment = timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.parametrize(
    "hour, minute, days, state", [(23, 59, 0, "open"), (0, 0, 1, "closed"), (12, 0, 4, "closed")]
)
def test_round_closes_by_itself_when_its_last_minute_has_passed(
    open_round, monkeypatch, hour, minute, days, state
):
    clock(monkeypatch, open_round, hour, minute, days)

    close_due_rounds()

    assert Round.objects.get().state == state


def test_round_that_was_postponed_meanwhile_stays_open(forum):
    listed = factories.make_open_round(forum=forum, closes_in=0)
    Round.objects.update(closes_on=listed.closes_on + datetime.timedelta(days=3))

    with pytest.raises(RoundStateError):
        close_round(round=listed, only_if_over=True)

    assert Round.objects.get().state == "open"


@pytest.mark.django_db(transaction=True)
def test_round_that_cannot_close_stops_no_other(open_round, mixed_round, monkeypatch):
    submit(factories.invitations_of(open_round))
    DraftAnswer.objects.create(
        draft=open_round.invitations.first().draft, kind="statement", item="XYZ1", value=1
    )
    clock(monkeypatch, mixed_round, 0, 0, days=1)

    closed = close_due_rounds()

    assert closed == [mixed_round]
    assert dict(Round.objects.values_list("pk", "close_fault")) == {
        open_round.pk: "close.fault.answers",
        mixed_round.pk: "",
    }
