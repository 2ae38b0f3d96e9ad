"""What a coach records in a session: levels with their evidence, themes, quotes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from assessment.actions.recording import Placement
from assessment.coaching.forms.fields import DeskForm, WordsField
from assessment.coaching.forms.fields import lazy_text as text
from assessment.models import GroupLevel, Quote, Theme
from questionnaires.content import Content, Dimension

NONE = "none"  # the group found no common level; an empty choice means that it did not talk about it
EVIDENCE_LENGTH = GroupLevel._meta.get_field("evidence").max_length
TITLE_LENGTH = Theme._meta.get_field("title").max_length
SUMMARY_LENGTH = Theme._meta.get_field("summary").max_length


@dataclass(frozen=True)
class Row:
    """The fields of one dimension. `shown` is hidden: what the page showed, so that only a change is recorded."""

    code: str
    name: str
    level: BoundField
    evidence: BoundField
    shown: SafeString
    recorded: GroupLevel | None

    @property
    def has_errors(self) -> bool:
        return bool(self.level.errors or self.evidence.errors)


class GroupLevelsForm(DeskForm):
    """A level and its evidence per dimension. What is not sent along, or was not changed, is left as it is."""

    def __init__(
        self, *args: Any, content: Content, recorded: Iterable[GroupLevel] = (), **kwargs: Any
    ) -> None:
        self.dimensions = {dimension.code: dimension for dimension in content.dimensions}
        self.recorded = {each.dimension: each for each in recorded}
        super().__init__(*args, **kwargs)
        for code, dimension in self.dimensions.items():
            self.fields[f"{code}_level"] = _level_field(content, dimension, self.recorded.get(code))
            self.fields[f"{code}_evidence"] = _evidence_field(dimension, self.recorded.get(code))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for code in self.dimensions:
            if cleaned.get(f"{code}_evidence") and not cleaned.get(f"{code}_level"):
                self.add_error(f"{code}_level", text("session.group_level.error"))
        return cleaned

    @property
    def placements(self) -> dict[str, Placement | None]:
        """What was changed, by code; None where the group did not talk about it after all."""
        changed = {name.partition("_")[0] for name in self.changed_data}
        return {code: self._placement(code) for code in self.dimensions if code in changed}

    def _placement(self, code: str) -> Placement | None:
        level, evidence = self.cleaned_data[f"{code}_level"], self.cleaned_data[f"{code}_evidence"]
        if not level:
            return None
        return Placement(None if level == NONE else int(level), evidence)

    @property
    def rows(self) -> Iterator[Row]:
        """In the order of the questionnaire."""
        return (self.row(code) for code in self.dimensions)

    def row(self, code: str) -> Row:
        level, evidence = self[f"{code}_level"], self[f"{code}_evidence"]
        shown = [each.as_hidden(only_initial=True) for each in (level, evidence)]
        name = str(self.dimensions[code])
        return Row(code, name, level, evidence, SafeString("".join(shown)), self.recorded.get(code))


def _level_field(content: Content, dimension: Dimension, recorded: GroupLevel | None) -> forms.ChoiceField:
    choices: list[tuple[str, Any]] = []
    for level in content.levels:
        rubric = dimension.rubric_by_level[level.level]
        words = format_html("<b>{}</b> <span>{}</span>", str(level), str(rubric))
        choices.append((str(level.level), words))
    choices += [(NONE, text("session.group_level.none")), ("", text("session.group_level.not_yet"))]
    initial = ""
    if recorded is not None:
        initial = NONE if recorded.level is None else str(recorded.level)
    return forms.ChoiceField(
        label=str(dimension),
        choices=choices,
        initial=initial,
        required=False,
        widget=forms.RadioSelect,
        show_hidden_initial=True,
    )


def _evidence_field(dimension: Dimension, recorded: GroupLevel | None) -> forms.CharField:
    return WordsField(
        label=text("session.group_level.evidence.label"),
        initial=recorded.evidence if recorded else "",
        max_length=EVIDENCE_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        show_hidden_initial=True,
    )


class ThemeForm(DeskForm):
    """A theme in the coach's own words."""

    title = forms.CharField(
        label=text("theme.title.label"),
        help_text=text("theme.title.hint"),
        max_length=TITLE_LENGTH,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    summary = WordsField(
        label=text("theme.summary.label"),
        help_text=text("theme.summary.hint"),
        max_length=SUMMARY_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )


class ThemeField(forms.ModelChoiceField):
    """The themes of a round by title."""

    def label_from_instance(self, theme: Theme) -> str:
        return theme.title


class QuoteForm(DeskForm):
    """A member's own words as they will be quoted, and the theme that they go with."""

    words = WordsField(
        label=text("quote.words.label"),
        help_text=text("quote.words.hint"),
        widget=forms.Textarea({"rows": 5}),
    )
    theme = ThemeField(
        label=text("quote.theme.label"), empty_label=text("quote.theme.none"), queryset=None, required=False
    )

    def __init__(self, *args: Any, themes: QuerySet[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes  # type: ignore[attr-defined]


def as_shown(quote: Quote) -> dict[str, Any]:
    """A quote as its form begins."""
    return {"words": quote.text, "theme": quote.theme_id}
