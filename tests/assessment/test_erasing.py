"""Delegation labels that are never stored, or erased later: the result stays, the receipt works, nothing lies about."""

import itertools
import json
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from assessment.actions import cleaning, submitting
from assessment.actions.closing import close_round
from assessment.actions.erasing import erase_labels
from assessment.models import Draft, Response, Round, Snapshot
from assessment.models.rounds import token_hash
from assessment.queries import own_result
from tests import factories
from tests.assessment.working import recompute_by_command

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]


NUMBERS = itertools.count()  # of the whole run: a label of an earlier test may still lie in a file


@pytest.fixture
def labels(monkeypatch) -> list[str]:
    """Every label that closing makes, written down as it is made."""
    made: list[str] = []

    def token_hex(length: int) -> str:
        made.append(f"label{next(NUMBERS):011}")
        return made[-1]

    monkeypatch.setattr(secrets, "token_hex", token_hex)
    return made


def answered_round(name: str = "Gemengd", **fields: object) -> Round:
    forum = factories.make_forum(name=name, members_per_seat=2, organisations=1)
    return factories.make_answered_round(forum=forum, value=factories.varied_values(), **fields)


def rounded(document: str) -> dict:
    return json.loads(document, parse_float=lambda number: round(float(number), 9))


def stored_labels() -> set[str]:
    return set(Response.objects.values_list("delegation", flat=True))


def files_of_the_database() -> Iterator[bytes]:
    """SQLite: its file and its log. PostgreSQL: the table of responses, as it is on disk."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        yield from (each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
        return
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath('assessment_response'))")
        yield bytes(cursor.fetchone()[0])


def lying_about(labels: list[str]) -> list[str]:
    files = list(files_of_the_database())
    return [label for label in labels if any(label.encode() in content for content in files)]


# --- Closing without labels ----------------------------------------------------------------------------------


def test_closing_keeps_labels_unless_told_otherwise(labels):
    close_round(round=answered_round())

    assert stored_labels() == {*labels, ""}
    assert lying_about(labels) == labels


def test_setting_gives_the_same_result_and_stores_no_label(settings, labels):
    with_labels = close_round(round=answered_round())
    Response.objects.all().delete()
    settings.ERASE_DELEGATION_LABELS = True

    without = close_round(round=answered_round("Zonder"))

    # Other random keys add up in another order, which the last bit shows.
    assert rounded(without.document) == rounded(with_labels.document)
    assert stored_labels() == {""}
    assert Response.objects.count() == 17


def test_setting_lets_no_label_reach_the_files(settings, labels):
    settings.ERASE_DELEGATION_LABELS = True

    close_round(round=answered_round())

    assert (len(labels), lying_about(labels)) == (8, [])


def test_recompute_says_that_it_can_no_longer(settings, capsys):
    settings.ERASE_DELEGATION_LABELS = True
    round = answered_round()
    close_round(round=round)

    status, lines, told = recompute_by_command(round, capsys)

    assert (status, lines) == (2, [])
    assert "labels were erased" in told


# --- Erasing later -------------------------------------------------------------------------------------------


def test_command_erases_the_labels_of_one_round(capsys):
    first, second = answered_round("Een"), answered_round("Twee")
    for each in (first, second):
        close_round(round=each)
    documents = list(Snapshot.objects.order_by("pk").values_list("document", flat=True))

    call_command("erase_labels", first.pk)

    assert capsys.readouterr().out == "erased the labels of 16 responses\n"
    assert set(first.responses.values_list("delegation", flat=True)) == {""}
    assert second.responses.exclude(delegation="").count() == 16
    assert list(Snapshot.objects.order_by("pk").values_list("document", flat=True)) == documents
    assert [recompute_by_command(each, capsys)[0] for each in (first, second)] == [2, 0]


def test_command_erases_the_labels_of_all_closed_rounds(capsys):
    for name in ("Een", "Twee"):
        close_round(round=answered_round(name))
    running = answered_round("Drie")

    call_command("erase_labels", all=True)
    again = capsys.readouterr().out, call_command("erase_labels", "--all")

    assert again[0] == "erased the labels of 32 responses\n"
    assert capsys.readouterr().out == "erased the labels of 0 responses\n"
    assert stored_labels() == {""}
    assert running.invitations.exclude(draft=None).count() == 17


def test_erased_labels_lie_nowhere_in_the_files(labels):
    round = answered_round()
    close_round(round=round)
    assert lying_about(labels) == labels

    erase_labels(rounds=[round])

    assert lying_about(labels) == []


def test_command_wants_a_round_or_all():
    for arguments in ([], ["1", "--all"]):
        with pytest.raises(CommandError, match=r"ROUND|--all"):
            call_command("erase_labels", *arguments)


def test_open_round_has_no_labels_to_erase(open_round):
    with pytest.raises(CommandError, match="is open: there is a result only after closing"):
        call_command("erase_labels", open_round.pk)


def test_command_tells_that_files_are_not_clean_yet(monkeypatch):
    round = answered_round()
    close_round(round=round)

    def busy() -> None:
        raise cleaning.CleaningError("somebody still reads from the write-ahead log")

    monkeypatch.setattr(cleaning, "clean_up_responses", busy)

    with pytest.raises(CommandError, match=r"may still lie in the files: CleaningError at .*; try again"):
        call_command("erase_labels", round.pk)


# --- The own result ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_erased_later", [False, True])
def test_receipt_shows_the_same_own_result_without_labels(settings, client, is_erased_later):
    """The same answers, in one forum with labels and in one without."""
    rounds, receipts = [answered_round("Met"), answered_round("Zonder")], []
    for each in rounds:
        invitation = factories.invitations_of(each)[0]
        Draft.objects.filter(invitation=invitation).update(submitted_at=None)
        receipts.append(submitting.submit(invitation=invitation))
    close_round(round=rounds[0])
    settings.ERASE_DELEGATION_LABELS = not is_erased_later
    close_round(round=rounds[1])
    if is_erased_later:
        erase_labels(rounds=rounds[1:])

    labelled, bare = (Response.objects.get(receipt_hash=token_hash(each)) for each in receipts)

    assert (labelled.delegation == "", bare.delegation) == (False, "")
    assert own_result(bare) == own_result(labelled)
    assert own_result(bare)["dimensions"]["VIS"]["forum_display"] is not None
    assert client.get(reverse("reports:receipt", args=[receipts[1]])).status_code == 200


def test_results_prints_what_was_frozen_without_labels(settings, capsys):
    settings.ERASE_DELEGATION_LABELS = True
    round = answered_round()
    snapshot = close_round(round=round)

    call_command("results", round.pk)

    assert capsys.readouterr().out == f"{snapshot.document}\n"
