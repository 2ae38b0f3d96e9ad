"""Cleaning the database again where that did not succeed at once."""

import logging
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django_tasks import task

from assessment.actions import cleaning
from assessment.actions.faults import told_briefly
from assessment.tasks.queueing import WAITS, discreet, queue, retry

logger = logging.getLogger(__name__)


def queue_cleaning() -> None:
    """Have the database cleaned a little later."""
    queue(clean_database, run_after=timezone.now() + WAITS[0])


def queue_cleaning_expired() -> None:
    """Have the database cleaned behind what expired, a little later."""
    queue(clean_expired, run_after=timezone.now() + WAITS[0])


@task
@discreet
def clean_database(attempt: int = 0) -> str:
    """Clean behind a closing where that did not succeed at once. Returns what became of it."""
    return _cleaned(cleaning.clean_up, clean_database, attempt)


@task
@discreet
def clean_expired(attempt: int = 0) -> str:
    """Clean behind what expired where that did not succeed at once. Returns what became of it."""
    return _cleaned(cleaning.clean_up_expired, clean_expired, attempt)


def _cleaned(clean: Callable[[], None], task_: Any, attempt: int) -> str:
    try:
        clean()
    except Exception as error:
        if attempt == len(WAITS):
            raise
        logger.warning("cleaning the database waits: %s", told_briefly(error))
        return retry(task_, attempt)
    return "clean"
