"""What follows a round: closing it, scoring it, and its report as PDF."""

import time
from collections.abc import Callable

from assessment.models import Round, Snapshot
from bench.lines import tell

TIMES = 5


def tell_closing(round: Round, name: str) -> None:
    """Once, since a round closes once; the libraries are loaded beforehand, as in a worker that runs."""
    import assessment.scoring.result  # noqa: F401
    from assessment.actions.closing import close_round

    begin = time.process_time()
    close_round(round=round, is_silent=True)
    tell(f"CPU of closing {name}", 1000 * (time.process_time() - begin), "ms")


def tell_pdf(round: Round) -> None:
    from reports.build import build_report
    from reports.pdf.forum import forum_pdf

    snapshot = Snapshot.objects.get(round=round)

    def make() -> bytes:
        return forum_pdf(build_report(snapshot, language="nl"))

    size = len(make())
    tell("CPU of the forum report", _cpu_ms(make), "ms", "under 250")
    tell("forum report", size, "bytes")


def tell_scoring(round: Round) -> None:
    """The rules alone, on the answers of a closed round."""
    from assessment.queries import answers_frame
    from assessment.scoring.result import Parameters, forum_result

    frame, parameters = answers_frame(round), Parameters.from_content(round.content)
    members, count = round.forum.seats.count(), round.responses.count()
    cpu = _cpu_ms(lambda: forum_result(frame, members, parameters))
    tell(f"CPU of scoring {count} responses", cpu, "ms")


def _cpu_ms(work: Callable[[], object]) -> float:
    """Processor milliseconds of one run, the mean of several, after one to warm up."""
    work()
    begin = time.process_time()
    for _ in range(TIMES):
        work()
    return 1000 * (time.process_time() - begin) / TIMES
