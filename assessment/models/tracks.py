"""Tracks: a coaching year of a forum, and what the forum says of itself in it."""

from django.db import models
from django.utils import timezone

from assessment.models.forums import Forum, OfForum, OfRound


class Track(OfForum, models.Model):
    """The year in which rounds, priorities and actions belong together."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="tracks")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="track_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forum} {self.starts_on:%Y}"


class OfTrack:
    """By which forum the audit trail finds what hangs on a track."""

    def get_additional_data(self) -> dict[str, int]:
        return {"forum": self.track.forum_id}  # type: ignore[attr-defined]


class GroupLevel(OfRound, models.Model):
    """The level that a forum gives itself in a session, beside the one that follows from the answers.

    Without `level` the members found no common one, which is a finding too. Never part of a frozen result.
    """

    round = models.ForeignKey("Round", models.CASCADE, related_name="group_levels")
    dimension = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField(null=True)
    evidence = models.TextField(max_length=600, blank=True, help_text="The fact that shows this level.")
    recorded_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["round", "dimension"]
        constraints = [
            models.UniqueConstraint(fields=["round", "dimension"], name="group_level_once_a_round"),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(level__gte=1, level__lte=5),
                name="group_level_on_the_scale",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.dimension}"
