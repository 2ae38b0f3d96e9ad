"""Where the members agree and where not, in words, with a question for the conversation."""

from collections.abc import Iterator

from questionnaires.texts import text
from reports.build.source import Source, Told
from reports.build.statements import statements_of
from reports.report import Agreement


def agreement(source: Source) -> tuple[Agreement, ...]:
    """A dimension of which the consensus may be told, in the order of the questionnaire."""
    return tuple(agreement_on(source, told) for told in source.published if told.entry["agreement"])


def agreement_on(source: Source, told: Told) -> Agreement:
    """One dimension of which the consensus may be told."""
    question = str(told.dimension.dialogue_question)
    return Agreement(
        name=told.name,
        sentence=_sentence(source, told),
        two_camps=tuple(_two_camps(source, told)),
        question=text("report.agreement.question", question=question),
        spread=tuple(each for each in statements_of(source, told) if each.shares),
    )


def _sentence(source: Source, told: Told) -> str:
    if told.is_about_municipalities:
        return text("report.agreement.lok", agreement=source.agreement_word(told))
    return text(f"report.agreement.sentence.{told.entry['agreement']}", dimension=told.in_sentence)


def _two_camps(source: Source, told: Told) -> Iterator[str]:
    for statement in camps(source, told):
        yield text("report.agreement.two_camps", statement=statement)


def camps(source: Source, told: Told) -> Iterator[str]:
    """The statements that part of the members agrees with and another part does not, without their full stop."""
    for statement in statements_of(source, told):
        if statement.has_two_camps:
            yield statement.text.rstrip(".")
