"""A questionnaire whose first dimension is long."""

import json

import pytest
from django.apps import apps

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


@pytest.fixture
def database_dump(db):
    """A function that gives every row of every table of the project, for comparing before and after."""

    def dump() -> dict[str, list[tuple]]:
        models = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed]
        return {m._meta.db_table: sorted(map(repr, m._base_manager.values_list())) for m in models}

    return dump
