"""Two sources with what scoring says of the difference between them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from reports.build.comparison.between import Between
from reports.build.source import Source

if TYPE_CHECKING:
    from assessment.scoring.parameters import Parameters


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
        compared = compare_rounds(_by_questionnaire(first), _by_questionnaire(second), parameters)
        return cls(first, second, between, parameters, compared)

    @property
    def is_comparable(self) -> bool:
        return self.compared["comparable"]

    @property
    def names(self) -> tuple[str, str]:
        """Both rounds as they stand in a sentence; with the year when they are of the same kind."""
        sources = (self.first, self.second)
        if self.first.facts.kind != self.second.facts.kind:
            return self.first.round_name, self.second.round_name
        years = (timezone.localtime(source.facts.closed_at).year for source in sources)
        first, second = (f"{source.round_name} {year}" for source, year in zip(sources, years, strict=True))
        return first, second

    @property
    def named(self) -> dict[str, Any]:
        """The same as values of a text."""
        first, second = self.names
        return {"round_1": first, "round": second}

    @property
    def asks_change(self) -> bool:
        """Whether members were asked, in the second round, what they experience as change."""
        return self.second.content.round(self.second.facts.kind).asks_change


def _by_questionnaire(source: Source) -> dict[str, Any]:
    """The result with the whole name of its questionnaire: another questionnaire is another meaning too."""
    instrument = source.content.instrument
    return source.result | {"version": f"{instrument.id} {source.result['version']}"}
