"""Freezing a result: it is computed once, from the rows as they are stored, and never again."""

import datetime

from django.conf import settings

from assessment.actions.cutting_loose import ClosingError
from assessment.models import Round, Snapshot
from assessment.queries import Labels, answers_frame


def freeze(
    *,
    round: Round,
    closed_at: datetime.datetime,
    members: int,
    labels: Labels | None = None,
    invited_members: int = 0,
    invited_others: int = 0,
    is_entered: bool = False,
) -> Snapshot:
    """The frozen result of a round whose answers are stored, inside the transaction that stored them.

    `members` is N, `labels` are those of delegations that were not stored. Raises ClosingError when scoring refuses
    the answers (rule 1.4).
    """
    # A web worker that never closes a round pays nothing for pandas.
    from assessment.scoring.result import Parameters, canonical, check_answers, fingerprint, forum_result

    parameters, answers = Parameters.from_content(round.content), answers_frame(round, labels)
    try:
        check_answers(answers, parameters)
    except ValueError:
        raise ClosingError("close.fault.answers") from None
    result = forum_result(answers, members or None, parameters)
    return Snapshot.objects.create(
        round=round,
        document=canonical(result),
        fingerprint=fingerprint(result),
        questionnaire_version=round.version.version,
        software_version=settings.SOFTWARE_VERSION,
        closed_at=closed_at,
        invited_members=invited_members,
        invited_others=invited_others,
        is_entered=is_entered,
    )
