"""What to look for in the audit trail."""

import datetime
from typing import Any

from auditlog.models import LogEntry
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from assessment.access import forums_for, users_for
from assessment.coaching.forms.fields import DayField, DeskForm
from assessment.coaching.forms.fields import lazy_text as text
from assessment.coaching.trail import KINDS
from assessment.models import Forum, User

AUTOMATIC = "automatisch"


class TrailForm(DeskForm):
    """By whom, about what, in which forum, in which period; what is left open does not narrow."""

    wie = forms.ChoiceField(label=text("manage.log.who"), required=False)
    wat = forms.ChoiceField(label=text("manage.log.what"), required=False)
    forum = forms.CharField(
        label=text("manage.log.forum"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "fora", "autocomplete": "off"}),
    )
    van = DayField(label=text("manage.log.from"), required=False)
    tot = DayField(label=text("manage.log.until"), required=False)

    def __init__(self, *args: object, by: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.names = list(forums_for(by).values_list("name", flat=True))
        people = [(str(pk), name) for pk, name in users_for(by).values_list("pk", "name")]
        self._offer(
            "wie",
            [("", text("manage.log.who.all")), (AUTOMATIC, text("manage.log.who.automatic")), *people],
        )
        self._offer(
            "wat",
            [
                ("", text("manage.log.what.all")),
                *((kind, text(f"manage.log.what.{kind}")) for kind in KINDS),
            ],
        )
        self.choosable = forums_for(by)

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type
        field.choices = choices

    def clean_forum(self) -> Forum | None:
        """The one forum with this name."""
        words = self.cleaned_data["forum"]
        if not words:
            return None
        named = list(self.choosable.filter(name__iexact=words)[:2])
        if len(named) != 1:
            raise forms.ValidationError(str(text("manage.users.forum.unknown", value=words)))
        return named[0]

    def narrow(self, entries: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
        """The entries that were asked for; a field with an error does not narrow."""
        asked = self.cleaned_data
        if who := asked.get("wie"):
            entries = entries.filter(actor=None if who == AUTOMATIC else who)
        if what := asked.get("wat"):
            entries = entries.filter(content_type__model__in=KINDS[what])
        if forum := asked.get("forum"):
            entries = entries.filter(additional_data__forum=forum.pk)
        if day := asked.get("van"):
            entries = entries.filter(timestamp__gte=_midnight(day))
        if day := asked.get("tot"):
            entries = entries.filter(timestamp__lt=_midnight(day + datetime.timedelta(days=1)))
        return entries


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
