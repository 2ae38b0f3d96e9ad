"""What a coach writes down in a track: target levels and priorities that the forum chose, actions that it agreed on."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.html import format_html

from assessment.actions.agreeing import Agreement, Bid, usual_block
from assessment.actions.choosing import Chosen, Wish
from assessment.coaching.forms.fields import DayField, DeskForm, WordsField
from assessment.coaching.forms.fields import lazy_text as text
from assessment.models import Action, Block, Breakthrough, Priority, Target
from assessment.offer import the_offer
from questionnaires.content import Content

REASON_LENGTH = Target._meta.get_field("reason").max_length
OWNERS = "trekkers"  # id of the list of seats that the owner can be chosen from


def _length(model: type[Any], name: str) -> int:
    return model._meta.get_field(name).max_length


def _words(model: type[Any], name: str, *, rows: int, **options: Any) -> WordsField:
    """Several lines that fit the column."""
    return WordsField(max_length=_length(model, name), widget=forms.Textarea({"rows": rows}), **options)


class ChosenOnForm(DeskForm):
    """Something that the forum chose on a day that has come."""

    chosen_on = DayField(label=text("track.chosen_on.label"), help_text=text("form.hint.date"))

    def clean_chosen_on(self) -> datetime.date:
        chosen_on = self.cleaned_data["chosen_on"]
        if chosen_on > timezone.localdate():
            raise forms.ValidationError(text("track.chosen_on.error"))
        return chosen_on


@dataclass(frozen=True)
class TargetRow:
    """Level and reason of one dimension, with where the forum stands now in words."""

    name: str
    standing: str
    fields: tuple[BoundField, BoundField]


class TargetsForm(ChosenOnForm):
    """A level and a reason per dimension; no level is a choice too."""

    def __init__(
        self,
        *args: Any,
        content: Content,
        chosen: Mapping[str, Chosen],
        standing: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        self.content, self.standing = content, standing
        super().__init__(*args, initial={"chosen_on": timezone.localdate()}, **kwargs)
        levels = [
            ("", text("track.targets.none")),
            *((str(each.level), str(each)) for each in content.levels),
        ]
        for dimension in content.dimensions:
            before = chosen.get(dimension.code)
            self.fields[f"{dimension.code}_level"] = forms.ChoiceField(
                label=str(dimension),
                choices=levels,
                required=False,
                initial=str(before.level) if before else "",
            )
            self.fields[f"{dimension.code}_reason"] = forms.CharField(
                label=text("track.targets.reason.label"),
                max_length=REASON_LENGTH,
                required=False,
                initial=before.reason if before else "",
                widget=forms.TextInput({"autocomplete": "off"}),
            )
            self.fields[f"{dimension.code}_level"].error_messages["invalid_choice"] = text(
                "form.error.choice"
            )

    @property
    def wishes(self) -> dict[str, Wish]:
        return {each.code: self._wish(each.code) for each in self.content.dimensions}

    def _wish(self, code: str) -> Wish:
        level = self.cleaned_data[f"{code}_level"]
        return Wish(int(level) if level else None, self.cleaned_data[f"{code}_reason"] if level else "")

    @property
    def rows(self) -> Iterator[TargetRow]:
        for each in self.content.dimensions:
            fields = (self[f"{each.code}_level"], self[f"{each.code}_reason"])
            yield TargetRow(str(each), self.standing.get(each.code, ""), fields)


class PrioritiesForm(ChosenOnForm):
    """Which dimensions the forum works on first; what it leaves out of the proposal has a reason."""

    chosen = forms.MultipleChoiceField(
        label=text("track.priorities.chosen.label"), widget=forms.CheckboxSelectMultiple
    )
    reason = _words(
        Priority,
        "reason",
        rows=3,
        label=text("track.priorities.reason.label"),
        help_text=text("track.priorities.reason.hint"),
        required=False,
    )
    field_order = ("chosen", "reason", "chosen_on")

    def __init__(
        self,
        *args: Any,
        content: Content,
        proposed: Iterable[str],
        decided: Iterable[Priority],
        **kwargs: Any,
    ) -> None:
        proposed, decided = list(proposed), list(decided)
        shown = [each.chosen for each in decided if each.chosen] if decided else proposed
        reason = next((each.reason for each in decided if each.reason), "")
        initial = {"chosen": shown, "reason": reason, "chosen_on": timezone.localdate()}
        super().__init__(*args, initial=initial, **kwargs)
        field = self.fields["chosen"]
        field.choices = [  # type: ignore[attr-defined]
            (each.code, _marked(str(each), is_proposed=each.code in proposed)) for each in content.dimensions
        ]
        field.error_messages["required"] = text("track.priorities.error.none")
        field.help_text = text("track.priorities.chosen.hint", count=content.scoring.priority.n_priorities)


def _marked(name: str, *, is_proposed: bool) -> str:
    if not is_proposed:
        return name
    return format_html('{} <span class="hint">{}</span>', name, text("track.priorities.proposed"))


class ActionForm(DeskForm):
    """An action, which may be a regional breakthrough."""

    what = forms.CharField(
        label=text("action.what.label"),
        help_text=text("action.what.hint"),
        max_length=_length(Action, "what"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    dimension = forms.ChoiceField(label=text("action.dimension.label"))
    block = forms.ChoiceField(label=text("action.block.label"), widget=forms.RadioSelect)
    method = _words(Action, "method", rows=3, label=text("action.method.label"), required=False)
    owner = forms.CharField(
        label=text("action.owner.label"),
        help_text=text("action.owner.hint"),
        max_length=_length(Action, "owner"),
        required=False,
        widget=forms.TextInput({"list": OWNERS, "autocomplete": "off"}),
    )
    due_on = DayField(label=text("action.due.label"), help_text=text("form.hint.date"), required=False)
    evidence = _words(Action, "evidence", rows=2, label=text("action.evidence.label"), required=False)
    evidence_seen_on = DayField(
        label=text("action.evidence_seen.label"), help_text=text("form.hint.date"), required=False
    )
    offer = forms.ChoiceField(label=text("action.offer.label"), required=False)
    is_breakthrough = forms.BooleanField(label=text("action.breakthrough.label"), required=False)
    partners = _words(Breakthrough, "partners", rows=2, label=text("action.partners.label"), required=False)
    cofinancing = forms.CharField(
        label=text("action.cofinancing.label"),
        help_text=text("action.cofinancing.hint"),
        max_length=20,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    decision = forms.ChoiceField(label=text("action.decision.label"), required=False)
    decided_on = DayField(
        label=text("action.decided_on.label"), help_text=text("form.hint.date"), required=False
    )
    result = _words(Breakthrough, "result", rows=3, label=text("action.result.label"), required=False)

    BID = ("partners", "cofinancing", "decision", "decided_on", "result")

    def __init__(self, *args: Any, content: Content, action: Action | None = None, **kwargs: Any) -> None:
        initial = _as_agreed(action) if action else kwargs.pop("initial", None) or {}
        super().__init__(*args, initial=initial, **kwargs)
        dimensions = [(each.code, str(each)) for each in content.dimensions]
        if action is not None and action.dimension not in dict(dimensions):
            dimensions.append((action.dimension, action.dimension))
        choices: dict[str, list[Any]] = {
            "dimension": [("", text("action.choose")), *dimensions],
            "block": [(code, text(f"track.block.{code}")) for code in Block],
            "offer": [("", text("action.offer.none")), *_offers(action.offer if action else "")],
            "decision": [("", text("action.breakthrough.decision.none"))]
            + [(code, text(f"action.breakthrough.decision.{code}")) for code in Breakthrough.Decision],
        }
        for name, listed in choices.items():
            self.fields[name].choices = listed  # type: ignore[attr-defined]

    @property
    def plain_fields(self) -> list[BoundField]:
        """What every action has, in order; the fields of a breakthrough stand apart."""
        return [self[name] for name in self.fields if name not in (*self.BID, "is_breakthrough")]

    @property
    def bid_fields(self) -> list[BoundField]:
        return [self[name] for name in self.BID]

    @property
    def shows_bid(self) -> bool:
        """Whether the fields of a breakthrough stand open."""
        return bool(self["is_breakthrough"].value()) or any(self[name].errors for name in self.BID)

    def clean_cofinancing(self) -> int | None:
        """Euro as people write them: 25.000, 25 000 or 25000 euro; whole numbers only."""
        written = self.cleaned_data["cofinancing"].lower().replace("euro", "").replace("€", "").strip()
        if not written:
            return None
        if not re.fullmatch(r"\d{1,3}([. ]\d{3})+|\d{1,9}", written, re.ASCII):
            raise forms.ValidationError(text("action.cofinancing.error"))
        return int(re.sub(r"\D", "", written))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("is_breakthrough"):
            if any(cleaned.get(name) for name in self.BID):
                self.add_error("is_breakthrough", text("action.breakthrough.error.unmarked"))
        elif not cleaned.get("partners") and not self.has_error("partners"):
            self.add_error("partners", text("form.error.required"))
        if cleaned.get("decided_on") and cleaned.get("decision") not in ("granted", "refused"):
            self.add_error("decision", text("action.decision.error"))
        return cleaned

    @property
    def agreement(self) -> Agreement:
        return Agreement(**{name: self.cleaned_data[name] for name in Agreement._fields})

    @property
    def bid(self) -> Bid | None:
        if not self.cleaned_data["is_breakthrough"]:
            return None
        return Bid(**{name: self.cleaned_data[name] for name in Bid._fields})


def _as_agreed(action: Action) -> dict[str, Any]:
    """An action as its form begins."""
    values: dict[str, Any] = {name: getattr(action, name) for name in Agreement._fields}
    bid = getattr(action, "breakthrough", None)
    if bid is not None:
        values |= {name: getattr(bid, name) for name in Bid._fields} | {"is_breakthrough": True}
    return values


def first_words(dimension: str) -> dict[str, Any]:
    """A new action as its form begins, for a dimension that may be known already."""
    return {"dimension": dimension, "block": usual_block(dimension)} if dimension else {}


def _offers(kept: str) -> list[Any]:
    """The offer in two groups, and whatever the action points to that is no longer in the file."""
    today, catalogue = timezone.localdate(), the_offer()
    groups: dict[bool, list[tuple[str, str]]] = {False: [], True: []}
    for each in catalogue.offers:
        groups[each.is_outdated(today)].append((each.id, str(each)))
    if kept and catalogue.find(kept) is None:
        groups[True].append((kept, kept))
    names = {False: text("offer.current"), True: text("offer.outdated")}
    return [(names[is_outdated], listed) for is_outdated, listed in groups.items() if listed]


class TakeOverForm(forms.Form):
    """Which suggestion of the questionnaire becomes an action: of the page, not typed by anybody."""

    dimension = forms.CharField(max_length=20)
    level = forms.IntegerField(min_value=1, max_value=5)
    number = forms.IntegerField(min_value=0)


class MoveForm(forms.Form):
    """The state that an action goes to."""

    status = forms.ChoiceField(choices=Action.Status.choices)
