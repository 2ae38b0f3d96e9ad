"""The background worker and the operator's commands, as the tests let them run."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessment.models import Round


def work_off() -> None:
    """Run what waits in the queue now."""
    call_command("worker", once=True)


def fast_forward() -> None:
    """Let the time that tasks wait for have passed, on the clock of the test."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


def queued(name: str) -> list[DBTaskResult]:
    """The tasks of this name that wait, the first to run first."""
    tasks = DBTaskResult.objects.filter(task_path__endswith=f".{name}", status="READY")
    return list(tasks.order_by("run_after"))


def recompute_by_command(
    round: Round | int, capsys: pytest.CaptureFixture[str]
) -> tuple[int, list[str], str]:
    """Exit status, printed lines, and what stands in the error."""
    number = round if isinstance(round, int) else round.pk
    try:
        call_command("recompute", number)
    except CommandError as error:
        return error.returncode, capsys.readouterr().out.splitlines(), str(error)
    return 0, capsys.readouterr().out.splitlines(), ""
