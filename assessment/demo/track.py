"""What the forums of the demo chose and agreed in their year: targets, priorities, actions and a breakthrough."""

import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from assessment.actions.agreeing import Agreement, Bid, add_action, move_action
from assessment.actions.choosing import Wish, choose_targets, decide_priorities, proposed_priorities
from assessment.models import Action, ActionMove, Block, Forum, Round, Target, Track, User


class Plan(NamedTuple):
    """An action with the days on which it moved; days are counted from today."""

    agreement: Agreement
    due_in: int
    moves: tuple[tuple[str, int], ...] = ()
    bid: Bid | None = None
    seen_in: int | None = None


# The forum with sessions changes two of its targets after the second round.
FIRST_WISHES = {
    "VIS": Wish(4, "De agenda moet richting geven aan wat de colleges beslissen."),
    "NET": Wish(3, "Eerst een netwerkteam dat werkt, daarna verder kijken."),
    "MAT": Wish(3),
    "DOE": Wish(3, "Eén gedeelde doorbraak is voor dit jaar genoeg."),
}
SECOND_WISHES = FIRST_WISHES | {
    "NET": Wish(4, "Het netwerkteam draait; het forum wil nu per thema een netwerkgroep."),
    "MAT": Wish(None),
}
REASON = "Het forum blijft aan het netwerkteam werken, omdat de andere thema's daarop steunen."


def _plans(land: str) -> tuple[Plan, ...]:
    return (
        Plan(
            Agreement(
                "NET",
                Block.NETWORK,
                "Stel een netwerkteam samen en leg zijn taken vast",
                "Elke gemeente draagt één lid voor; de taken passen op één bladzijde.",
                f"Streekintercommunale {land}",
                evidence="De taken staan in een goedgekeurd verslag.",
                offer="netwerkakademie",
            ),
            -120,
            (("doing", -200), ("done", -130)),
            seen_in=-128,
        ),
        Plan(
            Agreement(
                "VIS",
                Block.CONTENT,
                "Kies samen drie prioritaire thema's voor het komende jaar",
                "Elk lid verdeelt vijf punten over de thema's; de voorzitter licht de uitslag toe.",
                "Voorzitter van het forum",
                evidence="De drie thema's staan op de agenda van elk college.",
                offer="inspiratiegids",
            ),
            -20,
            (("doing", -110),),
        ),
        Plan(
            Agreement(
                "DOE",
                Block.CONTENT,
                "Richt één energieloket voor de hele streek in",
                "Een thematische netwerkgroep werkt het uit met de woonmaatschappijen.",
                "Thematische netwerkgroep energie",
                evidence="Inwoners van elke gemeente kunnen er terecht.",
                offer="regionale-doorbraken",
            ),
            75,
            (("doing", -60),),
            Bid(
                f"Woonmaatschappij {land}, provincie, netbeheerder",
                20_000,
                "granted",
                None,
                "De proef loopt in vier gemeenten.",
            ),
        ),
        Plan(
            Agreement(
                "LER",
                Block.SELF_ASSESSMENT,
                "Sluit elke bijeenkomst af met een korte terugblik",
                owner="Coördinator",
                evidence="De terugblik staat in elk verslag.",
            ),
            120,
        ),
        Plan(
            Agreement(
                "MAT",
                Block.CONTENT,
                "Breng alle samenwerkingsverbanden van de gemeenten in kaart",
                owner="Algemeen directeurs",
                evidence="De lijst is nagekeken door alle gemeenten.",
                offer="afstemming-inventaris",
            ),
            -90,
            (("doing", -150), ("stopped", -70)),
        ),
    )


@transaction.atomic
def agree(forum: Forum, *, days: int) -> None:
    """Choices and actions in the running track, begun `days` after its first round closed; none twice."""
    track = forum.tracks.order_by("starts_on").last()
    if track is None or track.actions.exists():
        return
    closed = list(track.rounds.closed().order_by("opens_on"))
    for nth, round_ in enumerate(closed):
        _choose(track, round_, round_.closes_on + datetime.timedelta(days=days), is_first=nth == 0)
    coach = forum.coaches.order_by("pk").first()
    land = forum.name.rpartition(" ")[2]
    for plan in _plans(land):
        _agree(track, plan, coach)


def _choose(track: Track, round_: Round, day: datetime.date, *, is_first: bool) -> None:
    """After a later round the forum overrules the calculation, unless that proposes what it goes on with already."""
    proposed = proposed_priorities(round_)
    chosen = proposed if is_first or "NET" in proposed else [*proposed[:2], "NET"]
    decide_priorities(round=round_, chosen=chosen, reason=REASON, decided_on=day)
    choose_targets(track=track, wishes=FIRST_WISHES if is_first else SECOND_WISHES, chosen_on=day)
    Target.objects.filter(track=track, replaced_on=timezone.localdate()).update(replaced_on=day)


def _agree(track: Track, plan: Plan, coach: User | None) -> None:
    bid = plan.bid._replace(decided_on=_day(-45)) if plan.bid else None
    seen_on = _day(plan.seen_in) if plan.seen_in is not None else None
    agreement = plan.agreement._replace(due_on=_day(plan.due_in), evidence_seen_on=seen_on)
    action = add_action(track=track, agreement=agreement, by=coach, bid=bid)
    began = min((days for _, days in plan.moves), default=-30) - 10
    Action.objects.filter(pk=action.pk).update(added_on=_day(began))
    ActionMove.objects.filter(action=action).update(moved_at=_moment(began))
    for status, days in plan.moves:
        move_action(action=action, to=status, by=coach)
        ActionMove.objects.filter(action=action, after=status).update(moved_at=_moment(days))


def _day(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def _moment(days: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)
