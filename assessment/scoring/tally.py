"""Everything that is counted from one round, before disclosure control.

A `Tally` holds single responses and delegations, so it never leaves scoring: `entries` decides what may be told.
"""

from dataclasses import dataclass

import numpy as np

from assessment.scoring.answers import WideAnswers
from assessment.scoring.parameters import Parameters
from assessment.scoring.scale import to100, to_signed100
from assessment.scoring.votes import Votes, dimension_scores, one_vote, vote_shares


@dataclass(frozen=True)
class Tally:
    """Counts and means of one round; rows are counting responses, NaN is no value.

    `members` is N, the municipalities of the forum at closing, or None when it is not known.
    """

    parameters: Parameters
    members: int | None
    blocks: list[slice]  # the columns of each dimension's statements
    groups: np.ndarray  # (responses,) the report group of each
    statements: np.ndarray  # (responses, statements) 1 to 5
    responses: np.ndarray  # (responses, dimensions) y_id of rule 3.1
    others: np.ndarray  # (support and partners, dimensions) y_id of those who do not count
    scores: Votes  # by dimension, rules 3.2 and 3.3
    importance: Votes  # by dimension, rule 8.1
    change: Votes  # by dimension, -100 to +100, rule 9.1
    items: Votes  # by statement, rule 3.5
    shares: np.ndarray  # (statements, 5), rule 7.1
    dont_know: np.ndarray  # (dimensions,) WN_d of rule 4.1

    @property
    def n_responses(self) -> int:
        return len(self.groups)

    @property
    def n_delegations(self) -> int:
        return len(self.scores.by_delegation)


def count_round(wide: WideAnswers, members: int | None, parameters: Parameters) -> Tally:
    """Counts one round. Rule 5.2: more delegations than members is a ValueError, for the membership list is wrong."""
    counting = np.isin(wide.groups, parameters.counting_groups)
    labels, delegations = np.unique(wide.delegations[counting], return_inverse=True)
    if members is not None and len(labels) > members:
        raise ValueError(f"{len(labels)} municipalities answered, but the forum has {members}")
    scores, _ = dimension_scores(wide.statements, wide.blocks, parameters.min_answered)
    statements = wide.statements[counting]

    def votes(values: np.ndarray) -> Votes:
        return one_vote(values, delegations, len(labels))

    return Tally(
        parameters=parameters,
        members=members,
        blocks=wide.blocks,
        groups=wide.groups[counting],
        statements=statements,
        responses=scores[counting],
        others=scores[~counting],
        scores=votes(scores[counting]),
        importance=votes(to100(wide.importance[counting])),
        change=votes(to_signed100(wide.change[counting])),
        items=votes(to100(statements)),
        shares=vote_shares(statements, delegations, len(labels)),
        dont_know=_dont_know_shares(wide, counting),
    )


def _dont_know_shares(wide: WideAnswers, counting: np.ndarray) -> np.ndarray:
    """Rule 4.1: don't-know rows / statement rows of counting responses, NaN where nothing was asked."""
    asked = wide.per_dimension(wide.asked[counting]).sum(axis=0)
    unknown = wide.per_dimension(wide.dont_know[counting]).sum(axis=0)
    return np.divide(unknown, asked, out=np.full(len(asked), np.nan), where=asked > 0)
