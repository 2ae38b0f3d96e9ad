"""A forum in its second quarter: a baseline with a result, an interim round ahead, and a browser of its coach."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from assessment.actions.agreeing import Agreement, add_action
from assessment.models import Action, Round, Track
from tests import factories
from tests.reports.cast import chosen, close, make_result, measured

PROPOSED = ("NET", "LER", "DOE")


@pytest.fixture
def closed_round(forum) -> Round:
    round = factories.make_round(forum=forum, opens_in=-100, closes_in=-80)
    factories.make_round(forum=forum, kind=Round.Kind.INTERIM, opens_in=90, closes_in=110)
    result = make_result(NET=measured(35, 4), priorities=[chosen(code) for code in PROPOSED])
    return close(round, result)


@pytest.fixture
def track(closed_round) -> Track:
    return closed_round.track


@pytest.fixture
def action(track, coach) -> Action:
    agreement = Agreement("NET", "network", "Stel een netwerkteam samen", owner="Streekintercommunale")
    return add_action(track=track, agreement=agreement, by=coach)


@pytest.fixture
def address(track) -> Callable[..., str]:
    """A page of the track by its name: `address("action", pk)`."""
    return lambda name, *args: reverse(f"reports:{name}", args=[track.forum.slug, track.pk, *args])
