"""What a coach shared, as text that is kept: written and read here alone, in a form with a number.

The number changes when an older program could not read what a newer one writes. Every form that was ever written has a
reader, so that a link goes on working over upgrades: a report is kept for ten years.
"""

import datetime
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from assessment.actions.agreeing import Agreed
from assessment.actions.beside import Beside, Gathered
from assessment.actions.choosing import Chosen
from assessment.actions.recording import Placement

FORM = 1


@dataclass(frozen=True)
class SharedDocument:
    """The coach's own words with who signs them, and the names of the chapters that are told and that are left out."""

    foreword: str
    signed_by: str
    chapters: tuple[str, ...]
    left_out: tuple[str, ...]
    beside: Beside


def written(document: SharedDocument) -> str:
    """Canonical JSON: equal documents are equal texts."""
    beside = asdict(document.beside) | {
        "placements": {code: each._asdict() for code, each in document.beside.placements.items()},
        "targets": {code: each._asdict() for code, each in document.beside.targets.items()},
        "agreed": [each._asdict() for each in document.beside.agreed],
    }
    told = {
        "form": FORM,
        "foreword": document.foreword,
        "signed_by": document.signed_by,
        "chapters": document.chapters,
        "left_out": document.left_out,
        "beside": beside,
    }
    return json.dumps(told, default=_day_written, ensure_ascii=False, sort_keys=True)


def read(text: str) -> SharedDocument:
    """What `written` wrote, now or long ago. Raises KeyError for a form that is unknown here."""
    told = json.loads(text)
    return READERS[told["form"]](told)


def _day_written(value: object) -> str:
    assert isinstance(value, datetime.date)  # noqa: S101  # nothing else needs words of its own
    return value.isoformat()


def _day(value: str) -> datetime.date:
    return datetime.date.fromisoformat(value)


def _read_first_form(told: dict[str, Any]) -> SharedDocument:
    return SharedDocument(
        foreword=told["foreword"],
        signed_by=told["signed_by"],
        chapters=tuple(told["chapters"]),
        left_out=tuple(told["left_out"]),
        beside=_beside(told["beside"]),
    )


def _beside(told: dict[str, Any]) -> Beside:
    return Beside(
        forum=told["forum"],
        article=told["article"],
        coach=told["coach"],
        track_starts_on=_day(told["track_starts_on"]),
        track_ends_on=_day(told["track_ends_on"]),
        placements={
            code: Placement(each["level"], each["evidence"]) for code, each in told["placements"].items()
        },
        targets={
            code: Chosen(each["level"], each["reason"], _day(each["chosen_on"]))
            for code, each in told["targets"].items()
        },
        agreed=tuple(_agreed(each) for each in told["agreed"]),
        chosen=None if told["chosen"] is None else tuple(told["chosen"]),
        overruled=told["overruled"],
        themes=tuple(
            Gathered(each["title"], each["summary"], tuple(each["quotes"])) for each in told["themes"]
        ),
        earlier=tuple(told["earlier"]),
    )


def _agreed(told: dict[str, Any]) -> Agreed:
    return Agreed(
        dimension=told["dimension"],
        what=told["what"],
        owner=told["owner"],
        due_on=_day(told["due_on"]) if told["due_on"] else None,
        status=told["status"],
        evidence=told["evidence"],
    )


READERS: dict[int, Callable[[dict[str, Any]], SharedDocument]] = {1: _read_first_form}
