"""Two sources with what scoring says of the difference between them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reports.build.comparison.between import Between
from reports.build.source import Source

if TYPE_CHECKING:
    from assessment.scoring.parameters import Parameters

Entry = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """`compared` is what `compare_rounds` gives (docs/scoring.md, section 17)."""

    first: Source
    second: Source
    between: Between
    parameters: "Parameters"
    compared: dict[str, Any]

    @classmethod
    def of(cls, first: Source, second: Source, between: Between) -> "Pair":
        # Load numpy and scipy: only for whoever compares.
        from assessment.scoring.change import compare_rounds
        from assessment.scoring.parameters import Parameters

        parameters = Parameters.from_content(second.content)
        compared = compare_rounds(_named(first), _named(second), parameters)
        return cls(first, second, between, parameters, compared)

    @property
    def is_comparable(self) -> bool:
        return self.compared["comparable"]

    @property
    def asks_change(self) -> bool:
        """Whether members were asked, in the second round, what they experience as change."""
        return self.second.content.round(self.second.facts.kind).asks_change

    def entries(self, code: str) -> tuple[Entry | None, Entry | None]:
        """A dimension in both results; None where it is not published."""
        first, second = (source.result["dimensions"].get(code) for source in (self.first, self.second))
        return _told(first), _told(second)


def _named(source: Source) -> dict[str, Any]:
    """The result with the whole name of its questionnaire: another questionnaire is another meaning too."""
    instrument = source.content.instrument
    return source.result | {"version": f"{instrument.id} {source.result['version']}"}


def _told(entry: Entry | None) -> Entry | None:
    return entry if entry and entry["published"] else None
