"""Responses: what is left of a draft after closing. No column leads to a person or tells an order."""

import uuid

from django.db import models

from assessment.models.rounds import AnswerKind, Round, value_check


class Response(models.Model):
    """One person's answers in one closed round, without a name and without a municipality."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="responses")
    group = models.CharField(max_length=30)
    # The same random label for all responses of one municipality, other labels in every round.
    delegation = models.CharField(max_length=32, blank=True)
    receipt_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return f"response {self.key}"


class Answer(models.Model):
    """The answer to one question that was asked; without value and without "don't know" it was skipped."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=10, choices=AnswerKind)
    item = models.CharField(max_length=12)
    value = models.PositiveSmallIntegerField(null=True)
    dont_know = models.BooleanField(default=False)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["response", "kind", "item"], name="answer_once"),
            value_check("answer_value"),
            models.CheckConstraint(condition=~models.Q(kind="open"), name="answer_is_not_open"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item}"


class OpenAnswer(models.Model):
    """Somebody's own words, tied to no response and to no group."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="open_answers")
    question = models.CharField(max_length=12)
    text = models.TextField()
    has_quote_consent = models.BooleanField(default=False)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="open_answer_has_text"),
        ]

    def __str__(self) -> str:
        return f"open answer {self.key}"
