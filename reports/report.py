"""A report of a forum as plain values: numbers as they are displayed, and sentences as they are read.

Made by reports.build in one language; page and PDF lay out the same values and compute nothing. An empty string or
tuple means: there is nothing to tell here. Whatever is suppressed is not in a report at all.
"""

import datetime
from dataclasses import dataclass

from reports.change import Change, Experience
from reports.importance import Importance
from reports.statements import Statement, Statements


@dataclass(frozen=True)
class Cover:
    """`coach` is empty for a forum without one."""

    closed_on: str
    response: str
    coach: str
    version: str


@dataclass(frozen=True)
class Level:
    """A level of the questionnaire; `start` is the lowest displayed score on it."""

    name: str
    start: int


@dataclass(frozen=True)
class Measure:
    """A dimension in the profile. `score` and `margin` (whole numbers) are None where it is not shown.

    `level` ("afstemmend", "tussen afstemmend en sturend") and `agreement` are words; `sentence` is always there.
    `target` is the level that the forum chose for itself and `target_from` the lowest displayed score on it.
    """

    name: str
    score: int | None
    margin: int | None
    level: str
    agreement: str
    sentence: str
    target: str = ""
    target_from: int | None = None


@dataclass(frozen=True)
class GroupScore:
    """The score that support and partners give a dimension, beside the forum's own."""

    name: str
    score: int


@dataclass(frozen=True)
class Glance:
    """Three sentences, and the names of the priorities; their title says whether they are decided or proposed."""

    sentences: tuple[str, ...]
    priorities_title: str
    priorities: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """A paragraph of the reading guide under its own heading."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Foreword:
    """The coach's own words; `note` says that they are, `signature` has name and organisation."""

    note: str
    paragraphs: tuple[str, ...]
    signature: str


@dataclass(frozen=True)
class Respondents:
    """Who answered, as far as may be told, and what to bear in mind when reading; without a result what is left."""

    sentences: tuple[str, ...]
    cautions: tuple[str, ...]
    what_now: tuple[str, ...] = ()


@dataclass(frozen=True)
class Profile:
    """`description` has what the chart shows in words, for whoever does not see it.

    `roles` compares mayors with other local members, with in `roles_note` what a difference asks for; `others` is empty
    below the threshold. Both are told with who answered. `has_agreement` is False where the coach left the chapter on
    agreement out: then its words are empty here too.
    """

    levels: tuple[Level, ...]
    measures: tuple[Measure, ...]
    description: str
    notes: tuple[str, ...]
    roles: tuple[str, ...]
    roles_note: str
    others_name: str
    others: tuple[GroupScore, ...]
    has_agreement: bool = True


@dataclass(frozen=True)
class Agreement:
    """How far the members agree on a dimension, what to talk about, and how the answers spread.

    `bare_question` is the question alone, as it stands under a heading that says what it is. `answers` are the words of
    the five answers, from disagreeing to agreeing.
    `spread` holds the statements of which that is shown, `description` the same in words for whoever sees no chart.
    `two_camps` is about every statement, `camps_without_bar` about those that are not in `spread`.
    """

    name: str
    sentence: str
    two_camps: tuple[str, ...]
    camps_without_bar: tuple[str, ...]
    question: str
    bare_question: str
    answers: tuple[str, ...]
    spread: tuple[Statement, ...]
    description: str


@dataclass(frozen=True)
class Description:
    """What a level looks like in a dimension, in the questionnaire's words."""

    level: str
    text: str


@dataclass(frozen=True)
class Action:
    """A suggested action: what, how, and by whom."""

    what: str
    method: str
    who: str


@dataclass(frozen=True)
class Rung:
    """A level of a dimension in the questionnaire's words; `marks` say in words what stands on it."""

    level: str
    text: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Agreed:
    """An action of the forum with its state in words; owner, date and evidence are empty where there is none."""

    what: str
    dimension: str
    owner: str
    due_on: str
    status: str
    evidence: str


@dataclass(frozen=True)
class Priority:
    """A priority with the next step of its level. `notes` come before the actions: stability, order, talk first.

    A dimension that is not shown can be chosen too: `now` says so then, and there is no `step` and no `evidence`.

    `descriptions` are the levels that the score touches, `ladder` is all five. `agreed` is what the forum does about
    it, as it stands when the report is built; `actions` are suggestions.
    """

    name: str
    now: str
    descriptions: tuple[Description, ...]
    ladder: tuple[Rung, ...]
    notes: tuple[str, ...]
    question: str
    step: str
    actions: tuple[Action, ...]
    evidence: str
    agreed: tuple[Agreed, ...]


