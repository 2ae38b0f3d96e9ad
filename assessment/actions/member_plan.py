"""What a list would do to the members of a forum, as a preview shows it and as it is applied after that."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from django.conf import settings

from assessment.actions.member_rows import GivenRow
from assessment.models import Member, Seat


class State(StrEnum):
    """What becomes of a row, in the order in which a coach wants to see them."""

    FAULT = "fault"
    QUESTION = "question"
    CHANGED = "changed"
    NEW = "new"
    SAME = "same"
    SKIPPED = "skipped"


class Change(NamedTuple):
    """A detail that changes, in words; empty where there was or will be nothing."""

    field: str
    before: str
    after: str


class Option(NamedTuple):
    value: str
    words: str


@dataclass
class Question:
    """What the coach has to choose; `name` stays the same when the same list is read again."""

    name: str
    words: str
    options: list[Option]
    chosen: str = ""
    lines: list[int] = field(default_factory=list)

    def choose(self, value: str) -> None:
        """Take a choice over; one that is not offered is none."""
        self.chosen = value if value in {option.value for option in self.options} else ""


@dataclass
class PlannedRow:
    """A row and what it does. `seat` may not be stored yet; `details` are what the verbs of membership take.

    `notes` are the faults of a row that has them, else what a coach should know before applying it.
    """

    given: GivenRow
    state: State = State.FAULT
    member: Member | None = None
    seat: Seat | None = None
    details: dict[str, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_other_person: bool = False
    ends_link: bool = False

    @property
    def shown(self) -> tuple[object, ...]:
        """What the coach agrees to by applying it, in no language."""
        seat = self.seat and (self.seat.pk, self.seat.municipality_id, self.seat.organisation)
        present = self.member and [getattr(self.member, name) for name in ("pk", "seat_id", *self.details)]
        return self.given, self.state.value, self.details, seat, present, self.is_other_person, self.ends_link


@dataclass
class Plan:
    """All rows by state and line, the questions that they raise, and who sits in the forum but not in the list."""

    rows: list[PlannedRow]
    questions: list[Question]
    absent: list[Member]
    sitting: int
    has_open_round: bool

    @property
    def counts(self) -> Counter[str]:
        """How many rows there are of each state."""
        return Counter(row.state.value for row in self.rows)

    @property
    def members_after(self) -> int:
        """How many would sit in the forum; who is still in question counts."""
        added = [row for row in self.rows if row.member is None and row.state in (State.NEW, State.QUESTION)]
        return self.sitting + len(added)

    @property
    def is_too_many(self) -> bool:
        return self.members_after > settings.FORUM_SIZE[1]

    @property
    def is_too_few(self) -> bool:
        return self.members_after < settings.FORUM_SIZE[0]

    @property
    def ending(self) -> int:
        """How many links of an open round it would end."""
        return sum(row.ends_link for row in self.rows)

    @property
    def is_ready(self) -> bool:
        """Whether it can be applied: nothing left to choose, something to do, and room for it."""
        counts = self.counts
        does_something = bool(counts[State.NEW] or counts[State.CHANGED])
        return does_something and not counts[State.QUESTION] and not self.is_too_many

    @property
    def fingerprint(self) -> str:
        """The same as long as the plan does the same; another one when the forum changed meanwhile."""
        shown = sorted((row.given.line, repr(row.shown)) for row in self.rows)
        return hashlib.sha256(repr(shown).encode()).hexdigest()
