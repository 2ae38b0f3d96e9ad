"""The coach's own words before the report, with who signs them, so that nobody takes them for words of the members."""

from django.conf import settings

from assessment.actions.shared_document import SharedDocument
from questionnaires.texts import text
from reports.report import Foreword


def foreword(document: SharedDocument) -> Foreword | None:
    """None when the coach wrote none; an empty line begins another paragraph."""
    paragraphs = [" ".join(each.split()) for each in document.foreword.split("\n\n")]
    if not any(paragraphs):
        return None
    key = "report.foreword.signed" if settings.ORGANISATION_NAME else "report.foreword.signed_only"
    return Foreword(
        note=text("report.foreword.note"),
        paragraphs=tuple(filter(None, paragraphs)),
        signature=text(key, coach=document.signed_by),
    )
