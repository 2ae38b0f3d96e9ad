"""The page of a track and what its coach writes down there."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from assessment.actions.agreeing import Agreement, Bid, add_action
from assessment.actions.choosing import Wish, choose_targets
from assessment.models import Action, Breakthrough, GroupLevel, Priority, Round, Target
from assessment.offer import the_offer
from tests import factories
from tests.reports.cast import chosen, close, make_result, unpublished

SENT = {"what": "Kies een voorzitter", "dimension": "VER", "block": "network"}


def page(client, address: str) -> str:
    """What is in <main>, as words."""
    answer = client.get(address)
    assert answer.status_code == 200
    main = re.search(r"<main.*?</main>", answer.content.decode(), re.S)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def day(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def written(days: int) -> str:
    return f"{day(days):%d/%m/%Y}"


# --- The page ------------------------------------------------------------------------------------------------


def test_a_forum_leads_to_the_track_that_runs(coach_client, track):
    answer = coach_client.get(reverse("reports:track", args=[track.forum.slug]))

    assert answer["Location"] == f"/fora/{track.forum.slug}/traject/{track.pk}/"


def test_a_forum_without_a_track_is_told_how_to_begin(coach_client, forum):
    told = page(coach_client, reverse("reports:track", args=[forum.slug]))

    assert "Dit forum heeft nog geen traject." in told


def test_the_page_shows_the_year_the_blocks_and_what_is_still_open(coach_client, address):
    told = page(coach_client, address("track_year"))

    for words in (
        "Ontwikkeltraject van het Burgemeestersoverleg Noordrand",
        "Nulmeting gesloten",
        "Duurzaam netwerken",
        "Gedreven door inhoud en innovatieve werkwijzen",
        "Het forum heeft nog niet gekozen.",
        "Het forum heeft nog geen streefniveau gekozen.",
        "Nog geen acties.",
        "Van verkennend naar afstemmend",
    ):
        assert words in told


def test_the_proposal_has_its_reasons(coach_client, address):
    told = page(coach_client, address("track_year"))

    assert (
        "Netwerkmanagement en procesregie De leden beoordelen netwerkmanagement en procesregie gemiddeld met 35"
        in told
    )
    assert "Deze prioriteit is stabiel" in told


def test_a_track_without_a_result_proposes_nothing(coach_client, forum):
    round = close(factories.make_round(forum=forum, opens_in=-30, closes_in=-10), unpublished())

    told = page(coach_client, reverse("reports:track_year", args=[forum.slug, round.track_id]))

    assert "Na de eerste gesloten ronde met een resultaat staat hier een voorstel." in told
    assert "Volgende stappen" not in told


def test_the_offer_of_a_step_says_what_is_outdated(coach_client, address, monkeypatch):
    told = page(coach_client, address("track_year"))

    assert "Inspiratiegids regiovorming" in told
    assert "Ontwikkeltraject Niet meer actueel" in told


def test_only_the_coach_has_buttons(coach_client, manager_client, address, action):
    def jobs(client) -> set[str]:
        return set(
            re.findall(
                r'(?:href|action)="[^"]*/traject/\d+/([a-z]+)[^"]*"', client.get(address("track_year")).text
            )
        )

    assert jobs(coach_client) == {"acties", "prioriteiten", "streefniveaus", "rapport"}
    assert jobs(manager_client) == {"acties", "rapport"}  # to look at, and to take along
    assert "Verplaats naar:" not in page(manager_client, address("track_year"))
    assert "Verplaats naar:" not in page(manager_client, address("action", action.pk))


def test_the_coach_of_an_archived_forum_only_looks(coach_client, address, action, forum):
    type(forum).objects.update(is_archived=True)

    assert "Verplaats naar:" not in page(coach_client, address("track_year"))


def test_another_year_is_a_click_away(coach_client, address, forum):
    first, last = datetime.date(2020, 3, 3), datetime.date(2021, 3, 2)
    forum.tracks.create(starts_on=first, ends_on=last)

    assert "Van 3 maart 2020 tot en met 2 maart 2021" in page(coach_client, address("track_year"))


def test_words_of_the_coach_are_never_markup(coach_client, address, action):
    Action.objects.update(what="<b>vet</b>", owner="<script>")

    html = coach_client.get(address("track_year")).content.decode()

    assert ("&lt;b&gt;vet&lt;/b&gt;" in html, "<b>vet" in html) == (True, False)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_database_as_often_for_more(
    coach_client, address, track, coach, closed_round, number, django_assert_num_queries
):
    for nth, code in enumerate(["VIS", "NET", "LER"][:number], start=1):
        agreement = Agreement(code, "content", f"Actie {nth}", due_on=day(-nth), offer="inspiratiegids")
        add_action(track=track, agreement=agreement, by=coach, bid=Bid("Provincie"))
        choose_targets(track=track, wishes={code: Wish(3)}, chosen_on=day(-9))
        Priority.objects.create(round=closed_round, place=nth, proposed=code, chosen=code)
        GroupLevel.objects.create(round=closed_round, dimension=code, level=3)
    coach_client.get(address("track_year"))

    with django_assert_num_queries(16):
        coach_client.get(address("track_year"))


# --- Targets -------------------------------------------------------------------------------------------------


def test_targets_are_chosen_on_one_page(coach_client, address, track):
    sent = {"chosen_on": written(-3), "NET_level": "4", "NET_reason": "Het netwerkteam draait."}

    answer = coach_client.post(address("targets"), sent)

    assert answer["Location"] == f"{address('track_year')}#streefniveaus"
    assert list(track.targets.values_list("dimension", "level", "reason", "chosen_on")) == [
        ("NET", 4, "Het netwerkteam draait.", day(-3))
    ]
    told = page(coach_client, address("track_year"))
    assert "Netwerkmanagement en procesregie sturend Gekozen op" in told


def test_the_form_begins_with_what_stands_and_where_the_forum_is(coach_client, address, track):
    choose_targets(track=track, wishes={"NET": Wish(3, "Eerst dit.")}, chosen_on=day(-9))

    html = coach_client.get(address("targets")).content.decode()

    assert 'value="3" selected' in html
    assert 'value="Eerst dit."' in html
    assert "Nu: verkennend" in page(coach_client, address("targets"))


def test_history_of_a_target_is_told(coach_client, address, track):
    for level in (3, None):
        choose_targets(track=track, wishes={"NET": Wish(level)}, chosen_on=day(-9))

    told = page(coach_client, address("track_year"))

    assert "geen streefniveau Gekozen op" in told
    assert "Eerder gekozen : Netwerkmanagement en procesregie afstemmend van" in told


@pytest.mark.parametrize("sent", [{"chosen_on": "31/31/2026"}, {"chosen_on": written(2)}, {"NET_level": "9"}])
def test_what_is_wrong_with_targets_is_told_and_nothing_is_lost(coach_client, address, sent):
    sent = {"chosen_on": written(0), "VIS_level": "3", "VIS_reason": "Een eigen woord."} | sent

    answer = coach_client.post(address("targets"), sent)

    assert (answer.status_code, Target.objects.count()) == (200, 0)
    assert 'value="Een eigen woord."' in answer.content.decode()
    assert 'class="summary"' in answer.content.decode()


# --- Priorities ----------------------------------------------------------------------------------------------


def test_another_priority_than_proposed_needs_a_reason(coach_client, address):
    sent = {"chosen": ["NET", "VIS"], "reason": "", "chosen_on": written(0)}

    refused = coach_client.post(address("priorities"), sent)
    assert "Schrijf waarom het forum iets anders kiest dan het voorstel." in refused.content.decode()

    answer = coach_client.post(address("priorities"), sent | {"reason": "De agenda eerst."})
    assert answer["Location"] == f"{address('track_year')}#prioriteiten"
    told = page(coach_client, address("track_year"))
    assert (
        "Gedeelde visie en strategische agenda gekozen door het forum De berekening stelde leren en zelfevaluatie voor."
        in told
    )
    assert "Reden: De agenda eerst." in told


def test_the_form_begins_with_the_proposal_and_then_with_the_choice(coach_client, address):
    def checked() -> list[str]:
        html = coach_client.get(address("priorities")).content.decode()
        return re.findall(r'value="(\w+)"[^>]*checked', html)

    assert checked() == ["NET", "DOE", "LER"]

    coach_client.post(address("priorities"), {"chosen": ["VIS"], "reason": "Zo.", "chosen_on": written(0)})

    assert checked() == ["VIS"]


def test_more_priorities_than_three_are_refused(coach_client, address):
    sent = {"chosen": ["NET", "LER", "DOE", "VIS"], "reason": "Alles.", "chosen_on": written(0)}

    assert "Kies hoogstens 3 dimensies." in coach_client.post(address("priorities"), sent).content.decode()
    assert Priority.objects.count() == 0


def test_a_decision_of_before_stays_to_be_read(coach_client, address, forum, closed_round, track):
    coach_client.post(address("priorities"), {"chosen": ["NET", "LER", "DOE"], "chosen_on": written(-9)})
    interim = forum.rounds.get(kind=Round.Kind.INTERIM)
    Round.objects.filter(pk=interim.pk).update(opens_on=day(-20), closes_on=day(-10))
    interim.refresh_from_db()
    close(interim, make_result(priorities=[chosen("VIS")]))

    coach_client.post(address("priorities"), {"chosen": ["VIS"], "chosen_on": written(0)})

    told = page(coach_client, address("track_year"))
    assert "Vastgelegd na een eerdere ronde: Nulmeting" in told
    assert Priority.objects.count() == 4


# --- Actions -------------------------------------------------------------------------------------------------


def test_a_next_step_becomes_an_action_in_one_click(coach_client, address, track):
    html = coach_client.get(address("track_year")).content.decode()
    assert html.count(address("action_take_over")) == 16  # two suggestions a dimension
    step = {"dimension": "NET", "level": 2, "number": 0}

    answer = coach_client.post(address("action_take_over"), step)

    assert answer["Location"] == f"{address('track_year')}#acties"
    assert list(track.actions.values_list("dimension", "block", "status")) == [("NET", "network", "todo")]
    html = coach_client.get(address("track_year")).content.decode()
    assert (html.count(address("action_take_over")), html.count("Staat bij de acties.")) == (15, 1)


@pytest.mark.parametrize(
    "wrong", [{"dimension": "XXX"}, {"level": 5, "number": 9}, {"number": "x"}, {"level": ""}]
)
def test_a_step_that_is_not_there_is_told_and_changes_nothing(coach_client, address, wrong):
    step = {"dimension": "NET", "level": 2, "number": 0} | wrong

    answer = coach_client.post(address("action_take_over"), step, follow=True)

    assert (answer.status_code, Action.objects.count()) == (200, 0)
    assert "message error" in answer.content.decode()


def test_an_action_of_its_own_is_added(coach_client, address, coach):
    sent = SENT | {"owner": "Voorzitter", "due_on": written(30), "offer": "inspiratiegids"}

    answer = coach_client.post(address("action_add"), sent)

    action = Action.objects.get()
    assert answer["Location"] == f"{address('track_year')}#actie-{action.pk}"
    assert (action.what, action.owner, action.due_on, action.offer, action.moves.get().moved_by) == (
        "Kies een voorzitter",
        "Voorzitter",
        day(30),
        "inspiratiegids",
        coach,
    )


def test_a_control_character_in_the_words_of_a_coach_reaches_no_file(coach_client, address):
    sent = SENT | {"what": "Overleg\x0bplannen\x01", "owner": "\ufffeX\x00", "method": "a\x1fb\r\n\x0bc"}

    coach_client.post(address("action_add"), sent)
    again = coach_client.post(address("action_add"), sent | {"dimension": ""})

    action = Action.objects.get()
    assert (action.what, action.owner, action.method) == ("Overleg plannen", "X", "ab\n c")
    assert 'value="Overleg plannen"' in again.content.decode()


def test_the_form_knows_the_dimension_that_it_is_asked_for(coach_client, address):
    html = coach_client.get(f"{address('action_add')}?dimensie=LER").content.decode()

    assert '<option value="LER" selected>' in html
    assert re.search(r'value="self_assessment"[^>]*checked', html)
    assert '<option value="Aldervoorde">' in html  # a seat to choose as owner


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"what": ""}, "Wat gaat het forum doen?"),
        ({"dimension": "XXX"}, "Bij welke dimensie hoort dit?"),
        ({"due_on": "morgen"}, "Streefdatum"),
        ({"offer": "bestaat-niet"}, "Welk aanbod helpt hierbij?"),
        ({"is_breakthrough": "on"}, "Met welke partners?"),
        ({"is_breakthrough": "on", "partners": "x", "cofinancing": "25.001"}, "Vraag hoogstens 25.000 euro."),
        ({"is_breakthrough": "on", "partners": "x", "cofinancing": "12,50"}, "Typ een bedrag in hele euro"),
        ({"is_breakthrough": "on", "partners": "x", "decided_on": "03/03/2026"}, "Kies toegekend of niet"),
        ({"partners": "Provincie"}, "Vink dit aan, of maak de velden eronder leeg."),
    ],
)
def test_what_is_wrong_with_an_action_is_told_and_nothing_is_lost(coach_client, address, sent, told):
    answer = coach_client.post(address("action_add"), SENT | {"method": "Een eigen woord."} | sent)

    summary = re.search(r'class="summary".*?</div>', answer.content.decode(), re.S)[0]
    assert (answer.status_code, Action.objects.count()) == (200, 0)
    assert told in summary.replace("&#x27;", "'") or told in answer.content.decode()
    assert "Een eigen woord." in answer.content.decode()


@pytest.mark.parametrize("amount", ["25.000", "25 000", "25000", "25.000 euro", "€ 25.000"])
def test_an_amount_is_understood_as_people_write_it(coach_client, address, amount):
    sent = SENT | {"is_breakthrough": "on", "partners": "Provincie", "cofinancing": amount}

    coach_client.post(address("action_add"), sent)

    assert Breakthrough.objects.get().cofinancing == 25_000
    told = page(coach_client, address("action", Action.objects.get().pk))
    assert "Gevraagde cofinanciering 25.000 euro" in told


def test_an_action_is_changed_from_what_it_says(coach_client, address, action):
    html = coach_client.get(address("action_change", action.pk)).content.decode()
    assert 'value="Stel een netwerkteam samen"' in html

    coach_client.post(address("action_change", action.pk), SENT)

    action.refresh_from_db()
    assert (action.what, action.dimension, action.owner) == ("Kies een voorzitter", "VER", "")


def test_an_offer_that_left_the_file_stays_with_its_action(coach_client, address, action):
    Action.objects.update(offer="van-vroeger")
    assert the_offer().find("van-vroeger") is None

    coach_client.post(address("action_change", action.pk), SENT | {"offer": "van-vroeger"})

    assert Action.objects.get().offer == "van-vroeger"
    assert "Kies een voorzitter" in page(coach_client, address("action", action.pk))


def test_an_action_moves_with_a_button_and_its_course_is_told(coach_client, address, action):
    answer = coach_client.post(address("action_move", action.pk), {"status": "doing"})

    assert answer["Location"] == f"{address('track_year')}#actie-{action.pk}"
    assert "Toegevoegd als nog te starten" in page(coach_client, address("action", action.pk))
    assert "Verplaatst naar loopt" in page(coach_client, address("action", action.pk))


def test_a_move_to_nowhere_changes_nothing(coach_client, address, action):
    coach_client.post(address("action_move", action.pk), {"status": "elsewhere"})

    assert Action.objects.get().status == "todo"


def test_an_action_is_removed_after_asking(coach_client, address, action):
    assert "haar geschiedenis" in page(coach_client, address("action_remove", action.pk))
    assert Action.objects.count() == 1

    answer = coach_client.post(address("action_remove", action.pk))

    assert (answer["Location"], Action.objects.count()) == (f"{address('track_year')}#acties", 0)


# --- The offer -----------------------------------------------------------------------------------------------


def test_the_offer_is_filtered_by_dimension_and_by_what_runs_now(coach_client, version):
    def ids(query: str = "") -> list[str]:
        html = coach_client.get(f"{reverse('reports:offer')}{query}").content.decode()
        return re.findall(r'<section class="card offer" id="([^"]+)"', html)

    assert len(ids()) == 24
    assert "tien-vragen" in ids("?dimensie=VIS")
    assert "ontwikkeltraject" not in ids("?nu=ja")
    assert ids("?dimensie=bestaat-niet") == []


def test_the_offer_says_what_is_no_longer_current(coach_client, version):
    told = page(coach_client, reverse("reports:offer"))

    assert "Niet meer actueel (tot 31 december 2025)." in told
    assert "Er is geen aanbod" in page(coach_client, f"{reverse('reports:offer')}?dimensie=x")
