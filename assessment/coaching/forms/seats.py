"""The seats of a forum: a new one, those of a region, and how the list is looked through."""

from typing import Any

from django import forms

from assessment.actions.places import municipalities_for
from assessment.actions.refusals import RefusedError
from assessment.coaching.forms.fields import DeskForm, FindForm
from assessment.coaching.forms.fields import lazy_text as text
from assessment.models import Forum, Municipality, Region
from assessment.models.regions import MunicipalityQuerySet

FOR_SOMEBODY_ELSE = {"autocomplete": "off"}  # the browser would offer the coach's own details


class NewSeatForm(DeskForm):
    """What a new seat is of; cleaned `municipality` is one that exists, or None."""

    municipality = forms.CharField(
        label=text("member.municipality.label"),
        help_text=text("member.municipality.hint"),
        max_length=80,
        required=False,
        widget=forms.TextInput(FOR_SOMEBODY_ELSE | {"list": "gemeenten"}),
    )
    organisation = forms.CharField(
        label=text("member.organisation.label"),
        max_length=120,
        required=False,
        widget=forms.TextInput(FOR_SOMEBODY_ELSE),
    )

    def __init__(self, *args: object, forum: Forum, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.forum = forum

    @property
    def municipalities(self) -> MunicipalityQuerySet:
        """The municipalities to choose from; fictional ones exist for forums of the demo only."""
        return municipalities_for(self.forum)

    def clean_municipality(self) -> Municipality | None:
        """The one municipality that has, or before a merger had, this name, alias or NIS code."""
        words = self.cleaned_data["municipality"]
        if not words:
            return None
        named = self.municipalities.by_name().get(words.strip().casefold(), [])
        if len(named) == 1:
            return named[0]
        meant = named or self.municipalities.search(words)[:3]
        raise forms.ValidationError(_not_one(words, [str(each) for each in meant]))


class SeatForm(NewSeatForm):
    """A new seat without a person; whether it is a second one is asked once the forum has one for the municipality."""

    is_second = forms.BooleanField(label=text("forum.seats.second.label"), required=False)

    def __init__(self, *args: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].label = text("forum.seats.municipality.label")
        self.fields["organisation"].label = text("forum.seats.organisation.label")
        self.asks_second = "is_second" in self.data

    @property
    def former_name(self) -> str:
        """The name that was typed, when the municipality merged and is called otherwise since."""
        municipality, words = self.cleaned_data["municipality"], self["municipality"].value().strip()
        if municipality is None or municipality.name.casefold() == words.casefold():
            return ""
        return words if municipality.mergers.filter(old_name__iexact=words).exists() else ""

    def clean(self) -> dict[str, Any]:
        """Exactly one of a municipality and an organisation."""
        super().clean()
        cleaned = self.cleaned_data
        given = [name for name in ("municipality", "organisation") if cleaned.get(name)]
        if len(given) != 1 and not self.errors:
            self.add_error("municipality", text("forum.seats.one_of"))
        return cleaned

    def add_refusal(self, error: RefusedError) -> None:
        super().add_refusal(error)
        self.asks_second = self.asks_second or error.key == "forum.seats.second"


class RegionForm(DeskForm):
    """The reference region whose municipalities are suggested."""

    regio = forms.ModelChoiceField(
        label=text("forum.seats.region.label"),
        empty_label=text("forum.seats.region.none"),
        queryset=Region.objects.all(),
        to_field_name="code",
    )


class RegionSeatsForm(DeskForm):
    """The municipalities of one region that have no seat in the forum yet, all of them chosen beforehand."""

    municipalities = forms.ModelMultipleChoiceField(
        label=text("forum.seats.region.municipalities"),
        queryset=Municipality.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, forum: Forum, region: Region, **kwargs: Any) -> None:
        missing = region.municipalities.exclude(seats__forum=forum)
        super().__init__(*args, **{"initial": {"municipalities": missing}} | kwargs)
        field = self.fields["municipalities"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  # for the type
        field.queryset = self.missing = missing


class FindSeatForm(FindForm):
    """Which seats are shown and in which order."""

    zoek = forms.CharField(label=text("forum.seats.find.label"), required=False, widget=forms.SearchInput)
    volgorde = forms.ChoiceField(
        label=text("manage.users.order.label"),
        required=False,
        choices=lambda: [(order, text(f"forum.seats.order.{order}")) for order in ("naam", "leeg")],
    )


def _not_one(words: str, meant: list[str]) -> str:
    if not meant:
        return text("member.municipality.unknown", value=words)
    return text("member.municipality.meant", value=words, options=", ".join(meant))
