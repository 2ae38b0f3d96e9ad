"""Batches: many reports that somebody of staff asked for at once, and how far they are."""

import datetime
import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone

from assessment.models.snapshots import Snapshot
from assessment.models.users import User

# How long the file is there for whoever asked.
KEPT = datetime.timedelta(hours=24)
# Without a report for so long, whoever made them is gone.
DEAD_AFTER = datetime.timedelta(minutes=5)


class Batch(models.Model):
    """Reports to be made together into one file, for one person; it ends a day after it was asked for."""

    class State(models.TextChoices):
        WAITING = "waiting"
        WORKING = "working"
        DONE = "done"
        FAILED = "failed"

    user = models.ForeignKey(User, models.CASCADE, related_name="batches")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="Names the file.")
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    total = models.PositiveIntegerField(
        help_text="Reports that were asked for, also when a result is gone since."
    )
    made_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now, help_text="When the last report was made.")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name_plural = "batches"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "working", "done", "failed"]), name="batch_state"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "working"], ended_at__isnull=True)
                | models.Q(state__in=["done", "failed"], ended_at__isnull=False),
                name="batch_ended_when_over",
            ),
        ]

    def __str__(self) -> str:
        return f"batch {self.pk}"

    @property
    def path(self) -> Path:
        """Where the file is once all reports are made."""
        return Path(settings.BATCH_FOLDER) / f"{self.key}.zip"

    @property
    def is_expired(self) -> bool:
        return self.made_at + KEPT <= timezone.now()

    @property
    def is_broken_off(self) -> bool:
        """Whether it ended without a file, or whoever made the reports is gone."""
        is_dead = self.state == self.State.WORKING and self.touched_at + DEAD_AFTER <= timezone.now()
        return self.state == self.State.FAILED or is_dead

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.WORKING) and not self.is_broken_off

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE


class BatchReport(models.Model):
    """One report of a batch. It goes with its result; then the batch has fewer of them than were asked for."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="reports")
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="batch_reports")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)

    class Meta:
        ordering = ["pk"]  # in the order of the list from which they were chosen
        constraints = [
            models.UniqueConstraint(fields=["batch", "snapshot"], name="batch_report_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "done", "failed"]), name="batch_report_state"
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk} of {self.batch_id}"
