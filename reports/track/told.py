"""The year of a forum as a report, as plain values: what page and file of a track say alike.

Built in one language. An empty tuple or string means: there is nothing to tell here.
"""

import datetime
from dataclasses import dataclass

from reports.change import Year
from reports.comparison import AgreedAction
from reports.report import GroupLevel, Target


@dataclass(frozen=True)
class Happened:
    """A day of the year in words: when, what, and in which state it is."""

    day: str
    what: str
    state: str


@dataclass(frozen=True)
class Chosen:
    """A priority: its dimension, and the words that say whether it was proposed, chosen, or chosen instead."""

    name: str
    how: str


@dataclass(frozen=True)
class Work:
    """What the forum agreed to do about a dimension, beside where that stands or what was measured of it.

    `measured` is empty where nothing may be told of the dimension.
    """

    name: str
    measured: str
    actions: tuple[AgreedAction, ...]


@dataclass(frozen=True)
class TrackReport:
    """`language` is "nl" or "en"; `made_at` is when the newest result was frozen.

    `summary` is the newest result in short; `sources` names every result behind it with its verification code.
    """

    language: str
    title: str
    period: str
    publisher: str
    coach: str
    made_at: datetime.datetime
    summary: tuple[str, ...]
    year: Year
    moments: tuple[Happened, ...]
    priorities_note: str
    priorities: tuple[Chosen, ...]
    targets: tuple[Target, ...]
    work: tuple[Work, ...]
    group_levels: tuple[GroupLevel, ...]
    sources: tuple[str, ...]
