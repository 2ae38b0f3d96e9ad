"""Reference regions and municipalities: reference data, loaded by command, names editable."""

from django.db import models


class Region(models.Model):
    """One of the 15 reference regions; never derived from or for a forum."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    aliases = models.TextField(blank=True, help_text="Other names, one a line; found by search.")
    uri = models.URLField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Look-ups by any name that a municipality has or had."""

    def search(self, words: str) -> "MunicipalityQuerySet":
        """Municipalities whose name, alias, former municipality or region (with its aliases) has these words."""
        fields = ("name", "aliases", "mergers__old_name", "region__name", "region__aliases")
        condition = models.Q()
        for field in fields:
            condition |= models.Q(**{f"{field}__icontains": words.strip()})
        return self.filter(condition).distinct()

    def by_name(self) -> "dict[str, list[Municipality]]":
        """Municipalities by every name, alias and NIS code that they have or had before a merger, without capitals.

        Some names are of more than one.
        """
        found: dict[str, list[Municipality]] = {}
        for municipality in self.prefetch_related("mergers"):
            for name in municipality.names:
                found.setdefault(name, []).append(municipality)
        return found


class Municipality(models.Model):
    """A municipality as it is today."""

    nis = models.CharField("NIS code", max_length=5, unique=True)
    name = models.CharField(max_length=80)
    aliases = models.TextField(blank=True, help_text="Other names, one a line; found by search.")
    region = models.ForeignKey(Region, models.PROTECT, related_name="municipalities", null=True)
    is_fictional = models.BooleanField(default=False, editable=False, help_text="Made for the demo.")

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "municipalities"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(region__isnull=False) | models.Q(is_fictional=True),
                name="municipality_has_region",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> set[str]:
        """Whatever it is or was called, NIS codes among them, without capitals."""
        old = [words for merger in self.mergers.all() for words in (merger.old_name, merger.old_nis)]
        given = [self.name, self.nis, *self.aliases.split("\n"), *old]
        return {words.strip().casefold() for words in given if words.strip()}


class Merger(models.Model):
    """A municipality of before, and the one it became part of."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="mergers")
    old_nis = models.CharField(max_length=5, unique=True)
    old_name = models.CharField(max_length=80)
    valid_from = models.DateField()

    class Meta:
        ordering = ["old_name"]

    def __str__(self) -> str:
        return f"{self.old_name} > {self.municipality}"
