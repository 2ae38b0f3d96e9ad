"""What all forms of the desk share: our own words for every error, and dates as people write them here."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import lazy

from assessment.actions.refusals import RefusedError
from questionnaires.texts import legible, text

lazy_text = lazy(text, str)


class FormalErrors:
    """Gives every field of a form the errors of our catalogue instead of the framework's."""

    fields: dict[str, forms.Field]
    use_required_attribute = False  # the browser's own complaints speak the browser's language

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        for field in self.fields.values():
            field.error_messages |= _errors_of(field)


def _errors_of(field: forms.Field) -> dict[str, str]:
    errors = {"required": text("form.error.required")}
    if isinstance(field, forms.EmailField):
        errors["invalid"] = text("form.error.email")
    if isinstance(field, forms.DateField):
        errors["invalid"] = text("form.error.date")
    if isinstance(field, forms.TimeField):
        errors["invalid"] = text("form.error.clock")
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        errors["invalid_choice"] = errors["invalid_pk_value"] = text("form.error.choice")
    if limit := getattr(field, "max_length", None):
        errors["max_length"] = text("form.error.too_long", count=limit)
    return errors


class LegibleField(forms.BoundField):
    """A field of which only what files can hold is kept and shown again: these words go into workbooks and memos."""

    @property
    def data(self) -> Any:
        given = super().data
        return legible(given) if isinstance(given, str) else given


class DeskForm(FormalErrors, forms.Form):
    """A form of the coach's desk."""

    bound_field_class = LegibleField

    def add_refusal(self, error: RefusedError) -> None:
        """What an action refused, at the field that is at fault or above the form when none is."""
        self.add_error(error.field if error.field in self.fields else None, str(error))


class FindForm(forms.Form):
    """How a list is looked through, sent by GET; whatever is unknown counts as not asked for."""

    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, label_suffix="", auto_id="%s")

    def asked(self, name: str) -> str:
        """What was asked for, empty when nothing or something unknown."""
        self.is_valid()
        return (self.cleaned_data.get(name) or "").strip()


class DayField(forms.DateField):
    """A day as it is written here, day/month/year.

    Not the browser's own date field: that follows the language of the browser, so 03/04 could be read as March.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
            # Some numeric keyboards have no slash; other programs paste dates as 2026-03-03.
            input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%d%m%Y", "%d/%m/%y", "%Y-%m-%d"],
            **kwargs,
        )


class ClockField(forms.TimeField):
    """A time of day as it is written here, hours and minutes with a point; what else people type is read too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.TimeInput(format="%H.%M", attrs={"inputmode": "numeric", "autocomplete": "off"}),
            input_formats=["%H.%M", "%H:%M", "%Hu%M", "%H u %M", "%Hu", "%H u", "%H%M", "%H"],
            **kwargs,
        )


class WordsField(forms.CharField):
    """Several lines of plain text; a line break counts as one character, as it does where it is typed."""

    def to_python(self, value: object) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")
