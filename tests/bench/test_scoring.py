"""What is measured is what it says: the frames are of the size and form they should be, the scores are right."""

import numpy as np
import pandas as pd
import pytest
from django.conf import settings

from assessment.scoring.result import Parameters, check_answers, forum_result
from bench import million, scoring
from questionnaires.loading import check_file


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return Parameters.from_content(check_file(settings.BASE_DIR / scoring.QUESTIONNAIRE))


def test_frame_of_thirty_is_a_whole_forum(parameters):
    frame = scoring.drawn_frame(15, 2, parameters)

    check_answers(frame, parameters)
    result = forum_result(frame, 15, parameters)
    assert len(frame) == 30 * (32 + 8)
    assert (result["response"]["responses"], result["response"]["delegations"]) == (30, 15)
    assert [each["annex"] is not None for each in result["dimensions"].values()] == [True] * 8
    assert result["total"] is not None


def test_many_forums_are_scored_as_pandas_would_one_by_one():
    answers = million.drawn(responses=600, forums=10)

    of_responses = million.response_scores(answers)
    of_forums = million.forum_scores(million.delegation_scores(of_responses, answers), answers)

    first = pd.DataFrame(answers.statements[:, :4])
    score = ((first.mean(axis=1) - 1) * 25).where(first.notna().sum(axis=1) >= 3)
    of_delegations = score.groupby(answers.delegations).mean()
    expected = of_delegations.groupby(of_delegations.index // million.DELEGATIONS).mean()
    assert of_forums.shape == (10, 8)
    np.testing.assert_allclose(of_forums[:, 0], expected)


def test_million_is_a_million_in_fifty_thousand_forums():
    assert (million.RESPONSES, million.FORUMS) == (1_000_000, 50_000)
    assert million.drawn(responses=7, forums=2).statements.shape == (7, 32)
