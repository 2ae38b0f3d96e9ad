"""A questionnaire whose first dimension is long."""

import json

import pytest

from questionnaires.models import QuestionnaireVersion


@pytest.fixture
def long_dimension(version, open_round):
    """Gives the open round a version with 40 statements in its first dimension."""
    document = json.loads(version.document)
    statements = document["dimensions"][0]["statements"]
    document["dimensions"][0]["statements"] = [statements[n % 4] | {"code": f"VIS{n + 1}"} for n in range(40)]
    document["instrument"] |= {"version": "1.1.0"}
    longer = QuestionnaireVersion.objects.create(
        questionnaire=version.questionnaire,
        version="1.1.0",
        state=QuestionnaireVersion.State.PUBLISHED,
        document=json.dumps(document, ensure_ascii=False, sort_keys=True),
    )
    assert len(longer.content.dimensions[0].statements) == 40
    open_round.version = longer
    open_round.save()
