"""The forms of the steps, made per request from the questionnaire."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessment.filling.drawn import question_html
from assessment.filling.review import question_text, scale_of
from assessment.filling.steps import Step
from questionnaires.content import Content
from questionnaires.questions import Question
from questionnaires.texts import legible, text


class Option(NamedTuple):
    """One radio button."""

    id: str
    value: str
    label: str
    is_checked: bool
    is_dont_know: bool


@dataclass(frozen=True)
class Row:
    """One question as the page shows it; `seen` is the stored answer that the visitor saw."""

    name: str
    kind: str
    legend: str
    options: tuple[Option, ...]
    error: str
    seen: str

    @property
    def html(self) -> SafeString:
        """The question as it stands on the page."""
        return question_html(self)


class RadioField(forms.Field):
    """One of some options, drawn by the page's own template.

    Django's choice fields copy their choices for every field of every request, and their widgets take twice the
    time of the template.
    """

    label: str

    def __init__(self, *, label: str, options: list[tuple[str, str]], message: str) -> None:
        super().__init__(label=label, error_messages={"required": message})
        self.options = options

    def validate(self, value: str) -> None:
        super().validate(value)
        if all(value != option for option, _ in self.options):
            raise forms.ValidationError(self.error_messages["required"])


class StepForm(forms.Form):
    """A step; `step` and `content` say what is asked. A field is named by the item of its question."""

    use_required_attribute = False

    def __init__(self, *args: Any, step: Step, content: Content, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        self.content = content
        for question in step.questions:
            self.fields[question.item] = self.field_for(question)

    def field_for(self, question: Question) -> forms.Field:
        raise NotImplementedError

    def changed_values(self) -> dict[str, str]:
        """What the visitor changed since the page was made and may be stored as it is, by name.

        The page carries each stored answer that it showed in a hidden field `was-NAME`. An answer that equals
        it was not touched here, so another device may have changed it meanwhile: it is left alone.
        """
        changed = {}
        for name in self.fields:
            posted = self[name].value()
            if posted is not None and posted != self.data.get(f"was-{name}", "") and name not in self.errors:
                changed[name] = posted
        return changed

    def _row(self, name: str, kind: str, missing: str = "") -> Row:
        field = cast(RadioField, self.fields[name])
        current = self[name].value()
        options = tuple(
            Option(f"{name}-{value}", value, label, value == current, value == missing)
            for value, label in field.options
        )
        error = str(self.errors[name][0]) if self.is_bound and name in self.errors else ""
        return Row(name, kind, field.label, options, error, self.initial.get(name, ""))


class ScaleForm(StepForm):
    """A dimension or the change step: one choice of six per question, each of them required."""

    def field_for(self, question: Question) -> forms.Field:
        return RadioField(
            label=question_text(self.content, question),
            options=options_of(self.content, question.kind, get_language() or "nl"),
            message=text(f"form.error.{question.kind}"),
        )

    def rows(self) -> Iterator[Row]:
        return (self._row(q.item, q.kind, self.content.missing_code) for q in self.step.questions)


def options_of(content: Content, kind: str, language: str) -> list[tuple[str, str]]:
    """Value and words of each answer that a scale takes, "don't know" as the last; made once a language."""
    key = ("options", kind, language)
    if key not in content.kept:
        scale = scale_of(content, kind)
        options = [(str(option.value), option.in_language(language)) for option in scale.options]
        missing = scale.missing_option
        content.kept[key] = [*options, (missing.code, missing.in_language(language))]
    return content.kept[key]


class OwnWordsField(forms.CharField):
    """A text of at most `max_chars` characters, a line end counting as one as it does in the browser."""

    def __init__(self, *, label: str, max_chars: int) -> None:
        self.max_chars = max_chars
        widget = forms.Textarea(attrs={"rows": 4, "data-max": max_chars})
        super().__init__(label=label, required=False, widget=widget)

    def to_python(self, value: Any) -> str:
        return super().to_python(legible(value or "").replace("\r\n", "\n")) or ""

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.max_chars:
            raise forms.ValidationError(
                text("form.error.open_too_long", count=len(value), total=self.max_chars)
            )


class OpenForm(StepForm):
    """Optional questions in own words, and whether they may be quoted."""

    consent = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = str(self.content.quote_consent)

    def field_for(self, question: Question) -> forms.Field:
        asked = self.content.open_question(question.item)
        return OwnWordsField(label=str(asked), max_chars=asked.max_chars)

    def changed_values(self) -> dict[str, str]:
        """Texts without the spaces around them; the box is always told, since an empty one posts nothing."""
        changed = {
            name: self.fields[name].clean(value)
            for name, value in super().changed_values().items()
            if name != "consent"
        }
        was_given = self.data.get("was-consent", "") == "on"
        if (self.data.get("consent") == "on") != was_given:
            changed["consent"] = "" if was_given else "on"
        return changed

    def questions(self) -> Iterator[forms.BoundField]:
        return (self[question.item] for question in self.step.questions)


class RoleForm(StepForm):
    """In which role somebody answers, among those that fit the seat."""

    def __init__(self, *args: Any, roles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = RadioField(
            label=str(self.content.profile.role_question),
            options=[(code, str(self.content.role(code).name)) for code in roles],
            message=text("form.error.role"),
        )

    def rows(self) -> Iterator[Row]:
        yield self._row("role", "role")


class ReviewForm(StepForm):
    """Nothing to fill in: submitting is a deliberate POST."""


class ResendForm(forms.Form):
    """The address at which somebody was invited."""

    use_required_attribute = False
    email = forms.EmailField(max_length=254)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.label = text("resend.email.label")
        field.widget.attrs["autocomplete"] = "email"
        field.error_messages = {"required": text("form.error.required"), "invalid": text("form.error.email")}
