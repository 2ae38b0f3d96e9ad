"""`manage.py worker`: beside the web server it opens and closes rounds on time, empties the queues, erases in time."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from assessment.actions.batching import erase_expired_batches
from assessment.actions.closing import close_due_rounds
from assessment.actions.faults import told_briefly
from assessment.actions.keeping import erase_expired
from assessment.actions.opening import open_due_rounds
from assessment.actions.reminding import send_due_reminders
from assessment.tasks.queueing import REPORTS

logger = logging.getLogger(__name__)

# In seconds.
ROUNDS_EVERY = 30
QUEUE_EVERY = 2
PRUNE_EVERY = 60 * 60
ERASE_EVERY = 24 * 60 * 60


class Command(BaseCommand):
    help = (
        "Open and close rounds on time, remind, send waiting mails, make reports that are asked for together, erase "
        "what is past its period, forget old tasks and sessions. Stops on SIGTERM and SIGINT."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what is due now, then stop.")

    def handle(self, *args: object, once: bool, **options: object) -> None:
        # It tells every two seconds that it looked and found nothing.
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
        mails, reports, stop = _queue("default"), _queue(REPORTS), threading.Event()
        jobs = [
            (lambda: _work_off(mails), QUEUE_EVERY),
            (_keep_time, ROUNDS_EVERY),
            (_prune, PRUNE_EVERY),
            (_erase, ERASE_EVERY),
        ]
        if once:
            for job, _ in reversed(jobs):
                _attempt(job)
            _attempt(lambda: _work_off(reports))
            return
        _stop_on_signal([mails, reports], stop)
        # A thread is enough: what takes long is done by children, it writes what they made.
        beside = threading.Thread(target=_work_beside, args=(reports, stop))
        beside.start()
        logger.info("the worker runs")
        _repeat(jobs, stop)
        beside.join()
        logger.info("the worker stops")


def _work_beside(queue: Worker, stop: threading.Event) -> None:
    """Work off a queue on a connection of its own, until it is time to stop."""
    _repeat([(lambda: _work_off(queue), QUEUE_EVERY)], stop)
    connections.close_all()


def _repeat(jobs: list[tuple[Callable[[], None], int]], stop: threading.Event) -> None:
    """Do every job, and again after its seconds, until it is time to stop."""
    due = dict.fromkeys(range(len(jobs)), 0.0)
    while not stop.is_set():
        for number, (job, seconds) in enumerate(jobs):
            if due[number] <= time.monotonic() and not stop.is_set():
                _attempt(job)
                due[number] = time.monotonic() + seconds
        stop.wait(QUEUE_EVERY)


def _attempt(job: Callable[[], None]) -> None:
    """A database that is away for a minute does not end the worker."""
    close_old_connections()
    try:
        job()
    except Exception as error:
        logger.error("the worker goes on after %s", told_briefly(error))


def _queue(name: str) -> Worker:
    """The library's own worker, run in batches; the command around it would take our signals away from us."""
    return Worker(
        queue_names=[name],
        excluded_queue_names=[],
        backend_name="default",
        worker_id=f"{name}-{time.time_ns()}",
        interval=0.5,
        batch=True,
        startup_delay=False,
        max_tasks=None,
    )


def _work_off(queue: Worker) -> None:
    # Only to look takes no lock; taking a task locks all of SQLite.
    if DBTaskResult.objects.ready().filter(queue_name__in=queue.queue_names).exists():
        queue.run()


def _keep_time() -> None:
    open_due_rounds()
    close_due_rounds()
    send_due_reminders()


def _prune() -> None:
    call_command("prune_db_task_results", min_age_days=1, failed_min_age_days=7, verbosity=0)
    call_command("clearsessions")
    erase_expired_batches()  # their period is a day, and their files are large


def _erase() -> None:
    """What is past its retention period; the log tells how much, so that somebody sees that it happens."""
    if any(erased := erase_expired()):
        logger.info("past their period, erased: %s", erased.told)


def _stop_on_signal(queues: list[Worker], stop: threading.Event) -> None:
    """Finish the tasks at hand, then stop."""

    def finish(number: int, frame: FrameType | None) -> None:
        for queue in queues:
            queue.running = False
        stop.set()

    signal.signal(signal.SIGTERM, finish)
    signal.signal(signal.SIGINT, finish)
