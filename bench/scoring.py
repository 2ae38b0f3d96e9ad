"""What the rules cost by themselves, for one forum of 30, one of 1,000, and a million responses at once."""

import subprocess
import sys

import numpy as np
import pandas as pd
from django.conf import settings

from assessment.scoring.answers import questions
from assessment.scoring.result import Parameters, forum_result
from bench.lines import cpu_ms, tell
from questionnaires.loading import check_file

QUESTIONNAIRE = "questionnaires/files/burgemeestersforum-1.yaml"


def tell_scoring() -> None:
    """From the long frame to the forum result; pandas is loaded."""
    parameters = Parameters.from_content(check_file(settings.BASE_DIR / QUESTIONNAIRE))
    for municipalities, each, target in ((15, 2, "under 25"), (250, 4, "")):
        frame = drawn_frame(municipalities, each, parameters)
        cpu = cpu_ms(lambda frame=frame, n=municipalities: forum_result(frame, n, parameters))
        tell(f"CPU of scoring {municipalities * each:,}", cpu, "ms", target)
    subprocess.run([sys.executable, "-m", "bench.million"], check=True)


def drawn_frame(municipalities: int, each: int, parameters: Parameters) -> pd.DataFrame:
    """Rule 1.3: a mayor and further local members of every municipality, who answer all but one in twenty questions."""
    chance = np.random.default_rng(1)
    asked = [question for question in questions(parameters.dimensions) if question.kind != "change"]
    n = municipalities * each
    response = np.arange(n).repeat(len(asked))
    missing = chance.random(len(response)) < 0.05
    groups = np.array(parameters.counting_groups[:2])
    return pd.DataFrame(
        {
            "response": [f"r{number:05}" for number in response],
            "group": groups[np.minimum(response % each, 1)],
            "delegation": [f"d{number:05}" for number in response // each],
            "dimension": [question.dimension for question in asked] * n,
            "item": [question.item for question in asked] * n,
            "kind": [question.kind for question in asked] * n,
            "value": np.where(missing, np.nan, chance.integers(1, 6, len(response))),
            "dont_know": missing,
        }
    )
