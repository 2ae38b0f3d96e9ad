"""Two rounds of a forum beside each other, as plain values: numbers as they are displayed, sentences as they are read.

Made by reports.build in one language; page and PDF lay out the same values and compute nothing. An empty string or
tuple means: there is nothing to tell here. What one of both results suppresses is in no comparison, and nothing in it
is called an effect of the coaching: there is no group to compare with.
"""

import datetime
from dataclasses import dataclass

from reports.change import Changed
from reports.report import Level


@dataclass(frozen=True)
class Side:
    """One of the two rounds: its name as in a title, when it closed, who answered, and by which version."""

    name: str
    closed_on: str
    response: str
    version: str


@dataclass(frozen=True)
class AgreedAction:
    """What the forum agreed to do, as it stands when the comparison is made.

    `evidence` is the fact to look for, `seen` says that it was seen and when.
    """

    what: str
    status: str
    owner: str
    due: str
    evidence: str
    seen: str


@dataclass(frozen=True)
class Beside(Changed):
    """A dimension in both rounds, with what stands beside it.

    `experienced` ("+33") is what the members say of the change themselves; `remarks` say how that and the target fit
    what was measured, and what the group says.
    """

    code: str
    experienced: str
    remarks: tuple[str, ...]
    actions: tuple[AgreedAction, ...]


@dataclass(frozen=True)
class Comparison:
    """`reason` says why the rounds as a whole cannot be compared; empty when they can.

    `total` is what both rounds say over all dimensions, `on_actions` how to read the actions beside the dimensions and
    whether there are dimensions without, empty where nothing is told by dimension. `cautions` are what to bear in mind
    when reading, `notes` what the figures mean. `header` stands above every page, shorter than the subtitle.
    `description` has what the chart shows in words. `language` is "nl" or "en"; `closed_at` is when the second round
    closed.
    """

    language: str
    title: str
    subtitle: str
    header: str
    publisher: str
    closed_at: datetime.datetime
    first: Side
    second: Side
    reason: tuple[str, ...]
    cautions: tuple[str, ...]
    levels: tuple[Level, ...]
    changes: tuple[Beside, ...]
    on_actions: tuple[str, ...]
    total: tuple[str, ...]
    description: str
    notes: tuple[str, ...]

    @property
    def names(self) -> tuple[str, str]:
        return self.first.name, self.second.name

    @property
    def is_comparable(self) -> bool:
        return not self.reason

    @property
    def told(self) -> tuple[Beside, ...]:
        """The dimensions to tell one by one: all, or where nothing is compared those with actions."""
        return self.changes if self.is_comparable else tuple(each for each in self.changes if each.actions)

    @property
    def has_experienced(self) -> bool:
        """Whether the members of the second round were asked, and enough of them said, what they experience."""
        return any(change.experienced for change in self.changes)
