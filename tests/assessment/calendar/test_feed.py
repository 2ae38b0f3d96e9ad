"""What calendars fetch, read back by a library that did not write it."""

import datetime

import pytest
import vobject
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from assessment.actions import sessions
from assessment.actions.calendars import make_calendar_link, replace_calendar_link
from assessment.models import CalendarLink, Session
from assessment.models.rounds import brussels
from tests import factories

PLACE = "Huis van de streek; zaal «Élan», Kerkstraat 1\\2, https://vergaderen.example/een,twee?drie=4"


@pytest.fixture(autouse=True)
def no_failures_before(db):
    cache.clear()


def path_of(link: CalendarLink) -> str:
    return reverse("calendar:feed", args=[link.token])


def fetch(client, link: CalendarLink) -> vobject.base.Component:
    """The calendar behind the link; whatever the other library finds against it fails."""
    response = client.get(path_of(link))
    assert response.status_code == 200
    [calendar] = vobject.readComponents(response.content.decode(), validate=True)
    calendar.validate(raiseException=True)
    return calendar


def events(calendar: vobject.base.Component) -> list[vobject.base.Component]:
    return calendar.contents.get("vevent", [])


@pytest.fixture
def link(forum) -> CalendarLink:
    return make_calendar_link(forum=forum)


@pytest.mark.parametrize(
    "day, in_utc", [(datetime.date(2027, 3, 3), "08:30"), (datetime.date(2027, 7, 1), "07:30")]
)
def test_a_session_comes_back_as_it_was_planned(client, forum, link, day, in_utc):
    """In winter and in summer; the place with everything that has a meaning of its own in such a file."""
    session = factories.make_session(
        forum=forum, starts_at=brussels(day, "09:30"), ends_at=brussels(day, "12:00"), place=PLACE
    )

    [event] = events(fetch(client, link))

    assert event.uid.value == str(session.key)
    assert (event.dtstart.value, event.dtend.value) == (session.starts_at, session.ends_at)
    assert f"DTSTART:{day:%Y%m%d}T{in_utc.replace(':', '')}00Z" in event.serialize()
    assert event.summary.value == "Begeleidingssessie Burgemeestersoverleg Noordrand"
    assert event.location.value == PLACE
    assert event.sequence.value == "0"
    assert event.dtstamp.value == session.moved_at.replace(microsecond=0)


def test_a_moved_session_is_the_same_event_with_a_higher_number(client, forum, link):
    session = factories.make_session(forum=forum)
    [before] = events(fetch(client, link))

    ends_at = session.ends_at + datetime.timedelta(hours=1)
    sessions.change_session(
        session=session, starts_at=session.starts_at, ends_at=ends_at, place="", goal="", agenda=""
    )

    [after] = events(fetch(client, link))
    assert after.uid.value == before.uid.value
    assert (after.sequence.value, after.dtend.value) == ("1", ends_at)
    assert "location" not in after.contents


def test_asking_again_gives_the_same_file(client, forum, link):
    factories.make_session(forum=forum)

    assert client.get(path_of(link)).content == client.get(path_of(link)).content


def test_the_file_is_what_the_standard_asks(client, forum, link):
    forum.name = "Överleg, met; tekens"
    forum.save()
    factories.make_session(forum=forum, place="é" * 300)

    response = client.get(path_of(link))
    lines = response.content.split(b"\r\n")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    calendar = fetch(client, link)
    assert (calendar.version.value, calendar.method.value) == ("2.0", "PUBLISH")
    assert calendar.contents["x-wr-calname"][0].value == "Begeleidingssessies Överleg, met; tekens"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT4H" in lines


def test_nothing_but_when_where_and_which_forum_is_told(client, forum, coach, link):
    session = factories.make_session(forum=forum, goal="Doelwoord", agenda="Agendawoord")
    sessions.write_down(session=session, note="Notitiewoord", was=session.note_mark, what="Afspraakwoord")

    whole = client.get(path_of(link)).content.decode()

    people = [coach.name, coach.email, *forum.members.values_list("name", flat=True)]
    assert [word for word in ("Doelw", "Agendaw", "Notitiew", "Afspraakw", *people) if word in whole] == []
    [event] = events(fetch(client, link))
    assert set(event.contents) == {
        "uid", "dtstamp", "last-modified", "sequence", "dtstart", "dtend", "summary", "location",
    }  # fmt: skip


