"""Forums and rounds by what somebody looks for, in an order of choice; never by anything that members answered."""

import re

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower
from django.utils.dates import MONTHS

from assessment.models import Forum, Municipality, Round, Seat, User
from assessment.models.rounds import RoundQuerySet
from questionnaires.texts import text

YEAR = re.compile(r"20\d\d")


def found_forums(
    forums: QuerySet[Forum],
    *,
    words: str = "",
    kind: str = "",
    round: str = "",
    is_archived: bool = False,
    order: str = "",
) -> QuerySet[Forum]:
    """Those of `forums` that fit everything that is given.

    `words` stand in the name, in a coach's name, or in what a seat is of, under any name that a municipality has or
    had; `round` is "open", "planned" (and none open) or "none" (neither). `order` "moment" puts the next closing or
    opening day first and forums without one last; else by name.
    """
    forums = forums.filter(is_archived=is_archived)
    if words:
        forums = forums.filter(_with(words))
    if kind:
        forums = forums.filter(kind=kind)
    if round:
        forums = forums.filter(_with_round(round))
    name = (Lower("name"), "pk")
    return forums.order_by(_next_moment().asc(nulls_last=True), *name) if order else forums.order_by(*name)


def found_rounds(
    rounds: RoundQuerySet, *, words: str = "", kind: str = "", state: str = "", is_oldest_first: bool = False
) -> RoundQuerySet:
    """Those of `rounds` that fit everything that is given; each of `words` is told by forum, kind or a day."""
    given = {"kind": kind, "state": state}
    found = rounds.filter(**{field: value for field, value in given.items() if value})
    for word in words.split():
        found = found.filter(_told_by(word.lower()))
    return found.order_by("opens_on", "pk") if is_oldest_first else found.order_by("-opens_on", "-pk")


def _told_by(word: str) -> Q:
    """In the name of the forum, in what the kind is called, or the month or year of opening or closing."""
    kinds = [kind for kind in Round.Kind if word in text(f"round.kind.{kind}").lower()]
    found = Q(forum__name__icontains=word) | Q(kind__in=kinds)
    months = [number for number, name in MONTHS.items() if str(name).lower() == word]
    for part, values in (("month", months), ("year", [int(word)] if YEAR.fullmatch(word) else [])):
        found |= Q(**{f"opens_on__{part}__in": values}) | Q(**{f"closes_on__{part}__in": values})
    return found


def _with(words: str) -> Q:
    municipality = Q(municipality__in=Municipality.objects.search(words).values("pk"))
    seats = Seat.objects.filter(municipality | Q(organisation__icontains=words))
    coaches = User.objects.filter(name__icontains=words)
    by_coach = Forum.coaches.through.objects.filter(user__in=coaches.values("pk"))
    return Q(name__icontains=words) | Q(pk__in=seats.values("forum")) | Q(pk__in=by_coach.values("forum"))


def _with_round(state: str) -> Q:
    mine = Round.objects.filter(forum=OuterRef("pk"))
    is_open, is_planned = Q(Exists(mine.open())), Q(Exists(mine.planned()))
    return {"open": is_open, "planned": is_planned & ~is_open, "none": ~is_open & ~is_planned}[state]


def _next_moment() -> Coalesce:
    """The day on which the open round closes, else on which the next planned one opens."""
    mine = Round.objects.filter(forum=OuterRef("pk"))
    closes_on = mine.open().order_by("closes_on").values("closes_on")[:1]
    opens_on = mine.planned().order_by("opens_on").values("opens_on")[:1]
    return Coalesce(Subquery(closes_on), Subquery(opens_on))
