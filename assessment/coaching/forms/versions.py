"""Questionnaires as a programme manager looks for them and uploads one."""

from django import forms
from django.utils.text import capfirst

from assessment.coaching.forms.fields import DeskForm, FindForm
from assessment.coaching.forms.fields import lazy_text as text
from questionnaires.loading import GivenFile
from questionnaires.models import QuestionnaireVersion
from questionnaires.reading import MAX_BYTES


class FindVersionForm(FindForm):
    """Which versions are shown and in which order."""

    zoek = forms.CharField(
        label=text("manage.questionnaires.find.label"), required=False, widget=forms.SearchInput
    )
    toestand = forms.ChoiceField(
        label=text("manage.questionnaires.state.label"),
        required=False,
        choices=lambda: [
            ("", text("dashboard.find.any_round")),
            *(
                (state, capfirst(text(f"questionnaire.state.{state}")))
                for state in QuestionnaireVersion.State
            ),
        ],
    )
    volgorde = forms.ChoiceField(
        label=text("manage.users.order.label"),
        required=False,
        choices=lambda: [("", text("round.find.newest")), ("oudste", text("round.find.oldest"))],
    )


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
