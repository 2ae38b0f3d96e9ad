import json
from dataclasses import FrozenInstanceError, fields
from pathlib import Path
from types import SimpleNamespace

import pytest

import questionnaires
from assessment.scoring.result import Parameters
from questionnaires.content import Content
from questionnaires.reading import read_plain
from tests.assessment.scoring.notation import PARAMETERS

QUESTIONNAIRE = Path(questionnaires.__file__).parent / "files" / "burgemeestersforum-1.yaml"


@pytest.fixture(scope="module")
def content():
    """The document of the questionnaire as it is frozen in a version."""
    return Content.model_validate_json(json.dumps(read_plain(QUESTIONNAIRE).values))


def test_every_default_is_the_value_of_the_questionnaire(content):
    assert Parameters.from_content(content) == PARAMETERS


def test_changed_questionnaire_changes_the_parameters(content):
    privacy = content.privacy.model_copy(update={"k_forum": 8})
    assert Parameters.from_content(content.model_copy(update={"privacy": privacy})).k_forum == 8


def test_every_number_of_a_rule_comes_from_the_questionnaire(content):
    """With every number of the document one higher, every number of the parameters is."""
    document = {name: raised(getattr(content, name).model_dump()) for name in ("scoring", "privacy")}
    higher = Parameters.from_content(
        SimpleNamespace(
            instrument=content.instrument, dimensions=content.dimensions, roles=content.roles, **document
        )
    )
    changed = {
        field.name
        for field in fields(Parameters)
        if getattr(higher, field.name) != getattr(PARAMETERS, field.name)
    }

    texts = {"version", "dimensions", "counting_groups", "other_group", "enabling"}
    assert changed == {field.name for field in fields(Parameters)} - texts
    assert higher.k_annex == PARAMETERS.k_annex + 1


def raised(value):
    """A part of the document as an object, its numbers one higher."""
    if isinstance(value, dict):
        return SimpleNamespace(**{str(name): raised(part) for name, part in value.items()})
    if isinstance(value, list | tuple):
        return [raised(part) for part in value]
    return value + 1 if isinstance(value, int | float) and not isinstance(value, bool) else value


@pytest.mark.parametrize("name", ["k_forum", "min_delegations", "k_group", "k_individual"])
def test_threshold_that_publishes_one_person_is_refused(name):
    with pytest.raises(ValueError, match="threshold below two"):
        Parameters(version="1.0.0", dimensions={}, **{name: 1})
    assert getattr(Parameters(version="1.0.0", dimensions={}, **{name: 2}), name) == 2


def test_group_that_counts_only_in_part_is_refused(content):
    roles = [SimpleNamespace(report_group="mayors", counts_in_forum_score=counts) for counts in (True, False)]
    with pytest.raises(ValueError, match="report group of their own"):
        Parameters.from_content(content.model_copy(update={"roles": roles}))


def test_parameters_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        PARAMETERS.k_forum = 1
