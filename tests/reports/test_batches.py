"""Many reports in one file: made by the worker, told while it works, for whoever may see each of them."""

import datetime
import hashlib
import io
import os
import signal
import threading
import time
import zipfile
from concurrent.futures.process import BrokenProcessPool

import pytest
from auditlog.models import LogEntry
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessment.actions.accounts import end_access
from assessment.actions.batching import erase_expired_batches, start_batch, take_up
from assessment.actions.keeping import erase_expired, erase_results
from assessment.actions.opening import open_round
from assessment.actions.quoting import change_quote, drop_quote
from assessment.models import Batch, BatchReport, Forum, IssuedFile, Round, Snapshot
from assessment.models.batches import DEAD_AFTER
from questionnaires.texts import text
from reports.batches import making
from reports.batches.tasks import make_reports, queue_batch
from tests import factories
from tests.assessment.working import queued, work_off
from tests.reports.cast import close, large_result, unpublished

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]

CHOOSE = "/rapporten/"
# Session, user, the batch, its reports, and whether the person may see each result.
PAGE_QUERIES = 5
# Session, user, earlier batches, rounds, and whether there are forums for the language and the menu.
CHOOSE_QUERIES = 4


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BATCH_FOLDER = str(tmp_path / "batches")
    return tmp_path / "batches"


@pytest.fixture
def rounds(forum, coach) -> list[Round]:
    """A small and a large result, of two forums of the same coach."""
    other = factories.make_forum(name="Zuidoverleg", coaches=[coach])
    return [
        close(factories.make_open_round(forum=forum)),
        close(factories.make_open_round(forum=other), large_result()),
    ]


def ask(client: Client, *rounds: Round) -> Batch:
    response = client.post(CHOOSE, {"rondes": [each.pk for each in rounds]})
    assert response.status_code == 302
    batch = Batch.objects.latest("pk")
    assert response["Location"] == page_of(batch)
    return batch


def page_of(batch: Batch) -> str:
    return reverse("reports:batch", args=[batch.pk])


def file_of(batch: Batch) -> str:
    return reverse("reports:batch_download", args=[batch.pk])


def single(client: Client, round: Round) -> tuple[str, bytes]:
    """Name and bytes of the single download."""
    response = client.post(reverse("reports:forum_pdf", args=[round.forum.slug, round.pk]))
    return response["Content-Disposition"].split('"')[1], response.content


def started(user, *rounds: Round) -> Batch:
    """A batch that waits, without anybody in the queue."""
    snapshots = [each.snapshot for each in rounds]
    return start_batch(user=user, snapshots=snapshots, language="nl", queue=lambda batch: None)


def finished(user, *rounds: Round) -> Batch:
    """A batch as it is once all is made, without the work."""
    batch = started(user, *rounds)
    batch.path.parent.mkdir(exist_ok=True)
    batch.path.write_bytes(b"file")
    batch.reports.update(state=BatchReport.State.DONE)
    Batch.objects.filter(pk=batch.pk).update(state=Batch.State.DONE, ended_at=timezone.now())
    batch.refresh_from_db()
    return batch


class Pool:
    """Stands in for the children: the same work, here."""

    def __init__(self, fail=None):
        self.fail = fail or {}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def submit(self, function, snapshot, language):
        return Answer(self.fail.get(snapshot), snapshot)


class Answer:
    def __init__(self, error, snapshot):
        self.error, self.snapshot = error, snapshot

    def result(self):
        if self.error:
            raise self.error
        return making.Made("rapport", f"report {self.snapshot}".encode())


def without_children(monkeypatch, fail=None) -> None:
    monkeypatch.setattr(making, "_children", lambda processes: Pool(fail))


def test_batch_holds_the_same_files_as_single_downloads(rounds, coach_client, folder):
    batch = ask(coach_client, *rounds)
    work_off()

    response = coach_client.post(file_of(batch), headers={"accept-encoding": "gzip"})
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        held = {info.filename: archive.read(info) for info in archive.infolist()}
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
    batch.refresh_from_db()
    assert batch.state == Batch.State.DONE
    issued = {*IssuedFile.objects.values_list("sha256", flat=True)}
    assert issued == {hashlib.sha256(data).hexdigest() for data in held.values()}
    assert held == dict(single(coach_client, each) for each in rounds)
    assert "no-store" in response["Cache-Control"]
    assert (folder.stat().st_mode & 0o777, batch.path.stat().st_mode & 0o777) == (0o700, 0o600)


