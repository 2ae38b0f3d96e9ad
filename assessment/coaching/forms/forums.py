"""A forum as the programme manager writes it, and how the list of forums is looked through."""

from typing import Any, cast

from django import forms
from django.db.models import Q

from assessment.access import users_for
from assessment.coaching.forms.fields import DeskForm, FindForm
from assessment.coaching.forms.fields import lazy_text as text
from assessment.models import Forum, Region, User


def _kinds() -> list[tuple[str, str]]:
    return [(kind, text(f"forum.kind.{kind}")) for kind in Forum.Kind]


def _articles() -> list[tuple[str, str]]:
    return [(article, text(f"forum.article.{article or 'none'}")) for article in Forum.Article]


class ForumForm(DeskForm):
    """What a forum is called, where it works and who coaches it; its seats have a page of their own."""

    name = forms.CharField(
        label=text("forum.name.label"),
        help_text=text("forum.name.hint"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    article = forms.ChoiceField(
        label=text("forum.article.label"), choices=_articles, required=False, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label=text("forum.kind.label"), choices=_kinds, widget=forms.RadioSelect)
    rhythm = forms.CharField(
        label=text("forum.rhythm.label"),
        help_text=text("forum.rhythm.hint"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    regions = forms.ModelMultipleChoiceField(
        label=text("forum.region.label"),
        help_text=text("forum.region.hint"),
        queryset=Region.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    coaches = forms.ModelMultipleChoiceField(
        label=text("forum.coaches.label"),
        help_text=text("forum.coaches.hint"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    has_benchmark_consent = forms.BooleanField(
        label=text("manage.benchmark.opt_in"), help_text=text("manage.benchmark.opt_in.hint"), required=False
    )

    def __init__(self, *args: object, by: User, forum: Forum | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever has no access any more stays coach until somebody takes the forum away.
        choosable = Q(is_active=True) | Q(forums=forum) if forum else Q(is_active=True)
        coaches = cast(forms.ModelMultipleChoiceField, self.fields["coaches"])
        coaches.queryset = users_for(by).filter(choosable).distinct()


class FindForumForm(FindForm):
    """Which forums are shown and in which order."""

    zoek = forms.CharField(label=text("dashboard.find.label"), required=False, widget=forms.SearchInput)
    soort = forms.ChoiceField(
        label=text("forum.kind.label"),
        required=False,
        choices=lambda: [("", text("dashboard.find.any_kind")), *_kinds()],
    )
    ronde = forms.ChoiceField(
        label=text("dashboard.col.round"),
        required=False,
        choices=lambda: [
            ("", text("dashboard.find.any_round")),
            ("open", text("dashboard.find.open")),
            ("planned", text("dashboard.find.planned")),
            ("none", text("dashboard.find.none_ahead")),
        ],
    )
    archief = forms.ChoiceField(
        label=text("dashboard.find.archive.label"),
        required=False,
        choices=lambda: [("", text("dashboard.find.running")), ("ja", text("dashboard.find.archived"))],
    )
    volgorde = forms.ChoiceField(
        label=text("manage.users.order.label"),
        required=False,
        choices=lambda: [("", text("dashboard.order.name")), ("moment", text("dashboard.order.moment"))],
    )

    @property
    def is_asked(self) -> bool:
        """Whether anything but the order was asked for."""
        return any(self.asked(name) for name in ("zoek", "soort", "ronde"))
