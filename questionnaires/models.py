"""Questionnaires and their versions. A version is a frozen document: once published it never changes."""

import hashlib
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.db import models
from django.db.models import Q

from questionnaires.content import Content


class FrozenVersionError(Exception):
    """Something tried to change or delete a version that has been published."""


class AlteredDocumentError(Exception):
    """A stored document no longer has the checksum under which it was published."""


def checksum_of(document: str) -> str:
    """SHA-256 of the document in UTF-8, 64 hexadecimal characters."""
    return hashlib.sha256(document.encode()).hexdigest()


class Questionnaire(models.Model):
    slug = models.SlugField(unique=True)

    def __str__(self) -> str:
        return self.slug


class QuestionnaireVersionQuerySet(models.QuerySet["QuestionnaireVersion"]):
    def published(self) -> "QuestionnaireVersionQuerySet":
        return self.filter(state=QuestionnaireVersion.State.PUBLISHED)

    def newest(self) -> "QuestionnaireVersion | None":
        """The one with the highest version number, None when there is none."""
        return max(self, key=attrgetter("parts"), default=None)

    def update(self, **values: Any) -> int:
        if self._touches_frozen(values):
            raise FrozenVersionError("a version that was published cannot be changed")
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        if self.exclude(state=QuestionnaireVersion.State.DRAFT).exists():
            raise FrozenVersionError("a version that was published cannot be deleted")
        return super().delete()

    def _touches_frozen(self, values: dict[str, Any]) -> bool:
        """Whether the update does more to a version than retiring it or taking it back into use."""
        in_use = (QuestionnaireVersion.State.PUBLISHED, QuestionnaireVersion.State.RETIRED)
        if set(values) == {"state"} and values["state"] in in_use:
            return False
        return self.exclude(state=QuestionnaireVersion.State.DRAFT).exists()


class QuestionnaireVersionManager(models.Manager["QuestionnaireVersion"]):
    """Leaves the document where it is: a page needs the typed content, which is kept, not 100 kB of text."""

    def get_queryset(self) -> models.QuerySet["QuestionnaireVersion"]:
        return super().get_queryset().defer("document")


class QuestionnaireVersion(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        RETIRED = "retired"

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="versions")
    version = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    document = models.TextField()
    checksum = models.CharField(max_length=64, unique=True, editable=False)

    objects = QuestionnaireVersionManager.from_queryset(QuestionnaireVersionQuerySet)()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "version"], name="version_once_a_questionnaire"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "published", "retired"]),
                name="version_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if "document" not in self.get_deferred_fields():
            self.checksum = checksum_of(self.document)
        if self.pk is not None:
            self._refuse_change()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self._stored().exclude(state=self.State.DRAFT).exists():
            raise FrozenVersionError(f"{self} was published and cannot be deleted")
        return super().delete(*args, **kwargs)

    @property
    def parts(self) -> tuple[int, int, int]:
        major, minor, patch = self.version.split(".")
        return int(major), int(minor), int(patch)

    @property
    def number(self) -> int:
        """The major part of the version; results of another number are never compared."""
        return self.parts[0]

    @property
    def content(self) -> Content:
        """The typed document, read and parsed once a process; afterwards it costs no query and no parsing."""
        return _content(self.checksum)

    def refresh_from_db(self, using=None, fields=None, from_queryset=None) -> None:
        """Reads the document when it is asked for, which the deferring manager would leave out for ever."""
        if from_queryset is None:
            from_queryset = QuestionnaireVersionQuerySet(type(self))
        super().refresh_from_db(using, fields, from_queryset)

    def _stored(self) -> QuestionnaireVersionQuerySet:
        return type(self).objects.filter(pk=self.pk)

    def _refuse_change(self) -> None:
        """A published or retired version may go from the one state to the other, nothing else."""
        stored = self._stored().exclude(state=self.State.DRAFT).first()
        if stored is None:
            return
        same = all(
            getattr(self, name) == getattr(stored, name)
            for name in ("questionnaire_id", "version", "checksum")
        )
        if not same or self.state == self.State.DRAFT:
            raise FrozenVersionError(f"{stored} was published and cannot be changed")


@lru_cache(maxsize=32)
def _content(checksum: str) -> Content:
    document = QuestionnaireVersion.objects.values_list("document", flat=True).get(checksum=checksum)
    if checksum_of(document) != checksum:
        raise AlteredDocumentError(checksum)
    return Content.model_validate_json(document)
