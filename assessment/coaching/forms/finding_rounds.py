"""How the rounds of a forum, or of a version of the questionnaire, are looked through."""

from django import forms

from assessment.coaching.forms.fields import FindForm
from assessment.coaching.forms.fields import lazy_text as text
from assessment.models import Round


class FindRoundForm(FindForm):
    """Which rounds are shown and in which order."""

    zoek = forms.CharField(label=text("round.find.words.label"), required=False, widget=forms.SearchInput)
    ronde = forms.ChoiceField(
        label=text("dashboard.col.round"),
        required=False,
        choices=lambda: [
            ("", text("round.find.any_kind")),
            *((kind, text(f"round.kind.{kind}")) for kind in Round.Kind),
        ],
    )
    toestand = forms.ChoiceField(
        label=text("manage.questionnaires.state.label"),
        required=False,
        choices=lambda: [
            ("", text("dashboard.find.any_round")),
            *((state, text(f"round.find.{state}")) for state in Round.State),
        ],
    )
    volgorde = forms.ChoiceField(
        label=text("manage.users.order.label"),
        required=False,
        choices=lambda: [("", text("round.find.newest")), ("oudste", text("round.find.oldest"))],
    )

    @property
    def is_asked(self) -> bool:
        """Whether anything but the order was asked for."""
        return any(self.asked(name) for name in self.fields if name != "volgorde")


class FindRoundOfForumsForm(FindRoundForm):
    """The same among the rounds of many forums."""

    zoek = forms.CharField(label=text("round.find.forum.label"), required=False, widget=forms.SearchInput)
