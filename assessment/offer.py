"""The offer (aanbod) to which next steps and actions can point: a file under review, assessment/data/offer.yaml.

Checked whole when it is read, and read once a process. What is over is kept and marked: an action of last year may
still point to it.
"""

import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import ConfigDict, ValidationError, model_validator

from questionnaires.wording import Node, Text, Words

PATH = Path(__file__).parent / "data" / "offer.yaml"


class OfferError(Exception):
    """A file of the offer that cannot be read or does not hold together; its words name entry and reason."""


class Period(Node):
    """From when until when, as far as is known: a year, a month or a day."""

    start: str | None
    end: str | None


class Offer(Node):
    """Something that may help with a next step. `valid_until` is the last day of which that is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")  # a day stands in the file as text

    id: Words
    kind: Words
    series: str | None = None
    name: Text
    provider: Words
    description: Text
    helps: tuple[str, ...]
    from_levels: tuple[int, ...]
    amount_max_eur: int | None = None
    contact: str | None
    url: str | None
    period: Period
    valid_until: datetime.date | None
    status: Literal["current", "past", "unconfirmed"]
    note: str | None = None

    def __str__(self) -> str:
        return str(self.name)

    def is_outdated(self, today: datetime.date) -> bool:
        """Over, or known until a day that has passed."""
        return self.status == "past" or (self.valid_until is not None and self.valid_until < today)

    def fits(self, dimension: str, level: int | None = None) -> bool:
        """Whether it helps with this dimension, for a forum on this level."""
        return dimension in self.helps and (level is None or level in self.from_levels)


class Catalogue(Node):
    """The whole file: names of kinds, and the offers in its order."""

    kinds: dict[str, Text]
    offers: tuple[Offer, ...]

    @model_validator(mode="after")
    def _holds_together(self) -> "Catalogue":
        ids = [each.id for each in self.offers]
        if twice := sorted({each for each in ids if ids.count(each) > 1}):
            raise ValueError(f"{', '.join(twice)} stands there twice")
        for offer in self.offers:
            if offer.kind not in self.kinds:
                raise ValueError(f"{offer.id}: kind {offer.kind} is not in the list of kinds")
            if offer.series is not None and offer.series not in ids:
                raise ValueError(f"{offer.id}: series {offer.series} is no offer")
            if offer.url is not None and not offer.url.startswith("https://"):
                raise ValueError(f"{offer.id}: url must begin with https")
        return self

    def find(self, id: str) -> Offer | None:
        return next((each for each in self.offers if each.id == id), None)

    def current_first(self, today: datetime.date) -> list[Offer]:
        """What still runs before what is outdated, each in the order of the file."""
        return sorted(self.offers, key=lambda each: each.is_outdated(today))

    def that_helps(self, dimension: str, level: int | None, today: datetime.date) -> list[Offer]:
        return [each for each in self.current_first(today) if each.fits(dimension, level)]


def read_offer(path: Path) -> Catalogue:
    """The offer of a file. Raises OfferError, which names every fault."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Catalogue.model_validate(document, strict=False)
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise OfferError(f"{path.name} cannot be read: {error}") from None
    except ValidationError as error:
        faults = [f"{_place(fault['loc'], document)}: {fault['msg']}" for fault in error.errors()]
        raise OfferError(f"{path.name}: {'; '.join(faults)}") from None


def _place(location: tuple[int | str, ...], document: Any) -> str:
    """Where a fault is, an offer by its id: "offers studio-regio url"."""
    words = [str(each) for each in location]
    if len(location) > 1 and location[0] == "offers" and isinstance(location[1], int):
        entry = document["offers"][location[1]]
        words[1] = str(entry.get("id", location[1])) if isinstance(entry, dict) else words[1]
    return " ".join(words) or "the file"


@cache
def the_offer() -> Catalogue:
    """The offer that comes with this version."""
    return read_offer(PATH)