def test_queue_knows_the_batch_by_its_id_alone(rounds, coach_client):
    batch = ask(coach_client, *rounds)

    [waiting] = queued("make_reports")
    assert waiting.args_kwargs == {"args": [batch.pk], "kwargs": {}}


def test_second_request_leads_to_the_batch_that_is_under_way(rounds, coach_client):
    assert ask(coach_client, rounds[0]) == ask(coach_client, rounds[1])
    assert (Batch.objects.count(), len(queued("make_reports"))) == (1, 1)


def test_batch_is_made_once(rounds, coach):
    batch = started(coach, *rounds)

    assert take_up(batch.pk) == batch
    assert (take_up(batch.pk), make_reports.call(batch.pk)) == (None, "nothing to make")


def test_report_that_cannot_be_made_is_named_and_the_others_are_kept(
    rounds, coach, coach_client, monkeypatch
):
    without_children(monkeypatch, {rounds[0].snapshot.pk: ValueError("no")})
    batch = started(coach, *rounds)

    assert make_reports.call(batch.pk) == "made"
    page = coach_client.get(page_of(batch)).content.decode()
    with zipfile.ZipFile(batch.path) as archive:
        assert archive.namelist() == ["rapport.pdf"]
    assert text("batch.ready", n=1, count=1) in page
    assert (rounds[0].forum.name in page, rounds[1].forum.name in page) == (True, False)


def test_two_reports_of_the_same_name_stay_two(rounds, coach, monkeypatch):
    without_children(monkeypatch)
    batch = started(coach, *rounds)
    make_reports.call(batch.pk)

    with zipfile.ZipFile(batch.path) as archive:
        assert archive.namelist() == ["rapport.pdf", "rapport-2.pdf"]


def test_batch_of_which_a_child_dies_says_so_and_offers_nothing(
    rounds, coach, coach_client, monkeypatch, folder
):
    without_children(monkeypatch, {rounds[1].snapshot.pk: BrokenProcessPool("gone")})
    batch = started(coach, *rounds)

    with pytest.raises(Exception, match="BrokenProcessPool"):
        make_reports.call(batch.pk)

    assert [*folder.iterdir()] == []
    assert text("batch.broken_off") in coach_client.get(page_of(batch)).content.decode()
    assert coach_client.post(file_of(batch))["Location"] == page_of(batch)
    assert started(coach, *rounds) != batch


def test_batch_of_which_nothing_can_be_made_has_no_file(rounds, coach, monkeypatch, folder):
    without_children(monkeypatch, {each.snapshot.pk: ValueError("no") for each in rounds})
    batch = started(coach, *rounds)

    assert make_reports.call(batch.pk) == "no file"
    assert [*folder.iterdir()] == []


def test_batch_whose_worker_is_gone_says_so_and_can_be_asked_for_anew(rounds, coach, coach_client):
    batch = started(coach, *rounds)
    Batch.objects.update(state=Batch.State.WORKING, touched_at=timezone.now() - DEAD_AFTER)

    assert text("batch.broken_off") in coach_client.get(page_of(batch)).content.decode()
    assert started(coach, *rounds) != batch


def test_page_tells_how_far_it_is_and_asks_again_by_itself(rounds, coach, coach_client):
    batch = started(coach, *rounds)
    batch.reports.filter(snapshot=rounds[0].snapshot).update(state=BatchReport.State.DONE)

    response = coach_client.get(page_of(batch))

    assert text("batch.progress", count=1, total=2) in response.content.decode()
    assert response["Refresh"] == "5"


@pytest.mark.parametrize("count", [1, 2])
def test_pages_ask_the_database_as_often_for_more_reports(
    count, rounds, coach, coach_client, django_assert_num_queries
):
    batch = finished(coach, *rounds[:count])

    with django_assert_num_queries(PAGE_QUERIES):
        coach_client.get(page_of(batch))
    with django_assert_num_queries(CHOOSE_QUERIES):
        coach_client.get(CHOOSE, {"zoek": rounds[0].forum.name if count == 1 else ""})


def test_page_says_that_the_reports_are_the_full_ones(rounds, coach_client):
    page = coach_client.get("/rapporten/").content.decode()

    assert "Het zijn de volledige versies, niet de rapporten die met leden gedeeld zijn." in page


