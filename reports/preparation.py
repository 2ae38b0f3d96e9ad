"""What a coach prepares a session with, as plain values: the report, and where the conversation begins.

Made by reports.build in one language, like the report itself.
"""

from dataclasses import dataclass
from typing import Any

from reports.report import Agreement, Description, Report


@dataclass(frozen=True)
class Talk:
    """A dimension to talk about: why, what the members think of it, the question, and its five descriptions."""

    code: str
    name: str
    reasons: tuple[str, ...]
    standing: str
    question: str
    descriptions: tuple[Description, ...]


@dataclass(frozen=True)
class Shared:
    """The dimensions on which the members agree to the same degree, which `label` says."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Preparation:
    """Everything but the report is empty below the threshold.

    `differences` begins with the least agreement; `municipalities` are dimensions about the own municipality, whose
    spread is no disagreement; `camps` are statements on which the members stand in two camps.
    """

    report: Report
    talks: tuple[Talk, ...] = ()
    shared: tuple[Shared, ...] = ()
    differences: tuple[Agreement, ...] = ()
    municipalities: tuple[Agreement, ...] = ()
    camps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Slide:
    """One screen of the presentation, one message; `told` is what its kind of screen shows."""

    kind: str
    title: str
    told: Any
