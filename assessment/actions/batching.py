"""Batches of reports: asking for one, noting how far it is, ending it, erasing what is over with its file."""

import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assessment.access import snapshots_for
from assessment.actions.issuing import issue
from assessment.models import Batch, BatchReport, IssuedFile, Round, Snapshot, User
from assessment.models.batches import KEPT

logger = logging.getLogger(__name__)

State = Batch.State


@transaction.atomic
def start_batch(
    *, user: User, snapshots: Sequence[Snapshot], language: str, queue: Callable[[Batch], None]
) -> Batch:
    """Ask for these reports and queue the work; while somebody's earlier batch is under way, that one is returned."""
    held = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    for earlier in Batch.objects.filter(user=held, state__in=(State.WAITING, State.WORKING)):
        if earlier.is_under_way and not earlier.is_expired:
            return earlier
    batch = Batch.objects.create(user=held, language=language, total=len(snapshots))
    BatchReport.objects.bulk_create(BatchReport(batch=batch, snapshot=each) for each in snapshots)
    queue(batch)
    return batch


def take_up(batch_id: int) -> Batch | None:
    """The batch to work on, for one worker only; None when it is gone, taken or over."""
    waiting = Batch.objects.filter(
        pk=batch_id, state=State.WAITING, made_at__gt=timezone.now() - KEPT, user__is_active=True
    )
    if not waiting.update(state=State.WORKING, touched_at=timezone.now()):
        return None
    return Batch.objects.select_related("user").get(pk=batch_id)


@transaction.atomic
def note_report(*, report: BatchReport, data: bytes) -> None:
    """The report is in the file: its bytes leave with it, as a single download's do."""
    issue(snapshot=report.snapshot, kind=IssuedFile.Kind.REPORT_PDF, data=data)
    _note(report, BatchReport.State.DONE)


@transaction.atomic
def note_failure(*, report: BatchReport) -> None:
    """The report could not be made; the others are."""
    _note(report, BatchReport.State.FAILED)


def end_batch(*, batch: Batch, is_done: bool) -> bool:
    """Say what became of it. False when it is gone meanwhile: then its file must go too."""
    mine = Batch.objects.filter(pk=batch.pk, state=State.WORKING)
    state = State.DONE if is_done else State.FAILED
    return mine.update(state=state, ended_at=timezone.now()) == 1


def may_be_handed_out(batch: Batch) -> bool:
    """Whether the person may still see the result of every report in it; no when one of them is gone."""
    seen = snapshots_for(batch.user).filter(batch_reports__batch=batch)
    return seen.count() == batch.total


def erase_expired_batches() -> int:
    """Erase batches whose day is over and their files, and files of which nobody knows any more. Returns how many."""
    count = erase_batches(Batch.objects.filter(made_at__lte=timezone.now() - KEPT))
    transaction.on_commit(_erase_strays)
    return count


@transaction.atomic
def erase_batches(batches: QuerySet[Batch]) -> int:
    """Erase these batches, and their files once that is certain."""
    paths = [batch.path for batch in batches]
    batches.delete()
    transaction.on_commit(lambda: _erase_files(paths))
    return len(paths)


@transaction.atomic
def end_batches_with(rounds: Iterable[Round | int]) -> None:
    """End batches with a report of one of these rounds, made or under way, and erase their files.

    For what was taken back since, or erased: a report that is made anew does not have it. Whoever asked can ask again.
    """
    holding = BatchReport.objects.filter(snapshot__round__in=rounds)
    batches = Batch.objects.filter(pk__in=holding.values("batch"))
    paths = [batch.path for batch in batches]
    batches.update(state=State.FAILED, ended_at=timezone.now())
    transaction.on_commit(lambda: _erase_files(paths))


def _note(report: BatchReport, state: str) -> None:
    BatchReport.objects.filter(pk=report.pk).update(state=state)
    Batch.objects.filter(pk=report.batch_id).update(touched_at=timezone.now())


def _erase_files(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _erase_strays() -> None:
    """What a worker that was killed left half written, or wrote for somebody whose account ended meanwhile."""
    known = {str(key) for key in Batch.objects.values_list("key", flat=True)}
    _erase_files([path for path in Path(settings.BATCH_FOLDER).glob("*.*") if path.stem not in known])