def test_page_offers_every_result_that_the_person_may_see_and_no_other(rounds, coach_client, manager_client):
    foreign = close(factories.make_open_round(forum=factories.make_forum(name="Vreemd overleg")))

    def ticked(client: Client, **asked: str) -> set[int]:
        return client.get(CHOOSE, {"keuze": "alle"} | asked).context["form"].ticked

    assert ticked(coach_client) == {each.pk for each in rounds}
    assert ticked(manager_client) == {each.pk for each in [*rounds, foreign]}
    assert ticked(coach_client, keuze="") == set()
    assert ticked(coach_client, zoek="zuid") == {rounds[1].pk}
    assert coach_client.post(CHOOSE, {"rondes": [foreign.pk]}).status_code == 200
    assert not Batch.objects.exists()


@pytest.mark.parametrize("zoek", ["", "zuid"])
def test_all_that_are_shown_are_asked_for_by_one_field(zoek, rounds, coach_client):
    close(factories.make_open_round(forum=factories.make_forum(name="Vreemd Zuidoverleg")))

    response = coach_client.post(CHOOSE, {"alle": "1", "zoek": zoek})

    batch = Batch.objects.get()
    assert response["Location"] == page_of(batch)
    shown = [each for each in rounds if zoek in each.forum.name.lower()]
    assert [each.snapshot.round for each in batch.reports.order_by("pk")] == shown
    assert coach_client.post(CHOOSE, {"alle": "1", "zoek": "nergens"}).status_code == 200


def test_more_rounds_than_a_form_may_send_cannot_be_ticked_at_once(rounds, coach_client, settings):
    def page(most: int) -> tuple[bool, int, bool]:
        settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = most
        response = coach_client.get(CHOOSE, {"keuze": "alle"})
        html = response.content.decode()
        return text("batch.all") in html, len(response.context["form"].ticked), 'name="alle"' in html

    assert page(most=4) == (True, 2, True)  # the token, what was looked for, two rounds
    assert page(most=3) == (False, 0, True)


@pytest.mark.parametrize("given", ["²", "9" * 5_000, "x"])
def test_what_is_no_round_is_refused_and_ticks_nothing(given, rounds, coach_client):
    response = coach_client.post(CHOOSE, {"rondes": [given]})

    assert (response.status_code, response.context["form"].ticked) == (200, set())


def without_result(coach, *names: str) -> list[Round]:
    forums = [factories.make_forum(name=name, coaches=[coach]) for name in names]
    return [close(factories.make_open_round(forum=each), unpublished()) for each in forums]


@pytest.mark.parametrize("names", [[], ["Oostoverleg"], ["Oostoverleg", "Westoverleg"]])
def test_page_tells_how_many_of_the_rounds_have_no_result(names, rounds, coach, coach_client):
    without_result(coach, *names)
    page = coach_client.get(CHOOSE).text

    told = text("batch.without_result.shown", n=len(names), count=len(names))
    assert (told in page) is bool(names)
    assert page.count(f"({text('batch.without_result')})") == len(names)


def test_nobody_else_gets_the_file(rounds, coach, manager_client):
    batch = finished(coach, *rounds)

    assert (
        manager_client.get(page_of(batch)).status_code,
        manager_client.post(file_of(batch)).status_code,
    ) == (
        404,
        404,
    )


def test_file_is_refused_to_whoever_lost_one_forum(rounds, coach, coach_client):
    batch = finished(coach, *rounds)
    assert coach_client.post(file_of(batch)).status_code == 200

    rounds[1].forum.coaches.clear()

    assert coach_client.post(file_of(batch))["Location"] == page_of(batch)
    page = coach_client.get(page_of(batch)).content.decode()
    assert (text("batch.refused") in page, rounds[1].forum.name in page) == (True, False)


def test_file_is_refused_once_one_of_its_results_is_erased(rounds, coach, coach_client):
    batch = finished(coach, *rounds)
    Snapshot.objects.filter(pk=rounds[0].snapshot.pk).delete()

    assert coach_client.post(file_of(batch))["Location"] == page_of(batch)


def take_back(round: Round) -> None:
    drop_quote(quote=round.quotes.get())


def shorten(round: Round) -> None:
    change_quote(quote=round.quotes.get(), words="Vergader minder", theme=None)


def expire(round: Round) -> None:
    Round.objects.filter(pk=round.pk).update(closed_at=timezone.now() - datetime.timedelta(days=4000))
    erase_results()


