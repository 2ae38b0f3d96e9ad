"""Making the reports of a batch, on all processors, into a ZIP that grows on disk.

Children make the PDFs, each with a database connection of its own that only reads; this process writes, in the database
and in the file. The file gets its name when it is whole, so nothing half written is ever offered.
"""

import logging
import multiprocessing
import os
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import IO

from django.db import connection

from assessment.actions.batching import end_batch, note_failure, note_report
from assessment.actions.faults import told_briefly
from assessment.models import Batch, BatchReport
from reports.batches.child import Made, make_report, prepare

logger = logging.getLogger(__name__)

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP knows: equal reports give an equal file
# Reports asked of each child ahead of the one that is written: enough to keep it busy, few enough to hold in memory.
AHEAD = 2


def make_batch(batch: Batch, *, processes: int | None = None) -> bool:
    """Make all reports of a batch that was taken up; whether there is a file. What fails is noted and left out.

    `processes` is how many make reports, by default one for each processor that this one may use.
    """
    half = batch.path.with_suffix(".half")
    try:
        half.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            is_any = _write(batch, file, processes or len(os.sched_getaffinity(0)))
            file.flush()
            os.fsync(file.fileno())
        return _offer(batch, half, is_any)
    except BaseException:
        half.unlink(missing_ok=True)
        end_batch(batch=batch, is_done=False)
        raise


def _offer(batch: Batch, half: Path, is_any: bool) -> bool:
    """Give the file its name, unless nothing is in it or nobody waits for it any more."""
    if is_any:
        half.rename(batch.path)
    else:
        half.unlink()
    if end_batch(batch=batch, is_done=is_any):
        return is_any
    batch.path.unlink(missing_ok=True)
    return False


def _write(batch: Batch, file: IO[bytes], processes: int) -> bool:
    """Write the reports in their order; whether there was any that could be made."""
    names: set[str] = set()
    with (
        _children(processes) as pool,
        zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive,  # PDFs are compressed already
    ):
        reports = batch.reports.select_related("snapshot").defer("snapshot__document")
        for report, future in _ahead(pool, list(reports), batch.language, AHEAD * processes):
            try:
                made = future.result()
            except BrokenProcessPool:
                raise
            except Exception as error:
                logger.warning("%s of a batch could not be made: %s", report, told_briefly(error))
                note_failure(report=report)
                continue
            info = zipfile.ZipInfo(_unused(made.name, names), EPOCH)
            info.external_attr = 0o644 << 16
            archive.writestr(info, made.data)
            note_report(report=report, data=made.data)
    return bool(names)


def _ahead(
    pool: ProcessPoolExecutor, reports: Iterable[BatchReport], language: str, count: int
) -> Iterator[tuple[BatchReport, "Future[Made]"]]:
    """Each report with what comes of it, no more than `count` of them asked for ahead."""
    rest = iter(reports)
    waiting: deque[tuple[BatchReport, Future[Made]]] = deque()

    def ask(number: int) -> None:
        for each in islice(rest, number):
            waiting.append((each, pool.submit(make_report, each.snapshot_id, language)))

    ask(count)
    while waiting:
        yield waiting.popleft()
        ask(1)


def _children(processes: int) -> ProcessPoolExecutor:
    """Fresh processes: a copy of this one would share its connection, and its memory would never be given back."""
    return ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=prepare,
        initargs=(connection.settings_dict["NAME"],),
    )


def _unused(name: str, names: set[str]) -> str:
    """The name of a single download, with a number where the archive has it already."""
    unused, number = f"{name}.pdf", 1
    while unused in names:
        number += 1
        unused = f"{name}-{number}.pdf"
    names.add(unused)
    return unused
