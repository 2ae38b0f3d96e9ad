"""The secret links at which calendars fetch the sessions of one forum, or of all forums of one coach."""

import uuid

from django.db import models
from django.utils import timezone

from assessment.models.forums import Forum
from assessment.models.rounds import derived_token, token_hash
from assessment.models.users import User


class CalendarLink(models.Model):
    """One such link; as with an invitation the database keeps only the hash of its secret part."""

    forum = models.OneToOneField(Forum, models.CASCADE, related_name="calendar_link", null=True)
    coach = models.OneToOneField(User, models.CASCADE, related_name="calendar_link", null=True)
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    generation = models.PositiveIntegerField(default=1, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(forum__isnull=False, coach__isnull=True)
                | models.Q(forum__isnull=True, coach__isnull=False),
                name="calendar_link_of_forum_or_coach",
            ),
        ]

    def __str__(self) -> str:
        return str(self.forum or self.coach)

    def get_additional_data(self) -> dict[str, int]:
        """By which forum the audit trail finds it, where it is of one."""
        return {"forum": self.forum_id} if self.forum_id else {}

    @property
    def token(self) -> str:
        """The secret part, made anew from the key."""
        return derived_token(f"calendar:{self.key}:{self.generation}")

    @property
    def can_be_shown(self) -> bool:
        """False once SECRET_KEY has changed: the link that was handed out works, and cannot be made anew."""
        return token_hash(self.token) == self.token_hash
