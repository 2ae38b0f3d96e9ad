import numpy as np
import pandas as pd

from assessment.scoring.benchmark import benchmark, may_refresh, score_table


def test_middle_half_is_interpolated_and_displayed():
    scores = pd.DataFrame({"VIS": [10.0, 20.0, 30.0, 40.0, 51.0, 60.0], "VER": [np.nan] * 2 + [50.0] * 4})
    assert benchmark(scores) == {
        "VIS": {"n_forums": 6, "mean": 35, "low": 23, "high": 48},
        "VER": None,
    }


def test_no_forum_gives_no_reference():
    assert benchmark(pd.DataFrame({"VIS": []})) == {"VIS": None}


def test_forum_that_leaves_is_no_new_result():
    assert may_refresh(["a", "b", "c", "d"], ["a", "e", "f"]) is False
    assert may_refresh(["a", "b", "c", "d"], ["a", "e", "f", "g"]) is True


def test_table_has_published_scores_alone():
    results = {
        7: {"dimensions": {"VIS": {"published": True, "score": 57.5}, "VER": {"published": False}}},
        9: {"dimensions": {}},  # not published as a whole
    }
    table = score_table(results, ("VIS", "VER"))

    assert (list(table.index), list(table.columns)) == ([7, 9], ["VIS", "VER"])
    assert table.loc[7, "VIS"] == 57.5
    assert int(table.notna().to_numpy().sum()) == 1
