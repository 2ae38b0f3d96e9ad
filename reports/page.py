"""A report as a page: its chapters, and charts for them."""

from typing import Any

from questionnaires.texts import text
from reports.chapters import chapters_of
from reports.report import Report


def laid_out(report: Report) -> dict[str, Any]:
    """What templates/reports/includes/chapters.html wants."""
    titles = chapters_of(report)
    told: dict[str, Any] = {
        "report": report,
        "chapters": [
            {"name": name, "title": title, "template": f"reports/chapters/{name}.html"}
            for name, title in titles.items()
        ],
    }
    if report.result is None:
        return told
    from reports.charts.pairs import charts_of  # loads reportlab: only for whoever asks for a result

    charts = charts_of(report.result, titles)
    spread = charts.get("spread") or [None] * len(report.result.agreement)
    agreement = list(zip(report.result.agreement, spread, strict=True))
    return told | {"charts": charts, "agreement": agreement, "loose": text("report.voices.loose")}
