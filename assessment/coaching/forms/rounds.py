"""Planning a round, postponing its closing date, and confirming that it closes."""

import datetime
from collections.abc import Iterable
from typing import cast

from django import forms
from django.db.models import Max
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from assessment.actions.planning import current_track, free_kinds
from assessment.coaching.forms.fields import DayField, DeskForm, WordsField
from assessment.coaching.forms.fields import lazy_text as text
from assessment.models import Forum, Member, Round, Track
from questionnaires.models import QuestionnaireVersion

MESSAGE_LENGTH = Round._meta.get_field("message").max_length
EVERYBODY, NOBODY = "all", "none"
USUAL_DAYS = 21  # two to four weeks usually works well
# When a kind is usually held, in days from the start of the track.
USUAL_MOMENT: dict[str, int] = {Round.Kind.BASELINE: 0, Round.Kind.INTERIM: 182, Round.Kind.FINAL: 330}


class InviteesField(forms.ModelMultipleChoiceField):
    """Members by name and seat."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, member: Member) -> str:
        return f"{member.name}, {member.seat}"


class RoundForm(DeskForm):
    """A round that is planned, or a plan that changes (`round`)."""

    kind = forms.ChoiceField(label=text("round.kind.label"), widget=forms.RadioSelect)
    opens_on = DayField(label=text("round.opens.label"), help_text=text("form.hint.date"))
    closes_on = DayField(label=text("round.closes.label"), help_text=text("form.hint.date"))
    message = WordsField(
        label=text("round.message.label"),
        help_text=text("round.message.hint", count=MESSAGE_LENGTH),
        max_length=MESSAGE_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    has_reminders = forms.BooleanField(label=text("round.reminders.auto"), required=False, initial=True)
    members = InviteesField(
        label=text("round.members.label"), help_text=text("round.members.hint"), queryset=None
    )

    def __init__(self, *args: object, forum: Forum, round: Round | None = None, **kwargs: object) -> None:
        track = round.track if round else current_track(forum)
        self.forum, self.track = forum, track
        kinds = _choosable(track, round)
        initial = _as_planned(round) if round else _proposal(forum, track, kinds[0])
        super().__init__(*args, initial=initial, **kwargs)
        cast(forms.ChoiceField, self.fields["kind"]).choices = [(kind, _with_hint(kind)) for kind in kinds]
        self.sitting = forum.members.current().select_related("seat__municipality")
        field = cast(InviteesField, self.fields["members"])
        field.queryset = self.sitting
        field.error_messages["required"] = text("round.error.no_members")
        if not initial["members"]:
            self.initial["members"] = list(self.sitting)

    def tick(self, who: str, data: QueryDict) -> None:
        """Tick all members, none or those of one kind, and keep what was typed as it was, unjudged."""
        typed = {name: data.get(name, "") for name in self.fields if name != "members"}
        ticked = [each for each in self.sitting if who in (EVERYBODY, each.kind)]
        self.initial = typed | {"has_reminders": "has_reminders" in data, "members": ticked}

    @property
    def ticks(self) -> list[tuple[str, str]]:
        """What can be ticked at once, each with what its button says; only kinds that sit in the forum."""
        sitting = {each.kind for each in self.sitting}
        kinds = [kind for kind in Member.Kind if kind in sitting] if len(sitting) > 1 else []
        return [(who, text(f"round.members.tick.{who}")) for who in (EVERYBODY, *kinds, NOBODY)]

    def clean_opens_on(self) -> datetime.date:
        opens_on = self.cleaned_data["opens_on"]
        if opens_on < timezone.localdate():
            raise forms.ValidationError(text("round.error.opens_past"))
        return opens_on

    def clean_members(self) -> list[Member]:
        """The members chosen; none when all are, so that who joins before the opening is invited too."""
        chosen = self.cleaned_data["members"]
        is_everybody = len(chosen) == len(self.sitting)
        return [] if is_everybody else list(chosen)

    def as_round(self, version: QuestionnaireVersion) -> Round:
        """The round as the form describes it, not stored."""
        cleaned = {name: value for name, value in self.cleaned_data.items() if name != "members"}
        return Round(forum=self.forum, version=version, **cleaned)

    @property
    def invitees(self) -> Iterable[Member]:
        """Who would be invited if the round opened now."""
        return self.cleaned_data["members"] or self.sitting


def _choosable(track: Track | None, round_: Round | None) -> list[str]:
    """The kinds still free, the present kind of a plan among them; all for a track that is yet to be made."""
    free = free_kinds(track)
    if round_ is not None:
        free = [kind for kind in Round.Kind if kind in free or kind == round_.kind]
    return free or list(Round.Kind)


def _as_planned(round_: Round) -> dict[str, object]:
    names = ("kind", "opens_on", "closes_on", "message", "has_reminders")
    members = list(round_.chosen_members.all())
    return {name: getattr(round_, name) for name in names} | {"members": members}


def _proposal(forum: Forum, track: Track | None, kind: str) -> dict[str, object]:
    """The usual moment of this kind, on a working day that is free."""
    free_from = forum.rounds.exclude(state=Round.State.CLOSED).aggregate(last=Max("closes_on"))["last"]
    opens_on = max(timezone.localdate(), free_from or datetime.date.min) + datetime.timedelta(days=1)
    if track is not None and free_kinds(track):
        opens_on = max(opens_on, track.starts_on + datetime.timedelta(days=USUAL_MOMENT[kind]))
    elif track is not None:
        opens_on = max(opens_on, track.ends_on + datetime.timedelta(days=1))
    while opens_on.isoweekday() > 5:
        opens_on += datetime.timedelta(days=1)
    closes_on = opens_on + datetime.timedelta(days=USUAL_DAYS)
    return {"kind": kind, "opens_on": opens_on, "closes_on": closes_on, "members": []}


def _with_hint(kind: str) -> SafeString:
    name, hint = text(f"round.kind.{kind}"), text(f"round.kind.{kind}.hint")
    return format_html('{} <span class="hint">{}</span>', name, hint)


class PostponeForm(DeskForm):
    """A later closing date."""

    closes_on = DayField(label=text("round.closes.new"), help_text=text("form.hint.date"))


class CloseForm(DeskForm):
    """The name of the forum, typed: nobody closes a round by accident."""

    name = forms.CharField(
        label=text("close.type.label"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: object, forum: Forum, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.forum = forum
        self.fields["name"].help_text = forum.name

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if _plain(name) != _plain(self.forum.name):
            raise forms.ValidationError(text("close.type.error"))
        return name


def _plain(name: str) -> str:
    """Without regard to capitals and spaces: those are not what is confirmed."""
    return " ".join(name.casefold().split())
