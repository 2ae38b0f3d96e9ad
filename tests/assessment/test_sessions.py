"""Sessions of a forum and its calendar links: what is kept, refused and counted."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessment.actions import sessions
from assessment.actions.calendars import make_calendar_link, replace_calendar_link
from assessment.actions.keeping import erase_sessions, months_before
from assessment.models import CalendarLink, Commitment, Session, Track
from assessment.models.rounds import brussels, token_hash
from tests import factories

DAY = datetime.date(2027, 3, 3)
TIMES = {"starts_at": brussels(DAY, "09:30"), "ends_at": brussels(DAY, "12:00")}
WORDS = {"place": "Huis van de streek", "goal": "Kiezen", "agenda": "Welkom"}


@pytest.fixture
def session(forum) -> Session:
    return sessions.plan_session(forum=forum, **TIMES, **WORDS)


def fresh(session: Session) -> Session:
    return Session.objects.get(pk=session.pk)


def test_an_archived_forum_gets_no_session(forum):
    forum.is_archived = True
    forum.save()

    with pytest.raises(sessions.SessionError) as refused:
        sessions.plan_session(forum=forum, **TIMES)

    assert refused.value.key == "session.error.archived"


def test_a_session_ends_after_it_began(forum, session):
    swapped = {"starts_at": TIMES["ends_at"], "ends_at": TIMES["starts_at"]}

    for change in (
        lambda: sessions.plan_session(forum=forum, **swapped),
        lambda: sessions.change_session(session=session, **swapped, **WORDS),
    ):
        with pytest.raises(sessions.SessionError) as refused:
            change()
        assert (refused.value.key, refused.value.field) == ("session.error.ends", "ends")
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.create(forum=forum, **swapped)


@pytest.mark.parametrize(
    "changed, sequence",
    [
        ({}, 0),
        ({"goal": "Vooruitkijken", "agenda": "Welkom\nKiezen"}, 0),
        ({"place": "Gemeentehuis"}, 1),
        ({"ends_at": brussels(DAY, "12:30")}, 1),
    ],
)
def test_calendars_are_told_of_what_they_show(session, changed, sequence):
    before = session.moved_at

    sessions.change_session(session=session, **(TIMES | WORDS | changed))

    after = fresh(session)
    assert (after.sequence, after.moved_at > before) == (sequence, sequence > 0)
    assert after.key == session.key
    assert {name: getattr(after, name) for name in TIMES | WORDS} == TIMES | WORDS | changed


def agree(session: Session, what: str) -> Commitment:
    sessions.write_down(session=session, note=session.note, was=session.note_mark, what=what)
    return session.commitments.get(what=what)


def test_a_note_and_what_was_agreed_are_kept_and_changed(session):
    first = agree(session, "Stel een netwerkteam samen")
    agree(session, "Maak een kalender")
    sessions.write_down(session=session, note="Zaal was te klein.", was=session.note_mark)

    sessions.change_commitment(commitment=first, what="Stel het netwerkteam samen")

    assert fresh(session).note == "Zaal was te klein."
    assert [each.what for each in session.commitments.all()] == [
        "Stel het netwerkteam samen",
        "Maak een kalender",
    ]


def test_a_note_of_somebody_else_is_not_overwritten_unseen(session):
    """Two coaches have the page open: one writes a note, the other adds an agreement, then writes a note too."""
    as_seen = fresh(session)
    sessions.write_down(session=session, note="Van de ene.", was=as_seen.note_mark)

    agree(as_seen, "Maak een kalender")
    assert fresh(session).note == "Van de ene."
    with pytest.raises(sessions.SessionError) as refused:
        sessions.write_down(session=session, note="Van de andere.", was=as_seen.note_mark, what="Verloren")
    assert (refused.value.key, refused.value.field) == ("session.note.changed", "note")
    assert session.commitments.count() == 1

    sessions.write_down(session=session, note="Van de andere.", was=fresh(session).note_mark)
    assert fresh(session).note == "Van de andere."


def test_what_is_gone_meanwhile_is_refused(session):
    commitment = agree(session, "Maak een kalender")
    Commitment.objects.all().delete()
    writes = [lambda: sessions.remove_commitment(commitment=commitment)]
    writes.append(lambda: sessions.change_commitment(commitment=commitment, what="x"))
    for write in writes:
        with pytest.raises(sessions.SessionError):
            write()
    Session.objects.all().delete()
    for write in (
        *writes,
        lambda: sessions.write_down(session=session, note="x", was=""),
        lambda: sessions.remove_session(session=session),
        lambda: sessions.change_session(session=session, **TIMES, **WORDS),
    ):
        with pytest.raises(sessions.SessionError) as refused:
            write()
        assert refused.value.key == "form.error.changed"


def test_a_removed_session_takes_what_was_agreed_with_it(session):
    agree(session, "Maak een kalender")

    sessions.remove_session(session=session)

    assert (Session.objects.count(), Commitment.objects.count()) == (0, 0)


def test_a_session_is_ahead_until_it_is_over(forum):
    now = timezone.now()
    hours = datetime.timedelta(hours=1)
    over = factories.make_session(forum=forum, starts_at=now - 3 * hours, ends_at=now - 2 * hours)
    running = factories.make_session(forum=forum, starts_at=now - hours, ends_at=now + hours)
    later = factories.make_session(forum=forum, starts_in=9)
    long_ago = factories.make_session(forum=forum, starts_in=-90)

    assert list(forum.sessions.ahead()) == [running, later]
    assert list(forum.sessions.held()) == [over, long_ago]
    assert [over.is_over, running.is_over] == [True, False]


def test_a_session_belongs_to_the_year_in_which_it_begins(forum):
    track = Track.objects.create(forum=forum, starts_on=DAY, ends_on=DAY + datetime.timedelta(days=365))
    last = track.ends_on
    inside = [
        factories.make_session(forum=forum, starts_at=brussels(day, "00:00"), ends_at=brussels(day, "23:00"))
        for day in (DAY, last)
    ]
    for day in (DAY - datetime.timedelta(days=1), last + datetime.timedelta(days=1)):
        factories.make_session(forum=forum, starts_at=brussels(day, "00:00"), ends_at=brussels(day, "23:00"))
    other = factories.make_forum(name="Zuidoverleg", municipalities=0)
    factories.make_session(forum=other, **TIMES)

    assert list(Session.objects.in_track(track)) == inside


def test_sessions_go_when_results_of_that_time_do(forum, settings):
    months = settings.KEEP_MONTHS["results"]
    last_kept = months_before(timezone.localdate(), months)
    kept, gone = (
        factories.make_session(forum=forum, starts_at=brussels(day, "09:00"), ends_at=brussels(day, "10:00"))
        for day in (last_kept, last_kept - datetime.timedelta(days=1))
    )
    gone.commitments.create(what="Maak een kalender")

    assert erase_sessions() == 1

    assert list(Session.objects.all()) == [kept]
    assert Commitment.objects.count() == 0
    assert erase_sessions() == 0


# --- Calendar links ------------------------------------------------------------------------------------------


def test_a_forum_and_a_coach_have_one_link_each(forum, coach):
    of_forum, of_coach = make_calendar_link(forum=forum), make_calendar_link(coach=coach)

    assert make_calendar_link(forum=forum).token == of_forum.token
    assert make_calendar_link(coach=coach).token == of_coach.token
    assert of_forum.token != of_coach.token
    assert CalendarLink.objects.count() == 2


def test_the_database_keeps_the_hash_of_a_link_alone(forum):
    link = make_calendar_link(forum=forum)

    assert len(link.token) == 22
    assert link.token_hash == token_hash(link.token)
    assert link.token not in str(CalendarLink.objects.values())


def test_a_replaced_link_is_another_one(forum):
    before = make_calendar_link(forum=forum)

    after = replace_calendar_link(link=before)

    assert after.pk == before.pk
    assert after.token != before.token
    assert CalendarLink.objects.get().token_hash == token_hash(after.token)


def test_with_another_secret_key_a_link_cannot_be_shown_until_it_is_replaced(forum, settings):
    link = make_calendar_link(forum=forum)
    settings.SECRET_KEY = "another key of the tests"

    assert not link.can_be_shown
    assert replace_calendar_link(link=link).can_be_shown


def test_a_link_is_of_a_forum_or_of_a_coach(forum, coach):
    for holders in ({}, {"forum": forum, "coach": coach}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CalendarLink.objects.create(token_hash="x", **holders)
