"""Entering an earlier round: a closed round like any other, or nothing at all, and no way back to the file."""

import datetime
import io
from collections import Counter
from itertools import pairwise

import pytest
from auditlog.context import set_actor
from auditlog.models import LogEntry
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessment.actions.closing import close_round
from assessment.actions.cutting_loose import ClosingError
from assessment.actions.importing import check_round, import_round, read_round
from assessment.actions.planning import PlanningError, plan_round
from assessment.models import (
    Answer,
    Forum,
    Invitation,
    Municipality,
    OpenAnswer,
    Response,
    Round,
    Snapshot,
    Track,
)
from assessment.queries import answers_frame
from assessment.scoring.parameters import Parameters
from assessment.scoring.result import fingerprint, forum_result
from questionnaires.models import QuestionnaireVersion
from reports.build import build_report
from tests import factories
from tests.assessment.earlier_rounds import as_csv, header, rows_of
from tests.assessment.test_closing_together import together
from tests.assessment.test_traces import dump

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue", "version")]

DAY = datetime.timedelta(days=1)
BASELINE, INTERIM, FINAL = Round.Kind.BASELINE, Round.Kind.INTERIM, Round.Kind.FINAL


def ago(days: int) -> datetime.date:
    return timezone.localdate() - days * DAY


def answers_for(forum: Forum, *, kind: str = BASELINE, partners: int = 0, places: int = 8):
    """Answers of a mayor and another local member from each municipality, read from a file."""
    asks_change = kind != BASELINE
    names = list(forum.seats.order_by("pk").values_list("municipality__name", flat=True))[:places]
    rows = [header(asks_change=asks_change), *rows_of(names, partners=partners, asks_change=asks_change)]
    answers, problems = read_round(
        io.BytesIO(as_csv(rows)),
        "ronde.csv",
        content=factories.make_version().content,
        municipalities=Municipality.objects.filter(seats__forum=forum).distinct(),
        asks_change=asks_change,
    )
    assert problems == []
    return answers


def enter(forum: Forum, kind: str = BASELINE, days_ago: int = 100, *, members: int = 8, **options) -> Round:
    answers = options.pop("answers", None)
    answers = answers_for(forum, kind=kind) if answers is None else answers
    return import_round(
        forum=forum, kind=kind, closed_on=ago(days_ago), members=members, answers=answers, **options
    )


def stored() -> tuple[int, ...]:
    kinds = (Round, Track, Response, Answer, OpenAnswer, Snapshot, Invitation)
    return tuple(each.objects.count() for each in kinds)


# --- What is stored ------------------------------------------------------------------------------------------


def test_an_entered_round_is_closed_and_its_result_is_that_of_its_answers(forum, version):
    answers = answers_for(forum, partners=2)

    round = enter(forum, answers=answers, members=9)

    expected = forum_result(answers, 9, Parameters.from_content(version.content))
    round.refresh_from_db()
    assert round.snapshot.result == expected
    assert round.snapshot.fingerprint == fingerprint(expected)
    assert expected["published"] is True
    assert expected["response"] == {
        "members": 9,
        "delegations": 8,
        "responses": 16,
        "others": 2,
        "rate": 8 / 9,
        "warning": False,
        "by_group": {"mayors": 8, "other_local_members": 8},
    }
    assert (round.state, round.kind, round.version, round.forum) == ("closed", "baseline", version, forum)
    assert (round.snapshot.is_entered, round.snapshot.invited_members, round.snapshot.invited_others) == (
        True, 0, 0
    )  # fmt: skip


def test_stored_rows_give_the_answers_back(forum):
    answers = answers_for(forum, kind=INTERIM, partners=1)

    round = enter(forum, INTERIM, answers=answers)

    def told(frame) -> Counter:
        columns = ["group", "dimension", "item", "kind", "value", "dont_know"]
        return Counter(map(tuple, frame[columns].astype(str).values.tolist()))

    assert told(answers_frame(round)) == told(answers)
    assert stored() == (1, 1, 17, 16 * 48 + 42, 0, 1, 0)


