"""The life of one forum through a year: three rounds, what it chose, met about, agreed and did, and what came of it.

One story from begin to end, in the order of the year, through the pages of its coach and the links of its members.
Scores are worked out by hand: an answer of 2, 3, 4 or 5 to every statement is 25, 50, 75 or 100.
"""

import datetime
import re
from collections.abc import Callable
from functools import partial

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessment.models import (
    Action,
    Forum,
    Invitation,
    Member,
    Merger,
    Round,
    Seat,
    Session,
    Track,
    User,
)
from tests import factories

pytestmark = pytest.mark.django_db


class Story:
    """The forum, its coach, and a clock that stands where `on` puts it."""

    def __init__(self, forum: Forum, coach: User, travel: Callable[[datetime.date], None]) -> None:
        self.forum, self._coach, self._travel = forum, coach, travel
        self.client = Client()
        self.at = f"/fora/{forum.slug}/"

    def on(self, day: int, month: int, year: int) -> None:
        """Ten in the morning of that day. The worker has been by, and the coach signs in anew."""
        self._travel(datetime.date(year, month, day))
        call_command("close_due_rounds")
        call_command("open_due_rounds")
        self.client = Client()
        self.client.force_login(self._coach)

    @property
    def track(self) -> Track:
        return self.forum.tracks.get()

    def plan(self, kind: str, opens: str, closes: str) -> None:
        members = list(self.forum.members.current().values_list("pk", flat=True))
        sent = {"kind": kind, "opens_on": opens, "closes_on": closes, "members": members}
        assert self.client.post(f"{self.at}rondes/plannen/", sent).status_code == 302

    def answer(self, kind: str, value: Callable[[str], int], change: int = 3) -> None:
        """Everybody who was invited answers the same and submits."""
        for invitation in factories.invitations_of(self.forum.rounds.get(kind=kind)):
            factories.fill_in(invitation, value=value, change=change)
            factories.submit(invitation)

    def send(self, name: str, *args: object, **sent: object) -> None:
        """What the coach sends to a page of the track, which takes it."""
        path = reverse(f"reports:{name}", args=[self.forum.slug, self.track.pk, *args])
        answer = self.client.post(path, sent)
        assert answer.status_code == 302, answer.content.decode()

    def told(self, path: str, client: Client | None = None) -> str:
        """The words of a page."""
        page = (client or self.client).get(path, follow=True)
        assert page.status_code == 200
        main = re.search(r"<main.*?</main>", page.content.decode(), re.S)[0]
        return " ".join(re.sub(r"<[^>]+>", " ", main).split())

    def compared(self, first: str, second: str) -> str:
        rounds = [self.forum.rounds.get(kind=kind).pk for kind in (first, second)]
        return self.told(f"{self.at}vergelijken/?van={rounds[0]}&naar={rounds[1]}")

    def welcome(self, kind: str) -> str:
        """What a member reads before the first step."""
        invitation = Invitation.objects.filter(round__forum=self.forum, round__kind=kind).first()
        return self.told(f"/vragenlijst/{invitation.token}/", Client())

    def result(self, kind: str) -> str:
        return self.told(f"{self.at}rondes/{self.forum.rounds.get(kind=kind).pk}/resultaat/")


@pytest.fixture
def story(forum, coach, version, monkeypatch) -> Story:
    def travel(day: datetime.date) -> None:
        moment = timezone.make_aware(datetime.datetime.combine(day, datetime.time(10)))
        monkeypatch.setattr(timezone, "now", lambda: moment)

    Member.objects.update(active_from=datetime.date(2025, 1, 1))
    return Story(forum, coach, travel)


def test_a_year_of_one_forum(story):
    for quarter in (_baseline, _priorities, _sessions, _interim, _merger, _final):
        quarter(story)


def of(low: str, other: int, value: int, item: str) -> int:
    """`value` for the statements of one dimension, `other` for all else."""
    return value if item.startswith(low) else other


def _baseline(story: Story) -> None:
    """Networks score 25, everything else 50."""
    story.on(12, 1, 2026)
    story.plan("baseline", "19/01/2026", "02/02/2026")
    assert "Wat het forum afsprak" not in story.told(story.at)

    story.on(19, 1, 2026)
    assert story.forum.rounds.get().state == Round.State.OPEN
    assert "Wat het forum afsprak sinds de vorige ronde" not in story.welcome("baseline")
    story.answer("baseline", partial(of, "NET", 3, 2))

    story.on(3, 2, 2026)
    assert story.forum.rounds.get().state == Round.State.CLOSED
    assert "Netwerkmanagement en procesregie 25" in story.result("baseline")


