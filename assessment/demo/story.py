"""What happened and happens in the forums of the demo: rounds planned, opened, filled in and closed by the actions.

Rounds of the past are held today and moved back afterwards, since nobody can answer in the past. What there is already
stays: a demo that was broken off goes on with the round at which it stopped.
"""

import datetime
import random
from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from assessment import tasks
from assessment.actions import inviting, submitting
from assessment.actions.closing import close_round
from assessment.actions.opening import open_round
from assessment.actions.planning import plan_round
from assessment.demo.answers import answers_of, leanings, role_of
from assessment.demo.session import hold_session
from assessment.demo.sessions import plan_sessions
from assessment.demo.sharing import share
from assessment.demo.track import agree
from assessment.models import Draft, DraftAnswer, Forum, Invitation, Round, Snapshot


class Plan(NamedTuple):
    """A round of the story; days are counted from today, `answered` is the share of those invited who submit."""

    kind: str
    state: str
    opens_in: int
    closes_in: int
    answered: float = 0


# One story for each of the casts.
STORIES = (
    (Plan("baseline", "closed", -250, -229, 0.9), Plan("interim", "closed", -62, -41, 0.85)),
    (Plan("baseline", "closed", -190, -169, 0.85), Plan("interim", "open", -9, 12, 0.5)),
    (Plan("baseline", "closed", -150, -129, 0.9), Plan("interim", "planned", 21, 42)),
)
WITH_SESSIONS = 0  # the forum whose closed rounds were talked about already
DAYS_TO_SESSION = 14
MESSAGE = "Op ons volgende overleg bespreken we het resultaat. Dank dat u er tien minuten voor vrijmaakt."


def tell(forum: Forum, number: int, *, seed: int, is_silent: bool) -> None:
    """Hold the rounds of this forum. Invitations to the round that is open are mailed unless `is_silent`."""
    for plan in STORIES[number % len(STORIES)]:
        chance = random.Random(f"{seed} {number} {plan.kind}")  # noqa: S311 - a demo, the same every time
        round_ = forum.rounds.filter(kind=plan.kind).first() or _planned(forum, plan)
        if round_.state == Round.State.PLANNED and plan.state == "closed":
            open_round(round=round_, is_silent=True)
        if round_.state != Round.State.CLOSED and plan.state == "closed":
            _close(round_, plan, chance)
        elif round_.state == Round.State.PLANNED and plan.state == "open":
            _open(round_, plan, chance, is_silent=is_silent)
        if plan.state == "closed" and number == WITH_SESSIONS:
            hold_session(round_, _day(plan.closes_in + DAYS_TO_SESSION))
    agree(forum, days=DAYS_TO_SESSION)
    if number == WITH_SESSIONS:
        last = STORIES[number][-1]
        share(forum.rounds.get(kind=last.kind), _moment(last.closes_in + DAYS_TO_SESSION + 1, 10))
    plan_sessions(forum, number)


def _planned(forum: Forum, plan: Plan) -> Round:
    return plan_round(
        forum=forum,
        kind=plan.kind,
        opens_on=_day(plan.opens_in),
        closes_on=_day(max(plan.closes_in, 1)),  # it has to take answers until it is closed
        message=MESSAGE,
    )


def _close(round_: Round, plan: Plan, chance: random.Random) -> None:
    """Fill in and close, then move it to when it was held."""
    _fill_in_all(_invitations(round_), plan.answered, chance)
    close_round(round=round_, is_silent=True)
    opened_at, closed_at = _moment(plan.opens_in, 8), _moment(plan.closes_in, 23, 59)
    Round.objects.filter(pk=round_.pk).update(
        opens_on=_day(plan.opens_in), closes_on=_day(plan.closes_in), opened_at=opened_at, closed_at=closed_at
    )
    Snapshot.objects.filter(round=round_).update(closed_at=closed_at)
    _mark_sent(round_, opened_at)


@transaction.atomic
def _fill_in_all(invitations: list[Invitation], share: float, chance: random.Random) -> None:
    """Drafts of most of those invited, written at once: `submitting` would take a minute for a hundred forums."""
    by_place = leanings({each.member.seat.municipality_id for each in invitations}, chance)
    Draft.objects.filter(invitation__in=invitations).delete()
    drafts = Draft.objects.bulk_create(
        Draft(
            invitation=each,
            role=role_of(each),
            submitted_at=timezone.now(),
            has_quote_consent=chance.random() < 0.5,
        )
        for each in _some(invitations, share, chance)
    )
    DraftAnswer.objects.bulk_create(
        DraftAnswer(draft=draft, **answer._asdict())
        for draft in drafts
        for answer in answers_of(
            draft.invitation, by_place[draft.invitation.member.seat.municipality_id], chance
        )
    )


def _open(round_: Round, plan: Plan, chance: random.Random, *, is_silent: bool) -> None:
    """Open it as if that had been on `opens_in`; half answer, two have begun, one does not take part."""
    open_round(round=round_, is_silent=True)
    Round.objects.filter(pk=round_.pk).update(
        opens_on=_day(plan.opens_in), opened_at=_moment(plan.opens_in, 8)
    )
    invitations = _invitations(round_)
    by_place = leanings({each.member.seat.municipality_id for each in invitations}, chance)
    answering = _some(invitations, plan.answered, chance)
    for invitation in answering:
        given = answers_of(invitation, by_place[invitation.member.seat.municipality_id], chance)
        submitting.choose_role(invitation=invitation, role=role_of(invitation))
        is_half = invitation in answering[:2]
        submitting.save_answers(invitation=invitation, answers=given[: len(given) // 2] if is_half else given)
        if not is_half:
            submitting.submit(invitation=invitation)
    inviting.decline(invitation=next(each for each in reversed(invitations) if each not in answering))
    if is_silent:
        _mark_sent(round_, _moment(plan.opens_in, 8))
    else:
        _mail(invitations)


def _mail(invitations: Iterable[Invitation]) -> None:
    """At once, so that the mails are there to read before any worker runs."""
    for invitation in invitations:
        tasks.send_invitation.call(invitation.pk)


def _mark_sent(round_: Round, moment: datetime.datetime) -> None:
    round_.invitations.update(mail_state=Invitation.MailState.SENT, mailed_at=moment, mail_reason="")


def _invitations(round_: Round) -> list[Invitation]:
    found = round_.invitations.select_related("member__seat", "round__version").defer(
        "round__version__document"
    )
    return list(found.order_by("pk"))


def _some(invitations: list[Invitation], share: float, chance: random.Random) -> list[Invitation]:
    """A share of them, in their own order. Two at least stay silent."""
    return sorted(
        chance.sample(invitations, min(round(len(invitations) * share), len(invitations) - 2)),
        key=lambda each: each.pk,
    )


def _day(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def _moment(days: int, hour: int, minute: int = 0) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(_day(days), datetime.time(hour, minute)))
