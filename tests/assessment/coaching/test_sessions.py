"""The pages of a forum's sessions: planning, the page of one with its note and agreements, and the calendar link."""

import datetime
import re

import pytest
from auditlog.models import LogEntry
from django.utils import timezone

from assessment.actions.agreeing import Agreement, remove_action
from assessment.actions.sessions import SessionError, become_action
from assessment.coaching import trail
from assessment.models import CalendarLink, Commitment, Session, Track
from assessment.models.rounds import brussels
from tests import factories
from tests.assessment.coaching.test_forums import page_of

FORM = {
    "day": "03/03/2027",
    "starts": "9.30",
    "ends": "12.00",
    "place": "Huis van de streek",
    "goal": "Kiezen waaraan het forum werkt",
    "agenda": "Welkom\r\nResultaat",
}


@pytest.fixture
def sessions(forum) -> str:
    return f"/fora/{forum.slug}/sessies/"


@pytest.fixture
def session(forum) -> Session:
    return factories.make_session(forum=forum, agenda="Welkom\nResultaat", note="Zaal te klein.")


@pytest.fixture
def page(sessions, session) -> str:
    return f"{sessions}{session.pk}/"


# --- Planning ------------------------------------------------------------------------------------------------


def test_a_session_is_planned_in_the_time_of_brussels(coach_client, sessions):
    response = coach_client.post(f"{sessions}plannen/", FORM)

    planned = Session.objects.get()
    assert response["Location"] == f"{sessions}{planned.pk}/"
    assert planned.starts_at == datetime.datetime(2027, 3, 3, 8, 30, tzinfo=datetime.UTC)
    assert planned.ends_at == datetime.datetime(2027, 3, 3, 11, 0, tzinfo=datetime.UTC)
    assert (planned.place, planned.agenda) == ("Huis van de streek", "Welkom\nResultaat")


@pytest.mark.parametrize("typed", ["9.30", "9:30", "09.30", "9u30", "930", "0930", " 9.30 "])
def test_a_time_is_read_however_it_is_typed(coach_client, sessions, typed):
    coach_client.post(f"{sessions}plannen/", FORM | {"starts": typed})

    assert Session.objects.get().starts_at == brussels(datetime.date(2027, 3, 3), "09:30")


