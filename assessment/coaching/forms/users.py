"""Accounts of staff, as a programme manager writes them."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from assessment.access import forums_for
from assessment.coaching.forms.fields import DeskForm, FindForm
from assessment.coaching.forms.fields import lazy_text as text
from assessment.models import Forum, User

FOR_SOMEBODY_ELSE = {"autocomplete": "off"}  # the browser would offer the manager's own details


class FindUserForm(FindForm):
    """Which accounts are shown and in which order."""

    zoek = forms.CharField(label=text("manage.users.find.label"), required=False, widget=forms.SearchInput)
    volgorde = forms.ChoiceField(
        label=text("manage.users.order.label"),
        required=False,
        choices=lambda: [
            (each, text(f"manage.users.order.{each}")) for each in ("naam", "soort", "aangemeld")
        ],
    )


def _kinds() -> list[tuple[str, str]]:
    return [(kind, text(f"user.kind.{kind}")) for kind in User.Kind]


class UserForm(DeskForm):
    """Who it is, what kind, and which forums; cleaned `forums` holds the ones that stay and the one that comes."""

    name = forms.CharField(
        label=text("account.name.label"), max_length=120, widget=forms.TextInput(FOR_SOMEBODY_ELSE)
    )
    email = forms.EmailField(
        label=text("account.email.label"), max_length=254, widget=forms.EmailInput(FOR_SOMEBODY_ELSE)
    )
    phone = forms.CharField(
        label=text("account.phone.label"),
        help_text=text("account.phone.hint"),
        max_length=40,
        required=False,
        widget=forms.TextInput(FOR_SOMEBODY_ELSE | {"type": "tel"}),
    )
    kind = forms.ChoiceField(label=text("manage.users.kind.label"), choices=_kinds, widget=forms.RadioSelect)
    forums = forms.ModelMultipleChoiceField(
        label=text("manage.users.forums.label"),
        queryset=Forum.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    forum = forms.CharField(
        label=text("manage.users.forum.label"),
        help_text=text("manage.users.forum.hint"),
        max_length=120,
        required=False,
        widget=forms.TextInput(FOR_SOMEBODY_ELSE | {"list": "fora"}),
    )

    def __init__(self, *args: object, by: User, user: User | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.choosable = forums_for(by)
        present = self.choosable.filter(coaches=user) if user else self.choosable.none()
        self.forums_field.queryset = present
        if not present:
            del self.fields["forums"]
        if user == by:
            self.fields["kind"].disabled = True

    @property
    def forums_field(self) -> forms.ModelMultipleChoiceField:
        field = self.fields["forums"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  # for the type
        return field

    @property
    def names(self) -> QuerySet[Forum, str]:
        """The names to choose a forum from."""
        return self.choosable.filter(is_archived=False).values_list("name", flat=True)

    def clean_forum(self) -> Forum | None:
        """The one forum with this name."""
        words = self.cleaned_data["forum"]
        if not words:
            return None
        named = list(self.choosable.filter(is_archived=False, name__iexact=words)[:2])
        if len(named) != 1:
            raise forms.ValidationError(text("manage.users.forum.unknown", value=words))
        return named[0]

    def clean(self) -> dict[str, Any]:
        super().clean()
        chosen = set(self.cleaned_data.get("forums") or ())
        added = self.cleaned_data.pop("forum", None)
        self.cleaned_data["forums"] = chosen | ({added} if added else set())
        return self.cleaned_data
