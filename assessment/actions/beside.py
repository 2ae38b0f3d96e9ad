"""What stands beside a frozen result and can still change: what a forum chose and agreed, and what its coach wrote.

A report joins it when it is built (docs/decisions/0006); a shared report has a copy of it, of when it was shared.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from assessment.actions.agreeing import Agreed, agreed_in
from assessment.actions.choosing import Chosen, chosen_targets, decision_after
from assessment.actions.recording import Placement
from assessment.models import Forum, Round, Snapshot


@dataclass(frozen=True)
class Gathered:
    """A theme in the coach's words with the ids of its quotes; without title, the quotes of no theme."""

    title: str
    summary: str
    quotes: tuple[int, ...]


@dataclass(frozen=True)
class Beside:
    """`placements` and `targets` are by code of the dimension; `chosen` are the codes of the priorities that the forum
    decided on, None before it did; `coach` is empty for a forum without one.

    `earlier` are the ids of the results of the track before this one, the first one first. Of quotes there are ids
    alone: the words of members stand in one place, so that words taken back are gone everywhere.
    """

    forum: str
    article: str
    coach: str
    track_starts_on: datetime.date
    track_ends_on: datetime.date
    placements: Mapping[str, Placement]
    targets: Mapping[str, Chosen]
    agreed: tuple[Agreed, ...]
    chosen: tuple[str, ...] | None
    overruled: str
    themes: tuple[Gathered, ...] = ()
    earlier: tuple[int, ...] = ()

    def forum_in_sentence(self, language: str) -> str:
        """The name that the forum had, with its article."""
        return Forum(name=self.forum, article=self.article).in_sentence(language)


def beside_of(round: Round) -> Beside:
    """As it stands now, without themes and earlier rounds. Five queries."""
    forum = round.forum
    coach = forum.coaches.order_by("name").first()
    decision = decision_after(round)
    return Beside(
        forum=forum.name,
        article=forum.article,
        coach=coach.name if coach else "",
        track_starts_on=round.track.starts_on,
        track_ends_on=round.track.ends_on,
        targets=chosen_targets(round.track),
        agreed=agreed_in(round.track),
        chosen=decision.chosen,
        overruled=decision.reason,
        placements={
            each.dimension: Placement(each.level, each.evidence) for each in round.group_levels.all()
        },
    )


def all_beside(snapshot: Snapshot) -> Beside:
    """As it stands now, whole. Eight queries."""
    earlier = earlier_results(snapshot).values_list("pk", flat=True)
    return replace(beside_of(snapshot.round), themes=_gathered(snapshot.round), earlier=tuple(earlier))


def earlier_results(snapshot: Snapshot) -> QuerySet[Snapshot]:
    """The results of the track that closed before this one; so a report stays as it is when another one follows."""
    before = Snapshot.objects.filter(round__track=snapshot.round.track_id, closed_at__lt=snapshot.closed_at)
    return before.order_by("closed_at")


def _gathered(round_: Round) -> tuple[Gathered, ...]:
    """Themes in the coach's order; quotes of no theme come last."""
    quotes: dict[int | None, list[int]] = {}
    for pk, theme in round_.quotes.values_list("pk", "theme"):
        quotes.setdefault(theme, []).append(pk)
    told = [
        Gathered(each.title, each.summary, tuple(quotes.get(each.pk, ()))) for each in round_.themes.all()
    ]
    loose = quotes.get(None)
    return (*told, Gathered("", "", tuple(loose))) if loose else tuple(told)
