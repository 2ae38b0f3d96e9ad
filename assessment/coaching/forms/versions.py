"""A questionnaire as a programme manager uploads it."""

from django import forms

from assessment.coaching.forms.fields import DeskForm
from assessment.coaching.forms.fields import lazy_text as text
from questionnaires.loading import GivenFile
from questionnaires.reading import MAX_BYTES


class UploadForm(DeskForm):
    """One file; what is in it is for the loading code to judge, its size too."""

    file = forms.FileField(
        label=text("manage.questionnaires.file.label"),
        help_text=text("manage.questionnaires.file.hint", limit=MAX_BYTES // 1_000_000),
        allow_empty_file=True,
        max_length=100,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.json"}),
    )

    @property
    def given(self) -> GivenFile:
        """The file with no more bytes of it than tell that it is too large."""
        uploaded = self.cleaned_data["file"]
        return GivenFile(uploaded.name, uploaded.read(MAX_BYTES + 1))
