"""Retention: what is past its period goes, to the day, and nothing else; the audit trail forgets who it was."""

import datetime
from pathlib import Path

import pytest
from auditlog.models import LogEntry
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessment.actions import cleaning, membership
from assessment.actions.closing import close_round
from assessment.actions.keeping import Erased, erase_expired, months_before
from assessment.actions.submitting import submit
from assessment.models import (
    Action,
    Answer,
    Forum,
    Invitation,
    Member,
    OpenAnswer,
    Priority,
    Response,
    Round,
    Seat,
    SharedReport,
    Snapshot,
    Target,
    Track,
)
from tests import factories
from tests.assessment.working import queued, recompute_by_command, work_off

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]

CLOSED = datetime.datetime(2026, 3, 3, 23, 59)
NOTHING = Erased(0, 0, 0, 0, 0, 0, 0, 0, 0)


@pytest.fixture(autouse=True)
def on(monkeypatch):
    """Let it be some moment, Brussels time: `on(2026, 3, 3)` is that day at noon."""

    def travel(*parts: int) -> None:
        moment = datetime.datetime(*parts) if len(parts) > 3 else datetime.datetime(*parts, 12)
        monkeypatch.setattr(timezone, "now", lambda: timezone.make_aware(moment))

    travel(2026, 3, 3)
    return travel


@pytest.fixture
def closed(on, forum) -> Round:
    """Closed on 3 March 2026, with eight responses and an open answer of each."""
    round = factories.make_open_round(forum=forum, closes_in=0)
    for invitation in factories.invitations_of(round):
        factories.fill_in(invitation, texts={"O1": "Meer tijd voor de agenda."})
        factories.submit(invitation)
    close_round(round=round, is_silent=True)
    Round.objects.update(closed_at=timezone.make_aware(CLOSED))
    return Round.objects.get()


def left() -> dict[str, int]:
    models = (Forum, Seat, Track, Round, Member, Invitation, Response, Answer, OpenAnswer, Snapshot)
    return {model.__name__: model.objects.count() for model in models}


# --- Periods -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "day, months, before",
    [
        ((2026, 3, 3), 12, (2025, 3, 3)),
        ((2026, 3, 3), 3, (2025, 12, 3)),
        ((2026, 5, 31), 3, (2026, 2, 28)),
        ((2024, 2, 29), 12, (2023, 2, 28)),
        ((2026, 12, 31), 120, (2016, 12, 31)),
        ((2026, 3, 3), 0, (2026, 3, 3)),
        ((2026, 3, 3), 100_000, (1970, 1, 1)),
    ],
)
def test_months_are_counted_back(day, months, before):
    assert months_before(datetime.date(*day), months) == datetime.date(*before)


def test_nothing_goes_that_is_not_past_its_period(on, closed):
    before = left()

    on(2026, 6, 3)  # three months to the day

    assert (erase_expired(), left()) == (NOTHING, before)


def test_invitations_go_three_months_after_closing(on, closed):
    before = left()
    on(2026, 6, 4)

    assert erase_expired() == NOTHING._replace(invitations=8)
    assert left() == before | {"Invitation": 0}


def test_link_of_an_erased_invitation_is_a_link_like_any_unknown_one(on, closed, client):
    link = reverse("filling:landing", args=[factories.invitations_of(closed)[0].token])
    unknown = client.get(reverse("filling:landing", args=["a" * 22]))
    assert client.get(link).status_code == 200

    on(2026, 6, 4)
    erase_expired()

    answer = client.get(link)
    assert (answer.status_code, main_of(answer)) == (404, main_of(unknown))


def main_of(response) -> str:
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def test_invitations_of_rounds_that_are_open_or_closed_lately_stay(on, closed):
    other = factories.make_forum(name="Zuidoverleg", municipalities=3)
    factories.make_open_round(forum=other)
    factories.make_closed_round(forum=factories.make_forum(name="Oostoverleg", municipalities=3))
    Round.objects.filter(forum__name="Oostoverleg").update(closed_at=timezone.make_aware(CLOSED) + days(1))

    on(2026, 6, 4)

    assert erase_expired() == NOTHING._replace(invitations=8)
    assert Invitation.objects.count() == 6


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


