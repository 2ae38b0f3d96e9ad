"""After closing nothing ties an answer to a person: the whole database, its files, the queue, mails, trail and logs."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from auditlog.models import LogEntry
from django.db import connection, models
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessment.actions import inviting, submitting
from assessment.actions.closing import close_round
from assessment.actions.opening import open_round
from assessment.actions.reminding import REST, remind_now
from assessment.actions.submitting import GivenAnswer
from assessment.mail import REMINDER_HEADER, send_receipt
from assessment.models import (
    Answer,
    Draft,
    Invitation,
    OpenAnswer,
    ReminderFault,
    Response,
    Round,
    Snapshot,
)
from assessment.models.rounds import token_hash
from questionnaires.questions import questions_for
from tests import factories
from tests.assessment.mail_servers import Broken
from tests.assessment.working import queued, work_off

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]

NEVER_SUBMITTED = "Dit dien ik nooit in, kwartelei."
WITHDRAWN = "Dit trek ik weer in, zilverreiger."
ERASED_BY_RENEWAL = "Dit schreef mijn voorganger, boomklever."


class Told(NamedTuple):
    """What one member entrusted to the system."""

    invitation: Invitation
    receipt: str
    words: str


class Traces(NamedTuple):
    """A closed round, what its members told, and where traces could be."""

    round: Round
    told: list[Told]
    draft_ids: list[int]
    rows: dict[str, list[str]]
    mails: str
    logs: str


@pytest.fixture
def traces(coach, settings, tmp_path, caplog) -> Traces:
    """A round from opening to closing by the real actions, its mails written and its logs kept."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    caplog.set_level("DEBUG")
    forum = factories.make_forum(members_per_seat=2, organisations=1, coaches=[coach], is_noted=True)
    round = open_round(round=factories.make_round(forum=forum))
    work_off()
    begins, withdraws, leaves, *submits = factories.invitations_of(round)
    answer(begins, NEVER_SUBMITTED)
    answer(withdraws, WITHDRAWN)
    submitting.submit(invitation=withdraws)
    submitting.withdraw(invitation=withdraws)
    answer(leaves, ERASED_BY_RENEWAL)
    submitting.submit(invitation=leaves)
    inviting.renew_link(invitation=leaves)
    told = [tell(invitation, number) for number, invitation in enumerate(submits)]
    draft_ids = list(Draft.objects.values_list("pk", flat=True))
    work_off()
    remind(round, settings, tmp_path)
    close_round(round=round)
    work_off()
    mails = "".join(path.read_text() for path in tmp_path.iterdir())
    return Traces(round, told, draft_ids, dump(), mails, caplog.text)


def remind(round: Round, settings, folder: Path) -> None:
    """The coach reminds: of the three who have not submitted one gets the mail, and two are tried again."""
    Round.objects.filter(pk=round.pk).update(opened_at=timezone.now() - REST)
    before = mails_in(folder)
    remind_now(round=round)
    waiting = queued("send_reminder")
    DBTaskResult.objects.filter(pk__in=[row.pk for row in waiting]).update(status="SUCCESSFUL")
    silent = {each.pk for each in factories.invitations_of(round)[:3]}
    rows = [row for row in waiting if row.args_kwargs["args"][1] in silent]
    DBTaskResult.objects.filter(pk=rows[0].pk).update(status="READY")
    work_off()
    assert mails_in(folder) - before == 1
    settings.EMAIL_BACKEND = Broken.PATH
    Broken.error = ConnectionRefusedError()
    DBTaskResult.objects.filter(pk__in=[row.pk for row in waiting]).update(status="READY")
    work_off()
    Broken.error = None
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert (ReminderFault.objects.count(), len(queued("send_reminder"))) == (2, 2)


def mails_in(folder: Path) -> int:
    """Counted in the files: two mails of one second may come to share one."""
    return sum(path.read_text().count("\nMessage-ID: ") for path in folder.iterdir())


def answer(invitation: Invitation, words: str) -> None:
    role = factories.role_for(invitation.member)
    asked = questions_for(invitation.round.content, role=role, round_kind=invitation.round.kind)
    given = [GivenAnswer(q.kind, q.item, 4) for q in asked if q.kind != "open"]
    submitting.choose_role(invitation=invitation, role=role)
    submitting.save_answers(invitation=invitation, answers=[*given, GivenAnswer("open", "O1", text=words)])


def tell(invitation: Invitation, number: int) -> Told:
    words = f"Wat ik vind, hoort u hier: nummer {number}-kraanvogel."
    answer(invitation, words)
    receipt = submitting.submit(invitation=invitation)
    assert receipt is not None
    if number == 0:
        send_receipt(invitation=invitation, receipt=receipt)
    return Told(invitation, receipt, words)


def dump() -> dict[str, list[str]]:
    """Every row of every table, as text."""
    rows: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = [repr(row) for row in cursor.fetchall()]
    return rows


