"""What the forum agreed since the round before: members read it before they judge the forum again."""

from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from assessment.models import Action, ActionMove, Round

# What was done first; what is still to start is no news.
SHOWN = (Action.Status.DONE, Action.Status.DOING, Action.Status.STOPPED)


class Since(NamedTuple):
    """The actions that are in one state now."""

    status: str
    actions: list[str]


def agreed_since(round_: Round) -> list[Since]:
    """By state, of this track and the one of the round before; in one query, empty in a forum's first round.

    An action that was done or stopped before that round closed was told then.
    """
    found: list[Any] = list(_actions(round_))
    by_status = {status: [each.what for each in found if each.status == status] for status in SHOWN}
    return [Since(status, actions) for status, actions in by_status.items() if actions]


def _actions(round_: Round) -> QuerySet[Action]:
    before = Round.objects.closed().filter(forum=round_.forum_id).exclude(pk=round_.pk).order_by("-closed_at")
    moves = ActionMove.objects.filter(action=OuterRef("pk")).order_by("-moved_at", "-pk")
    return (
        Action.objects.filter(track__forum=round_.forum_id, status__in=SHOWN)
        .annotate(
            last_track=Subquery(before.values("track")[:1]),
            last_closed_at=Subquery(before.values("closed_at")[:1]),
            moved_at=Subquery(moves.values("moved_at")[:1]),
        )
        .filter(
            Q(track=round_.track_id) | Q(track=F("last_track")),
            Q(status=Action.Status.DOING) | Q(moved_at__gte=F("last_closed_at")),
            last_closed_at__isnull=False,
        )
    )
