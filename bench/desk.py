"""The first page of the desk where there are many forums: for a programme manager, and for whoever coaches them all."""

import datetime
from collections.abc import Sequence

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessment.models import Forum, Municipality, Round, Track, User
from bench.lines import cpu_ms, tell
from tests import factories

FORUMS, SEATS = 300, 8
# The three rounds of a year: state, and days from today on which it opens and closes; an open one closes in 0 to 20.
YEAR = (("closed", -120, -100), ("open", -9, None), ("planned", 60, 80))


def tell_desk() -> None:
    """In this process, through the middleware and templates of production."""
    coach = factories.make_coach("begeleider.vele@programma.example")
    manager = factories.make_programme_manager("programma.vele@programma.example")
    places = [factories.make_municipality(f"Plaats {number}") for number in range(SEATS)]
    for number in range(FORUMS):
        _forum(number, coach, places)
    _tell("dashboard of 300 forums", manager, "/fora/")
    _tell("  its search", manager, "/fora/?zoek=plaats&ronde=open&volgorde=moment")
    _tell("  coached by one", coach, "/fora/")


def _forum(number: int, coach: User, places: Sequence[Municipality]) -> None:
    forum = Forum.objects.create(name=f"Forum {number:03}", slug=f"vele-{number:03}")
    forum.coaches.add(coach)
    today, now = timezone.localdate(), timezone.now()
    seats = [factories.make_seat(forum=forum, municipality=place) for place in places]
    members = [factories.make_member(seat=seat) for seat in seats]
    track = Track.objects.create(forum=forum, starts_on=_day(today, -120), ends_on=_day(today, 245))
    for kind, (state, opens_in, closes) in zip(Round.Kind, YEAR, strict=True):
        closes_in = number % 21 if closes is None else closes
        round = Round.objects.create(
            forum=forum,
            track=track,
            kind=kind,
            version=factories.make_version(),
            state=state,
            opens_on=_day(today, opens_in),
            closes_on=_day(today, closes_in),
            opened_at=None if state == "planned" else now - datetime.timedelta(days=-opens_in),
            closed_at=now - datetime.timedelta(days=-closes_in) if state == "closed" else None,
        )
        if state == "open":
            for member in members:
                factories.make_invitation(round=round, member=member)


def _day(today: datetime.date, days: int) -> datetime.date:
    return today + datetime.timedelta(days=days)


def _tell(what: str, user: User, path: str) -> None:
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    client.force_login(user)

    def visit() -> None:
        response = client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")

    visit()
    with CaptureQueriesContext(connection) as queries:
        visit()
    number = len(queries)  # the next visit forgets them
    tell(what, cpu_ms(visit), "ms", "under 100")
    tell("  queries", number, "", "under 15")
