"""What is asked, as typed objects: the document one to one, with the look-ups that every room needs.

`Content.model_validate_json` reads a stored document. Whether its parts fit together (codes, references, levels)
was checked before it was stored, so a reader need not check again.
"""

import json
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from questionnaires.parameters import Privacy, Scoring
from questionnaires.wording import Count, Language, Named, Node, Text, Words

__all__ = ["Content", "Dimension", "Node", "Role", "RoundKind", "Statement", "Text"]

ITEM_CODE = r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$"
SNAKE_CODE = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
SLUG = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
VERSION = r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$"

ItemCode = Annotated[str, StringConstraints(pattern=ITEM_CODE, max_length=20)]
SnakeCode = Annotated[str, StringConstraints(pattern=SNAKE_CODE, max_length=40)]
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=50)]
VersionNumber = Annotated[str, StringConstraints(pattern=VERSION, max_length=20)]
RoundCode = Literal["baseline", "interim", "final"]
LevelNumber = Annotated[int, Field(ge=1, le=5)]
Score = Annotated[int, Field(ge=0, le=100)]


class ReferencePeriod(Text):
    months: Count


class Instrument(Node):
    """What the questionnaire is, and the texts around it. `number` is the major part of `version`."""

    id: Slug
    number: Annotated[int, Field(ge=0)]
    version: VersionNumber
    status: Text
    language_default: Language
    languages: tuple[Language, ...]
    title: Text
    subtitle: Text
    object: Text
    reference_period: ReferencePeriod
    estimated_minutes: Count
    max_minutes: Count
    n_statements: Count
    welcome: Text
    framing: Text
    privacy_notice: Text
    closing: Text


class RoundKind(Named):
    """Baseline, interim or final; `month` counts from the start of the track."""

    code: RoundCode
    order: Count
    month: Annotated[int, Field(ge=0)]
    asks_change: bool
    purpose: Text


class AnswerOption(Text):
    value: Count


class MissingOption(Text):
    """ "I don't know", which is an answer without a value."""

    code: ItemCode


class AnswerScale(Node):
    question: Text
    min: Literal[1]
    max: Literal[5]
    options: tuple[AnswerOption, ...]
    missing_option: MissingOption


class AnswerScales(Node):
    agreement: AnswerScale
    importance: AnswerScale
    change: AnswerScale


class Profile(Node):
    role_question: Text
    municipality_note: Text


class Role(Named):
    code: SnakeCode
    order: Count
    needs_municipality: bool
    counts_in_forum_score: bool
    report_group: SnakeCode


class ReportGroup(Text):
    code: SnakeCode


class Level(Named):
    """`min_score` and `max_score` are displayed scores, both included."""

    level: LevelNumber
    min_score: Score
    max_score: Score
    description: Text


class Statement(Text):
    code: ItemCode
    aims_at_level: LevelNumber
    reverse: Literal[False]


class Rubric(Text):
    """How a dimension looks at one level."""

    level: LevelNumber


class SuggestedAction(Node):
    what: Text
    method: Text
    who: Text


class NextStep(Node):
    """What a forum on this level can do next, and the evidence that shows it was done."""

    level: LevelNumber
    title: Text
    actions: Annotated[tuple[SuggestedAction, ...], Field(min_length=1)]
    evidence: Text


class Dimension(Named):
    code: ItemCode
    order: Count
    short_name: Text
    definition: Text
    intro: Text | None = None
    referent: Literal["forum", "own_municipality"]
    applies_to_roles: Annotated[tuple[SnakeCode, ...], Field(min_length=1)]
    spread_reading: Text
    policy_points: tuple[Text, ...]
    constructs: tuple[Text, ...]
    sources: tuple[SnakeCode, ...]
    statements: Annotated[tuple[Statement, ...], Field(min_length=1)]
    rubric: tuple[Rubric, ...]
    dialogue_question: Text
    next_steps: tuple[NextStep, ...]

    @cached_property
    def rubric_by_level(self) -> dict[int, Rubric]:
        return {rubric.level: rubric for rubric in self.rubric}

    @cached_property
    def next_step_by_level(self) -> dict[int, NextStep]:
        return {step.level: step for step in self.next_steps}