def _priorities(story: Story) -> None:
    """The forum follows the proposal but for one, and aims at a level for one dimension."""
    story.on(10, 2, 2026)
    proposed = [each["dimension"] for each in story.forum.rounds.get().snapshot.result["priorities"]]
    assert proposed[0] == "NET"
    chosen = [*proposed[:-1], next(code for code in ("LER", "VIS") if code not in proposed)]
    story.send("priorities", chosen=chosen, reason="Daar ligt de energie.", chosen_on="10/02/2026")
    story.send("targets", chosen_on="10/02/2026", NET_level="3", NET_reason="Een netwerkteam is nodig.")
    story.send("action_take_over", dimension="NET", level=2, number=0)
    story.send(
        "action_add", what="Kies een voorzitter", dimension="VER", block="network", due_on="01/03/2026"
    )

    told = story.told(f"{story.at}traject/")
    assert "Reden: Daar ligt de energie." in told
    assert "Netwerkmanagement en procesregie afstemmend Gekozen op 10 februari 2026" in told


def _sessions(story: Story) -> None:
    """A session of which one agreement becomes an action; one action gets done, one stops."""
    story.on(20, 2, 2026)
    sent = {"day": "27/02/2026", "starts": "9.30", "ends": "12.00", "goal": "Kiezen"}
    assert story.client.post(f"{story.at}sessies/plannen/", sent).status_code == 302
    session = Session.objects.get()
    assert "Volgende sessie: vrijdag 27 februari 2026" in story.told("/fora/")

    story.on(27, 2, 2026)
    said = {"was": session.note_mark, "note": "", "what": "Maak een jaarkalender"}
    story.client.post(f"{story.at}sessies/{session.pk}/verslag/", said)
    commitment = session.commitments.get()
    path = reverse("reports:action_add", args=[story.forum.slug, story.track.pk])
    form = story.client.get(f"{path}?afspraak={commitment.pk}").content.decode()
    assert 'value="Maak een jaarkalender"' in form
    story.client.post(
        f"{path}?afspraak={commitment.pk}",
        {"what": "Maak een jaarkalender", "dimension": "VIS", "block": "network"},
    )

    story.on(9, 3, 2026)
    assert "de streefdatum van" in story.told("/fora/")
    networks = Action.objects.get(dimension="NET")
    story.send("action_move", networks.pk, status="doing")
    story.send("action_move", Action.objects.get(what="Kies een voorzitter").pk, status="stopped")
    story.on(15, 6, 2026)
    story.send("action_move", networks.pk, status="done")


def _interim(story: Story) -> None:
    """Networks moved from 25 to 50; the members read beforehand what the forum did."""
    story.plan("interim", "22/06/2026", "06/07/2026")
    story.on(22, 6, 2026)
    since = story.welcome("interim")
    assert "Wat het forum afsprak sinds de vorige ronde" in since
    assert "Gestopt Kies een voorzitter" in since
    assert since.count("Gedaan") == 1
    assert "Maak een jaarkalender" not in since  # nothing came of it yet
    story.answer("interim", partial(of, "NET", 3, 3), change=4)

    story.on(7, 7, 2026)
    compared = story.compared("baseline", "interim")
    assert (
        "Duidelijke vooruitgang bij netwerkmanagement en procesregie: van 25 naar 50 (+25 punten" in compared
    )
    assert "Het streefniveau voor netwerkmanagement en procesregie is bereikt: afstemmend." in compared
    assert "bewijst niet of de begeleiding werkt" in compared
    assert "Kies een voorzitter gestopt" in compared


def _merger(story: Story) -> None:
    """Two municipalities merge, a mayor changes; the forum goes on with seven delegations and stays comparable."""
    story.on(1, 9, 2026)
    first, second = story.forum.seats.order_by("pk")[:2]
    Merger.objects.create(
        municipality=first.municipality,
        old_nis=second.municipality.nis,
        old_name=second.municipality.name,
        valid_from=datetime.date(2026, 9, 1),
    )
    Seat.objects.filter(pk=second.pk).update(municipality=first.municipality)
    story.client.post(f"{story.at}zetels/{second.pk}/samenvoegen/")
    assert story.forum.seats.count() == 7

    member = story.forum.members.current().order_by("pk").last()
    assert story.client.post(f"{story.at}leden/{member.pk}/beeindigen/").status_code == 302
    seat = member.seat
    factories.make_member(seat=seat, function="nieuwe burgemeester", active_from=timezone.localdate())


def _final(story: Story) -> None:
    """Everything moved one answer up since the interim round."""
    story.plan("final", "01/12/2026", "15/12/2026")
    story.on(1, 12, 2026)
    story.answer("final", partial(of, "NET", 4, 4), change=4)

    story.on(16, 12, 2026)
    compared = story.compared("baseline", "final")
    assert "van 25 naar 75 (+50 punten" in compared
    assert "Sinds de vorige ronde zijn gemeenten gefuseerd." in compared
    assert "Van tussenmeting naar eindmeting" in story.compared("interim", "final")
    assert story.told(f"{story.at}traject/").count("gesloten") == 3
    result = story.result("final")
    assert "Maak een jaarkalender" in result
    assert "Burgemeestersoverleg Noordrand" in result
