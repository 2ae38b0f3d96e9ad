"""Putting a task in the queue, trying it again, and what the queue may learn of one that failed."""

import datetime
import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import timezone

from assessment.actions.faults import told_briefly

# The queue of work that takes a minute: nothing in the other one, mails above all, waits behind it.
REPORTS = "reports"
# Between these hours no mail leaves, except to whoever just asked for it.
NIGHT = (datetime.time(22), datetime.time(8))
# How long the next attempt waits; after the last one the mail has failed.
WAITS = tuple(datetime.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))


class TaskError(Exception):
    """A task that failed; the queue keeps its text, so it says where and never what about."""


def discreet(function: Callable[..., str]) -> Callable[..., str]:
    """Whatever goes wrong, let the queue learn nothing but the kind of the error and its place."""

    @functools.wraps(function)
    def guarded(*args: int, **kwargs: int) -> str:
        try:
            return function(*args, **kwargs)
        except Exception as error:
            raise TaskError(told_briefly(error)) from None

    return guarded


def morning_after(moment: datetime.datetime) -> datetime.datetime | None:
    """When a mail that is due at this moment leaves; None by day: at once. The demo never sleeps."""
    local = timezone.localtime(moment)
    begin, end = NIGHT
    if settings.DEMO or end <= local.time() < begin:
        return None
    day = local.date() + datetime.timedelta(days=1 if local.time() >= begin else 0)
    return timezone.make_aware(datetime.datetime.combine(day, end))


def queue(task_: Any, *ids: int, run_after: datetime.datetime | None = None) -> None:
    (task_ if run_after is None else task_.using(run_after=run_after)).enqueue(*ids)


def retry(task_: Any, attempt: int, *ids: int, is_for_day: bool = False) -> str:
    moment = timezone.now() + WAITS[attempt]
    run_after = (morning_after(moment) if is_for_day else None) or moment
    queue(task_, *ids, attempt + 1, run_after=run_after)
    return "tried again later"
