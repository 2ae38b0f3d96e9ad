"""Where the members agree and where not, in words, with a question for the conversation."""

from collections.abc import Iterable, Iterator, Sequence

from questionnaires.texts import lower, text
from reports.build.source import Source, Told
from reports.build.statements import statements_of
from reports.report import Agreement
from reports.statements import Statement


def agreement(source: Source) -> tuple[Agreement, ...]:
    """A dimension of which the consensus may be told, in the order of the questionnaire."""
    return tuple(agreement_on(source, told) for told in source.published if told.entry["agreement"])


def agreement_on(source: Source, told: Told) -> Agreement:
    """One dimension of which the consensus may be told."""
    question = str(told.dimension.dialogue_question)
    statements = tuple(statements_of(source, told))
    spread = tuple(each for each in statements if each.shares)
    return Agreement(
        name=told.name,
        sentence=_sentence(source, told),
        two_camps=_two_camps(statements),
        camps_without_bar=_two_camps([each for each in statements if not each.shares]),
        question=text("report.agreement.question", question=question),
        bare_question=question,
        answers=tuple(lower(str(each)) for each in source.content.answer_scales.agreement.options),
        spread=spread,
        description=_description(spread),
    )


def _sentence(source: Source, told: Told) -> str:
    if told.is_about_municipalities:
        return text("report.agreement.lok", agreement=source.agreement_word(told))
    return text(f"report.agreement.sentence.{told.entry['agreement']}", dimension=told.in_sentence)


def _description(spread: Sequence[Statement]) -> str:
    if not spread:
        return ""
    rows = [
        text("report.spread.value", statement=each.text, percentages=", ".join(map(str, each.shares)))
        for each in spread
    ]
    return " ".join((f"{text('report.spread.figure')}.", *rows, *_two_camps(spread)))


def _two_camps(statements: Sequence[Statement]) -> tuple[str, ...]:
    return tuple(text("report.agreement.two_camps", statement=camp) for camp in _in_two_camps(statements))


def camps(source: Source, told: Told) -> Iterator[str]:
    """The statements that part of the members agrees with and another part does not, without their full stop."""
    return _in_two_camps(statements_of(source, told))


def _in_two_camps(statements: Iterable[Statement]) -> Iterator[str]:
    return (each.text.rstrip(".") for each in statements if each.has_two_camps)
