"""Sessions as an iCalendar file (RFC 5545), for any program that follows one.

Times are in UTC: every program shows them in the time of who looks, so no rules of summer time need to travel along.
Only when, where and of which forum is told: no goal, agenda, note, agreement or name. A session keeps its UID for
as long as it exists, and every move of it counts in SEQUENCE, by which programs know what is newer.
"""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from assessment.models import Session
from questionnaires.texts import text

if TYPE_CHECKING:
    from icalendar import Event

MAKER = "-//Regiospiegel//Begeleidingssessies//NL"
EVERY = datetime.timedelta(hours=4)  # how often a program may well look


def as_calendar(name: str, sessions: Iterable[Session]) -> bytes:
    """The file, in lines of 75 octets at most that end in CRLF."""
    # Ten megabytes and a quarter of a second that only a process pays whose calendars are asked for.
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    # The name as the standard has it, and as programs read it that are older than that. As text, or else the
    # library leaves commas as they are.
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    for session in sessions:
        calendar.add_component(_event(session))
    return calendar.to_ical()


def _event(session: Session) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", str(session.key))
    event.add("dtstamp", _in_utc(session.moved_at))
    event.add("last-modified", _in_utc(session.moved_at))
    event.add("sequence", session.sequence)
    event.add("dtstart", _in_utc(session.starts_at))
    event.add("dtend", _in_utc(session.ends_at))
    event.add("summary", text("calendar.summary", forum=session.forum.name))
    if session.place:
        event.add("location", session.place)
    return event


def _in_utc(moment: datetime.datetime) -> datetime.datetime:
    return moment.astimezone(datetime.UTC).replace(microsecond=0)
