"""What a coach chooses before a report is shared."""

from collections.abc import Collection
from typing import Any

from django import forms

from assessment.coaching.forms.fields import DeskForm, WordsField
from assessment.coaching.forms.fields import lazy_text as text
from assessment.models import SharedReport


class SharingForm(DeskForm):
    """The chapters that members read, of those that may be left out, and the coach's own words."""

    chapters = forms.MultipleChoiceField(
        label=text("sharing.chapters.label"),
        help_text=text("sharing.chapters.hint"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    foreword = WordsField(
        label=text("sharing.foreword.label"),
        help_text=text("sharing.foreword.hint", count=SharedReport.MOST_WORDS),
        max_length=SharedReport.MOST_WORDS,
        required=False,
        widget=forms.Textarea({"rows": 8, "data-max": SharedReport.MOST_WORDS}),
    )

    def __init__(
        self, *args: Any, offered: dict[str, str], left_out_before: Collection[str], **kwargs: Any
    ) -> None:
        """`offered` are titles of chapters by name: of those in which there is something to tell now."""
        super().__init__(*args, **kwargs)
        self.offered, self.left_out_before = offered, left_out_before
        self.fields["chapters"].choices = list(offered.items())  # type: ignore[attr-defined]
        # The browser would cut what is pasted without a word; the page counts instead, and the form refuses.
        del self.fields["foreword"].widget.attrs["maxlength"]

    @property
    def left_out(self) -> list[str]:
        """Of a valid form, the chapters without a mark, and what was left out before and is not offered now."""
        unmarked = [name for name in self.offered if name not in self.cleaned_data["chapters"]]
        return [*unmarked, *(name for name in self.left_out_before if name not in self.offered)]


class UpdateForm(DeskForm):
    """Whether members are told again."""

    is_mailed = forms.BooleanField(required=False)
