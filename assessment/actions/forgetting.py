"""What the audit trail forgets: who erased members were, and in the end every entry."""

import datetime
from collections.abc import Collection, Iterator

from auditlog.models import LogEntry
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from assessment.models import Member

# What tells who somebody is; that a seat was taken and left may stay.
PERSONAL = ("name", "email", "function")
BATCH = 500


@transaction.atomic
def erase_trail(*, before: datetime.datetime) -> int:
    """Erase the entries from before this moment. Returns how many."""
    return LogEntry.objects.filter(timestamp__lt=before).delete()[0]


@transaction.atomic
def forget_members(members: Collection[int], *, before: datetime.datetime) -> None:
    """Take name, address and function out of what the trail says of these members, whose rows are gone.

    The same for entries from before this moment about members that were removed by hand: nothing else would
    ever erase those.
    """
    changed = list(_without_names(_entries_of(members, before)))
    fields = ["object_repr", "changes", "changes_text", "serialized_data"]
    LogEntry.objects.bulk_update(changed, fields, batch_size=BATCH)


def _entries_of(members: Collection[int], before: datetime.datetime) -> QuerySet[LogEntry]:
    alive = Member.objects.filter(pk=OuterRef("object_id"))
    removed = Q(~Exists(alive), timestamp__lt=before)
    about = LogEntry.objects.get_for_model(Member)
    return about.filter(Q(object_id__in=members) | removed).exclude(object_repr="")


def _without_names(entries: QuerySet[LogEntry]) -> Iterator[LogEntry]:
    for entry in entries:
        entry.object_repr, entry.changes_text, entry.serialized_data = "", "", None
        entry.changes = {key: value for key, value in (entry.changes or {}).items() if key not in PERSONAL}
        yield entry