@pytest.mark.parametrize("change", [take_back, shorten, expire])
def test_file_ends_with_the_words_and_the_results_in_it(change, rounds, coach, coach_client, folder):
    """The other file, without such a report, stays; whoever asked is told to ask again."""
    rounds[0].quotes.create(text="Vergader minder, beslis meer.")
    batch, other = finished(coach, *rounds), finished(coach, rounds[1])

    change(rounds[0])

    assert [*folder.iterdir()] == [other.path]
    assert coach_client.post(file_of(batch))["Location"] == page_of(batch)
    assert text("batch.broken_off") in coach_client.get(page_of(batch)).content.decode()
    assert coach_client.post(file_of(other)).status_code == 200


def test_file_stays_when_a_quote_moves_to_another_theme(rounds, coach, folder):
    quote = rounds[0].quotes.create(text="Vergader minder, beslis meer.")
    batch = finished(coach, *rounds)

    change_quote(quote=quote, words=quote.text, theme=rounds[0].themes.create(title="Ritme"))

    assert [*folder.iterdir()] == [batch.path]


def test_words_that_are_taken_back_meanwhile_leave_no_file(rounds, coach, monkeypatch, folder):
    without_children(monkeypatch)
    quote = rounds[0].quotes.create(text="Vergader minder, beslis meer.")
    taken = take_up(started(coach, *rounds).pk)
    drop_quote(quote=quote)

    assert taken is not None
    assert making.make_batch(taken) is False
    assert [*folder.iterdir()] == []


def test_file_is_refused_and_erased_after_a_day(rounds, coach, coach_client, folder):
    batch = finished(coach, *rounds)
    Batch.objects.update(made_at=timezone.now() - datetime.timedelta(hours=24))

    assert coach_client.post(file_of(batch))["Location"] == page_of(batch)
    assert text("batch.expired") in coach_client.get(page_of(batch)).content.decode()
    assert erase_expired(is_trial=True).batches == 1
    assert batch.path.exists()
    assert erase_expired().batches == 1
    assert ([*folder.iterdir()], Batch.objects.count()) == ([], 0)


def test_what_a_killed_worker_left_half_written_is_erased(rounds, coach, folder):
    batch = finished(coach, *rounds)
    (folder / "0a.half").write_bytes(b"half")

    assert erase_expired_batches() == 0
    assert [*folder.iterdir()] == [batch.path]


def test_file_goes_with_the_account(rounds, coach, folder):
    finished(coach, *rounds)

    end_access(user=coach, by=factories.make_programme_manager())

    assert ([*folder.iterdir()], Batch.objects.count()) == ([], 0)


def test_account_that_ends_meanwhile_leaves_no_file(rounds, coach, monkeypatch, folder):
    without_children(monkeypatch)
    batch = started(coach, *rounds)
    taken = take_up(batch.pk)
    Batch.objects.all().delete()

    assert taken is not None
    assert making.make_batch(taken) is False
    assert [*folder.iterdir()] == []


def test_trail_knows_nothing_of_batches(rounds, coach):
    entries = LogEntry.objects.count()
    finished(coach, *rounds)
    Batch.objects.all().delete()

    assert (LogEntry.objects.count(), Forum.objects.count()) == (entries, 2)


def test_work_is_queued_with_the_batch(rounds, coach):
    start_batch(user=coach, snapshots=[rounds[0].snapshot], language="nl", queue=queue_batch)

    assert len(queued("make_reports")) == 1


@pytest.fixture
def signals():
    """Whatever the worker has told the process to do on a signal is undone."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("signals")
def test_mails_leave_while_a_batch_is_made(rounds, coach_client, monkeypatch, mailoutbox):
    """The batch was asked for before the mails, and is not made before they have left."""
    left, threads = [], threading.active_count()

    def slow(batch: Batch) -> bool:
        for _ in range(300):
            if len(mailoutbox) == 8:
                break
            time.sleep(0.1)
        left.append(len(mailoutbox))
        os.kill(os.getpid(), signal.SIGTERM)
        return True

    monkeypatch.setattr(making, "make_batch", slow)
    ask(coach_client, *rounds)
    open_round(round=factories.make_round(forum=factories.make_forum(name="Oostoverleg")))

    call_command("worker")

    assert left == [8]
    assert threading.active_count() == threads
    assert queued("make_reports") == []
