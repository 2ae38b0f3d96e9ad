"""The report that the coach of the demo shared with the members, with a foreword and one chapter left out."""

import datetime

from django.db import transaction

from assessment.actions import sharing
from assessment.models import Round, SharedReport

# The names that reports/chapters.py gives; this room does not look there, tests/assessment/test_demo.py compares.
LEFT_OUT = ("statements",)
CHAPTERS = (
    "glance",
    "profile",
    "foreword",
    "who",
    "guide",
    "agreement",
    "change",
    "experience",
    "targets",
    "importance",
    "track",
    "agreed",
    "levels",
    "voices",
    "annex",
)
FOREWORD = """\
Dit is het tweede rapport van uw traject. Lees eerst de samenvatting.

Op ons volgende overleg nemen we de tijd voor één vraag: wat houdt ons tegen om afspraken op te volgen?"""


@transaction.atomic
def share(round_: Round, moment: datetime.datetime) -> None:
    """Share as if that had been at `moment`; what was shared already stays, and no mail leaves."""
    if round_.shared_reports.exists():
        return
    prepared = sharing.prepare_sharing(
        round=round_, foreword=FOREWORD, left_out=LEFT_OUT, known=(*CHAPTERS, *LEFT_OUT)
    )
    by = _name_of_coach(round_)
    seen = sharing.seal_of(sharing.document_of(prepared, chapters=CHAPTERS, by=by), round_)
    shared = sharing.share_report(round=round_, chapters=CHAPTERS, seen=seen, by=by, is_silent=True)
    SharedReport.objects.filter(pk=shared.pk).update(
        shared_at=moment, updated_at=moment, mails_sent=len(sharing.to_be_told(round_))
    )


def _name_of_coach(round_: Round) -> str:
    return round_.forum.coaches.order_by("name").values_list("name", flat=True)[0]
