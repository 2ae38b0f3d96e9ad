"""Rule family 16: what one person sees with the receipt, after closing."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from assessment.scoring.answers import WideAnswers, code_answers, widen
from assessment.scoring.checking import check_rows
from assessment.scoring.disclosure import may_compare
from assessment.scoring.entries import plain
from assessment.scoring.parameters import Parameters
from assessment.scoring.priorities import choose_priorities
from assessment.scoring.scale import half_up, level, to100, without_noise
from assessment.scoring.votes import dimension_scores


def individual_result(
    answers: pd.DataFrame, forum: Mapping[str, Any], parameters: Parameters
) -> dict[str, Any]:
    """Rules 16.1 to 16.3 and 17.2: {dimensions: {code: …}, priorities: [code]} as plain JSON types.

    `answers` is the long frame of exactly one response (else ValueError), with or without its delegation; `forum`
    is the result of the same round.
    Each dimension is {asked, score, display, level, statements, importance, forum_display, forum_margin,
    position}. A dimension that was not asked has no score and no statements. The forum's numbers are None unless
    rule 13.8 allows the comparison.
    """
    coded = code_answers(answers)
    check_rows(coded, parameters)
    if len(coded.response.labels) != 1:
        raise ValueError(f"the own result needs exactly one response, not {len(coded.response.labels)}")
    wide = widen(coded, parameters.dimensions)
    scores, _ = dimension_scores(wide.statements, wide.blocks, parameters.min_answered)
    own = dict(zip(parameters.dimensions, map(plain, scores[0]), strict=True))
    importance = dict(zip(parameters.dimensions, map(plain, to100(wide.importance[0])), strict=True))
    return {
        "dimensions": {
            code: _own_part(own[code], importance[code], parameters)
            | _answers_part(d, code, wide)
            | _comparison_part(own[code], code, forum, parameters)
            for d, code in enumerate(parameters.dimensions)
        },
        # Rule 16.3: the order of rule 11.3 without eligibility by don't know and without the enabling rule.
        "priorities": choose_priorities(own, importance, {}, parameters.n_priorities, enabling=()),
    }


def _own_part(score: float | None, importance: float | None, parameters: Parameters) -> dict[str, Any]:
    return {
        "score": score,
        "display": None if score is None else half_up(score),
        "level": None if score is None else level(score, parameters.cuts),
        "importance": importance,
    }


def _answers_part(d: int, code: str, wide: WideAnswers) -> dict[str, Any]:
    """Rule 16.1: the own answer to each statement that was asked: 1 to 5, "WN" or None when skipped."""
    block = wide.blocks[d]
    columns = zip(range(block.start, block.stop), wide.dimensions[code], strict=True)
    statements = {item: _answer(wide, column) for column, item in columns if wide.asked[0, column]}
    return {"asked": bool(statements), "statements": statements}


def _answer(wide: WideAnswers, column: int) -> int | str | None:
    if wide.dont_know[0, column]:
        return "WN"
    value = wide.values[0, column]
    return None if np.isnan(value) else int(value)


def _comparison_part(
    own: float | None, code: str, forum: Mapping[str, Any], parameters: Parameters
) -> dict[str, Any]:
    """Rules 13.8 and 16.2: the forum beside the own score, when enough others answered."""
    if not may_compare(forum, code, parameters.k_individual):
        return {"forum_display": None, "forum_margin": None, "position": None}
    entry = forum["dimensions"][code]
    return {
        "forum_display": entry["display"],
        "forum_margin": entry["margin"],
        "position": None if own is None else _position(own - entry["score"], parameters.similar_within),
    }


def _position(distance: float, similar_within: float) -> str:
    if without_noise(abs(distance)) < similar_within:
        return "similar"
    return "higher" if distance > 0 else "lower"
