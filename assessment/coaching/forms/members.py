"""A person on a seat. The seat is one of the forum's, or a new one of a municipality or organisation."""

from typing import Any, cast

from django import forms
from django.db.models import Prefetch, QuerySet

from assessment.actions.places import municipalities_for
from assessment.coaching.forms.fields import DeskForm
from assessment.coaching.forms.fields import lazy_text as text
from assessment.models import Forum, Member, Municipality, Seat
from assessment.models.regions import MunicipalityQuerySet

FOR_SOMEBODY_ELSE = {"autocomplete": "off"}  # the browser would offer the coach's own details


def _kinds() -> list[tuple[str, str]]:
    return [(kind, text(f"member.kind.{kind}")) for kind in Member.Kind]


def _languages() -> list[tuple[str, str]]:
    return [(code, text(f"member.language.{code}")) for code in Member.Language]


class PersonForm(DeskForm):
    """Who the person is, apart from the seat."""

    name = forms.CharField(
        label=text("member.name.label"), max_length=120, widget=forms.TextInput(FOR_SOMEBODY_ELSE)
    )
    email = forms.EmailField(
        label=text("member.email.label"),
        help_text=text("member.email.hint"),
        max_length=254,
        widget=forms.EmailInput(FOR_SOMEBODY_ELSE),
    )
    function = forms.CharField(
        label=text("member.function.label"),
        help_text=text("member.no_party"),
        max_length=120,
        required=False,
        widget=forms.TextInput(FOR_SOMEBODY_ELSE),
    )
    kind = forms.ChoiceField(label=text("member.kind.label"), choices=_kinds)
    language = forms.ChoiceField(label=text("member.language.label"), choices=_languages)


class SeatChoiceField(forms.ModelChoiceField):
    """The seats of a forum, each with who sits there."""

    def label_from_instance(self, seat: Any) -> str:
        names = ", ".join(member.name for member in seat.sitting)
        return f"{seat} ({names})" if names else f"{seat} ({text('forum.seats.empty')})"


class MemberForm(PersonForm):
    """A person and the seat; cleaned `seat` is stored, or new and not stored yet."""

    seat = SeatChoiceField(
        label=text("member.seat.label"), empty_label=text("member.seat.none"), queryset=None
    )
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
    field_order = ["name", "email", "function", "seat", "municipality", "organisation"]

    def __init__(self, *args: object, forum: Forum, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.forum = forum
        self.seat_field = cast(SeatChoiceField, self.fields["seat"])
        self.seat_field.queryset = _seats(forum)
        self.seat_field.error_messages["required"] = text("member.seat.required")
        self.seat_field.required = not self._is_new_seat_given()

    @property
    def municipalities(self) -> MunicipalityQuerySet:
        return municipalities_for(self.forum)

    @property
    def has_new_seat(self) -> bool:
        """Whether the fields of a new seat need to be in sight."""
        return not self.seat_field.queryset or self._is_new_seat_given()

    def _is_new_seat_given(self) -> bool:
        return any((self[name].value() or "").strip() for name in ("municipality", "organisation"))

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

    def clean(self) -> dict[str, Any]:
        """Exactly one of a seat, a municipality and an organisation; the last two become a seat."""
        super().clean()
        cleaned = self.cleaned_data
        given = [name for name in ("seat", "municipality", "organisation") if cleaned.get(name)]
        if len(given) > 1:
            self.add_error("seat", text("member.seat.only_one"))
        elif given and given != ["seat"]:
            cleaned["seat"] = Seat(
                forum=self.forum,
                municipality=cleaned["municipality"],
                organisation=cleaned["organisation"],
            )
        return cleaned


def _seats(forum: Forum) -> QuerySet[Seat]:
    """The seats with those who sit on them, municipalities by name before organisations by name."""
    sitting = Prefetch("members", Member.objects.current(), to_attr="sitting")
    seats = forum.seats.select_related("municipality").prefetch_related(sitting)
    return seats.order_by("organisation", "municipality__name")


def _not_one(words: str, meant: list[str]) -> str:
    if not meant:
        return text("member.municipality.unknown", value=words)
    return text("member.municipality.meant", value=words, options=", ".join(meant))