class OpenQuestion(Text):
    code: ItemCode
    rounds: Annotated[tuple[RoundCode, ...], Field(min_length=1)]
    required: bool
    max_chars: Annotated[int, Field(ge=1, le=10_000)]


class QuoteConsent(Text):
    """`default` is what the box shows; consent that is given beforehand is no consent."""

    default: Literal[False]


class SessionStep(Text):
    order: Count


class GroupSession(Node):
    purpose: Text
    steps: tuple[SessionStep, ...]


class TargetStatus(Text):
    code: Literal["reached", "within_margin", "not_reached"]


class TargetLevels(Node):
    question: Text
    note: Text
    statuses: tuple[TargetStatus, ...]


class Source(Node):
    id: SnakeCode
    ref: Words


class Content(Node):
    """The whole document. Look-ups by a code that does not exist raise `KeyError`."""

    instrument: Instrument
    rounds: Annotated[tuple[RoundKind, ...], Field(min_length=1)]
    answer_scales: AnswerScales
    profile: Profile
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    report_groups: tuple[ReportGroup, ...]
    levels: tuple[Level, ...]
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]
    open_questions: tuple[OpenQuestion, ...]
    open_answer_hint: Text
    quote_consent: QuoteConsent
    group_session: GroupSession
    target_levels: TargetLevels
    scoring: Scoring
    privacy: Privacy
    sources: tuple[Source, ...]

    def canonical(self) -> str:
        """The document as JSON with sorted keys: equal contents give equal text, so an equal checksum."""
        plain = self.model_dump(mode="json", exclude_none=True)
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def kept(self) -> dict[tuple[str, ...], Any]:
        """A place for what is made of this document for every page; the document never changes, nor does that."""
        return {}

    @cached_property
    def missing_code(self) -> str:
        """The code of "I don't know", the same on every scale."""
        return self.answer_scales.agreement.missing_option.code

    def dimension(self, code: str) -> Dimension:
        return self._dimensions[code]

    def statement(self, code: str) -> Statement:
        return self._statements[code]

    def role(self, code: str) -> Role:
        return self._roles[code]

    def report_group(self, code: str) -> ReportGroup:
        return self._report_groups[code]

    def round(self, code: str) -> RoundKind:
        return self._rounds[code]

    def level(self, number: int) -> Level:
        return self._levels[number]

    def open_question(self, code: str) -> OpenQuestion:
        return self._open_questions[code]

    def dimensions_for(self, role_code: str) -> tuple[Dimension, ...]:
        """What somebody in this role is asked, in the order of the questionnaire."""
        return self._dimensions_by_role[role_code]

    def open_questions_for(self, round_code: str) -> tuple[OpenQuestion, ...]:
        """What is asked in words in a round of this kind, in the order of the questionnaire."""
        return self._open_questions_by_round[round_code]

    @cached_property
    def _dimensions(self) -> dict[str, Dimension]:
        return {dimension.code: dimension for dimension in self.dimensions}

    @cached_property
    def _statements(self) -> dict[str, Statement]:
        return {
            statement.code: statement for dimension in self.dimensions for statement in dimension.statements
        }

    @cached_property
    def _roles(self) -> dict[str, Role]:
        return {role.code: role for role in self.roles}

    @cached_property
    def _report_groups(self) -> dict[str, ReportGroup]:
        return {group.code: group for group in self.report_groups}

    @cached_property
    def _rounds(self) -> dict[str, RoundKind]:
        return {kind.code: kind for kind in self.rounds}

    @cached_property
    def _levels(self) -> dict[int, Level]:
        return {level.level: level for level in self.levels}

    @cached_property
    def _open_questions(self) -> dict[str, OpenQuestion]:
        return {question.code: question for question in self.open_questions}

    @cached_property
    def _dimensions_by_role(self) -> dict[str, tuple[Dimension, ...]]:
        return {
            role.code: tuple(each for each in self.dimensions if role.code in each.applies_to_roles)
            for role in self.roles
        }

    @cached_property
    def _open_questions_by_round(self) -> dict[str, tuple[OpenQuestion, ...]]:
        return {
            kind.code: tuple(each for each in self.open_questions if kind.code in each.rounds)
            for kind in self.rounds
        }
