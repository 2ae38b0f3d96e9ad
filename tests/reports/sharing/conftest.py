"""The fixtures of sharing."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from assessment.models import Round
from tests.reports.sharing.cast import make_shareable_round


@pytest.fixture
def closed_round(forum) -> Round:
    return make_shareable_round(forum)


@pytest.fixture
def address(closed_round) -> Callable[[str], str]:
    """The path of a page of the coach about this round."""
    return lambda name: reverse(f"reports:{name}", args=[closed_round.forum.slug, closed_round.pk])