def test_the_same_answers_closed_and_entered_give_the_same_result(coach, forum):
    """Closing and entering are one code path: same numbers, same fingerprint."""
    held = factories.make_answered_round(forum=forum, value=lambda code: 1 + len(code) % 5)
    closed = close_round(round=held)
    answers = answers_frame(held)
    elsewhere = factories.make_forum(name="Elders")

    entered = enter(elsewhere, answers=answers)

    assert (entered.snapshot.document, entered.snapshot.fingerprint) == (closed.document, closed.fingerprint)


def test_dates_are_those_of_the_closing_day(forum):
    round = enter(forum, days_ago=100)

    assert (round.opens_on, round.closes_on, round.opened_at) == (ago(100), ago(100), None)
    assert (round.closed_at, round.snapshot.closed_at) == (round.closes_at, round.closes_at)
    assert (round.track.starts_on, round.track.forum) == (ago(100), forum)


def test_a_round_of_today_is_closed_now_and_not_tonight(forum):
    assert enter(forum, days_ago=0).closed_at <= timezone.now()


def test_below_the_threshold_counts_alone_are_told(forum):
    round = enter(forum, answers=answers_for(forum, places=2))

    assert round.snapshot.result["reason"] == "too_few_responses"
    assert (round.snapshot.result["dimensions"], round.snapshot.result["items"]) == ({}, {})


def test_nobody_gets_a_mail_a_receipt_or_an_invitation(forum, mailoutbox):
    enter(forum)

    assert (mailoutbox, DBTaskResult.objects.count(), Invitation.objects.count()) == ([], 0, 0)
    assert not Response.objects.exclude(receipt_hash=None).exists()


def test_version_can_be_chosen(forum, version):
    version.state = QuestionnaireVersion.State.RETIRED
    version.save()
    answers = answers_for(forum)

    with pytest.raises(PlanningError) as refusal:
        enter(forum, answers=answers)

    assert refusal.value.key == "round.error.no_version"
    assert enter(forum, answers=answers, version=version).version == version


# --- Where it fits -------------------------------------------------------------------------------------------


def refusal(forum: Forum, kind: str, days_ago: int, **options) -> tuple[str, str | None]:
    """The key and field of the refusal; nothing is stored, and the check alone says the same."""
    answers, before = answers_for(forum, kind=kind), stored()
    with pytest.raises(PlanningError) as caught:
        enter(forum, kind, days_ago, answers=answers, **options)
    assert stored() == before
    with pytest.raises(PlanningError) as foreseen:
        check_round(forum=forum, kind=kind, closed_on=ago(days_ago), members=options.get("members", 8))
    assert foreseen.value.key == caught.value.key
    return caught.value.key, caught.value.field


def test_rounds_of_one_year_are_one_track_in_whatever_order_they_are_entered(forum):
    final = enter(forum, FINAL, 30)
    baseline = enter(forum, BASELINE, 330)
    interim = enter(forum, INTERIM, 200)

    assert {each.track_id for each in (final, baseline, interim)} == {baseline.track_id}
    assert Track.objects.get().starts_on == ago(330)


def test_what_follows_joins_the_track_of_the_entered_round(forum):
    baseline = enter(forum, BASELINE, 100)

    interim = plan_round(forum=forum, kind=INTERIM, opens_on=ago(-7), closes_on=ago(-21))

    assert interim.track == baseline.track


def test_a_round_of_years_ago_has_a_track_of_its_own(forum):
    assert enter(forum, BASELINE, 800).track != enter(forum, BASELINE, 100).track


def test_the_final_of_last_year_does_not_join_this_years_track(forum):
    baseline = enter(forum, BASELINE, 60)

    final = enter(forum, FINAL, 120)

    assert (final.track.starts_on, baseline.track.starts_on) == (ago(120), ago(60))
    assert final.track != baseline.track


def test_a_kind_that_is_there_is_refused(forum):
    enter(forum, BASELINE, 100)

    assert refusal(forum, BASELINE, 50) == ("round.error.kind", "kind")