@pytest.mark.parametrize("day, kept", [((2028, 3, 3), 8), ((2028, 3, 4), 0)])
def test_responses_go_two_years_after_closing(on, closed, day, kept):
    Member.objects.update(active_from=datetime.date(2029, 1, 1))  # these are for the next tests
    document = closed.snapshot.document
    on(*day)

    erase_expired()

    assert (Response.objects.count(), OpenAnswer.objects.count()) == (kept, kept)
    assert Answer.objects.exists() == bool(kept)
    assert Snapshot.objects.get().document == document


def test_recompute_says_that_the_responses_were_erased(on, closed, capsys):
    on(2028, 3, 4)
    erase_expired()

    assert recompute_by_command(closed, capsys) == (
        2,
        [],
        f"round {closed.pk} cannot be computed again: "
        "its responses were erased, the frozen result is all there is",
    )


def test_result_of_the_group_stays_to_be_seen_when_its_responses_are_gone(on, closed, coach, client):
    place = [closed.forum.slug, closed.pk]
    pages = [reverse(name, args=place) for name in ("coaching:round", "reports:result")]
    on(2028, 3, 4)
    erase_expired()
    client.force_login(coach)

    assert [client.get(page).status_code for page in pages] == [200, 200]
    assert client.post(reverse("reports:forum_pdf", args=place)).status_code == 200


def test_ended_result_link_shows_the_page_of_an_unknown_one(on, forum, client):
    round = factories.make_open_round(forum=forum)
    receipts = []
    for invitation in factories.invitations_of(round):
        factories.fill_in(invitation)
        receipts.append(submit(invitation=invitation))
    close_round(round=round, is_silent=True)
    page = reverse("reports:receipt", args=[receipts[0]])
    unknown = client.get(reverse("reports:receipt", args=["a" * 22]))
    assert client.get(page).status_code == 200

    on(2028, 3, 4)
    erase_expired()

    answer = client.get(page)
    assert (answer.status_code, main_of(answer)) == (404, main_of(unknown))


@pytest.mark.parametrize("day, kept", [((2036, 3, 3), 1), ((2036, 3, 4), 0)])
def test_results_go_ten_years_after_closing_with_their_round(on, closed, day, kept):
    SharedReport.objects.create(round=closed)
    on(*day)

    erased = erase_expired()

    counts = [model.objects.count() for model in (Snapshot, Round, SharedReport)]
    assert counts == [kept, kept, kept]
    assert erased.results == 1 - kept
    assert (Forum.objects.count(), Track.objects.count(), Seat.objects.count()) == (1, 1, 8)


@pytest.mark.parametrize("days_after, kept", [(0, 1), (1, 0)])
def test_tracks_go_ten_years_after_their_end_with_what_was_agreed(on, closed, days_after, kept):
    track = Track.objects.get()
    Action.objects.create(track=track, dimension="NET", block="network", what="Kies een voorzitter")
    Target.objects.create(track=track, dimension="NET", level=3)
    Priority.objects.create(round=closed, place=1, chosen="NET")
    last = track.ends_on.replace(year=track.ends_on.year + 10) + datetime.timedelta(days=days_after)
    on(last.year, last.month, last.day)

    erased = erase_expired()

    assert (erased.tracks, erased.results) == (1 - kept, 1)
    counts = [model.objects.count() for model in (Track, Action, Target, Priority, Forum)]
    assert counts == [kept, kept, kept, 0, 1]
    assert not LogEntry.objects.filter(action=LogEntry.Action.DELETE).exists()


def test_a_track_stays_while_members_go_by_it(on, closed, settings):
    settings.KEEP_MONTHS = settings.KEEP_MONTHS | {"results": 6, "members": 24}
    on(2028, 3, 3)

    erase_expired()

    assert (Round.objects.count(), Track.objects.count(), Member.objects.count()) == (0, 1, 8)


