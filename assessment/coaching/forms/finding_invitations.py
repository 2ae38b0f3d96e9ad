"""How the invitations of a round are looked through: who has not submitted, and the mails."""

from collections.abc import Iterable
from typing import Any

from django import forms

from assessment.coaching.forms.fields import FindForm
from assessment.coaching.forms.fields import lazy_text as text
from assessment.coaching.listed_invitations import MAILS, TAKING_PART


def _choices(states: Iterable[str]) -> list[tuple[str, str]]:
    named = [(state, text(f"round.mails.find.{state}")) for state in states]
    return [("", text("round.mails.find.any")), *named]


class FindInvitationForm(FindForm):
    """Which invitations are shown and in which order."""

    states = TAKING_PART

    zoek = forms.CharField(label=text("members.find.label"), required=False, widget=forms.SearchInput)
    toestand = forms.ChoiceField(
        label=text("round.mails.find.label"),
        required=False,
        choices=lambda: _choices(TAKING_PART),
    )
    volgorde = forms.ChoiceField(
        label=text("members.order.label"),
        required=False,
        choices=lambda: [
            ("", text("members.order.name")),
            ("zetel", text("members.order.seat")),
            ("verstuurd", text("round.mails.order.mailed")),
        ],
    )

    @property
    def is_asked(self) -> bool:
        """Whether anything but the order was asked for."""
        return bool(self.asked("zoek") or self.asked("toestand"))

    @property
    def question(self) -> dict[str, Any]:
        """What was asked for, as `found_invitations` takes it."""
        return {
            "words": self.asked("zoek"),
            "state": self.states.get(self.asked("toestand"), {}),
            "order": self.asked("volgorde"),
        }


class FindMailForm(FindInvitationForm):
    """The same among the mails, where not taking part is no state."""

    states = MAILS

    toestand = forms.ChoiceField(
        label=text("round.mails.find.label"),
        required=False,
        choices=lambda: _choices(MAILS),
    )
