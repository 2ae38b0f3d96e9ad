"""Where forums stand: the year, the round that runs or comes next, how many have submitted, and the next session.

Read for many forums at once, in a number of queries that does not grow with them.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from assessment.models import Action, Forum, Round, Session, Track
from assessment.queries import ResponseCount, running_responses_of


class Step(NamedTuple):
    """One kind of round in the year; without a round it is not planned yet."""

    kind: str
    round: Round | None


class Standing(NamedTuple):
    """A forum on its coach's first page. `focus` is the round that is open, else the next, else the last.

    `late` is how many of its actions should have been done by now, `session` the one that is next.
    """

    forum: Forum
    track: Track | None
    steps: list[Step]
    focus: Round | None
    response: ResponseCount | None
    late: int = 0
    session: Session | None = None

    @property
    def days_left(self) -> int:
        """Whole days until the closing date of the open round; 0 on the day itself and after it."""
        return days_until(self.focus.closes_on) if self.focus else 0


def standings(forums: QuerySet[Forum], *, has_sessions: bool = True) -> list[Standing]:
    """Every forum in the order in which they come, with the response of its open round and its next session.

    Sessions are asked for unless the page shows none.
    """
    rounds = Round.objects.select_related("track", "version").defer("version__document")
    listed = list(forums.annotate(late=_late()).prefetch_related(Prefetch("rounds", rounds)))
    is_open = [round_ for forum in listed for round_ in forum.rounds.all() if round_.is_open]
    responses = running_responses_of(is_open)
    next_ones = _next_sessions(listed) if has_sessions else {}
    return [_standing(forum, responses, next_ones.get(forum.pk)) for forum in listed]


def _late() -> Coalesce:
    """As a part of the query that reads the forums."""
    late = Action.objects.overdue().filter(track__forum=OuterRef("pk")).order_by().values("track__forum")
    return Coalesce(Subquery(late.annotate(n=Count("pk")).values("n")), 0)


def standing_of(forum: Forum) -> Standing:
    return standings(Forum.objects.filter(pk=forum.pk))[0]


def _next_sessions(forums: Sequence[Forum]) -> dict[int, Session]:
    """By forum the session that is not over and begins first."""
    found: dict[int, Session] = {}
    for session in Session.objects.ahead().filter(forum__in=forums).defer("agenda", "note"):
        found.setdefault(session.forum_id, session)
    return found


def _standing(forum: Any, responses: dict[int, ResponseCount], session: Session | None) -> Standing:
    focus = _focus(forum.rounds.all())
    if focus is None:
        empty = [Step(kind, None) for kind in Round.Kind]
        return Standing(forum, None, empty, None, None, forum.late, session)
    in_track = {round_.kind: round_ for round_ in forum.rounds.all() if round_.track_id == focus.track_id}
    steps = [Step(kind, in_track.get(kind)) for kind in Round.Kind]
    return Standing(forum, focus.track, steps, focus, responses.get(focus.pk), forum.late, session)


def _focus(rounds: Iterable[Round]) -> Round | None:
    by_opening = sorted(rounds, key=lambda round_: round_.opens_on)
    is_open = [round_ for round_ in by_opening if round_.is_open]
    planned = [round_ for round_ in by_opening if round_.state == Round.State.PLANNED]
    return next(iter([*is_open, *planned, *reversed(by_opening)]), None)


def days_until(day: datetime.date) -> int:
    return max(0, (day - timezone.localdate()).days)
