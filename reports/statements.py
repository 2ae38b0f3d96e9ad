"""The statements in a report, as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    """A statement; where its numbers are not shown `score` and `option` are None and `answer` and `shares` empty.

    `option` is the number of the answer, 1 to 5, that fits the score, and `answer` its words. `shares` are whole
    percentages from disagreeing to agreeing, in three or five classes. `agreement` is a word, empty where not shown.
    """

    text: str
    score: int | None
    option: int | None
    answer: str
    agreement: str
    has_two_camps: bool
    shares: tuple[int, ...]


@dataclass(frozen=True)
class StatementGroup:
    """The statements of a dimension, from the one that is easiest to agree with to the hardest."""

    name: str
    short_name: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Statements:
    """The map of all statements; `highest` and `lowest` are empty where too few scores are shown.

    `description` has what the chart shows in words. `has_agreement` is False where the coach left the chapter on
    agreement out: then its words are empty here too.
    """

    groups: tuple[StatementGroup, ...]
    highest: tuple[Statement, ...]
    lowest: tuple[Statement, ...]
    description: str
    notes: tuple[str, ...]
    has_agreement: bool = True
