"""What the coach makes of the members' own words, the report that is shared, and which files were handed out."""

import uuid

from django.db import models

from assessment.models.forums import OfRound
from assessment.models.responses import OpenAnswer
from assessment.models.rounds import Round, derived_token, token_hash
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


class SharedReportQuerySet(models.QuerySet["SharedReport"]):
    """Sharings by where they stand."""

    def not_ended(self) -> "SharedReportQuerySet":
        """Prepared, or shared now."""
        return self.filter(ended_at__isnull=True)

    def current(self) -> "SharedReportQuerySet":
        """Shared now: whose link works."""
        return self.filter(shared_at__isnull=False, ended_at__isnull=True)


class SharedReport(OfRound, models.Model):
    """One sharing of a report with the members: prepared, shared, ended. Shared again is another row, another link.

    `foreword` and `left_out` (names of chapters) are what the coach prepares; members see `document` alone, which has
    them and everything else that could change as they were on `updated_at`.
    """

    MOST_WORDS = 1200  # characters of a foreword: in paragraphs as people write them it stays on one page

    round = models.ForeignKey(Round, models.CASCADE, related_name="shared_reports")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    foreword = models.TextField(max_length=MOST_WORDS, blank=True, help_text="The coach's own words.")
    left_out = models.JSONField(default=list, blank=True)
    document = models.TextField(blank=True, editable=False)
    shared_at = models.DateTimeField(null=True, editable=False)
    updated_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    mailing = models.PositiveSmallIntegerField(
        default=1,
        editable=False,
        help_text="Which mail to the members is the last: of an earlier one none leaves.",
    )
    mails_sent = models.PositiveSmallIntegerField(default=0, editable=False)
    mails_failed = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = SharedReportQuerySet.as_manager()

    class Meta:
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=models.Q(ended_at__isnull=True), name="shared_report_one_a_round"
            ),
            models.CheckConstraint(
                # Only what is shared now has a copy; only what was shared ever has a link and can have ended.
                condition=models.Q(
                    shared_at__isnull=True, token_hash__isnull=True, ended_at__isnull=True, document=""
                )
                | (
                    models.Q(shared_at__isnull=False, updated_at__isnull=False, token_hash__isnull=False)
                    & (
                        models.Q(ended_at__isnull=False, document="")
                        | (models.Q(ended_at__isnull=True) & ~models.Q(document=""))
                    )
                ),
                name="shared_report_state",
            ),
        ]

    def __str__(self) -> str:
        return str(self.round)

    @property
    def is_shared(self) -> bool:
        return self.shared_at is not None and self.ended_at is None

    @property
    def token(self) -> str:
        """The secret part of the link, made anew from the key: the same in every mail and behind every invitation."""
        return derived_token(f"report:{self.key}")

    @property
    def can_be_shown(self) -> bool:
        """False once SECRET_KEY has changed: the link that was mailed works, and cannot be made anew."""
        return token_hash(self.token) == self.token_hash


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
