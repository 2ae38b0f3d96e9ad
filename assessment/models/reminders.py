"""Reminders of a round: that they left and how many, never to whom."""

from django.db import models
from django.utils import timezone

from assessment.models.rounds import Invitation, Round


class Reminder(models.Model):
    """One time that members of a round were reminded, or its coaches of a threshold not met; totals alone."""

    class Kind(models.TextChoices):
        HALFWAY = "halfway"
        LAST = "last"
        BY_HAND = "by_hand"
        THRESHOLD = "threshold"

    # That the threshold is not met goes to coaches.
    TO_MEMBERS = (Kind.HALFWAY, Kind.LAST, Kind.BY_HAND)

    round = models.ForeignKey(Round, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=10, choices=Kind)
    closes_on = models.DateField(help_text="The closing date that these mails name.")
    started_at = models.DateTimeField(default=timezone.now)
    sent = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["started_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["halfway", "last", "by_hand", "threshold"]), name="reminder_kind"
            ),
            # Nothing leaves twice, whoever asks: the worker, a timer, or both at once.
            models.UniqueConstraint(
                fields=["round"], condition=models.Q(kind="halfway"), name="reminder_halfway_once"
            ),
            models.UniqueConstraint(
                fields=["round", "kind", "closes_on"],
                condition=models.Q(kind__in=["last", "threshold"]),
                name="reminder_once_a_closing_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.round})"


class ReminderFault(models.Model):
    """The last reminder of this member did not leave; gone when one does, and with the closing of the round."""

    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="reminder_fault")
    reason = models.CharField(max_length=40, help_text="Code of why the mail failed.")

    def __str__(self) -> str:
        return self.reason