@pytest.mark.parametrize(
    "changed, field, error",
    [
        ({"day": ""}, "day", "Vul dit veld in."),
        ({"starts": "half tien"}, "starts", "Schrijf de tijd als uren en minuten. Voorbeeld: 9.30."),
        ({"ends": "9.30"}, "ends", "Kies een einde dat na het begin komt."),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(coach_client, sessions, changed, field, error):
    response = coach_client.post(f"{sessions}plannen/", FORM | changed)

    assert response.context["form"].errors == {field: [error]}
    assert 'value="Huis van de streek"' in response.content.decode()
    assert not Session.objects.exists()


def test_an_agenda_is_proposed(coach_client, sessions):
    proposed = coach_client.get(f"{sessions}plannen/").context["form"]["agenda"].value()

    assert proposed.splitlines()[0] == "Herkennen: wat ziet het forum in het resultaat?"
    assert len(proposed.splitlines()) == 3


def test_in_an_archived_forum_nothing_is_planned(coach_client, forum, sessions, page):
    forum.is_archived = True
    forum.save()

    assert coach_client.get(f"{sessions}plannen/").status_code == 404
    assert coach_client.post(f"{page}verslag/", {"note": "x"}).status_code == 404
    assert "plannen/" not in coach_client.get(sessions).content.decode()
    assert coach_client.get(page).status_code == 200


def test_a_session_is_changed_from_what_it_was(coach_client, session, page):
    form = coach_client.get(f"{page}wijzigen/").context["form"]
    sent = {name: form[name].value() for name in FORM}
    assert (str(sent["starts"]), sent["agenda"]) == ("09:30:00", "Welkom\nResultaat")

    coach_client.post(f"{page}wijzigen/", FORM)

    session.refresh_from_db()
    assert (session.sequence, session.goal) == (1, "Kiezen waaraan het forum werkt")
    assert session.note == "Zaal te klein."


def test_removing_is_asked_first_and_says_what_goes_with_it(coach_client, sessions, page):
    asked = page_of(coach_client, f"{page}verwijderen/")
    assert "Uw notitie en de afspraken van deze sessie gaan mee weg." in asked
    assert Session.objects.count() == 1

    response = coach_client.post(f"{page}verwijderen/")

    assert response["Location"] == sessions
    assert not Session.objects.exists()


# --- One session ---------------------------------------------------------------------------------------------


def test_page_tells_when_where_and_what(coach_client, forum):
    day = datetime.date(2027, 3, 3)
    session = factories.make_session(
        forum=forum, starts_at=brussels(day, "09:30"), ends_at=brussels(day, "12:00"), goal="Kiezen"
    )

    shown = page_of(coach_client, f"/fora/{forum.slug}/sessies/{session.pk}/")

    assert "Begeleidingssessie van woensdag 3 maart 2027" in shown
    assert "9.30 tot 12.00 uur" in shown
    assert "Huis van de streek" in shown
    assert "Er is nog geen agenda." in shown


def test_a_place_online_is_a_link_and_what_is_typed_stays_text(coach_client, session, page):
    session.place, session.agenda = "https://vergaderen.example/kamer", "<script>x</script>"
    session.save()

    shown = coach_client.get(page).content.decode()

    assert '<a href="https://vergaderen.example/kamer" rel="nofollow">' in shown
    assert "<script>x" not in shown


def test_note_and_agreements_are_kept_with_either_button(coach_client, session, page):
    sent = {"was": session.note_mark, "note": "Volgende keer vroeger.", "what": "Stel een netwerkteam samen"}

    coach_client.post(f"{page}verslag/", sent)

    session.refresh_from_db()
    assert session.note == "Volgende keer vroeger."
    shown = coach_client.get(page).content.decode()
    assert "Stel een netwerkteam samen" in shown
    assert shown.count('form="verslag"') == 4  # two fields, two buttons


def test_what_cannot_be_kept_stays_on_the_page(coach_client, session, page):
    long = "a" * 301

    response = coach_client.post(f"{page}verslag/", {"was": "", "note": "Nieuwe notitie", "what": long})

    assert response.context["form"].errors == {
        "what": ["Deze tekst is te lang. U kunt hoogstens 300 tekens gebruiken."]
    }
    assert long in response.content.decode()
    assert "Nieuwe notitie" in response.content.decode()
    assert not Commitment.objects.exists()


def test_a_note_changed_by_somebody_else_shows_both_and_can_be_sent_again(coach_client, session, page):
    sent = {"was": session.note_mark, "note": "Van mij.", "what": ""}
    session.note = "Van een ander."
    session.save()

    answer = coach_client.post(f"{page}verslag/", sent)
    shown = answer.content.decode()
    assert ("Van mij." in shown, "<p>Van een ander.</p>" in shown) == (True, True)
    [mark] = re.findall(r'name="was" value="(\w+)"', shown)
    coach_client.post(f"{page}verslag/", sent | {"was": mark})

    session.refresh_from_db()
    assert session.note == "Van mij."


def test_an_agreement_is_changed_and_removed(coach_client, session, page):
    pk = session.commitments.create(what="Maak een kalender").pk

    coach_client.post(f"{page}afspraken/{pk}/", {"what": "Maak een jaarkalender"})
    assert session.commitments.get().what == "Maak een jaarkalender"
    assert "Maak een jaarkalender" in page_of(coach_client, f"{page}afspraken/{pk}/verwijderen/")
    coach_client.post(f"{page}afspraken/{pk}/verwijderen/")

    assert not session.commitments.exists()


def test_an_agreement_of_another_session_is_not_found(coach_client, forum, session, page):
    other = factories.make_session(forum=forum).commitments.create(what="Maak een kalender")

    for path in (f"{page}afspraken/{other.pk}/", f"{page}afspraken/{other.pk}/verwijderen/"):
        assert coach_client.post(path, {"what": "x"}).status_code == 404


def test_a_programme_manager_reads_and_does_not_write(manager_client, session, page, sessions):
    session.commitments.create(what="Maak een kalender")

    shown = page_of(manager_client, page)
    assert "Zaal te klein." in shown
    assert "Maak een kalender" in shown
    markup = manager_client.get(page).content.decode().partition("<main")[2]
    assert "<form" not in markup
    assert not re.search(r'href="[^"]*(wijzigen|verwijderen|plannen|agendalink)/"', markup)
    assert not re.search(r'href="[^"]*(plannen|agendalink)/"', manager_client.get(sessions).content.decode())


def test_the_note_is_never_printed(coach_client, page):
    """Whoever prints the page hands it out in the forum: the stylesheet leaves out what is for the screen."""
    markup = coach_client.get(page).content.decode()

    before, _, rest = markup.partition("Zaal te klein.")
    assert 'class="screen"' in before.rpartition("<section")[2]
    assert "<section" not in rest.partition("</section>")[0]


def test_the_result_that_was_there_leads_to_its_preparation(coach_client, forum, session, page):
    assert "Resultaat om te bespreken" not in page_of(coach_client, page)
    closed_at = timezone.now() - datetime.timedelta(days=3)
    round = factories.make_round(forum=forum, opens_in=-30, closes_in=-3, state="closed", closed_at=closed_at)

    shown = coach_client.get(page).content.decode()

    assert f'href="/fora/{forum.slug}/rondes/{round.pk}/voorbereiding/"' in shown
    assert "Resultaat om te bespreken: nulmeting, gesloten op" in shown


# --- Lists ---------------------------------------------------------------------------------------------------


def test_list_has_what_comes_first_and_then_what_was(coach_client, forum, sessions):
    last_year = factories.make_session(forum=forum, starts_in=-300)
    last = factories.make_session(forum=forum, starts_in=-9)
    later = factories.make_session(forum=forum, starts_in=40)
    next_one = factories.make_session(forum=forum, starts_in=5)
    last.commitments.create(what="Maak een kalender")

    context = coach_client.get(sessions).context

    assert [list(context["ahead"]), list(context["held"])] == [[next_one, later], [last, last_year]]
    assert "1 afspraak" in page_of(coach_client, sessions)


def test_forum_and_card_name_the_next_session(coach_client, forum):
    assert "Er is geen sessie gepland." in page_of(coach_client, f"/fora/{forum.slug}/")
    day = datetime.date(2027, 3, 3)
    for days in (-9, 400):
        factories.make_session(forum=forum, starts_in=days)
    factories.make_session(forum=forum, starts_at=brussels(day, "09:30"), ends_at=brussels(day, "12:00"))

    told = "Volgende sessie: woensdag 3 maart 2027, van 9.30 tot 12.00 uur"
    assert told in page_of(coach_client, f"/fora/{forum.slug}/")
    assert told in page_of(coach_client, "/fora/")


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_often_for_three_sessions_as_for_one(
    coach_client, forum, sessions, django_assert_num_queries, count
):
    for days in range(count):
        for ahead in (days + 1, -days - 1):
            session = factories.make_session(forum=forum, starts_in=ahead)
            for number in range(count):
                session.commitments.create(what=f"Afspraak {number}")

    with django_assert_num_queries(6):
        coach_client.get(sessions)
    with django_assert_num_queries(10):  # four of them look for a track that is not there
        coach_client.get(f"{sessions}{session.pk}/")


# --- The calendar link ---------------------------------------------------------------------------------------


def test_a_link_is_made_when_asked_for_and_shown_with_its_whole_address(coach_client, sessions):
    assert ".ics" not in coach_client.get(f"{sessions}agendalink/").content.decode()

    coach_client.post(f"{sessions}agendalink/")

    token = CalendarLink.objects.get().token
    address = f"http://localhost:8000/kalender/{token}/sessies.ics"
    assert address in coach_client.get(f"{sessions}agendalink/").content.decode()


def test_a_coach_makes_the_own_link_on_the_own_account(coach_client, coach):
    assert "/account/agendalink/" in coach_client.get("/account/").content.decode()

    coach_client.post("/account/agendalink/")

    link = CalendarLink.objects.get()
    assert link.coach == coach
    assert link.token in coach_client.get("/account/agendalink/").content.decode()


@pytest.mark.parametrize("where", ["account", "forum"])
def test_replacing_is_asked_first(coach_client, sessions, where):
    path = "/account/agendalink/" if where == "account" else f"{sessions}agendalink/"
    assert coach_client.post(f"{path}vernieuwen/").status_code == 404
    coach_client.post(path)
    before = CalendarLink.objects.get().token

    assert "werkt dan niet meer" in page_of(coach_client, f"{path}vernieuwen/")
    assert CalendarLink.objects.get().token == before
    assert coach_client.post(f"{path}vernieuwen/")["Location"] == path

    assert CalendarLink.objects.get().token != before


def test_a_link_that_cannot_be_shown_can_be_replaced(coach_client, sessions, settings):
    coach_client.post(f"{sessions}agendalink/")
    CalendarLink.objects.update(token_hash="made with the key of before")

    shown = page_of(coach_client, f"{sessions}agendalink/")

    assert "We kunnen hem niet meer tonen." in shown
    assert ".ics" not in shown


# --- The audit trail -----------------------------------------------------------------------------------------


def test_the_trail_tells_what_happened_and_none_of_the_words(coach_client, sessions):
    LogEntry.objects.all().delete()
    coach_client.post(f"{sessions}plannen/", FORM)
    page = f"{sessions}{Session.objects.get().pk}/"
    was = Session.objects.get().note_mark
    coach_client.post(f"{page}verslag/", {"note": "Notitiewoord", "what": "Afspraakwoord", "was": was})
    coach_client.post(f"{page}wijzigen/", FORM | {"starts": "10.00", "place": "Plaatswoord"})
    coach_client.post(f"{sessions}agendalink/")
    link = CalendarLink.objects.get()
    coach_client.post(f"{sessions}agendalink/vernieuwen/")
    coach_client.post(f"{page}verwijderen/")

    entries = trail.told(LogEntry.objects.select_related("actor", "content_type"))

    assert [(entry.what, entry.changes) for entry in reversed(entries)] == [
        ("Sessie gepland: 3 maart 2027", ["Begin: 3 maart 2027, 9.30", "Einde: 3 maart 2027, 12.00"]),
        ("Afspraak toegevoegd", ["Sessie: 3 maart 2027"]),
        ("Sessie gewijzigd: 3 maart 2027", ["Begin: van 3 maart 2027, 9.30 naar 3 maart 2027, 10.00"]),
        ("Agendalink gemaakt: Burgemeestersoverleg Noordrand", []),
        ("Agendalink vervangen: Burgemeestersoverleg Noordrand", []),
        ("Afspraak verwijderd", ["Sessie: 3 maart 2027"]),
        ("Sessie verwijderd: 3 maart 2027", ["Begin: 3 maart 2027, 10.00", "Einde: 3 maart 2027, 12.00"]),
    ]
    assert {entry.forum for entry in entries} == {"Burgemeestersoverleg Noordrand"}
    kept = str(list(LogEntry.objects.values()))
    words = ["Notitiewoord", "Afspraakwoord", "Plaatswoord", "Welkom", "Huis van de streek"]
    secrets = [link.token, link.token_hash, str(link.key)]
    assert [each for each in [*words, *secrets] if each in kept] == []


# --- From agreement to action --------------------------------------------------------------------------------

ACTION = {"what": "Stel het netwerkteam samen", "dimension": "NET", "block": "network"}


@pytest.fixture
def track(forum, version) -> Track:
    return factories.make_round(forum=forum, opens_in=-60, closes_in=-30).track


def test_what_was_agreed_becomes_an_action_in_words_that_can_be_changed(coach_client, track, session, page):
    commitment = session.commitments.create(what="Stel een netwerkteam samen")
    path = f"/fora/{track.forum.slug}/traject/{track.pk}/acties/toevoegen/?afspraak={commitment.pk}"
    assert f'href="{path}"' in coach_client.get(page).content.decode()
    assert coach_client.get(path).context["form"]["what"].value() == "Stel een netwerkteam samen"

    coach_client.post(path, ACTION)

    action = track.actions.get()
    commitment.refresh_from_db()
    assert (commitment.action, commitment.what) == (action, "Stel een netwerkteam samen")
    assert action.what == "Stel het netwerkteam samen"
    assert "Actie in het traject: nog te starten" in page_of(coach_client, page)
    told = page_of(coach_client, f"/fora/{track.forum.slug}/traject/{track.pk}/acties/{action.pk}/")
    assert "Afgesproken in de sessie van" in told


def test_it_becomes_one_action_however_often_it_is_sent(coach_client, coach, track, session):
    commitment = session.commitments.create(what="Stel een netwerkteam samen")
    agreement = Agreement("NET", "network", "Stel een netwerkteam samen")
    become_action(commitment=commitment, track=track, agreement=agreement, by=coach)

    with pytest.raises(SessionError):
        become_action(commitment=commitment, track=track, agreement=agreement, by=coach)

    assert track.actions.count() == 1


def test_what_another_forum_agreed_is_not_taken_over(coach_client, coach, track):
    other = factories.make_forum(name="Zuidoverleg", municipalities=0, coaches=[coach])
    strange = factories.make_session(forum=other).commitments.create(what="Vreemd")
    path = f"/fora/{track.forum.slug}/traject/{track.pk}/acties/toevoegen/"

    for asked in (strange.pk, "x", "9" * 40, "٣"):
        assert coach_client.get(path, {"afspraak": asked}).context["form"]["what"].value() is None
    coach_client.post(f"{path}?afspraak={strange.pk}", ACTION)

    strange.refresh_from_db()
    assert strange.action is None


def test_without_an_action_the_agreement_stays_and_can_be_one_again(
    coach_client, coach, track, session, page
):
    commitment = session.commitments.create(what="Stel een netwerkteam samen")
    agreement = Agreement("NET", "network", "Stel een netwerkteam samen")
    action = become_action(commitment=commitment, track=track, agreement=agreement, by=coach)

    remove_action(action=action)

    assert "Maak er een actie van" in page_of(coach_client, page)


def test_without_a_track_it_says_how_one_begins(coach_client, session, page):
    session.commitments.create(what="Stel een netwerkteam samen")

    shown = page_of(coach_client, page)

    assert "Plan een eerste ronde" in shown
    assert "Maak er een actie van" not in shown


def test_sessions_stand_on_the_year_of_the_track(coach_client, track):
    held = factories.make_session(forum=track.forum, starts_in=-20)
    ahead = factories.make_session(forum=track.forum, starts_in=20)
    factories.make_session(forum=track.forum, starts_in=-90)  # before the track

    moments = coach_client.get(f"/fora/{track.forum.slug}/traject/{track.pk}/").context["moments"]

    assert [(each.url, each.note) for each in moments if each.kind == "session"] == [
        (f"/fora/{track.forum.slug}/sessies/{held.pk}/", "voorbij"),
        (f"/fora/{track.forum.slug}/sessies/{ahead.pk}/", "gepland"),
    ]
