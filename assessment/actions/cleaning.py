"""Cleaning the database behind what was erased: it must not be read from what the database left lying."""

import re
from pathlib import Path

from auditlog.models import LogEntry
from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult

from assessment.mail import REMINDER_HEADER
from assessment.models import (
    Action,
    ActionMove,
    Answer,
    Batch,
    BatchReport,
    Benchmark,
    Breakthrough,
    Commitment,
    Draft,
    DraftAnswer,
    Invitation,
    IssuedFile,
    Member,
    OpenAnswer,
    Priority,
    ReferenceValue,
    ReminderFault,
    Response,
    Round,
    Session,
    SharedReport,
    Snapshot,
    Target,
    Track,
)

DRAFTS = tuple(model._meta.db_table for model in (DraftAnswer, Draft, ReminderFault, DBTaskResult))
RESPONSES = (Response._meta.db_table,)
EXPIRED = tuple(
    model._meta.db_table
    for model in (
        Invitation,
        Answer,
        Response,
        OpenAnswer,
        IssuedFile,
        SharedReport,
        BatchReport,
        Batch,
        ReferenceValue.results.through,
        ReferenceValue,
        Benchmark,
        Snapshot,
        Round,
        Priority,
        Member,
        Target,
        ActionMove,
        Breakthrough,
        Action,
        Track,
        Commitment,
        Session,
        LogEntry,
    )
)


FOLDER_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
SEPARATOR = b"\n" + b"-" * 79 + b"\n"  # what Django's backend writes after each message of a file


class CleaningError(Exception):
    """The database could not be cleaned now; later it may."""


def clean_up() -> None:
    """Make what was erased from the drafts unreadable in the files of the database, outside any transaction.

    SQLite overwrites erased rows by itself (`secure_delete`), but its write-ahead log still holds them: a
    truncating checkpoint empties it. PostgreSQL keeps dead rows until VACUUM. Raises CleaningError, or what the
    database raises.
    """
    _clean("VACUUM", DRAFTS)


def clean_up_responses() -> None:
    """The same behind responses that were changed and live on; while PostgreSQL works, nobody reads them.

    There VACUUM alone leaves what stood between the rows that live on: FULL writes the table anew. Raises as
    `clean_up` does.
    """
    _clean("VACUUM FULL", RESPONSES)


def clean_up_expired() -> None:
    """The same behind rows that were erased because their period is over, among others that live on."""
    _clean("VACUUM FULL", EXPIRED)


def empty_mail_folder(round: Round) -> None:
    """Erase the reminders of a round where a folder stands in for a mail server: who got one had not submitted."""
    if settings.EMAIL_BACKEND != FOLDER_BACKEND:
        return
    reminder = re.compile(rf"^{REMINDER_HEADER}: {round.pk}\r?$".encode(), re.MULTILINE)
    for path in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        written = path.read_bytes()
        kept = [each for each in written.split(SEPARATOR) if not reminder.search(each.partition(b"\n\n")[0])]
        if not b"".join(kept).strip():
            path.unlink()
        elif (rest := SEPARATOR.join(kept)) != written:
            path.write_bytes(rest)


def _clean(vacuum: str, tables: tuple[str, ...]) -> None:
    if connection.in_atomic_block:
        raise CleaningError("neither database cleans inside a transaction")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"{vacuum} {', '.join(map(connection.ops.quote_name, tables))}")
            return
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy, *_ = cursor.fetchone()
    if is_busy:
        raise CleaningError("somebody still reads from the write-ahead log")
