"""What the forum agreed to do stands in its report, and that it chose other priorities than the calculation."""

import datetime

import pytest

from assessment.actions.agreeing import Agreed, Agreement, add_action, agreed_in, move_action
from reports.pdf.forum import forum_pdf
from reports.report import Agreed as Told
from tests.reports.cast import chosen, make_report, make_result, unpublished
from tests.reports.tagged import TaggedPdf

DAY = datetime.date(2026, 6, 3)
ACTIONS = (
    Agreed("NET", "Stel een netwerkteam samen", "Streekintercommunale", DAY, "doing", "Een verslag."),
    Agreed("VAN-VROEGER", "Kies een voorzitter", "", None, "done", ""),
)


def test_actions_are_told_in_words():
    assert make_report(make_result(), agreed=ACTIONS).agreed == (
        Told(
            "Stel een netwerkteam samen",
            "Netwerkmanagement en procesregie",
            "Streekintercommunale",
            "3 juni 2026",
            "loopt",
            "Een verslag.",
        ),
        Told("Kies een voorzitter", "VAN-VROEGER", "", "", "gedaan", ""),
    )


@pytest.mark.parametrize("result", [make_result(), unpublished()], ids=["result", "nothing"])
def test_file_has_a_chapter_of_actions_only_when_there_are_any(result):
    told, untold = (TaggedPdf(forum_pdf(make_report(result, agreed=agreed))) for agreed in (ACTIONS, ()))

    assert "Stand van zaken van de acties" in told.texts("H2")
    assert {"loopt", "3 juni 2026", "Een verslag."} <= set(told.texts("TD"))
    assert "Stand van zaken van de acties" not in untold.texts("H2")


def test_other_priorities_than_calculated_are_told_with_their_reason():
    result = make_result(priorities=[chosen("NET")])

    told = make_report(result, overruled="De agenda eerst.").result.track

    assert told.overruled == "Het forum koos een andere prioriteit dan de berekening. Reden: De agenda eerst."
    assert make_report(result).result.track.overruled == ""


def test_actions_come_by_state_and_then_by_date(open_round, coach):
    track = open_round.track
    for what, due_on, status in (("Eén", None, "done"), ("Twee", None, "todo"), ("Drie", DAY, "todo")):
        agreement = Agreement("NET", "network", what, due_on=due_on)
        move_action(action=add_action(track=track, agreement=agreement, by=coach), to=status, by=coach)

    assert [each.what for each in agreed_in(track)] == ["Drie", "Twee", "Eén"]
