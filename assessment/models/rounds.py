"""Rounds while they run: invitations and the drafts behind them."""

import base64
import datetime
import hashlib
import hmac
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from assessment.models.forums import Forum, Member, OfForum
from assessment.models.tracks import Track
from questionnaires.models import QuestionnaireVersion


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds by state."""

    def planned(self) -> "RoundQuerySet":
        return self.filter(state=Round.State.PLANNED)

    def open(self) -> "RoundQuerySet":
        return self.filter(state=Round.State.OPEN)

    def closed(self) -> "RoundQuerySet":
        return self.filter(state=Round.State.CLOSED)


class Round(OfForum, models.Model):
    """One measurement of a forum."""

    class Kind(models.TextChoices):
        BASELINE = "baseline"
        INTERIM = "interim"
        FINAL = "final"

    class State(models.TextChoices):
        PLANNED = "planned"
        OPEN = "open"
        CLOSED = "closed"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="rounds")
    track = models.ForeignKey(Track, models.PROTECT, related_name="rounds")
    kind = models.CharField(max_length=10, choices=Kind)
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="rounds")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    opens_on = models.DateField()
    closes_on = models.DateField()
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    message = models.TextField(
        max_length=600, blank=True, help_text="The coach's own words in the invitation."
    )
    has_reminders = models.BooleanField(
        default=True, help_text="Whether reminders leave by themselves, half-way and two days before closing."
    )
    # Members to invite at opening; empty means every current member. Afterwards the invitations say it.
    chosen_members = models.ManyToManyField(Member, related_name="+", blank=True)
    # Why closing failed, as a text key the coach's page shows; empty when nothing did.
    close_fault = models.CharField(max_length=80, blank=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["opens_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["track", "kind"], name="round_kind_once_a_track"),
            models.UniqueConstraint(
                fields=["forum"], condition=models.Q(state="open"), name="round_one_open_a_forum"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["baseline", "interim", "final"]), name="round_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(state="planned", opened_at__isnull=True, closed_at__isnull=True)
                | models.Q(state="open", opened_at__isnull=False, closed_at__isnull=True)
                | models.Q(state="closed", closed_at__isnull=False),
                name="round_state_and_times",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="round_closes_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forum}, {self.kind}"

    @property
    def opens_at(self) -> datetime.datetime:
        """When the worker opens the round: in the morning of `opens_on`, Brussels time."""
        return brussels(self.opens_on, settings.ROUND_OPENS_AT)

    @property
    def closes_at(self) -> datetime.datetime:
        """The last minute in which answers are taken."""
        return brussels(self.closes_on, settings.ROUND_CLOSES_AT)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def takes_answers(self) -> bool:
        """Open, and the closing minute has not passed: true also while a late worker has yet to close it."""
        return self.is_open and timezone.now() < self.closes_at + datetime.timedelta(minutes=1)

    @property
    def content(self):
        """The questionnaire as typed objects."""
        return self.version.content


def brussels(day: datetime.date, clock: str) -> datetime.datetime:
    """The moment at which it is this time, such as "08:00", of that day in Brussels."""
    time = datetime.time.fromisoformat(clock)
    return timezone.make_aware(datetime.datetime.combine(day, time), timezone.get_default_timezone())


def token_hash(token: str) -> str:
    """What the database keeps of a secret link: nothing from which it can be read."""
    return hashlib.sha256(token.encode()).hexdigest()


def derived_token(purpose: str) -> str:
    """The secret part of a link: 128 bits, always the same for this purpose.

    Needs SECRET_KEY, so that a copy of the database opens nothing.
    """
    digest = hmac.new(settings.SECRET_KEY.encode(), purpose.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()


class Invitation(models.Model):
    """One member asked in one round. Nothing about answering or submitting stands here."""

    class MailState(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    round = models.ForeignKey(Round, models.CASCADE, related_name="invitations")
    member = models.ForeignKey(Member, models.PROTECT, related_name="invitations")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    generation = models.PositiveIntegerField(default=1, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    is_declined = models.BooleanField(default=False)
    mail_state = models.CharField(max_length=10, choices=MailState, default=MailState.WAITING)
    mail_reason = models.CharField(max_length=40, blank=True, help_text="Code of why the mail failed.")
    mailed_at = models.DateTimeField(null=True)
    times_mailed = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "member"], name="invitation_once_a_round"),
            models.CheckConstraint(
                condition=models.Q(mail_state__in=["waiting", "sent", "failed"]), name="invitation_mail_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} ({self.round})"

    @property
    def times_resent(self) -> int:
        """How often the invitation left again after the first time."""
        return max(0, self.times_mailed - 1)

    @property
    def token(self) -> str:
        """The secret part of the personal link, made anew from the key, the same in every mail."""
        return derived_token(f"invitation:{self.key}:{self.generation}")


class Draft(models.Model):
    """What one member fills in while the round is open; deleted whole at closing and when withdrawn."""

    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="draft")
    role = models.CharField(max_length=20)
    has_quote_consent = models.BooleanField(default=False)
    submitted_at = models.DateTimeField(null=True)
    receipt_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    # [page, number]: up to which of its savings a page in a browser waits for none any more; the last one at the end.
    given_up = models.JSONField(default=list, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=False) | models.Q(receipt_hash__isnull=True),
                name="draft_receipt_only_when_submitted",
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class AnswerKind(models.TextChoices):
    """What a question asks for."""

    STATEMENT = "statement"
    IMPORTANCE = "importance"
    CHANGE = "change"
    OPEN = "open"


def value_check(name: str) -> models.CheckConstraint:
    """A value from 1 to 5, or "don't know" without a value, or (skipped) neither."""
    return models.CheckConstraint(
        condition=models.Q(value__isnull=True) | models.Q(value__gte=1, value__lte=5, dont_know=False),
        name=name,
    )


class DraftAnswer(models.Model):
    """One answer of a draft; a question without a row has no answer yet."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=10, choices=AnswerKind)
    item = models.CharField(max_length=12)
    value = models.PositiveSmallIntegerField(null=True)
    dont_know = models.BooleanField(default=False)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "kind", "item"], name="draft_answer_once"),
            value_check("draft_answer_value"),
            models.CheckConstraint(
                condition=models.Q(kind="open", value__isnull=True, dont_know=False)
                | (models.Q(kind__in=["statement", "importance", "change"], text="")),
                name="draft_answer_text_only_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item}"
