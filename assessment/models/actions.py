"""What a forum agreed to do: actions with their course, and the regional breakthroughs among them."""

from django.db import models
from django.utils import timezone

from assessment.models.tracks import OfTrack, Track
from assessment.models.users import User


class Block(models.TextChoices):
    """VVSG's three parts of the development track (bouwblokken)."""

    NETWORK = "network"
    CONTENT = "content"
    SELF_ASSESSMENT = "self_assessment"


class ActionQuerySet(models.QuerySet["Action"]):
    """Actions by whether something is still expected of them."""

    def unfinished(self) -> "ActionQuerySet":
        return self.filter(status__in=Action.UNFINISHED)

    def overdue(self) -> "ActionQuerySet":
        """Still expected, and the date has passed."""
        return self.unfinished().filter(due_on__lt=timezone.localdate())


class Action(OfTrack, models.Model):
    """Something that the forum agreed to do. `owner` is a seat, a function or an organisation in words, no person."""

    class Status(models.TextChoices):
        TODO = "todo"
        DOING = "doing"
        DONE = "done"
        STOPPED = "stopped"

    UNFINISHED = (Status.TODO, Status.DOING)

    track = models.ForeignKey(Track, models.CASCADE, related_name="actions")
    dimension = models.CharField(max_length=20)
    block = models.CharField(max_length=20, choices=Block)
    what = models.CharField(max_length=300)
    method = models.TextField(max_length=600, blank=True)
    owner = models.CharField(max_length=160, blank=True)
    due_on = models.DateField(null=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.TODO, editable=False)
    evidence = models.TextField(
        max_length=600, blank=True, help_text="How the forum will see that it has worked."
    )
    evidence_seen_on = models.DateField(null=True)
    offer = models.CharField(max_length=60, blank=True, help_text="Id in assessment/data/offer.yaml.")
    added_on = models.DateField(default=timezone.localdate, editable=False)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["track", models.F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(what=""), name="action_says_what"),
            models.CheckConstraint(
                condition=models.Q(block__in=["network", "content", "self_assessment"]), name="action_block"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["todo", "doing", "done", "stopped"]), name="action_status"
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_overdue(self) -> bool:
        """Still expected, and its date has passed."""
        return (
            self.status in self.UNFINISHED and self.due_on is not None and self.due_on < timezone.localdate()
        )


class ActionMove(models.Model):
    """That an action changed state, when and by whom; the first says in which state it was added."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="moves")
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10, choices=Action.Status)
    moved_at = models.DateTimeField(default=timezone.now)
    moved_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["action", "moved_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(after__in=["todo", "doing", "done", "stopped"]), name="action_move_after"
            ),
            models.CheckConstraint(
                condition=models.Q(before__in=["", "todo", "doing", "done", "stopped"])
                & ~models.Q(before=models.F("after")),
                name="action_move_changes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"


class Breakthrough(models.Model):
    """What makes an action a regional breakthrough: with whom, for how much cofinancing, and what came of it."""

    class Decision(models.TextChoices):
        ASKED = "asked"
        GRANTED = "granted"
        REFUSED = "refused"

    # The rule of the call: this much euro at most for one project.
    MOST_COFINANCING = 25_000

    action = models.OneToOneField(Action, models.CASCADE, related_name="breakthrough")
    partners = models.TextField(max_length=600)
    cofinancing = models.PositiveIntegerField(null=True, help_text="Requested, in whole euro.")
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_on = models.DateField(null=True)
    result = models.TextField(max_length=600, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(partners=""), name="breakthrough_has_partners"),
            models.CheckConstraint(
                condition=models.Q(cofinancing__isnull=True) | models.Q(cofinancing__lte=25_000),
                name="breakthrough_within_the_rule",
            ),
            models.CheckConstraint(
                condition=models.Q(decision__in=["", "asked", "granted", "refused"]),
                name="breakthrough_decision",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_on__isnull=True) | models.Q(decision__in=["granted", "refused"]),
                name="breakthrough_decided_has_decision",
            ),
        ]

    def __str__(self) -> str:
        return str(self.action)

    def get_additional_data(self) -> dict[str, int]:
        """By which forum the audit trail finds it."""
        return {"forum": self.action.track.forum_id}
