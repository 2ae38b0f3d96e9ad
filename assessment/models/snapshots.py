"""Snapshots: the frozen result of a closed round."""

import json
from functools import cached_property

from django.db import models

from assessment.models.rounds import Round


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
