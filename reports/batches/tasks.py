"""The work of a batch as a task. The queue knows it by its dotted name, so assessment need not import it."""

from django_tasks import task

from assessment.actions.batching import take_up
from assessment.models import Batch
from assessment.tasks.queueing import REPORTS, discreet, queue


def queue_batch(batch: Batch) -> None:
    """Have the reports made by the worker."""
    queue(make_reports, batch.pk)


@task(queue_name=REPORTS)
@discreet
def make_reports(batch_id: int) -> str:
    """Make the reports of a batch that waits. Returns what became of it."""
    from reports.batches.making import make_batch  # process pools: only for whoever makes reports

    batch = take_up(batch_id)
    if batch is None:
        return "nothing to make"
    return "made" if make_batch(batch) else "no file"
