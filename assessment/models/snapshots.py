"""Snapshots: the frozen result of a closed round; and reference values over those of several forums."""

import json
from functools import cached_property

from django.db import models

from assessment.models.rounds import Round
from questionnaires.models import Questionnaire


class Snapshot(models.Model):
    """The result as it was computed once, at closing; the only thing that pages, reports and exports read."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="snapshot")
    # Text, not JSON: the same bytes on every database, so that the fingerprint can be checked.
    document = models.TextField(help_text="The forum result as canonical JSON.")
    fingerprint = models.CharField(max_length=12)
    questionnaire_version = models.CharField(max_length=20)
    software_version = models.CharField(max_length=20)
    closed_at = models.DateTimeField()
    invited_members = models.PositiveSmallIntegerField(help_text="Invited on the seat of a municipality.")
    invited_others = models.PositiveSmallIntegerField(help_text="Invited on the seat of an organisation.")
    is_entered = models.BooleanField(default=False, help_text="Entered from an earlier self-assessment.")

    def __str__(self) -> str:
        return f"snapshot of {self.round}"

    @cached_property
    def result(self) -> dict:
        """The forum result as docs/scoring.md, section 17, describes it."""
        return json.loads(self.document)

    @property
    def tells_open_answers(self) -> bool:
        """Whether enough members answered for the coach to read their own words (Rule 13.8)."""
        return self.result["response"]["responses"] >= self.round.content.privacy.k_open_answers_coach


class Benchmark(models.Model):
    """Reference values of one kind of round and one meaning of a questionnaire (Rule 14.1), as they were frozen.

    They are over forums that agreed, and of no forum: nothing here has a name.
    """

    # A value over fewer forums than these would tell of one of them.
    LEAST_FORUMS = 5

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="benchmarks")
    number = models.PositiveIntegerField(help_text="The major part of the version of the questionnaire.")
    kind = models.CharField(max_length=10, choices=Round.Kind)
    frozen_at = models.DateTimeField()

    class Meta:
        ordering = ["questionnaire__slug", "-number", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number", "kind"], name="benchmark_once_a_kind_of_round"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["baseline", "interim", "final"]), name="benchmark_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} {self.number}, {self.kind}"


class ReferenceValue(models.Model):
    """The reference value of a dimension, as displayed; `results` are those that are in it, for rule 14.3 alone."""

    benchmark = models.ForeignKey(Benchmark, models.CASCADE, related_name="values")
    dimension = models.CharField(max_length=20)
    n_forums = models.PositiveSmallIntegerField()
    mean = models.PositiveSmallIntegerField()
    low = models.PositiveSmallIntegerField(help_text="Where the middle half of the forums begins.")
    high = models.PositiveSmallIntegerField(help_text="Where it ends.")
    results = models.ManyToManyField(Snapshot, related_name="+")

    class Meta:
        ordering = ["benchmark", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["benchmark", "dimension"], name="reference_value_once_a_dimension"
            ),
            models.CheckConstraint(
                condition=models.Q(n_forums__gte=5), name="reference_value_of_five_forums"
            ),
            models.CheckConstraint(
                condition=models.Q(mean__lte=100, high__lte=100, low__lte=models.F("high")),
                name="reference_value_on_the_scale",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.benchmark}, {self.dimension}"