@dataclass(frozen=True)
class Unseen:
    """A dimension on which the members have little view yet, and what that asks for."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Track:
    """Three priorities at most, and what to make visible first.

    They are those that the forum chose, with in `overruled` which it chose instead of which and why; as long as it did
    not choose, those that the calculation proposes.
    """

    title: str
    lead: str
    priorities: tuple[Priority, ...]
    make_visible: tuple[Unseen, ...]
    overruled: str = ""


@dataclass(frozen=True)
class Target:
    """A level that the forum chose for itself, and how the score stands to it in words; `reason` may be empty."""

    name: str
    level: str
    sentence: str
    reason: str
    chosen_on: str


@dataclass(frozen=True)
class GroupLevel:
    """Where the group placed itself in a session, beside the level that follows from the answers, all in words.

    `level` and `calculated` say so when there is none; `evidence` is empty when no fact was named.
    """

    name: str
    calculated: str
    level: str
    sentence: str
    evidence: str


@dataclass(frozen=True)
class Voice:
    """A theme that the coach made of the open answers, with consented quotes; without title, quotes of no theme."""

    title: str
    summary: str
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Count:
    """On how many answers a dimension rests; None where it is not shown."""

    name: str
    members: int | None
    municipalities: int | None


@dataclass(frozen=True)
class Indices:
    """Indices of agreement, with two decimals as they are printed; "–" where one cannot be computed."""

    name: str
    rwg: str
    awg: str
    deviation: str


@dataclass(frozen=True)
class Parameter:
    """A convention of the calculation with its value."""

    name: str
    value: str


@dataclass(frozen=True)
class Annex:
    """The technical page; `check` says where a file can be checked, at `check_address`."""

    check: str
    check_address: str
    notes: tuple[str, ...]
    counts: tuple[Count, ...]
    indices: tuple[Indices, ...]
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True)
class Result:
    """What is told only when the result is published; `change` from the second round of a track on."""

    glance: Glance
    guide: tuple[Explanation, ...]
    profile: Profile
    agreement: tuple[Agreement, ...]
    statements: Statements
    change: Change | None
    experience: tuple[Experience, ...]
    importance: Importance
    track: Track
    voices: tuple[Voice, ...]
    annex: Annex


@dataclass(frozen=True)
class Coded:
    """A dimension by its code in the questionnaire, with the codes of its statements in order."""

    code: str
    name: str
    statements: tuple[str, ...]


@dataclass(frozen=True)
class Origin:
    """What a report rests on, for files that machines read; `round` is a code, the software that of the closing.

    `municipalities_total` is None where it is not known.
    """

    round: str
    members: int
    municipalities: int
    municipalities_total: int | None
    questionnaire: str
    software: str
    fingerprint: str
    dimensions: tuple[Coded, ...]

    def code(self, dimension: str) -> str:
        """Of a dimension by its name; the name itself for one of another questionnaire."""
        return next((each.code for each in self.dimensions if each.name == dimension), dimension)


@dataclass(frozen=True)
class Report:
    """One report; `result` is None below the threshold, and then only the counts and the reason are told.

    `group_levels`, `targets` and `agreed` are no part of the frozen result: as recorded when the report is built.
    `language` is "nl" or "en"; `closed_at` is aware; `publisher` is the organisation, or the product's name.
    `chapters` are the names of those that the coach shared, None in a report that is whole; `omitted` are the titles
    of the others.
    """

    language: str
    title: str
    subtitle: str
    publisher: str
    closed_at: datetime.datetime
    origin: Origin
    cover: Cover
    respondents: Respondents
    result: Result | None
    group_levels: tuple[GroupLevel, ...]
    targets: tuple[Target, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    foreword: Foreword | None = None
    chapters: frozenset[str] | None = None
    omitted: tuple[str, ...] = ()

    def tells(self, chapter: str) -> bool:
        """Whether a chapter may stand in it; whether there is anything to tell in it is another matter."""
        return self.chapters is None or chapter in self.chapters
