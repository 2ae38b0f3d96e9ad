"""Erasing what a closed round no longer needs."""

from collections.abc import Iterable

from django.db import transaction

from assessment.actions import cleaning
from assessment.models import Response, Round


def erase_labels(*, rounds: Iterable[Round]) -> int:
    """Erase the delegation labels of these rounds for good, and return how many responses lost theirs.

    Only closed rounds have any. Their results are frozen and the result links keep working; what ends is computing
    the result again. Nothing is locked: a closed round never opens again, and nobody else writes its responses.
    Raises what `clean_up_responses` raises: the labels are erased then, but may still lie in the files of the
    database, and erasing again cleans again.
    """
    labelled = Response.objects.filter(round__in=rounds).exclude(delegation="")
    with transaction.atomic(durable=True):
        erased = labelled.update(delegation="")
    cleaning.clean_up_responses()
    return erased
