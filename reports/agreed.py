"""What a forum agreed to do, as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AgreedAction:
    """What the forum agreed to do, as it stands when the report is made.

    `evidence` is the fact to look for, `seen` says that it was seen and when.
    """

    what: str
    status: str
    owner: str
    due: str
    evidence: str
    seen: str
