"""`python -m bench.batching`: 300 reports in one batch, made by one process and by two.

In a process of its own, as the worker is, so that memory is of this and of nothing else. 30 forums of 20
municipalities, each with ten closed rounds whose answers differ.
"""

import os
import resource
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench.lines import tell

if TYPE_CHECKING:
    from assessment.models import Round

FORUMS, ROUNDS, MUNICIPALITIES = 30, 10, 20
LOOKS_EVERY = 0.1  # seconds


class Cost(NamedTuple):
    """Seconds on the clock and of all processors, and the most memory that all processes held together, in MB."""

    wall: float
    cpu: float
    peak: float


class Peak(threading.Thread):
    """Looks how much memory this process and its children share out among them (PSS), until it is told to stop."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most, self._over = 0.0, threading.Event()

    def run(self) -> None:
        while not self._over.wait(LOOKS_EVERY):
            self.most = max(self.most, sum(map(_memory, _family())))

    def stop(self) -> float:
        self._over.set()
        self.join()
        return self.most


def _family() -> list[int]:
    own = os.getpid()
    return [own, *map(int, Path(f"/proc/{own}/task/{own}/children").read_text().split())]


def _memory(process: int) -> float:
    """In MB; each page that several processes share counts once over all of them."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it ended meanwhile
        return 0.0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1e6


def main() -> None:
    from bench.__main__ import use_production_settings

    with tempfile.TemporaryDirectory(prefix="regiospiegel-bench-") as folder:
        use_production_settings(Path(folder))
        os.environ["BATCH_FOLDER"] = str(Path(folder) / "batches")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        process = os.fork()  # making rounds loads pandas, which the worker of a batch never does
        if not process:
            _make_rounds()
            os._exit(0)
        if os.waitpid(process, 0)[1]:
            raise SystemExit("the rounds could not be made")
        tell_batches()


def _make_rounds() -> None:
    from bench.__main__ import varied
    from tests import factories

    value = varied()
    for number in range(FORUMS):
        forum = factories.make_forum(name=f"Forum {number + 1}", municipalities=MUNICIPALITIES)
        _make_closed(factories.make_answered_round(forum=forum, value=value))


def _make_closed(round: "Round") -> None:
    """Close the round once, and keep its result as that of ten rounds, each in a track of its own year."""
    import datetime

    from assessment.actions.closing import close_round
    from assessment.models import Round, Snapshot, Track

    close_round(round=round, is_silent=True)
    snapshot = Snapshot.objects.select_related("round__track").get(round=round.pk)
    for _ in range(1, ROUNDS):
        kept, track = snapshot.round, snapshot.round.track
        ago = datetime.timedelta(days=366)
        track = Track.objects.create(
            forum=track.forum, starts_on=track.starts_on - ago, ends_on=track.ends_on - ago
        )
        kept.pk, kept._state.adding, kept.track = None, True, track
        kept.closed_at = snapshot.closed_at - ago
        Round.objects.bulk_create([kept])
        copy = Snapshot.objects.get(pk=snapshot.pk)
        copy.pk, copy.round, copy.closed_at = None, Round.objects.get(track=track), snapshot.closed_at - ago
        copy.save()
        snapshot = Snapshot.objects.select_related("round__track").get(pk=copy.pk)


def tell_batches() -> None:
    two, one = _cost(2), _cost(1)
    count = FORUMS * ROUNDS
    tell(f"{count} reports, 2 processes", two.wall, "s", "under 60")
    tell("  CPU of all processes", two.cpu, "s")
    tell("  peak of memory, together", two.peak, "MB", "under 400")
    tell("  reports a second", count / two.wall, "")
    tell("  with 1 process", count / one.wall, "")
    tell("  CPU with 1 process", one.cpu, "s")
    tell("  2 processes beside 1", one.wall / two.wall, "times")


def _cost(processes: int) -> Cost:
    """Of one whole batch, as the worker makes it."""
    from assessment.actions.batching import start_batch, take_up
    from assessment.models import Batch, Snapshot
    from reports.batches.making import make_batch
    from tests import factories

    user = factories.make_coach(f"begeleider.{processes}@programma.example")
    snapshots = list(Snapshot.objects.defer("document").order_by("pk"))
    batch = start_batch(user=user, snapshots=snapshots, language="nl", queue=lambda batch: None)
    taken = take_up(batch.pk)
    if taken is None or len(snapshots) != FORUMS * ROUNDS:
        raise SystemExit("the batch is not there")
    peak, begin, cpu = Peak(), time.perf_counter(), _cpu()
    peak.start()
    make_batch(taken, processes=processes)
    cost = Cost(time.perf_counter() - begin, _cpu() - cpu, peak.stop())
    if taken.reports.filter(state="done").count() != len(snapshots):
        raise SystemExit("not every report was made")
    Batch.objects.all().delete()
    return cost


def _cpu() -> float:
    """Seconds of this process and of its children that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    main()
