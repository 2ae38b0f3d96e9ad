"""How the composition of a forum differed between two rounds that closed: in counts, never with a name."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from assessment.actions.keeping import months_before
from assessment.models import Member, Merger, Snapshot

# Of a membership: the person, the seat, the first and the last day.
Term = tuple[int, int, datetime.date, datetime.date | None]


def seats_changed(first: Snapshot, second: Snapshot) -> int | None:
    """The number of seats on which other people sat at the second closing than at the first; one query.

    None when nobody can tell any more: of an entered round, and once somebody of then may have been erased.
    """
    earlier, later = _day(first), _day(second)
    kept_since = months_before(timezone.localdate(), settings.KEEP_MONTHS["members"])
    if first.is_entered or second.is_entered or earlier < kept_since:
        return None
    terms = list(
        Member.objects.filter(forum=second.round.forum_id)
        .order_by("pk")
        .values_list("pk", "seat_id", "active_from", "active_until")
    )
    then, now = _sitting(terms, earlier), _sitting(terms, later)
    return sum(then.get(seat) != now.get(seat) for seat in then.keys() | now.keys())


def _sitting(terms: Iterable[Term], day: datetime.date) -> dict[int, set[int]]:
    """Who sat on each seat on that day; without the seats that were empty."""
    seats: dict[int, set[int]] = {}
    for member, seat, begins, ends in terms:
        if begins <= day and (ends is None or ends >= day):
            seats.setdefault(seat, set()).add(member)
    return seats


def has_merger(first: Snapshot, second: Snapshot) -> bool:
    """Whether a municipality with a seat in the forum came of a merger between both closings; one query."""
    mergers = Merger.objects.filter(municipality__seats__forum=second.round.forum_id)
    return mergers.filter(valid_from__gt=_day(first), valid_from__lte=_day(second)).exists()


def _day(snapshot: Snapshot) -> datetime.date:
    return timezone.localdate(snapshot.closed_at)
