"""What a report rests on: counts, versions, and the codes of the questionnaire."""

from reports.build.source import Source
from reports.report import Coded, Origin


def origin(source: Source) -> Origin:
    facts, response = source.facts, source.response
    return Origin(
        round=facts.kind,
        members=response["responses"],
        municipalities=response["delegations"],
        municipalities_total=response["members"],
        questionnaire=facts.questionnaire_version,
        software=facts.software_version,
        fingerprint=facts.fingerprint,
        dimensions=tuple(
            Coded(each.code, str(each), tuple(statement.code for statement in each.statements))
            for each in source.content.dimensions
        ),
    )