@pytest.mark.parametrize("kind, days_ago", [(FINAL, 200), (FINAL, 100), (BASELINE, 50)])
def test_kinds_follow_each_other(forum, kind, days_ago):
    enter(forum, BASELINE, 300)
    enter(forum, INTERIM, 100)

    assert refusal(forum, kind, days_ago) == ("round.error.kind", "kind")


def test_two_rounds_do_not_end_on_the_same_day(forum):
    enter(forum, INTERIM, 100)

    assert refusal(forum, BASELINE, 100) == ("round.error.previous", "closed_on")


def test_a_planned_round_comes_after_what_was_held(forum):
    factories.make_round(forum=forum, kind=INTERIM, opens_in=-10, closes_in=20)  # it could not open yet

    assert enter(forum, BASELINE, 5).track == Track.objects.get()
    assert refusal(forum, FINAL, 3) == ("round.error.kind", "kind")


def test_before_an_open_round_an_earlier_one_can_be_entered(forum):
    interim = factories.make_open_round(forum=forum, kind=INTERIM)

    baseline = enter(forum, BASELINE, 100)

    interim.refresh_from_db()
    assert (baseline.track, interim.state) == (interim.track, "open")


def test_during_an_open_round_nothing_else_was_closed(forum):
    factories.make_open_round(forum=forum, opens_on=ago(10))

    assert refusal(forum, INTERIM, 5) == ("round.error.overlap", None)


def test_two_rounds_do_not_overlap(forum):
    round = factories.make_open_round(forum=forum, opens_on=ago(10))
    close_round(round=round)

    assert refusal(forum, INTERIM, 5) == ("round.error.previous", "closed_on")


def test_tomorrow_is_no_past(forum):
    assert refusal(forum, BASELINE, -1) == ("import_round.error.future", "closed_on")


def test_archived_forum_takes_no_round(forum):
    forum.is_archived = True
    forum.save()

    assert refusal(forum, BASELINE, 100) == ("round.error.archived", None)


@pytest.mark.parametrize("members", [0, -3])
def test_n_must_be_known(forum, members):
    assert refusal(forum, BASELINE, 100, members=members) == ("import_round.error.members", "members")


def test_n_is_not_below_the_municipalities_that_answered(forum):
    answers = answers_for(forum)

    with pytest.raises(PlanningError) as caught:
        enter(forum, answers=answers, members=7)

    assert str(caught.value) == "Er zijn meer gemeenten in het bestand dan leden van het forum."
    assert stored() == (0,) * 7


@pytest.mark.parametrize("members", [8, 30])
def test_n_may_differ_from_the_seats_of_today(forum, members):
    assert enter(forum, members=members).snapshot.result["response"]["members"] == members


def test_answers_that_scoring_refuses_leave_nothing(forum):
    answers = answers_for(forum)
    answers.loc[answers["item"] == "VIS1", "item"] = "XYZ1"

    with pytest.raises(ClosingError):
        enter(forum, answers=answers)

    assert stored() == (0,) * 7


