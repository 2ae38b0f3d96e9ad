"""Coaching sessions of a forum: when and where, what was talked about, and what was agreed."""

import hashlib
import uuid

from django.db import models
from django.utils import timezone

from assessment.models.actions import Action
from assessment.models.forums import Forum, OfForum
from assessment.models.rounds import brussels
from assessment.models.tracks import Track


def note_mark(note: str) -> str:
    """By which a note is known to be still the one that somebody saw."""
    return hashlib.sha256(note.encode()).hexdigest()[:16]


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions by whether they are over, and by year."""

    def ahead(self) -> "SessionQuerySet":
        """Those that are not over yet, the next one first."""
        return self.filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")

    def held(self) -> "SessionQuerySet":
        """Those that are over, the last one first."""
        return self.filter(ends_at__lte=timezone.now()).order_by("-starts_at", "-pk")

    def in_track(self, track: Track) -> "SessionQuerySet":
        """Those of the forum that begin in the year of this track."""
        begins, ends = brussels(track.starts_on, "00:00"), brussels(track.ends_on, "23:59:59")
        return self.filter(forum=track.forum_id, starts_at__gte=begins, starts_at__lte=ends)


class Session(OfForum, models.Model):
    """A session of a forum with its coach. It belongs to the year it falls in, and a first one may come before any.

    What can be read by whoever has a calendar link is when, where and of which forum; the rest is for staff.
    """

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="sessions")
    # What calendars know a session by, for as long as it exists.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(
        max_length=500, blank=True, help_text="A place, or the link of a meeting online."
    )
    goal = models.TextField(max_length=600, blank=True)
    agenda = models.TextField(max_length=4000, blank=True)
    note = models.TextField(max_length=20_000, blank=True, help_text="Of the coach, never printed.")
    sequence = models.PositiveIntegerField(default=0, editable=False, help_text="How often it was moved.")
    moved_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="session_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forum}, {timezone.localdate(self.starts_at)}"

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def note_mark(self) -> str:
        return note_mark(self.note)


class Commitment(models.Model):
    """What the forum agreed in a session, in one sentence; `action` is what became of it on the track."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="commitments")
    what = models.CharField(max_length=300)
    action = models.OneToOneField(
        Action, models.SET_NULL, related_name="commitment", null=True, editable=False
    )

    class Meta:
        ordering = ["session", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(what=""), name="commitment_says_what")]

    def __str__(self) -> str:
        return f"commitment {self.pk}"

    def get_additional_data(self) -> dict[str, int]:
        """By which forum the audit trail finds it."""
        return {"forum": self.session.forum_id}
