"""The map of the statements: what of each may be shown (rules 13.6 and 13.10), in numbers and in words."""

from collections.abc import Iterator

from assessment.scoring.disclosure import shown_statement
from questionnaires.content import Statement as Asked
from questionnaires.texts import lower, text
from reports.build.source import Source, Told
from reports.statements import Statement, StatementGroup, Statements

N_RANKED = 5


def statements(source: Source) -> Statements:
    groups = tuple(
        StatementGroup(told.name, str(told.dimension.short_name), tuple(statements_of(source, told)))
        for told in source.dimensions
    )
    highest, lowest = _ranked(groups)
    return Statements(
        groups=groups,
        highest=highest,
        lowest=lowest,
        description=_description(groups),
        notes=tuple(_notes(groups)),
    )


def statements_of(source: Source, told: Told) -> Iterator[Statement]:
    """In the order of the questionnaire, the ones without numbers too."""
    for statement in told.dimension.statements:
        yield _statement(source, told, statement)


def _statement(source: Source, told: Told, statement: Asked) -> Statement:
    shown = shown_statement(
        source.result["items"][statement.code], told.entry, source.content.privacy.k_item_distribution
    )
    option = None if shown["display"] is None else source.level_of(shown["display"])
    shares = shown["shares"]
    return Statement(
        text=str(statement),
        score=shown["display"],
        option=option,
        answer="" if option is None else _answer(source, option),
        agreement=source.agreement_label(told, shown["agreement"]) if shown["agreement"] else "",
        has_two_camps=bool(shown["two_camps"]),
        shares=tuple(shares["percent"]) if shares else (),
    )


def _answer(source: Source, value: int) -> str:
    """Each level holds the score of one answer in its middle (rule 2.4), so its number is that of the answer."""
    options = source.content.answer_scales.agreement.options
    return next(lower(str(option)) for option in options if option.value == value)


def _ranked(groups: tuple[StatementGroup, ...]) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """Five at each end, ties in the order of the questionnaire; nothing where one could be at both ends."""
    shown = [each for group in groups for each in group.statements if each.score is not None]
    if len(shown) < 2 * N_RANKED:
        return (), ()
    rising = sorted(shown, key=lambda each: each.score or 0)
    falling = sorted(shown, key=lambda each: -(each.score or 0))
    return tuple(falling[:N_RANKED]), tuple(rising[:N_RANKED])


def _description(groups: tuple[StatementGroup, ...]) -> str:
    rows = [f"{group.name}: {', '.join(map(_in_words, group.statements))}." for group in groups]
    return f"{text('report.statements.figure')}. {' '.join(rows)}"


def _in_words(statement: Statement) -> str:
    return text("report.suppressed") if statement.score is None else str(statement.score)


def _notes(groups: tuple[StatementGroup, ...]) -> Iterator[str]:
    every = [each for group in groups for each in group.statements]
    if any(each.score is None for each in every):
        yield text("report.statements.uneven")
    if not any(each.shares for each in every):
        yield text("report.statements.hidden")
