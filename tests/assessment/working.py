"""The background worker, as the tests let it run."""

from django.core.management import call_command
from django.db.models.functions import Now
from django_tasks_db.models import DBTaskResult


def work_off() -> None:
    """Run what waits in the queue now."""
    call_command("worker", once=True)


def fast_forward() -> None:
    """Let the time that tasks wait for have passed."""
    DBTaskResult.objects.filter(status="READY").update(run_after=Now())


def queued(name: str) -> list[DBTaskResult]:
    """The tasks of this name that wait, the first to run first."""
    tasks = DBTaskResult.objects.filter(task_path=f"assessment.tasks.{name}", status="READY")
    return list(tasks.order_by("run_after"))
