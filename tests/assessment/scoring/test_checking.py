"""Rule 1.4: what stops a closing."""

import numpy as np
import pytest

from assessment.scoring.result import check_answers, forum_result
from tests.assessment.scoring.notation import PARAMETERS, answers_frame, golden, respondent


@pytest.fixture
def answers():
    """One municipality with a mayor and an official, and a partner; each answers everything with 3."""
    return answers_frame(
        [
            respondent(1, delegation="a"),
            respondent(2, delegation="a", group="other_local_members"),
            respondent(3, delegation=None, group="support_and_partners", change="44444444"),
        ]
    )


def test_answers_of_the_contract_pass(answers):
    assert check_answers(answers, PARAMETERS) is None
    assert check_answers(answers.iloc[:0], PARAMETERS) is None


@pytest.mark.parametrize("column", ["response", "group", "delegation", "kind", "value", "dont_know"])
def test_missing_column_is_refused(answers, column):
    with pytest.raises(ValueError, match=f"columns {column}"):
        check_answers(answers.drop(columns=column), PARAMETERS)


@pytest.mark.parametrize(
    "column, wrong, reason",
    [
        ("value", 0.0, "not 1, 2, 3, 4 or 5"),
        ("value", 6.0, "not 1, 2, 3, 4 or 5"),
        ("value", 2.5, "not 1, 2, 3, 4 or 5"),
        ("value", np.inf, "not 1, 2, 3, 4 or 5"),
        ("dont_know", True, "a value and don't know"),
        ("group", "aldermen", "unknown group: aldermen"),
        ("group", None, "without group"),
        ("kind", "opinion", "unknown kind: opinion"),
        ("dimension", "XYZ", "unknown dimension: XYZ"),
        ("dimension", "VER", "an item that the questionnaire does not have"),
        ("item", "VIS9", "an item that the questionnaire does not have"),
        ("item", "VIS2", "more than once"),
        ("group", "other_local_members", "two groups"),
        ("delegation", "b", "two delegations"),
        ("delegation", None, "two delegations"),
        ("response", None, "without response"),
    ],
)
def test_row_that_breaks_the_contract_is_refused(answers, column, wrong, reason):
    answers.loc[0, column] = wrong
    with pytest.raises(ValueError, match=reason):
        check_answers(answers, PARAMETERS)


def test_counting_response_without_delegation_is_refused(answers):
    answers.loc[answers["response"] == "r01", "delegation"] = None
    with pytest.raises(ValueError, match="counting response without delegation"):
        check_answers(answers, PARAMETERS)


def test_unknown_dont_know_is_refused(answers):
    answers["dont_know"] = answers["dont_know"].astype(object)
    answers.loc[0, "dont_know"] = None
    with pytest.raises(ValueError, match="true or false"):
        check_answers(answers, PARAMETERS)


def test_statement_code_does_not_stand_for_importance(answers):
    answers.loc[0, "kind"] = "importance"
    with pytest.raises(ValueError, match="an item that the questionnaire does not have"):
        check_answers(answers, PARAMETERS)


def test_no_message_names_a_response_or_a_delegation(answers):
    answers["response"] = answers["response"].replace("r01", "secret-response")
    answers.loc[0, "delegation"] = "secret-delegation"
    with pytest.raises(ValueError, match="two delegations") as caught:
        check_answers(answers, PARAMETERS)
    assert "secret" not in str(caught.value)


def test_forum_result_checks_before_it_counts():
    answers = answers_frame(golden("FORUM-01")["args"]["answers"]["$answers"])
    answers.loc[0, "value"] = 9.0
    with pytest.raises(ValueError, match="not 1, 2, 3, 4 or 5"):
        forum_result(answers, 12, PARAMETERS)
