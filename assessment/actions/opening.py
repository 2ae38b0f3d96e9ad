"""Opening a round: from that moment its members are invited and may answer."""

import logging

from django.db import transaction
from django.utils import timezone

from assessment import tasks
from assessment.actions.faults import told_briefly
from assessment.actions.holding import RoundStateError, hold_round
from assessment.actions.inviting import make_invitations
from assessment.models import Forum, Member, Round
from assessment.models.forums import MemberQuerySet

__all__ = ["RoundStateError", "open_due_rounds", "open_round"]

logger = logging.getLogger(__name__)


@transaction.atomic
def open_round(*, round: Round, only_if_due: bool = False, is_silent: bool = False) -> Round:
    """Open a planned round now, and invite who was chosen for it, or every current member.

    A round that opens early opens today. `is_silent` sends no mail: for rounds that were never really held.
    Raises RoundStateError when it is not planned any more, its time has not come (with `only_if_due`), another
    round of the forum is open, its closing time has passed, or nobody can be invited.
    """
    Forum.objects.select_for_update(no_key=True).get(pk=round.forum_id)  # two rounds never open at once
    held = hold_round(round, Round.State.PLANNED)
    if only_if_due and not _is_due(held):
        raise RoundStateError
    members = list(_to_invite(held))
    _check(held, members)
    held.state, held.opened_at = Round.State.OPEN, timezone.now()
    held.opens_on = min(held.opens_on, timezone.localdate())
    held.save(update_fields=["state", "opened_at", "opens_on"])
    for invitation in make_invitations(round=held, members=members):
        if not is_silent:
            tasks.queue_invitation(invitation)
    return held


def open_due_rounds() -> list[Round]:
    """Open every planned round whose time has come; one that cannot open stops no other."""
    today = timezone.localdate()
    due = [each for each in Round.objects.planned().filter(opens_on__lte=today) if _is_due(each)]
    return [opened for each in due if (opened := _open_if_possible(each))]


def _is_due(round_: Round) -> bool:
    return round_.opens_at <= timezone.now() <= round_.closes_at


def _open_if_possible(round_: Round) -> Round | None:
    try:
        return open_round(round=round_, only_if_due=True)
    except RoundStateError as error:
        logger.debug(
            "round %s stays planned: %s", round_.pk, error.key
        )  # as its page shows; asked every minute
    except Exception as error:
        logger.error("opening round %s failed: %s", round_.pk, told_briefly(error))
    return None


def _to_invite(round_: Round) -> MemberQuerySet:
    """Chosen members who sit today; without a choice everybody who sits today."""
    sitting = Member.objects.current().filter(forum=round_.forum_id).order_by("pk")
    chosen = round_.chosen_members.values("pk")
    return sitting.filter(pk__in=chosen) if chosen else sitting


def _check(round_: Round, members: list[Member]) -> None:
    if round_.closes_at <= timezone.now():
        raise RoundStateError("round.error.closing_passed")
    if Round.objects.open().filter(forum=round_.forum_id).exists():
        raise RoundStateError("round.error.overlap")
    if not members:
        raise RoundStateError("round.error.no_members")
