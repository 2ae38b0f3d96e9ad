"""The profile: what the members think of each dimension, as chart, table and sentence."""

from collections.abc import Iterator

from questionnaires.texts import text
from reports.build.source import Source, Told
from reports.report import GroupScore, Level, Measure, Profile


def profile(source: Source) -> Profile:
    measures = tuple(_measure(source, told) for told in source.dimensions)
    return Profile(
        levels=tuple(Level(str(level), level.min_score) for level in source.content.levels),
        measures=measures,
        description=_description(measures),
        notes=tuple(_notes(source)),
        roles=tuple(_roles(source)),
        roles_note=text("report.roles.talk") if _different(source) else "",
        others_name=str(source.content.report_group("support_and_partners")),
        others=tuple(_others(source)),
    )


def _measure(source: Source, told: Told) -> Measure:
    hidden = text("report.suppressed")
    chosen = source.targets.get(told.dimension.code)
    target = source.level_name(chosen.level) if chosen else ""
    target_from = source.content.level(chosen.level).min_score if chosen else None
    if not told.is_published:
        sentence = text("report.warning.too_few_dimension", dimension=told.in_sentence)
        return Measure(told.name, None, None, hidden, hidden, sentence, target, target_from)
    return Measure(
        name=told.name,
        score=told.entry["display"],
        margin=told.entry["margin"],
        level=source.level_words(told.entry),
        agreement=source.agreement_word(told) if told.entry["agreement"] else hidden,
        sentence=source.level_sentence(told),
        target=target,
        target_from=target_from,
    )


def _description(measures: tuple[Measure, ...]) -> str:
    values = [words for each in measures for words in _values(each)]
    return f"{text('report.profile.figure')}. {' '.join(values)}"


def _values(measure: Measure) -> Iterator[str]:
    """What a line of the chart shows, in words."""
    if measure.score is None:
        yield text("report.profile.value_hidden", dimension=measure.name)
    else:
        yield text("report.profile.value", dimension=measure.name, score=measure.score, margin=measure.margin)
    if measure.target:
        yield text("report.profile.value_target", target=measure.target)


def _notes(source: Source) -> Iterator[str]:
    if any(told.entry["boundary"] for told in source.published):
        yield text("report.profile.boundary_note")
    for told in source.dimensions:
        if told.entry["low_visibility"]:
            yield text("report.warning.low_visibility", dimension=told.in_sentence)


def _roles(source: Source) -> Iterator[str]:
    """Rule 8.2: differences one by one, else that there is none; nothing where the groups may not be told."""
    different = _different(source)
    for told in different:
        groups = told.entry["groups"]
        yield text(
            "report.roles.difference",
            dimension=told.in_sentence,
            score_1=groups["mayors"]["display"],
            score_2=groups["other_local_members"]["display"],
        )
    if _compared(source) and not different:
        yield text("report.roles.none")


def _compared(source: Source) -> list[Told]:
    return [told for told in source.published if told.entry["groups"]]


def _different(source: Source) -> list[Told]:
    return [told for told in _compared(source) if told.entry["group_difference"]["verdict"] == "difference"]


def _others(source: Source) -> Iterator[GroupScore]:
    for told in source.published:
        if told.entry["others"]:
            yield GroupScore(told.name, told.entry["others"]["display"])
