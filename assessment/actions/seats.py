"""The seats of a forum. Every function holds the row of the forum, like those of the list of members."""

from collections.abc import Collection

from django.db import transaction

from assessment.actions.holding import hold_forum
from assessment.actions.refusals import RefusedError
from assessment.models import Forum, Municipality, Seat


class SeatError(RefusedError):
    """A change of the seats that would break a rule."""


@transaction.atomic
def add_seat(
    *,
    forum: Forum,
    municipality: Municipality | None = None,
    organisation: str = "",
    is_second: bool = False,
) -> Seat:
    """A seat of one municipality or of one organisation. Raises SeatError when the forum has one for it.

    `is_second` allows another seat of the same municipality, as after a merger; both are one delegation.
    """
    forum = hold_forum(forum)
    same = forum.seats.filter(municipality=municipality, organisation__iexact=organisation)
    if same.exists() and municipality is None:
        raise SeatError("forum.seats.known", "organisation", name=organisation)
    if same.exists() and not is_second:
        raise SeatError("forum.seats.second", "municipality", municipality=municipality)
    return Seat.objects.create(forum=forum, municipality=municipality, organisation=organisation)


@transaction.atomic
def add_seats(*, forum: Forum, municipalities: Collection[Municipality]) -> list[Seat]:
    """A seat for each of these municipalities that has none yet; returns the new ones."""
    forum = hold_forum(forum)
    seated = set(forum.seats.values_list("municipality_id", flat=True))
    # One by one, because rows that are written at once leave no audit trail.
    return [
        Seat.objects.create(forum=forum, municipality=each)
        for each in municipalities
        if each.pk not in seated
    ]


@transaction.atomic
def remove_seat(*, seat: Seat) -> None:
    """Remove a seat on which nobody ever sat. Raises SeatError.

    With people of before the seat stays: their invitations, and so the response of earlier rounds, hang on it.
    """
    seat = _held(seat)
    if seat.members.current().exists():
        raise SeatError("forum.seats.taken")
    if seat.members.exists():
        raise SeatError("forum.seats.former")
    seat.delete()


@transaction.atomic
def combine_seats(*, seat: Seat, into: Seat) -> None:
    """Move everybody, of before too, to another seat of the same municipality, and remove the first.

    Counts nowhere: links, drafts and delegations go by person and municipality. Raises SeatError.
    """
    seat, into = _held(seat), _held(into)
    is_same = seat.municipality_id is not None and seat.municipality_id == into.municipality_id
    if not is_same or seat.forum_id != into.forum_id or seat.pk == into.pk:
        raise SeatError("form.error.changed")
    for member in seat.members.order_by("pk"):
        member.seat = into
        member.save(update_fields=["seat"])
    seat.delete()


def _held(seat: Seat) -> Seat:
    """The seat as it is now, its forum held; refused when somebody else removed it meanwhile."""
    hold_forum(seat.forum)
    held = Seat.objects.select_related("forum", "municipality").filter(pk=seat.pk).first()
    if held is None:
        raise SeatError("form.error.changed")
    return held