def test_crash_half_way_leaves_nothing(forum, monkeypatch):
    from assessment.actions.importing import entering

    answers = answers_for(forum)

    def crash(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(entering, "freeze", crash)
    with pytest.raises(RuntimeError):
        enter(forum, answers=answers)

    assert stored() == (0,) * 7


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_at_once_make_one_round(forum):
    answers = answers_for(forum)

    outcomes = together(*[lambda: enter(forum, answers=answers)] * 3)

    assert sorted(type(each).__name__ for each in outcomes) == ["PlanningError", "PlanningError", "Round"]
    assert stored() == (1, 1, 16, 16 * 40, 0, 1, 0)


# --- No way back ---------------------------------------------------------------------------------------------


def test_keys_and_labels_are_not_those_of_the_frame(forum):
    answers = answers_for(forum)
    answers["delegation"] = answers["delegation"].map(
        {each: f"gemeente {each}" for each in answers["delegation"]}
    )

    enter(forum, answers=answers)

    keys = {str(each) for each in Response.objects.values_list("key", flat=True)}
    labels = Counter(Response.objects.values_list("delegation", flat=True))
    assert keys & set(answers["response"]) == set()
    assert set(labels) & set(answers["delegation"]) == set()
    assert (sorted(labels.values()), all(len(label) == 16 for label in labels)) == ([2] * 8, True)


@pytest.mark.django_db(transaction=True)
def test_rows_lie_in_another_order_than_in_the_frame(forum):
    answers = answers_for(forum).sort_values(["delegation", "response"], ignore_index=True)

    enter(forum, answers=answers)

    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT delegation FROM assessment_response ORDER BY {place}")
        delegations = [found[0] for found in cursor.fetchall()]
        cursor.execute(f"SELECT response_id FROM assessment_answer ORDER BY {place}")
        owners = [found[0] for found in cursor.fetchall()]
    assert sum(one == other for one, other in pairwise(delegations)) < 8
    assert sum(one != other for one, other in pairwise(owners)) > len(owners) / 2


@pytest.mark.django_db(transaction=True)
def test_no_row_of_a_result_names_a_place_and_no_row_elsewhere_has_an_answer(forum):
    enter(forum, answers=answers_for(forum))

    rows = dump()
    results = "".join(
        line
        for table in ("response", "answer", "openanswer", "snapshot")
        for line in rows.pop(f"assessment_{table}")
    )
    elsewhere = "".join(line for table in rows.values() for line in table)
    places = [each for pair in Municipality.objects.values_list("name", "nis") for each in pair]
    keys = [str(key) for key in Response.objects.values_list("key", flat=True)]
    labels = list(Response.objects.values_list("delegation", flat=True))
    assert [each for each in [*places, "ronde.csv"] if each in results] == []
    assert [each for each in [*keys, *labels, "ronde.csv"] if each in elsewhere] == []


def test_audit_trail_tells_who_entered_a_round_and_nothing_of_its_answers(forum, coach):
    LogEntry.objects.all().delete()

    with set_actor(coach):
        round = enter(forum)

    entries = LogEntry.objects.order_by("pk").values_list("content_type__model", "action", "actor")
    assert list(entries) == [("track", 0, coach.pk), ("round", 0, coach.pk)]
    changes = LogEntry.objects.get(content_type__model="round").changes
    assert changes["state"] == ["None", "closed"]
    assert set(changes) <= {field.name for field in Round._meta.get_fields()}
    assert round.pk == LogEntry.objects.get(content_type__model="round").object_id


# --- What is told --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "language, note",
    [
        ("nl", "Deze ronde is ingevoerd uit een vroegere zelfevaluatie, niet met Regiospiegel ingevuld."),
        ("en", "This round was entered from an earlier self-assessment, not filled in with Regiospiegel."),
    ],
)
@pytest.mark.parametrize("places", [8, 2])
def test_report_tells_that_the_round_was_entered(forum, language, note, places):
    round = enter(forum, answers=answers_for(forum, places=places))

    report = build_report(Snapshot.objects.get(round=round), language=language)

    assert note in report.respondents.sentences


def test_result_page_and_desk_tell_it_and_invent_no_number_of_invited(forum, coach_client):
    round = enter(forum, answers=answers_for(forum, partners=1))
    note = "Deze ronde is ingevoerd uit een vroegere zelfevaluatie, niet met Regiospiegel ingevuld."

    desk = coach_client.get(f"/fora/{forum.slug}/rondes/{round.pk}/").content.decode()
    page = coach_client.get(f"/fora/{forum.slug}/rondes/{round.pk}/resultaat/").content.decode()

    assert f"16 leden antwoordden. {note}" in " ".join(desk.split())
    assert "van 0 leden" not in desk
    assert note in page


def test_page_of_a_forum_lists_the_entered_round(forum, coach_client):
    enter(forum, days_ago=100)

    page = coach_client.get(f"/fora/{forum.slug}/").content.decode()

    assert f"gesloten op {ago(100).day}" in " ".join(page.split())
