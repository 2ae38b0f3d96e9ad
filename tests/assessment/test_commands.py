"""The operator's commands."""

import datetime
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as installation
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessment.actions.closing import close_round
from assessment.management.commands import worker
from assessment.models import Round, Snapshot
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]


def output(capsys, *arguments: object, **options: object) -> str:
    call_command(*arguments, **options)
    return capsys.readouterr().out


def test_results_prints_the_stored_bytes(open_round, capsys):
    snapshot = close_round(round=open_round)

    assert output(capsys, "results", open_round.pk) == f"{snapshot.document}\n"


def test_results_can_be_read_by_people(forum, capsys):
    round = factories.make_answered_round(forum=forum)
    snapshot = close_round(round=round)

    printed = output(capsys, "results", round.pk, indent=2)

    assert json.loads(printed) == snapshot.result
    assert printed.startswith('{\n  "')


@pytest.mark.parametrize("command", ["results", "close_round"])
def test_unknown_round_is_named(command):
    with pytest.raises(CommandError, match=r"^there is no round 404$"):
        call_command(command, 404)


def test_results_of_an_open_round_do_not_exist(open_round):
    with pytest.raises(CommandError, match="is open: there is a result only after closing"):
        call_command("results", open_round.pk)


def test_close_round_closes_and_tells_what_came_of_it(forum, capsys):
    round = factories.make_answered_round(forum=forum)

    printed = output(capsys, "close_round", round.pk)

    fingerprint = Snapshot.objects.get().fingerprint
    assert printed == f"closed round {round.pk}, with a result, fingerprint {fingerprint}\n"


def test_close_round_tells_that_there_is_no_result(open_round, capsys):
    printed = output(capsys, "close_round", open_round.pk)

    assert "without a result: too_few_responses" in printed


def test_close_round_refuses_a_round_that_is_not_open(forum):
    round = factories.make_round(forum=forum)

    with pytest.raises(CommandError, match="is planned, not open"):
        call_command("close_round", round.pk)


def test_close_round_that_fails_says_what_to_mend(forum):
    round = factories.make_answered_round(forum=forum)
    round.invitations.first().draft.answers.create(kind="statement", item="XYZ1", value=1)

    with pytest.raises(CommandError, match="passen niet bij de vragenlijst"):
        call_command("close_round", round.pk)

    round.refresh_from_db()
    assert round.state == "open"


def test_due_rounds_are_opened_and_closed(forum, capsys, monkeypatch):
    closing = factories.make_open_round(forum=forum, closes_in=3)
    elsewhere = factories.make_forum(name="Elders", municipalities=3)
    opening = factories.make_round(forum=elsewhere, opens_in=5, closes_in=30)
    later = timezone.now() + datetime.timedelta(days=6)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert output(capsys, "open_due_rounds") == f"opened round {opening.pk}\n"
    assert output(capsys, "close_due_rounds") == f"closed round {closing.pk}\n"
    assert output(capsys, "open_due_rounds") + output(capsys, "close_due_rounds") == ""


@pytest.mark.django_db(transaction=True)
def test_worker_opens_what_is_due_mails_it_and_closes_what_is_over(forum, monkeypatch, mailoutbox):
    round = factories.make_round(forum=forum, opens_in=5, closes_in=30)
    moments = [timezone.now() + datetime.timedelta(days=days) for days in (6, 32)]

    monkeypatch.setattr(timezone, "now", lambda: moments[0])
    call_command("worker", once=True)
    assert (Round.objects.get(pk=round.pk).state, len(mailoutbox)) == ("open", 8)

    monkeypatch.setattr(timezone, "now", lambda: moments[1])
    call_command("worker", once=True)
    assert (Round.objects.get(pk=round.pk).state, len(mailoutbox)) == ("closed", 16)


@pytest.mark.django_db(transaction=True)
def test_worker_forgets_tasks_that_are_done(forum, monkeypatch):
    round = factories.make_open_round(forum=forum)
    close_round(round=round)
    call_command("worker", once=True)
    assert DBTaskResult.objects.count() == 8

    tomorrow = timezone.now() + datetime.timedelta(days=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    call_command("worker", once=True)

    assert DBTaskResult.objects.count() == 0


def test_worker_goes_on_after_a_failure(monkeypatch, caplog):
    def away() -> None:
        raise ConnectionError("secret")

    monkeypatch.setattr(worker, "open_due_rounds", away)

    call_command("worker", once=True)

    assert "the worker goes on after ConnectionError at test_commands.py" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
def test_worker_stops_cleanly_when_told_to(signal_number):
    process = _start_worker()
    try:
        assert process.stderr.readline().endswith("the worker runs\n")
        process.send_signal(signal_number)
        told = process.communicate(timeout=30)[1]
    finally:
        process.kill()

    assert process.returncode == 0
    assert told.splitlines()[-1].endswith("the worker stops")
    assert "Traceback" not in told


def _start_worker() -> subprocess.Popen[str]:
    """The worker as its own process, on the database of the test."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        url = f"postgres://{database['USER']}@/{database['HOST'].replace('/', '%2F')}/{database['NAME']}"
    return subprocess.Popen(
        [sys.executable, str(Path(installation.BASE_DIR) / "manage.py"), "worker"],
        env=os.environ | {"DATABASE_URL": url},
        stderr=subprocess.PIPE,
        text=True,
    )