def test_planned_round_never_expires(on, forum):
    factories.make_round(forum=forum)
    on(2046, 3, 4)

    erase_expired()

    assert Round.objects.count() == 1


# --- Members -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day, kept", [((2027, 3, 3), 8), ((2027, 3, 4), 7)])
def test_member_goes_twelve_months_after_leaving(on, forum, day, kept):
    factories.make_member(seat=forum.seats.first(), function="schepen", active_from=datetime.date(2027, 3, 3))
    Member.objects.filter(pk=forum.members.order_by("pk").first().pk).update(
        active_until=datetime.date(2026, 3, 3)
    )
    on(*day)

    erase_expired()

    assert Member.objects.count() == kept + 1
    assert Seat.objects.count() == 8


def test_member_who_still_has_an_invitation_stays_until_that_goes(on, closed, settings):
    settings.KEEP_MONTHS = settings.KEEP_MONTHS | {"mails": 36}
    Member.objects.update(active_until=datetime.date(2026, 3, 3))
    on(2028, 3, 4)
    assert erase_expired().members == 0

    on(2029, 3, 4)

    erased = erase_expired()
    assert (erased.invitations, erased.members) == (8, 8)


@pytest.mark.parametrize("ended, kept", [((2026, 3, 3), 0), ((2026, 3, 4), 8)])
def test_sitting_members_go_twelve_months_after_the_last_track(on, forum, ended, kept):
    for ends_on in (datetime.date(2025, 1, 1), datetime.date(*ended)):
        Track.objects.create(forum=forum, starts_on=ends_on - days(365), ends_on=ends_on)
    on(2027, 3, 4)

    erase_expired()

    assert Member.objects.count() == kept


def test_members_of_a_forum_without_a_track_stay(on, forum):
    on(2040, 1, 1)

    assert erase_expired().members == 0


def test_who_joins_after_the_last_track_waits_for_the_next(on, forum):
    Track.objects.create(
        forum=forum, starts_on=datetime.date(2024, 1, 1), ends_on=datetime.date(2024, 12, 31)
    )
    factories.make_member(seat=forum.seats.first(), function="schepen", active_from=datetime.date(2026, 2, 1))

    erase_expired()

    assert [member.function for member in Member.objects.all()] == ["schepen"]


def test_member_chosen_for_a_planned_round_stays_chosen(on, forum):
    """Without anybody chosen the round would invite everybody."""
    round = factories.make_round(forum=forum, opens_in=400, closes_in=410)
    member = forum.members.first()
    round.chosen_members.add(member)
    Member.objects.filter(pk=member.pk).update(active_until=datetime.date(2026, 3, 3))
    on(2027, 3, 4)

    erase_expired()

    assert [each.pk for each in round.chosen_members.all()] == [member.pk]


# --- The audit trail -----------------------------------------------------------------------------------------


def trail() -> str:
    return str(list(LogEntry.objects.values()))


def test_trail_forgets_who_an_erased_member_was(on, coach):
    forum = factories.make_forum(coaches=[coach], is_noted=True)
    member = forum.members.order_by("pk").first()
    membership.change_member(
        member=member,
        seat=member.seat,
        name="Nieuwe naam",
        email="nieuw.adres@forum.example",
        function="waarnemend burgemeester",
        kind="advisory",
        language="nl",
    )
    membership.end_membership(member=member)
    told = LogEntry.objects.get_for_model(Member).filter(object_id=member.pk)
    names = ("Nieuwe naam", "nieuw.adres@forum.example", "waarnemend", member.name, member.email)
    assert all(name in trail() for name in names)
    on(2027, 3, 3)

    erase_expired()

    assert [name for name in names if name in trail()] == []
    assert [entry.action for entry in told.order_by("pk")] == [0, 1, 1]
    assert told.order_by("pk")[1].changes == {"kind": ["voting", "advisory"]}
    other = forum.members.first()
    assert (other.name in trail(), other.email in trail()) == (True, True)


