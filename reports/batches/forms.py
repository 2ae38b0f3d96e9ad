"""Which reports go into one file."""

from collections.abc import Sequence
from typing import Any

from django import forms

from assessment.coaching.forms.fields import DeskForm, FindForm
from assessment.coaching.forms.fields import lazy_text as text
from assessment.models import Round


class FindResultForm(FindForm):
    """Which results are shown to choose from."""

    zoek = forms.CharField(label=text("round.find.forum.label"), required=False, widget=forms.SearchInput)


class ChooseReportsForm(DeskForm):
    """Ticks before rounds with a result, or `alle` for all that are shown: one field, however many they are."""

    rondes = forms.MultipleChoiceField(label=text("batch.rounds"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, rounds: Sequence[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rounds, self._is_all = rounds, "alle" in self.data
        self.fields["rondes"].choices = [(str(each.pk), str(each)) for each in rounds]  # type: ignore[attr-defined]
        self.fields["rondes"].required = not self._is_all
        self.fields["rondes"].error_messages["required"] = text("batch.error.none")

    @property
    def chosen(self) -> list[Round]:
        """In the order of the list."""
        wanted = set(self.cleaned_data["rondes"])
        return [each for each in self.rounds if self._is_all or str(each.pk) in wanted]

    @property
    def ticked(self) -> set[int]:
        """The rounds that are ticked as the form is shown."""
        shown = {str(value) for value in self["rondes"].value() or ()}
        return {each.pk for each in self.rounds if str(each.pk) in shown}