def where(traces: Traces, needle: str) -> set[str]:
    """The tables that have this text somewhere; UUIDs with or without dashes."""
    return {table for table, rows in traces.rows.items() if any(needle in row for row in rows)}


RESULTS = ("assessment_response", "assessment_answer", "assessment_openanswer", "assessment_snapshot")
PEOPLE = ("assessment_member", "assessment_invitation", "assessment_seat", "auditlog_logentry")


def names_of(told: Told) -> list[str]:
    """Whatever names the member, the link or the place."""
    invitation, member = told.invitation, told.invitation.member
    keys = [str(invitation.key), invitation.key.hex, invitation.token, invitation.token_hash]
    return [member.name, member.email, str(member.seat), *keys]


def test_the_dump_would_find_a_tie(traces):
    """Everything looked for below is found where it should be."""
    first = traces.told[0]
    assert where(traces, first.invitation.member.email) == {"assessment_member", "auditlog_logentry"}
    assert where(traces, first.invitation.token_hash) == {"assessment_invitation"}
    assert where(traces, first.words) == {"assessment_openanswer"}
    assert where(traces, token_hash(first.receipt)) == {"assessment_response"}
    assert len(traces.rows["assessment_response"]) == len(traces.told) == 14


def test_no_row_of_a_result_names_a_person_or_a_place(traces):
    result_rows = "".join(row for table in RESULTS for row in traces.rows[table])

    assert [name for told in traces.told for name in names_of(told) if name in result_rows] == []


def test_no_row_about_people_holds_what_they_said(traces):
    people_rows = "".join(row for table in PEOPLE for row in traces.rows[table])
    said = [each for told in traces.told for each in (told.words, told.receipt, token_hash(told.receipt))]
    keys = [str(key) for key in Response.objects.values_list("key", flat=True)]
    labels = list(Response.objects.exclude(delegation="").values_list("delegation", flat=True))

    assert [each for each in [*said, *keys, *labels] if each in people_rows] == []


def test_links_and_receipts_stand_nowhere_readable(traces):
    tokens = [told.invitation.token for told in traces.told] + [told.receipt for told in traces.told]

    assert {table for token in tokens for table in where(traces, token)} == set()


def test_receipt_leads_to_its_response_and_to_nothing_else(traces):
    hashes = [token_hash(told.receipt) for told in traces.told]

    assert {table for each in hashes for table in where(traces, each)} == {"assessment_response"}


def test_what_was_not_submitted_is_nowhere(traces):
    assert [where(traces, words) for words in (NEVER_SUBMITTED, WITHDRAWN, ERASED_BY_RENEWAL)] == [set()] * 3
    assert (traces.rows["assessment_draft"], traces.rows["assessment_draftanswer"]) == ([], [])


def test_nothing_about_answering_is_left_on_the_invitation(traces):
    """Who submitted, began, withdrew or never looked: afterwards all invitations look the same."""
    told = ("is_declined", "mail_state", "mail_reason")

    assert list(traces.round.invitations.values_list(*told).distinct()) == [(False, "sent", "")]


def test_who_was_reminded_is_nowhere(traces):
    """Of a reminder its total is left: no task, no fault, no mail in the folder that stands in for a server."""
    assert list(traces.round.reminders.values_list("kind", "sent", "failed")) == [("by_hand", 1, 0)]
    assert traces.rows["assessment_reminderfault"] == []
    assert [row for row in traces.rows[DBTaskResult._meta.db_table] if "send_reminder" in row] == []
    assert "Herinnering" not in traces.mails
    assert REMINDER_HEADER not in traces.mails


def test_queue_knows_no_person_and_no_answer(traces):
    rows = "".join(traces.rows[DBTaskResult._meta.db_table])
    said = [each for told in traces.told for each in (told.words, told.receipt, *names_of(told))]

    assert "send_closed" in rows
    assert [each for each in said if each in rows] == []


def test_mails_say_nothing_that_was_answered(traces):
    said = [told.words for told in traces.told] + [token_hash(told.receipt) for told in traces.told]
    receipts = [told.receipt for told in traces.told]

    assert traces.told[0].invitation.token in traces.mails
    assert [each for each in said if each in traces.mails] == []
    # The one who asked for it has it.
    assert [each for each in receipts if each in traces.mails] == receipts[:1]


def test_audit_trail_follows_no_member_through_the_questionnaire(traces):
    followed = {entry.content_type.model for entry in LogEntry.objects.select_related("content_type")}

    assert followed <= {"user", "forum", "seat", "member", "track", "round", "questionnaireversion"}


def test_logs_name_nobody_and_quote_nothing(traces):
    keys = [str(key) for key in Response.objects.values_list("key", flat=True)]
    labels = list(Response.objects.exclude(delegation="").values_list("delegation", flat=True))
    said = [each for told in traces.told for each in (told.words, told.receipt, *names_of(told))]
    # The statements themselves, which Django logs in tests alone, do hold what they store.
    lines = [line for line in traces.logs.splitlines() if "django.db.backends" not in line]

    assert lines != []
    assert [each for each in [*said, *keys, *labels] if each in "\n".join(lines)] == []


