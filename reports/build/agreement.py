"""Where the members agree and where not, in words, with a question for the conversation."""

from collections.abc import Iterator

from questionnaires.texts import text
from reports.build.source import Source, Told
from reports.report import Agreement


def agreement(source: Source) -> tuple[Agreement, ...]:
    """A dimension of which the consensus may be told, in the order of the questionnaire."""
    return tuple(_agreement(source, told) for told in source.published if told.entry["agreement"])


def _agreement(source: Source, told: Told) -> Agreement:
    question = str(told.dimension.dialogue_question)
    return Agreement(
        name=told.name,
        sentence=_sentence(source, told),
        two_camps=tuple(_two_camps(source, told)),
        question=text("report.agreement.question", question=question),
    )


def _sentence(source: Source, told: Told) -> str:
    if told.is_about_municipalities:
        return text("report.agreement.lok", agreement=source.agreement_word(told))
    return text(f"report.agreement.sentence.{told.entry['agreement']}", dimension=told.in_sentence)


def _two_camps(source: Source, told: Told) -> Iterator[str]:
    for statement in told.dimension.statements:
        item = source.result["items"][statement.code]
        if item["published"] and item["two_camps"]:
            yield text("report.agreement.two_camps", statement=str(statement).rstrip("."))
