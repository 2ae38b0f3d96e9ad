"""What a forum chooses in its year: a target level for a dimension, and the priorities it works on.

Never part of a frozen result: a report joins them when it is built, and only reports of this forum.
"""

from django.db import models
from django.utils import timezone

from assessment.models.forums import OfRound
from assessment.models.tracks import OfTrack, Track


class TargetQuerySet(models.QuerySet["Target"]):
    """Targets by whether the forum still stands by them."""

    def current(self) -> "TargetQuerySet":
        return self.filter(replaced_on__isnull=True)


class Target(OfTrack, models.Model):
    """A level that the forum chose for a dimension; another choice replaces it and this one stays as history.

    Without `level` the forum took its target back, which is a choice as well.
    """

    track = models.ForeignKey(Track, models.CASCADE, related_name="targets")
    dimension = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(max_length=600, blank=True)
    chosen_on = models.DateField(default=timezone.localdate)
    replaced_on = models.DateField(null=True, editable=False)

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["track", "dimension", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["track", "dimension"],
                condition=models.Q(replaced_on__isnull=True),
                name="target_one_current_a_dimension",
            ),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(level__gte=1, level__lte=5),
                name="target_on_the_scale",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.track}, {self.dimension}"


class Priority(OfRound, models.Model):
    """One of the priorities after a round: what the rule proposed in this place, and what the forum chose.

    Nothing chosen means that the forum does not work on what was proposed; nothing proposed that the rule had
    fewer to propose. What differs has a reason.
    """

    round = models.ForeignKey("Round", models.CASCADE, related_name="priorities")
    place = models.PositiveSmallIntegerField()
    proposed = models.CharField(max_length=20, blank=True)
    chosen = models.CharField(max_length=20, blank=True)
    reason = models.TextField(max_length=600, blank=True)
    decided_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["round", "place"]
        constraints = [
            models.UniqueConstraint(fields=["round", "place"], name="priority_place_once_a_round"),
            models.UniqueConstraint(
                fields=["round", "chosen"],
                condition=~models.Q(chosen=""),
                name="priority_dimension_once_a_round",
            ),
            models.CheckConstraint(condition=models.Q(place__gte=1), name="priority_place_from_one"),
            models.CheckConstraint(
                condition=~models.Q(proposed="", chosen=""), name="priority_proposed_or_chosen"
            ),
            models.CheckConstraint(
                condition=models.Q(proposed=models.F("chosen"))
                | models.Q(proposed="")
                | ~models.Q(reason=""),
                name="priority_other_choice_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.chosen or self.proposed}"

    @property
    def is_overruled(self) -> bool:
        return self.proposed not in ("", self.chosen)
