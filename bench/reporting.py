"""What follows a round: closing it, reading its answers, and its report as PDF."""

import time

from assessment.models import Round, Snapshot
from bench.lines import cpu_ms, tell


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
    tell("CPU of the forum report", cpu_ms(make), "ms", "under 250")
    tell("forum report", size, "bytes")


def tell_figures(round: Round) -> None:
    from reports.build import build_report
    from reports.exports.workbook import as_xlsx

    report = build_report(Snapshot.objects.get(round=round), language="nl")
    tell("CPU of the figures in Excel", cpu_ms(lambda: as_xlsx(report)), "ms", "under 150")


def tell_frame(round: Round) -> None:
    """Reading the answers of a closed round, on which scoring works."""
    from assessment.queries import answers_frame

    count = round.responses.count()
    tell(f"CPU of reading {count} responses", cpu_ms(lambda: answers_frame(round)), "ms")