def test_trail_forgets_who_was_removed_by_hand_as_late_as_any_other(on, forum):
    LogEntry.objects.all().delete()
    member = membership.add_member(forum=forum, seat=forum.seats.first(), name="Even", email="even@f.example")
    LogEntry.objects.update(timestamp=timezone.now())
    membership.end_membership(member=member)
    assert not Member.objects.filter(pk=member.pk).exists()
    LogEntry.objects.update(timestamp=timezone.now())

    on(2027, 3, 3)
    erase_expired()
    assert "even@f.example" in trail()

    on(2027, 3, 4)
    erase_expired()
    assert "even@f.example" not in trail()
    assert LogEntry.objects.count() == 2


def test_erasing_leaves_no_entry_of_its_own(on, closed):
    LogEntry.objects.all().delete()
    on(2036, 3, 4)

    assert min(erase_expired()[:5]) > 0
    assert LogEntry.objects.count() == 0


@pytest.mark.parametrize("day, kept", [((2028, 3, 3), 1), ((2028, 3, 4), 0)])
def test_entries_go_after_two_years(on, coach, day, kept):
    LogEntry.objects.update(timestamp=timezone.make_aware(CLOSED))
    assert LogEntry.objects.count() == 1
    on(*day)

    assert erase_expired().entries == 1 - kept
    assert LogEntry.objects.count() == kept


# --- Running it ----------------------------------------------------------------------------------------------


def test_second_run_finds_nothing(on, closed):
    on(2036, 3, 4)
    first, after = erase_expired(), left()

    assert first != NOTHING
    assert (erase_expired(), left()) == (NOTHING, after)


def test_dry_run_counts_and_erases_nothing(on, closed, capsys):
    on(2036, 3, 4)
    before, entries = left(), LogEntry.objects.count()

    call_command("erase_expired", dry_run=True)
    told = capsys.readouterr().out

    assert (left(), LogEntry.objects.count()) == (before, entries)
    call_command("erase_expired")
    assert capsys.readouterr().out == told.replace("would erase", "erased")
    assert told == (
        "would erase: invitations 8, responses 8, open answers 8, results 1, members 8, "
        f"tracks 0, sessions 0, batches 0, entries {entries}\n"
    )


def test_worker_erases_by_itself(on, closed):
    on(2026, 6, 4)

    work_off()

    assert Invitation.objects.count() == 0


def test_worker_erases_once_a_day():
    from assessment.management.commands import worker

    assert worker.ERASE_EVERY == 24 * 60 * 60


def test_what_was_erased_is_gone_from_the_files(on, closed):
    words, address = b"Meer tijd voor de agenda.", b"burgemeester.aldervoorde@forum.example"
    assert [lies_about(each) for each in (words, address)] == [True, True]
    on(2036, 3, 4)

    erase_expired()

    assert [lies_about(each) for each in (words, address)] == [False, False]


def lies_about(words: bytes) -> bool:
    """Whether the files of the database hold these words anywhere."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        return any(words in each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        return any(words in content for table in cleaning.EXPIRED for content in _file_of(cursor, table))


def _file_of(cursor, table: str) -> list[bytes]:
    cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath(%s))", [table])
    return [bytes(content) for (content,) in cursor.fetchall()]


def test_cleaning_that_does_not_succeed_at_once_waits_for_the_worker(on, closed, monkeypatch):
    on(2026, 6, 4)

    def refuse() -> None:
        raise cleaning.CleaningError

    monkeypatch.setattr(cleaning, "clean_up_expired", refuse)
    erase_expired()
    assert Invitation.objects.count() == 0
    assert len(queued("clean_expired")) == 1

    monkeypatch.undo()
    DBTaskResult.objects.update(run_after=timezone.now() - days(1))
    work_off()

    assert DBTaskResult.objects.get().return_value == "clean"
