"""What the coach makes of the members' own words, and which files of a result were handed out."""

from django.db import models

from assessment.models.forums import OfRound
from assessment.models.responses import OpenAnswer
from assessment.models.rounds import Round
from assessment.models.snapshots import Snapshot


class Theme(OfRound, models.Model):
    """A summary of what several members wrote, in the coach's own words."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="themes")
    title = models.CharField(max_length=120)
    summary = models.TextField(max_length=600, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(title=""), name="theme_has_title")]

    def __str__(self) -> str:
        return f"theme {self.pk}"


class Quote(OfRound, models.Model):
    """Words of a member who consented to be quoted without a name, copied as they will stand in a report.

    Reports outlive the answers that they quote: `answer` is empty once those are erased, `text` stays. It says which
    answers are used already, and ties the words to no person, since an open answer is tied to none.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="quotes")
    answer = models.OneToOneField(
        OpenAnswer, models.SET_NULL, related_name="quote", null=True, editable=False
    )
    theme = models.ForeignKey(Theme, models.SET_NULL, related_name="quotes", null=True, blank=True)
    text = models.TextField()

    class Meta:
        ordering = ["pk"]  # as the coach chose them: says nothing about who wrote when
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="quote_has_text")]

    def __str__(self) -> str:
        return f"quote {self.pk}"


class IssuedFile(models.Model):
    """That a file was handed out here, so that whoever holds it can hear so: its checksum, never the file itself.

    Nothing says by whom it was asked for, when or how often: the same file is one row. It goes with its result.
    """

    class Kind(models.TextChoices):
        REPORT_PDF = "report_pdf"
        FIGURES_XLSX = "figures_xlsx"
        FIGURES_CSV = "figures_csv"
        FIGURES_JSON = "figures_json"
        MEMO_COLLEGE_PDF = "memo_college_pdf"
        MEMO_COLLEGE_DOCX = "memo_college_docx"
        MEMO_COUNCIL_PDF = "memo_council_pdf"
        MEMO_COUNCIL_DOCX = "memo_council_docx"
        COMPARISON_PDF = "comparison_pdf"
        TRACK_PDF = "track_pdf"

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="issued_files")
    kind = models.CharField(max_length=20, choices=Kind)
    sha256 = models.CharField(max_length=64, unique=True)
    software_version = models.CharField(
        max_length=20, help_text="What made the file; not what closed the round."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[
                        "report_pdf",
                        "figures_xlsx",
                        "figures_csv",
                        "figures_json",
                        "memo_college_pdf",
                        "memo_college_docx",
                        "memo_council_pdf",
                        "memo_council_docx",
                        "comparison_pdf",
                        "track_pdf",
                    ]
                ),
                name="issued_file_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"
