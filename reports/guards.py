"""What every page about a result begins with: only what the user may see, and only once there is a result."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from assessment.access import coached_rounds_for, rounds_for
from assessment.models import Round, Snapshot, User
from assessment.models.rounds import RoundQuerySet


def snapshot_of(user: User | AnonymousUser, forum: str, round: int) -> Snapshot:
    """The frozen result of a round that the user may see, else 404: also while there is none yet."""
    return _found(rounds_for(user), forum, round)


def coached_snapshot_of(user: User | AnonymousUser, forum: str, round: int) -> Snapshot:
    """The same of a forum that the user coaches: for whoever records a session."""
    return _found(coached_rounds_for(user), forum, round)


def _found(rounds: RoundQuerySet, forum: str, round: int) -> Snapshot:
    known = rounds.select_related("forum", "track", "version", "snapshot")
    found: Round = get_object_or_404(known, pk=round, forum__slug=forum)
    if not hasattr(found, "snapshot"):
        raise Http404
    return found.snapshot


def interface_language() -> str:
    """ "nl" or "en"."""
    return (get_language() or "nl").partition("-")[0]
