"""Which reports go into one file."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms

from assessment.coaching.forms.fields import DeskForm, FindForm
from assessment.coaching.forms.fields import lazy_text as text
from assessment.models import Round


class FindResultForm(FindForm):
    """Which results are shown to choose from, and whether they are ticked."""

    zoek = forms.CharField(label=text("round.find.forum.label"), required=False, widget=forms.SearchInput)


class ChooseReportsForm(DeskForm):
    """Ticks before closed rounds; those `without_result` have a report too, which says why."""

    rondes = forms.MultipleChoiceField(label=text("batch.rounds"), widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, *args: Any, rounds: Sequence[Round], without_result: Collection[Round], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rounds = rounds
        self.without_result = without_result
        self.fields["rondes"].choices = [(str(each.pk), str(each)) for each in rounds]  # type: ignore[attr-defined]
        self.fields["rondes"].error_messages["required"] = text("batch.error.none")

    @property
    def chosen(self) -> list[Round]:
        """In the order of the list."""
        wanted = set(self.cleaned_data["rondes"])
        return [each for each in self.rounds if str(each.pk) in wanted]

    @property
    def ticked(self) -> set[int]:
        """The rounds that are ticked as the form is shown."""
        return {int(value) for value in self["rondes"].value() or () if str(value).isdigit()}

    @property
    def n_without_result(self) -> int:
        """How many of the ticked rounds have no result."""
        return sum(each.pk in self.ticked for each in self.without_result)

    @property
    def has_told(self) -> bool:
        """Whether the page from which this was sent told how many of the ticked rounds have no result."""
        return self.n_without_result == 0 or self.data.get("zonder") == str(self.n_without_result)