def test_no_draft_id_lives_on(traces):
    """Drafts are numbered in the order in which members began."""
    numbers = {str(number) for number in traces.draft_ids}
    of_results = [row for table in RESULTS[:3] for row in traces.rows[table]]
    # Answers carry values from 1 to 5 and the number of the round; nothing else that is a number.
    found = {number for row in of_results for number in re.findall(r"(?<![\w-])\d+(?![\w-])", row)}

    allowed = {str(traces.round.pk), "0", "1", "2", "3", "4", "5"}
    assert len(numbers) == 15
    assert found <= allowed


@pytest.mark.parametrize(
    "model, fields",
    [
        (Response, {"key", "round", "group", "delegation", "receipt_hash"}),
        (Answer, {"key", "response", "kind", "item", "value", "dont_know"}),
        (OpenAnswer, {"key", "round", "question", "text", "has_quote_consent"}),
    ],
)
def test_columns_of_answers_lead_to_no_person_and_tell_no_order(model, fields):
    columns = {field.name: field for field in model._meta.concrete_fields}

    assert set(columns) == fields
    assert isinstance(model._meta.pk, models.UUIDField)
    assert {column.related_model for column in columns.values() if column.is_relation} <= {Round, Response}
    assert not any(isinstance(c, models.DateField | models.AutoField) for c in columns.values())


def test_snapshot_leads_to_its_round_alone():
    relations = [field for field in Snapshot._meta.concrete_fields if field.is_relation]

    assert [field.related_model for field in relations] == [Round]


def test_snapshot_holds_no_delegation_and_no_response(traces):
    [row] = traces.rows["assessment_snapshot"]
    labels = list(Response.objects.exclude(delegation="").values_list("delegation", flat=True))
    keys = [str(key) for key in Response.objects.values_list("key", flat=True)]

    assert [each for each in [*labels, *keys] if each in row] == []


# --- What the database leaves lying in its files -------------------------------------------------------------

only_on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="reads the file of SQLite")
only_on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="asks PostgreSQL")


def database_files() -> Iterator[bytes]:
    path = Path(connection.settings_dict["NAME"])
    for name in (path, path.with_name(f"{path.name}-wal")):
        if name.exists():
            yield name.read_bytes()


def lying_about(needle: str) -> bool:
    return any(needle.encode() in content for content in database_files())


def draft_row(draft: Draft) -> str:
    """Time and receipt as they lie side by side in the row of a draft, beside the number of the invitation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT submitted_at || receipt_hash FROM assessment_draft WHERE id = %s", [draft.pk])
        return cursor.fetchone()[0]


@only_on_sqlite
def test_file_of_sqlite_keeps_nothing_of_a_draft(open_round):
    begins, *submits = factories.invitations_of(open_round)
    answer(begins, NEVER_SUBMITTED)
    for number, invitation in enumerate(submits):
        tell(invitation, number)
    rows = [draft_row(each) for each in Draft.objects.exclude(submitted_at=None)]
    assert lying_about(NEVER_SUBMITTED)
    assert all(lying_about(row) for row in rows)

    close_round(round=open_round)

    assert not lying_about(NEVER_SUBMITTED)
    assert [row for row in rows if lying_about(row)] == []


@only_on_sqlite
def test_file_of_sqlite_keeps_nothing_after_withdrawing_and_closing(open_round):
    invitation = open_round.invitations.first()
    answer(invitation, WITHDRAWN)
    submitting.withdraw(invitation=invitation)

    close_round(round=open_round)

    assert not lying_about(WITHDRAWN)


@only_on_postgresql
def test_tables_of_drafts_in_postgresql_are_empty_to_the_last_byte(open_round):
    for number, invitation in enumerate(factories.invitations_of(open_round)):
        tell(invitation, number)

    def sizes() -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_relation_size('assessment_draft'), pg_relation_size('assessment_draftanswer')"
            )
            return list(cursor.fetchone())

    assert all(sizes())

    close_round(round=open_round)

    assert sizes() == [0, 0]


@only_on_sqlite
def test_file_of_sqlite_keeps_nothing_of_a_reminder(open_round, settings, monkeypatch):
    settings.EMAIL_BACKEND = Broken.PATH
    monkeypatch.setattr(Broken, "error", ConnectionRefusedError())
    open_round.invitations.update(mail_state="sent")
    Round.objects.update(opened_at=timezone.now() - REST)
    remind_now(round=open_round)
    work_off()
    keys = [row.pk.hex for row in queued("send_reminder")]
    assert len(keys) == 8
    assert all(lying_about(key) for key in keys)

    close_round(round=open_round)

    assert [key for key in keys if lying_about(key)] == []
