"""The year of a forum on one line: every day of it in order, and drawn so that shapes tell it without colour."""

import datetime

import pytest
from reportlab.graphics.shapes import Circle, Rect, String

from assessment.actions.agreeing import Agreement, Bid, change_action
from assessment.models import Action, Priority, Target
from reports.charts.track_line import Mark, track_line
from reports.track.reading import read
from reports.track.year import year
from tests import factories

START, END = datetime.date(2026, 3, 3), datetime.date(2027, 3, 2)


def day(month: int, of: int) -> datetime.date:
    return datetime.date(2026, month, of)


@pytest.fixture
def told(closed_round, action):
    """The moments of the track on a day, after something was put on it."""

    def moments(today: datetime.date) -> list[tuple[str, str, str]]:
        reading = read(closed_round.track)
        actions = list(Action.objects.select_related("breakthrough"))
        found = year(
            reading.track,
            today=today,
            rounds=reading.rounds,
            targets=Target.objects.all(),
            priorities=Priority.objects.all(),
            actions=actions,
        )
        assert [each.day for each in found] == sorted(each.day for each in found)
        return [(each.kind, each.words, each.note) for each in found]

    return moments


def test_the_year_runs_from_start_to_end_with_today_in_it(told, track):
    found = told(track.starts_on + datetime.timedelta(days=60))

    assert [(kind, words) for kind, words, _ in found] == [
        ("start", "Start van het traject"),
        ("round", "Nulmeting"),
        ("today", "vandaag"),
        ("round", "Tussenmeting"),
        ("end", "Einde van het traject"),
    ]
    assert [note for kind, _, note in found if kind == "round"] == ["gesloten", "gepland"]


def test_today_is_in_the_year_only_while_it_runs(told, track):
    after = told(track.ends_on + datetime.timedelta(days=1))

    assert "today" not in {kind for kind, _, _ in after}


def test_what_was_chosen_and_agreed_stands_on_its_day(told, track, closed_round, action):
    on = track.starts_on + datetime.timedelta(days=40)
    for dimension in ("VIS", "NET"):
        Target.objects.create(track=track, dimension=dimension, level=3, chosen_on=on)
    Priority.objects.create(round=closed_round, place=1, proposed="NET", chosen="NET", decided_on=on)
    agreement = Agreement("DOE", "content", "Eén energieloket", due_on=on + datetime.timedelta(days=9))
    bid = Bid("Provincie", 20_000, "granted", on + datetime.timedelta(days=5))
    change_action(action=action, agreement=agreement, bid=bid)

    found = [each for each in told(track.ends_on) if each[0] in ("milestone", "due")]

    assert found == [
        ("milestone", "Het forum legde zijn prioriteiten vast", ""),
        ("milestone", "Het forum koos streefniveaus", ""),
        ("milestone", "Cofinanciering toegekend: Eén energieloket", ""),
        ("due", "Streefdatum: Eén energieloket", "nog te starten"),
    ]


# --- The drawing ---------------------------------------------------------------------------------------------


def shapes(drawing, kind: type) -> list:
    return [shape for shape in drawing.contents if isinstance(shape, kind)]


def test_a_round_is_as_long_as_it_is_open():
    marks = [
        Mark("round", day(3, 3), day(3, 23), "nulmeting"),
        Mark("round", day(9, 1), day(9, 11), "tussenmeting"),
    ]

    long, short = shapes(track_line(marks, start=START, end=END), Rect)

    assert long.width == pytest.approx(2 * short.width)


def test_kinds_of_moments_have_different_shapes():
    drawn = {
        kind: {
            type(shape).__name__
            for shape in track_line([Mark(kind, day(6, 1))], start=START, end=END).contents[-3:]
        }
        for kind in ("session", "milestone", "due")
    }

    assert "Circle" in drawn["session"]
    assert len(shapes(track_line([Mark("milestone", day(6, 1))], start=START, end=END), Circle)) == 0


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_reaches_off_the_line_and_no_two_names_meet(language):
    days = (day(3, 3), day(3, 10), day(3, 20), day(12, 31))
    marks = [Mark("round", each, each + datetime.timedelta(days=7), "tussenmeting") for each in days]
    late = Mark("today", END, label="vandaag")

    drawing = track_line([*marks, late, Mark("due", day(1, 1))], start=START, end=END)

    names = [each for each in shapes(drawing, String) if each.text == "tussenmeting"]
    assert len({(round(each.x), each.y) for each in names}) == 4
    assert all(rect.x >= 0 and rect.x + rect.width <= drawing.width for rect in shapes(drawing, Rect))
    assert all(string.y + string.fontSize <= drawing.height for string in shapes(drawing, String))


def test_a_leap_year_and_a_short_track_have_a_line():
    for end in (START + datetime.timedelta(days=1), datetime.date(2028, 2, 29)):
        assert track_line([], start=START, end=end).contents


def test_rounds_are_on_the_line_of_a_forum(forum):
    round = factories.make_round(forum=forum)

    assert [each.kind for each in read(round.track).rounds] == ["baseline"]
