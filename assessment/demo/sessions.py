"""The sessions of the demo's forums: what was talked about, what was agreed, and the next one."""

import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from assessment.actions.sessions import plan_session, write_down
from assessment.models import Action, Commitment, Forum
from assessment.models.rounds import brussels


class Plan(NamedTuple):
    """A session so many days from today; what was agreed may stand on the track in the same words."""

    days: int
    goal: str
    place: str
    agreed: tuple[str, ...] = ()
    note: str = ""


AGENDA = "\n".join(
    (
        "Herkennen: wat ziet het forum in het resultaat?",
        "Verklaren: wat verklaart de verschillen?",
        "Kiezen: waaraan werkt het forum eerst?",
    )
)
# By number of the forum; the first two of the first forum are those in which it recorded its levels.
PLANS = {
    0: (
        Plan(
            -215,
            "Het resultaat van de nulmeting lezen en drie prioriteiten kiezen.",
            "Gemeentehuis van de gastgemeente",
            ("Stel een netwerkteam samen en leg zijn taken vast", "Bespreek het resultaat in elk college"),
            "Veel herkenning bij netwerkmanagement. De volgende keer meer tijd nemen om te kiezen.",
        ),
        Plan(
            -27,
            "Zien wat er bewoog sinds de nulmeting.",
            "Huis van de streek",
            ("Nodig per thema de vakschepenen uit",),
            "De vragen over afstemming bleven liggen: daarmee beginnen.",
        ),
        Plan(24, "De eindmeting voorbereiden.", "Huis van de streek"),
    ),
    1: (Plan(26, "Het resultaat van de tussenmeting lezen.", "https://vergaderen.example/zaal-7"),),
}


@transaction.atomic
def plan_sessions(forum: Forum, number: int) -> None:
    """Plan the sessions of this forum; what is there already stays."""
    if forum.sessions.exists():
        return
    for plan in PLANS.get(number, ()):
        day = timezone.localdate() + datetime.timedelta(days=plan.days)
        session = plan_session(
            forum=forum,
            starts_at=brussels(day, "09:30"),
            ends_at=brussels(day, "12:00"),
            place=plan.place,
            goal=plan.goal,
            agenda=AGENDA,
        )
        for what in plan.agreed or ("",):
            write_down(session=session, note=plan.note, was=session.note_mark, what=what)
        for commitment in session.commitments.all():
            _tie(commitment)


def _tie(commitment: Commitment) -> None:
    """To the action in the same words, if the track has one."""
    same = Action.objects.filter(track__forum=commitment.session.forum, what=commitment.what)
    commitment.action = same.filter(commitment=None).first()
    if commitment.action is not None:
        commitment.save(update_fields=["action"])
