"""Planning a session, the coach's note of it, and what was agreed."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from assessment.coaching.forms.fields import ClockField, DayField, DeskForm, WordsField
from assessment.coaching.forms.fields import lazy_text as text
from assessment.models import Commitment, Session

POINTS = (1, 2, 3)  # of the agenda that is proposed


PLACE, GOAL, AGENDA, NOTE = (
    Session._meta.get_field("place").max_length,
    Session._meta.get_field("goal").max_length,
    Session._meta.get_field("agenda").max_length,
    Session._meta.get_field("note").max_length,
)
WHAT = Commitment._meta.get_field("what").max_length


class SessionForm(DeskForm):
    """A session that is planned, or other details of one (`session`)."""

    day = DayField(label=text("session.date.label"), help_text=text("form.hint.date"))
    starts = ClockField(label=text("session.starts.label"), help_text=text("form.hint.clock"))
    ends = ClockField(label=text("session.ends.label"), help_text=text("form.hint.clock"))
    place = forms.CharField(
        label=text("session.place.label"),
        help_text=text("session.place.hint"),
        max_length=PLACE,
        required=False,
    )
    goal = WordsField(
        label=text("session.goal.label"),
        max_length=GOAL,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    agenda = WordsField(
        label=text("session.agenda.label"),
        help_text=text("session.agenda.hint"),
        max_length=AGENDA,
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )

    def __init__(self, *args: object, session: Session | None = None, **kwargs: object) -> None:
        super().__init__(*args, initial=_as_planned(session) if session else _proposal(), **kwargs)

    def clean(self) -> dict[str, Any]:
        """The error stands at the end, as the action says it too."""
        cleaned = super().clean() or {}
        if {"starts", "ends"} <= cleaned.keys() and cleaned["ends"] <= cleaned["starts"]:
            self.add_error("ends", text("session.error.ends"))
        return cleaned

    @property
    def planned(self) -> dict[str, Any]:
        """What `plan_session` and `change_session` take."""
        cleaned = self.cleaned_data
        moments = {f"{name}_at": _moment(cleaned["day"], cleaned[name]) for name in ("starts", "ends")}
        return moments | {name: cleaned[name] for name in ("place", "goal", "agenda")}


def _moment(day: datetime.date, clock: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, clock))


def _proposal() -> dict[str, object]:
    return {"agenda": "\n".join(str(text(f"session.agenda.{point}")) for point in POINTS)}


def _as_planned(session: Session) -> dict[str, object]:
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    times = {"day": starts.date(), "starts": starts.time(), "ends": ends.time()}
    return times | {name: getattr(session, name) for name in ("place", "goal", "agenda")}


class CommitmentForm(DeskForm):
    """One thing that was agreed, in one sentence."""

    what = forms.CharField(
        label=text("commitment.what.label"),
        help_text=text("commitment.what.hint"),
        max_length=WHAT,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class RecordForm(CommitmentForm):
    """What the coach writes while the session runs: one thing after the other that is agreed, and the own note.

    Both stand in one form across the page, so that no button throws away what was typed at the other.
    """

    note = WordsField(
        label=text("session.note.what"),
        help_text=text("session.note.hint"),
        max_length=NOTE,
        required=False,
        widget=forms.Textarea({"rows": 8}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].required = False
        for field in self.fields.values():
            field.widget.attrs["form"] = "verslag"