def test_a_forum_without_sessions_is_an_empty_calendar(client, link):
    whole = client.get(path_of(link)).content.decode()

    assert whole.count("BEGIN:") == 1
    assert "END:VCALENDAR" in whole


def test_what_was_long_ago_leaves_the_calendar(client, forum, link):
    factories.make_session(forum=forum, starts_in=-500)
    factories.make_session(forum=forum, starts_in=-300)

    assert len(events(fetch(client, link))) == 1


def test_a_forum_tells_its_own_sessions_and_a_coach_those_of_the_own_forums(client, forum, coach, link):
    other = factories.make_forum(name="Zuidoverleg", municipalities=0, coaches=[coach])
    strange = factories.make_forum(name="Oostforum", municipalities=0)
    for each in (forum, other, strange):
        factories.make_session(forum=each)
    mine = make_calendar_link(coach=coach)

    def told(link: CalendarLink) -> set[str]:
        return {event.summary.value.partition(" ")[2] for event in events(fetch(client, link))}

    assert told(link) == {"Burgemeestersoverleg Noordrand"}
    assert told(mine) == {"Burgemeestersoverleg Noordrand", "Zuidoverleg"}
    other.coaches.clear()
    assert told(mine) == {"Burgemeestersoverleg Noordrand"}


@pytest.mark.parametrize("count", [1, 3])
def test_a_calendar_asks_as_often_for_three_forums_as_for_one(
    client, coach, django_assert_num_queries, count
):
    for number in range(count):
        forum = factories.make_forum(name=f"Forum {number}", municipalities=0, coaches=[coach])
        for days in range(count):
            factories.make_session(forum=forum, starts_in=days)
    link = make_calendar_link(coach=coach)

    with django_assert_num_queries(2):
        assert len(events(fetch(client, link))) == count**2


# --- Secret --------------------------------------------------------------------------------------------------


def test_unknown_replaced_and_ended_links_look_the_same(client, coach, link):
    before, mine = path_of(link), path_of(make_calendar_link(coach=coach))
    assert [client.get(path).status_code for path in (before, mine)] == [200, 200]
    replace_calendar_link(link=link)
    coach.is_active = False
    coach.save()

    answers = [client.get(path) for path in ("/kalender/bestaatniet/sessies.ics", before, mine)]

    assert {response.status_code for response in answers} == {404}
    assert len({response.content.decode().partition("<main")[2] for response in answers}) == 1


def test_a_link_of_the_demo_works_in_demo_mode_only(client, settings, forum, link):
    forum.is_demo = True
    forum.save()
    settings.DEMO = False
    assert client.get(path_of(link)).status_code == 404

    settings.DEMO = True
    assert client.get(path_of(link)).status_code == 200


def test_who_guesses_is_stopped_and_who_has_a_link_is_not(client, settings, link):
    settings.FAILED_LOOKUPS = 2
    guess = "/kalender/geraden/sessies.ics"

    assert [client.get(guess).status_code for _ in range(3)] == [404, 404, 429]
    assert client.get(path_of(link)).status_code == 200


def test_nothing_on_the_way_keeps_it_and_nothing_of_the_visitor_is_kept(client, link):
    response = client.get(path_of(link))

    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert client.head(path_of(link)).status_code == 200
    assert client.post(path_of(link)).status_code == 405


def test_fetching_changes_nothing(client, forum, link):
    session = factories.make_session(forum=forum, starts_at=timezone.now())
    before = list(Session.objects.values()), list(CalendarLink.objects.values())

    client.get(path_of(link))

    assert (list(Session.objects.values()), list(CalendarLink.objects.values())) == before
    assert session.sequence == 0
