"""What a report is made from: the frozen result, the questionnaire that it belongs to, and the facts of the round."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings

from assessment.actions.agreeing import Agreed
from assessment.actions.choosing import Chosen
from assessment.actions.recording import Placement
from questionnaires.content import Content, Dimension
from questionnaires.texts import lower, text
from reports.report import Voice


@dataclass(frozen=True)
class Facts:
    """What the result itself does not know. `forum` has its article, `coach` is empty when there is none."""

    kind: str
    forum: str
    coach: str
    closed_at: datetime.datetime
    invited_members: int
    is_entered: bool
    track_starts_on: datetime.date
    track_ends_on: datetime.date
    questionnaire_version: str
    software_version: str
    fingerprint: str


@dataclass(frozen=True)
class Earlier:
    """An earlier round of the same track, with its frozen result."""

    kind: str
    closed_at: datetime.datetime
    result: dict[str, Any]


@dataclass(frozen=True)
class Told:
    """A dimension beside its entry in the result (docs/scoring.md, section 17)."""

    dimension: Dimension
    entry: dict[str, Any]

    @property
    def is_published(self) -> bool:
        return self.entry["published"]

    @property
    def name(self) -> str:
        """As it stands in a title or a table."""
        return str(self.dimension)

    @property
    def in_sentence(self) -> str:
        return lower(self.name)

    @property
    def is_about_municipalities(self) -> bool:
        """Whether its spread is difference between municipalities, and no disagreement (rule 7.3)."""
        return self.dimension.referent == "own_municipality"

    @property
    def measured(self) -> dict[str, Any]:
        """The values of a sentence with a score."""
        entry = self.entry
        return {"dimension": self.in_sentence, "score": entry["display"], "margin": entry["margin"]}


@dataclass(frozen=True)
class Source:
    """`result` is the forum result of docs/scoring.md, section 17.

    `placements` and `targets` are by code of the dimension. `chosen` are the codes of the priorities that the forum
    decided on, None before it did; `overruled` is why they are others than the calculation's, empty when they are not.
    `earlier` begins with the first round of the track; `voices` is what the coach made of the open answers.
    """

    result: dict[str, Any]
    content: Content
    facts: Facts
    placements: Mapping[str, Placement] = field(default_factory=dict)
    targets: Mapping[str, Chosen] = field(default_factory=dict)
    agreed: tuple[Agreed, ...] = ()
    chosen: tuple[str, ...] | None = None
    overruled: str = ""
    earlier: tuple[Earlier, ...] = ()
    voices: tuple[Voice, ...] = ()

    @property
    def is_published(self) -> bool:
        return self.result["published"]

    @property
    def is_decided(self) -> bool:
        """Whether the forum decided what it works on, be it nothing."""
        return self.chosen is not None

    @property
    def proposed(self) -> dict[str, dict[str, Any]]:
        """The priorities that follow from the answers, by code in their order, with their flags (rule 11)."""
        return {each["dimension"]: each for each in self.result["priorities"]}

    @property
    def priorities(self) -> tuple[Told, ...]:
        """What the forum decided to work on; as long as it did not, what the calculation proposes."""
        return tuple(self.told(code) for code in (self.proposed if self.chosen is None else self.chosen))

    @property
    def response(self) -> dict[str, Any]:
        return self.result["response"]

    @property
    def publisher(self) -> str:
        return settings.ORGANISATION_NAME or text("app.name")

    @property
    def round_name(self) -> str:
        return self.name_of_round(self.facts.kind)

    def name_of_round(self, kind: str) -> str:
        """As it stands inside a sentence."""
        return lower(str(self.content.round(kind)))

    @cached_property
    def dimensions(self) -> tuple[Told, ...]:
        """In the order of the questionnaire, the unpublished ones too."""
        entries = self.result["dimensions"]
        return tuple(Told(each, entries[each.code]) for each in self.content.dimensions)

    @property
    def published(self) -> tuple[Told, ...]:
        return tuple(told for told in self.dimensions if told.is_published)

    def told(self, code: str) -> Told:
        return next(told for told in self.dimensions if told.dimension.code == code)

    def level_of(self, display: int) -> int:
        """The number of the level on which a displayed score lies (rule 2.3)."""
        return max(each.level for each in self.content.levels if display >= each.min_score)

    def level_name(self, number: int) -> str:
        """As it stands inside a sentence."""
        return lower(str(self.content.level(number)))

    def level_words(self, entry: dict[str, Any]) -> str:
        """ "afstemmend", or "tussen afstemmend en sturend" where the interval touches more levels (rule 2.4)."""
        if not entry["boundary"]:
            return self.level_name(entry["level"])
        low, high = self.level_name(entry["level_low"]), self.level_name(entry["level_high"])
        return text("report.profile.boundary_short", level_low=low, level_high=high)

    def level_sentence(self, told: Told) -> str:
        """What the members think of a dimension: score, margin and level."""
        entry = told.entry
        if not entry["boundary"]:
            return text("report.profile.level", **told.measured, level=self.level_name(entry["level"]))
        low, high = self.level_name(entry["level_low"]), self.level_name(entry["level_high"])
        return text("report.profile.boundary", **told.measured, level_low=low, level_high=high)

    def agreement_word(self, told: Told) -> str:
        """The label of a published consensus."""
        return self.agreement_label(told, told.entry["agreement"])

    def agreement_label(self, told: Told, code: str) -> str:
        """The words of a label; for a dimension about municipalities they read as similarity (rule 7.3)."""
        kind = "report.agreement.lok" if told.is_about_municipalities else "report.agreement"
        return text(f"{kind}.{code}")
