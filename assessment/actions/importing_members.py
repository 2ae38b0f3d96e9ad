"""A list of members that a coach has seen and applies: all of it or nothing."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from assessment.actions.holding import hold_forum, hold_open_rounds_of
from assessment.actions.member_plan import Plan, PlannedRow, State
from assessment.actions.member_rows import GivenRow
from assessment.actions.membership import MembershipError, add_member, change_member, replace_member
from assessment.actions.planning_members import plan_members
from assessment.models import Forum


@transaction.atomic
def import_members(
    *, forum: Forum, rows: Sequence[GivenRow], choices: Mapping[str, str], fingerprint: str
) -> Plan:
    """Add and change members as the plan with this fingerprint says; rows with a fault are left out.

    Who is not in the list stays. Raises MembershipError when the plan is another one by now, or cannot be applied;
    then nothing is stored.
    """
    forum = hold_forum(forum)
    plan = plan_members(forum=forum, rows=rows, choices=choices)
    if plan.fingerprint != fingerprint or not plan.is_ready:
        raise MembershipError("import.error.changed")
    if plan.ending:
        hold_open_rounds_of(forum)
    for row in plan.rows:
        _apply(forum, row)
    return plan


def _apply(forum: Forum, row: PlannedRow) -> None:
    if row.seat is None or row.state not in (State.NEW, State.CHANGED):
        return
    if row.member is None:
        add_member(forum=forum, seat=row.seat, **row.details)
        return
    member = row.member
    if row.is_other_person:
        member = replace_member(member=member, **row.details)
    if not row.is_other_person or row.seat.pk != member.seat_id:
        change_member(member=member, seat=row.seat, **row.details)
