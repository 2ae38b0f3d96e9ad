"""What the members find important: importance beside score, and the quadrant that follows from both (rule 11.2)."""

from collections.abc import Iterator

from questionnaires.texts import capital, text
from reports.build.source import Source, Told
from reports.importance import Importance, Quadrant, Weighed

IMPORTANT = ("priority", "keep")
ADVANCED = ("keep", "watch")


def importance(source: Source) -> Importance:
    dimensions = tuple(_weighed(source, told) for told in source.dimensions)
    return Importance(
        dimensions=dimensions,
        quadrants=tuple(_quadrants(source)),
        performance_line=source.content.scoring.priority.performance_line,
        line=_line(source),
        description=_description(dimensions),
        notes=tuple(_notes(dimensions)),
        filled=text("report.importance.full" if source.is_decided else "report.importance.proposed"),
    )


def _weighed(source: Source, told: Told) -> Weighed:
    weight = told.entry["importance"]
    quadrant = told.entry["quadrant"] if told.is_published else None
    return Weighed(
        name=told.name,
        short_name=str(told.dimension.short_name),
        importance=weight["display"] if weight else None,
        score=told.entry["display"] if told.is_published else None,
        quadrant=_word(source, quadrant) if quadrant else "",
        meaning=capital(text(f"report.importance.{quadrant}")) if quadrant else "",
        is_priority=told.dimension.code in [each.dimension.code for each in source.priorities],
    )


def _word(source: Source, quadrant: str) -> str:
    return next(str(each) for each in source.content.scoring.priority.quadrants if each.code == quadrant)


def _quadrants(source: Source) -> Iterator[Quadrant]:
    for each in source.content.scoring.priority.quadrants:
        yield Quadrant(str(each), is_important=each.code in IMPORTANT, is_advanced=each.code in ADVANCED)


def _line(source: Source) -> float | None:
    """Half-way between the least of the more and the most of the less important dimensions, as they are displayed.

    The line of rule 11.2 lies there too. Its own place would tell the mean of the unrounded importances.
    """
    placed = [told.entry for told in source.published if told.entry["quadrant"]]
    more = [each["importance"]["display"] for each in placed if each["quadrant"] in IMPORTANT]
    less = [each["importance"]["display"] for each in placed if each["quadrant"] not in IMPORTANT]
    return (min(more) + max(less)) / 2 if more and less else None


def _description(dimensions: tuple[Weighed, ...]) -> str:
    values = [
        text("report.importance.value", dimension=each.name, importance=each.importance, score=each.score)
        if each.quadrant
        else text("report.profile.value_hidden", dimension=each.name)
        for each in dimensions
    ]
    return f"{text('report.importance.figure')}. {' '.join(values)}"


def _notes(dimensions: tuple[Weighed, ...]) -> Iterator[str]:
    if any(not each.quadrant for each in dimensions):
        yield text("report.importance.missing")
