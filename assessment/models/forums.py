"""Forums: their seats, and the persons on those seats."""

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from assessment.models.regions import Municipality, Region
from assessment.models.users import User


class OfForum:
    """By which forum the audit trail finds an entry, also when the row it is about is gone."""

    forum_id: int

    def get_additional_data(self) -> dict[str, int]:
        """What auditlog keeps beside a change."""
        return {"forum": self.forum_id}


class OfRound:
    """The same for what hangs on a round."""

    def get_additional_data(self) -> dict[str, int]:
        return {"forum": self.round.forum_id}  # type: ignore[attr-defined]


class Forum(models.Model):
    """A mayors' forum with its own name and its own list of members; not a reference region."""

    class Kind(models.TextChoices):
        REGIONAL = "regional"
        SUBREGIONAL = "subregional"
        SUPRAREGIONAL = "supraregional"

    class Article(models.TextChoices):
        DE = "de"
        HET = "het"
        NONE = ""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    article = models.CharField(max_length=3, choices=Article, blank=True, default=Article.HET)
    kind = models.CharField(max_length=15, choices=Kind, default=Kind.REGIONAL)
    regions = models.ManyToManyField(Region, related_name="forums", blank=True)
    rhythm = models.CharField(max_length=120, blank=True)
    coaches = models.ManyToManyField(User, related_name="forums", blank=True)
    is_archived = models.BooleanField(default=False)
    has_benchmark_consent = models.BooleanField(
        default=False, help_text="Whether the forum agreed that its results count in the reference values."
    )
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["regional", "subregional", "supraregional"]), name="forum_kind"
            ),
            models.CheckConstraint(condition=models.Q(article__in=["de", "het", ""]), name="forum_article"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_additional_data(self) -> dict[str, int]:
        """As `OfForum`: a forum is its own."""
        return {"forum": self.pk}

    def in_sentence(self, language: str) -> str:
        """The name as it stands inside a sentence: "het Westhoekoverleg", "the Westhoekoverleg"."""
        if not self.article:
            return self.name
        article = self.article if language == "nl" else "the"
        return f"{article} {self.name}"


class Seat(OfForum, models.Model):
    """The place of one municipality or of one organisation; it stays when persons change."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="seats")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="seats", null=True, blank=True
    )
    organisation = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(municipality__isnull=False, organisation="")
                | (models.Q(municipality__isnull=True) & ~models.Q(organisation="")),
                name="seat_of_municipality_or_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation or str(self.municipality)


class MemberQuerySet(models.QuerySet["Member"]):
    """Members by whether they sit today."""

    def current(self) -> "MemberQuerySet":
        """Members whose membership has begun and has not ended."""
        today = timezone.localdate()
        return self.filter(active_from__lte=today).filter(
            models.Q(active_until__isnull=True) | models.Q(active_until__gte=today)
        )


class Member(OfForum, models.Model):
    """A person on a seat. No party, ever."""

    class Kind(models.TextChoices):
        VOTING = "voting"
        ADVISORY = "advisory"
        GUEST = "guest"
        SUPPORT = "support"

    class Language(models.TextChoices):
        NL = "nl"
        EN = "en"

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="members")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="members")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    function = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.VOTING)
    language = models.CharField(max_length=2, choices=Language, default=Language.NL)
    active_from = models.DateField(default=timezone.localdate)
    active_until = models.DateField(null=True, blank=True, help_text="Last day of the membership.")

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            # Whoever left may come back, on another seat too; two sitting members never share an address.
            models.UniqueConstraint(
                "forum",
                Lower("email"),
                condition=models.Q(active_until__isnull=True),
                name="member_email_once_in_forum",
            ),
            models.CheckConstraint(
                condition=models.Q(active_until__isnull=True)
                | models.Q(active_until__gte=models.F("active_from")),
                name="member_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["voting", "advisory", "guest", "support"]), name="member_kind"
            ),
            models.CheckConstraint(condition=models.Q(language__in=["nl", "en"]), name="member_language"),
        ]

    def __str__(self) -> str:
        return self.name
