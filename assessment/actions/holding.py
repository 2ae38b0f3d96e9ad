"""Locks: who holds what, and in which order (docs/decisions/0003-locks.md)."""

from assessment.actions.refusals import RefusedError
from assessment.models import Action, Forum, Invitation, Round, Track
from assessment.prepared import PreparedQuery

_links = PreparedQuery(
    lambda: Invitation.objects.select_for_update(no_key=True).filter(pk=0).values_list("generation")
)
_moments = PreparedQuery(lambda: Round.objects.filter(pk=0).values_list("state", "closes_on"))


class RoundStateError(RefusedError):
    """The round is not, or no longer, in the state that this needs."""

    def __init__(self, key: str = "form.error.changed") -> None:
        super().__init__(key)


def hold_forum(forum: Forum) -> Forum:
    """The forum as it is now, its list of members nobody else's until the transaction ends."""
    return Forum.objects.select_for_update(no_key=True).get(pk=forum.pk)


def hold_track(track: Track) -> Track:
    """The track as it is now: one change at a time to what the forum chose and agreed in it.

    Raises RefusedError when it is gone.
    """
    held = Track.objects.select_for_update(no_key=True).filter(pk=track.pk).first()
    if held is None:
        raise RefusedError("form.error.changed")
    return held


def hold_action(action: Action) -> Action:
    """The action as it is now, nobody else's until the transaction ends. Raises RefusedError when it is gone."""
    held = Action.objects.select_for_update(no_key=True).filter(pk=action.pk).first()
    if held is None:
        raise RefusedError("form.error.changed")
    held.track = action.track
    return held


def hold_round(round: Round, state: str) -> Round:
    """The round as it is now, nobody else's until the transaction ends.

    Raises RoundStateError, also when the round is gone.
    """
    held = Round.objects.select_for_update(no_key=True).filter(pk=round.pk).first()
    if held is None or held.state != state:
        raise RoundStateError
    return held


def hold_invitation(invitation: Invitation) -> Invitation:
    """The invitation as it is now, its round still taking answers; nobody else's until the transaction ends.

    Raises RoundStateError, also when the invitation is gone or its link was renewed.
    """
    hold_link(invitation)
    held = Invitation.objects.get(pk=invitation.pk)
    held.round = invitation.round
    return held


def hold_link(invitation: Invitation) -> None:
    """Hold the invitation that a link led to, and bring its round up to date; for a save, which reads no more.

    The round is read after the lock is held and not joined to it: a joined row could be of before the wait.
    Raises RoundStateError as `hold_invitation` does.
    """
    if [generation for (generation,) in _links.rows(invitation.pk)] != [invitation.generation]:
        raise RoundStateError
    round_ = invitation.round
    [(round_.state, round_.closes_on)] = _moments.rows(round_.pk)
    if not round_.takes_answers:
        raise RoundStateError


def hold_open_rounds_of(forum: Forum) -> None:
    """Hold the rounds of a forum that are open, before several of their invitations change: none closes meanwhile."""
    list(Round.objects.select_for_update(no_key=True).filter(forum=forum).open().order_by("pk"))
