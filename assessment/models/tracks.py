"""Tracks: a coaching year of a forum."""

from django.db import models

from assessment.models.forums import Forum, OfForum


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
