"""What the coach makes of the members' own words: themes, and quotes that were consented to."""

from django.db import models

from assessment.models.responses import OpenAnswer
from assessment.models.rounds import Round


class Theme(models.Model):
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


class Quote(models.Model):
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
