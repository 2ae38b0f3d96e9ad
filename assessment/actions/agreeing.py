"""What a forum agrees to do: actions added, changed, moved from state to state and removed.

Every move is kept with its moment. What a forum agreed is written in Dutch, the language in which its municipalities
meet, whatever the language of the coach's screen.
"""

import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import translation

from assessment.actions.holding import hold_action, hold_track
from assessment.actions.refusals import RefusedError
from assessment.models import Action, ActionMove, Block, Breakthrough, Track, User
from questionnaires.content import Content

# Which part of the track a dimension belongs to when nobody chose one; ours, until VVSG says otherwise.
USUAL_BLOCK = {"NET": Block.NETWORK, "VER": Block.NETWORK, "LOK": Block.NETWORK, "LER": Block.SELF_ASSESSMENT}


class AgreeingError(RefusedError):
    """An agreement that breaks a rule."""


class Agreement(NamedTuple):
    """What an action says, apart from the state that it is in."""

    dimension: str
    block: str
    what: str
    method: str = ""
    owner: str = ""
    due_on: datetime.date | None = None
    evidence: str = ""
    evidence_seen_on: datetime.date | None = None
    offer: str = ""


class Agreed(NamedTuple):
    """An action as it stands now, for whoever tells about the track."""

    dimension: str
    what: str
    owner: str
    due_on: datetime.date | None
    status: str
    evidence: str


def agreed_in(track: Track) -> tuple[Agreed, ...]:
    """The actions of a track by state, and within by target date."""
    found = [Agreed(*row) for row in track.actions.values_list(*Agreed._fields)]
    order = list(Action.Status.values)
    return tuple(sorted(found, key=lambda each: order.index(each.status)))


class Bid(NamedTuple):
    """What makes an action a regional breakthrough."""

    partners: str
    cofinancing: int | None = None
    decision: str = ""
    decided_on: datetime.date | None = None
    result: str = ""


@transaction.atomic
def add_action(*, track: Track, agreement: Agreement, by: User | None, bid: Bid | None = None) -> Action:
    """Agree on an action, which is still to start. Raises AgreeingError."""
    action = Action.objects.create(track=hold_track(track), **agreement._asdict())
    ActionMove.objects.create(action=action, after=action.status, moved_by=by)
    _bid(action, bid)
    return action


@transaction.atomic
def take_over(*, track: Track, content: Content, dimension: str, level: int, number: int, by: User) -> Action:
    """Agree on what the questionnaire suggests as the next step of a level, as it stands there.

    Raises KeyError or IndexError for a suggestion that is not there.
    """
    asked = content.dimension(dimension)
    step = asked.next_step_by_level[level]
    with translation.override("nl"):
        suggested = step.actions[number]
        agreement = Agreement(
            dimension=asked.code,
            block=usual_block(asked.code),
            what=str(suggested.what).rstrip("."),
            method=str(suggested.method),
            owner=str(suggested.who),
            evidence=str(step.evidence),
        )
    return add_action(track=track, agreement=agreement, by=by)


def usual_block(dimension: str) -> str:
    return USUAL_BLOCK.get(dimension, Block.CONTENT)


@transaction.atomic
def change_action(*, action: Action, agreement: Agreement, bid: Bid | None) -> Action:
    """Other words for an action; without `bid` it is no regional breakthrough (any more). Raises AgreeingError."""
    held = hold_action(action)
    for name, value in agreement._asdict().items():
        setattr(held, name, value)
    held.save(update_fields=agreement._fields)
    _bid(held, bid)
    return held


@transaction.atomic
def move_action(*, action: Action, to: str, by: User | None) -> Action:
    """The action is in another state from now on; where it stands already nothing happens. Raises AgreeingError."""
    held = hold_action(action)
    if held.status != to:
        ActionMove.objects.create(action=held, before=held.status, after=to, moved_by=by)
        held.status = to
        held.save(update_fields=["status"])
    return held


@transaction.atomic
def remove_action(*, action: Action) -> None:
    """Forget an action with its course. Raises AgreeingError when it is gone already."""
    hold_action(action).delete()


def _bid(action: Action, bid: Bid | None) -> None:
    """One entry in the trail at most: what did not change is not written."""
    before = Breakthrough.objects.filter(action=action).first()
    if bid is None:
        if before is not None:
            before.delete()
        return
    if bid.cofinancing is not None and bid.cofinancing > Breakthrough.MOST_COFINANCING:
        raise AgreeingError("action.breakthrough.error.cofinancing", "cofinancing")
    Breakthrough.objects.update_or_create(action=action, defaults=bid._asdict())
