"""How to read the report: score, level, margin, agreement, confidentiality, and what the report is not."""

from questionnaires.texts import text
from reports.report import Explanation


def guide() -> tuple[Explanation, ...]:
    margin = (text("report.howto.margin"), text("report.howto.margin_example"))
    limits = tuple(text(f"report.howto.not.{number}") for number in (1, 2, 3, 4))
    return (
        Explanation(text("report.howto.score.title"), (text("report.howto.score"),)),
        Explanation(text("report.howto.level.title"), (text("report.howto.level"),)),
        Explanation(text("report.howto.margin.title"), margin),
        Explanation(text("report.howto.agreement.title"), (text("report.howto.agreement"),)),
        Explanation(text("report.howto.confidential.title"), (text("report.howto.confidential"),)),
        Explanation(text("report.howto.not.title"), limits),
    )
