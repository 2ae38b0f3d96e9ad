"""Coaching sessions: planned, moved and removed, and what was noted and agreed in them.

Planning holds the row of the forum; what concerns one session holds that session, so that two changes of it follow
each other and calendars count each move once.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from assessment.actions.agreeing import Agreement, Bid, add_action
from assessment.actions.holding import hold_forum
from assessment.actions.refusals import RefusedError
from assessment.models import Action, Commitment, Forum, Session, Track, User
from assessment.models.sessions import note_mark


class SessionError(RefusedError):
    """A change of a session that would break a rule."""


@transaction.atomic
def plan_session(
    *,
    forum: Forum,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    place: str = "",
    goal: str = "",
    agenda: str = "",
) -> Session:
    """A session of this forum; one of the past may be entered too. Raises SessionError."""
    forum = hold_forum(forum)
    if forum.is_archived:
        raise SessionError("session.error.archived")
    _check_order(starts_at, ends_at)
    return Session.objects.create(
        forum=forum, starts_at=starts_at, ends_at=ends_at, place=place, goal=goal, agenda=agenda
    )


@transaction.atomic
def change_session(
    *,
    session: Session,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    place: str,
    goal: str,
    agenda: str,
) -> Session:
    """Another time, place, goal or agenda. Calendars are told of what they show only. Raises SessionError."""
    held = _held(session)
    _check_order(starts_at, ends_at)
    if (held.starts_at, held.ends_at, held.place) != (starts_at, ends_at, place):
        held.sequence += 1
        held.moved_at = timezone.now()
    held.starts_at, held.ends_at, held.place = starts_at, ends_at, place
    held.goal, held.agenda = goal, agenda
    held.save()
    return held


@transaction.atomic
def remove_session(*, session: Session) -> None:
    """Forget a session with its note and what was agreed; actions that came of them stay. Raises SessionError."""
    _held(session).delete()


@transaction.atomic
def write_down(*, session: Session, note: str, was: str, what: str = "") -> None:
    """Keep the coach's own note and, when there is one, one more thing that was agreed.

    `was` is the mark of the note as its writer saw it: a note that stayed as it was overwrites nothing, and one that
    was written over what somebody else wrote meanwhile is refused. Raises SessionError.
    """
    held = _held(session)
    if note_mark(note) != was and note != held.note:
        if held.note_mark != was:
            raise SessionError("session.note.changed", "note")
        held.note = note
        held.save(update_fields=["note"])
    if what:
        Commitment.objects.create(session=held, what=what)


@transaction.atomic
def change_commitment(*, commitment: Commitment, what: str) -> None:
    """Other words for it; an action that came of it keeps its own. Raises SessionError."""
    held = _held_commitment(commitment)
    held.what = what
    held.save(update_fields=["what"])


@transaction.atomic
def remove_commitment(*, commitment: Commitment) -> None:
    """Forget it; an action that came of it stays. Raises SessionError."""
    _held_commitment(commitment).delete()


@transaction.atomic
def become_action(
    *, commitment: Commitment, track: Track, agreement: Agreement, by: User | None, bid: Bid | None = None
) -> Action:
    """Put what was agreed on the track as an action. Raises SessionError when it is there already."""
    held = _held_commitment(commitment)
    if held.action_id is not None:
        raise SessionError("form.error.changed")
    held.action = add_action(track=track, agreement=agreement, by=by, bid=bid)
    held.save(update_fields=["action"])
    return held.action


def _check_order(starts_at: datetime.datetime, ends_at: datetime.datetime) -> None:
    if ends_at <= starts_at:
        raise SessionError("session.error.ends", "ends")


def _held(session: Session) -> Session:
    """The session as it is now, nobody else's until the transaction ends; refused when it was removed meanwhile."""
    held = Session.objects.select_for_update(no_key=True).filter(pk=session.pk).first()
    if held is None:
        raise SessionError("form.error.changed")
    return held


def _held_commitment(commitment: Commitment) -> Commitment:
    _held(commitment.session)
    held = Commitment.objects.filter(pk=commitment.pk).first()
    if held is None:
        raise SessionError("form.error.changed")
    return held
