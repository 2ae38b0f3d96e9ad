"""The page with two rounds beside each other: which rounds, who sees it, and what it joins to the results."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessment.models import Action, Merger, Round, Snapshot, Target
from tests import factories
from tests.browser.fixtures import DESKTOP, PHONE
from tests.reports.cast import close, make_result, measured

KINDS = ("baseline", "interim", "final")
DAYS = {"baseline": 300, "interim": 150, "final": 10}


def held(forum, *kinds: str, **results) -> list[Round]:
    """Closed rounds of one track, with results by kind where it matters."""
    rounds = []
    for kind in kinds:
        days = DAYS[kind]
        round = factories.make_round(forum=forum, kind=kind, opens_in=-days - 20, closes_in=-days)
        close(round, results.get(kind))
        moment = timezone.now() - datetime.timedelta(days=days)
        Round.objects.filter(pk=round.pk).update(closed_at=moment)
        Snapshot.objects.filter(round=round).update(closed_at=moment)
        round.refresh_from_db()
        rounds.append(round)
    return rounds


def address(forum, first: Round | None = None, second: Round | None = None) -> str:
    path = reverse("reports:comparison", args=[forum.slug])
    return path if first is None else f"{path}?van={first.pk}&naar={second.pk}"


def page(client: Client, *args) -> str:
    return client.get(address(*args)).content.decode()


def test_comparison_is_for_the_coach_of_the_forum_and_the_programme_manager(
    forum, coach_client, manager_client
):
    held(forum, "baseline", "interim")
    outsider = Client()
    outsider.force_login(factories.make_coach("begeleider.zuid@programma.example"))
    clients = {"coach": coach_client, "manager": manager_client, "other coach": outsider, "visitor": Client()}

    statuses = {who: client.get(address(forum)).status_code for who, client in clients.items()}

    assert statuses == {"coach": 200, "manager": 200, "other coach": 404, "visitor": 302}


def test_headline_is_first_to_last_of_the_track(forum, coach_client):
    held(forum, *KINDS)

    assert "Van nulmeting naar eindmeting bij het" in page(coach_client, forum)


def test_without_a_second_round_in_the_track_the_newest_two_stand_beside_each_other(forum, coach_client):
    _earlier, later = held(forum, "baseline", "final")
    Round.objects.filter(pk=later.pk).update(
        track=forum.tracks.create(
            starts_on=later.opens_on, ends_on=later.opens_on + datetime.timedelta(days=365)
        )
    )

    assert "Van nulmeting naar eindmeting bij het" in page(coach_client, forum)


@pytest.mark.parametrize(
    "van, naar", [("baseline", "interim"), ("interim", "final"), ("baseline", "final"), ("final", "baseline")]
)
def test_any_two_rounds_can_be_chosen_and_the_earlier_comes_first(forum, coach_client, van, naar):
    rounds = dict(zip(KINDS, held(forum, *KINDS), strict=True))
    names = {"baseline": "nulmeting", "interim": "tussenmeting", "final": "eindmeting"}
    first, second = sorted((van, naar), key=KINDS.index)

    answer = coach_client.get(address(forum, rounds[van], rounds[naar]))

    assert f"Van {names[first]} naar {names[second]} bij het" in answer.content.decode()
    form = answer.context["form"]
    assert (form["van"].value(), form["naar"].value()) == (rounds[first].pk, rounds[second].pk)


def test_the_same_round_twice_is_asked_again(forum, coach_client):
    first, _ = held(forum, "baseline", "interim")

    told = page(coach_client, forum, first, first)

    assert "Kies twee verschillende rondes." in told
    assert "Wat is veranderd?" not in told


def test_round_of_another_forum_is_no_choice(forum, coach, coach_client):
    first, _ = held(forum, "baseline", "interim")
    other = factories.make_forum(name="Zuidoverleg", coaches=[coach])
    (strange,) = held(other, "interim")

    told = page(coach_client, forum, first, strange)

    assert "Zuidoverleg" not in told
    assert "Wat is veranderd?" not in told


@pytest.mark.parametrize("query", ["?van=", "?van=x&naar=y", "?van=999999999999999999999&naar=1"])
def test_nonsense_is_answered_with_the_form(forum, coach_client, query):
    held(forum, "baseline", "interim")

    assert coach_client.get(f"{address(forum)}{query}").status_code == 200


def test_one_round_has_nothing_beside_it(forum, coach_client):
    held(forum, "baseline")
    factories.make_open_round(forum=forum, kind="interim")

    assert "Er is nog maar één ronde met een resultaat." in page(coach_client, forum)


def test_no_round_says_so(forum, coach_client):
    assert "Er is nog geen ronde met een resultaat." in page(coach_client, forum)


def test_merged_municipalities_changed_members_and_another_version_are_told_together(forum, coach_client):
    """One forum of eight that merged into seven, with a new mayor and the same questionnaire in better words."""
    merged = make_result(version="1.1.0", response={"members": 7, "delegations": 7, "rate": 1.0})
    _, second = held(forum, "baseline", "interim", interim=merged)
    Snapshot.objects.filter(round=second).update(questionnaire_version="1.1.0")
    day = timezone.localdate() - datetime.timedelta(days=200)
    seat = forum.seats.order_by("pk").first()
    Merger.objects.create(
        municipality=seat.municipality, old_nis="F9001", old_name="Oudervoorde", valid_from=day
    )
    factories.make_member(seat=seat, function="tweede burgemeester", active_from=day)

    told = page(coach_client, forum)

    assert "Bij de nulmeting telde het forum 8 gemeenten, bij de tussenmeting 7." in told
    assert "Sinds de vorige ronde zijn gemeenten gefuseerd." in told
    assert "Tussen beide rondes veranderde de bezetting van 1 zetel." in told
    assert "eerst 1.0.0, nu 1.1.0" in told
    assert "Wat is veranderd?" in told
    assert "tweede burgemeester" not in told


def test_rounds_that_cannot_be_compared_have_neither_chart_nor_table(forum, coach_client):
    held(forum, "baseline", "interim", interim=make_result(version="2.0.0"))

    told = page(coach_client, forum)

    assert "Deze rondes zijn niet te vergelijken" in told
    assert "De vragenlijst is te veel veranderd." in told
    assert "<svg" not in told
    assert "<table" not in told


def test_another_questionnaire_of_the_same_number_is_another_meaning(forum, coach_client):
    _, second = held(forum, "baseline", "interim")
    other = second.version.questionnaire.__class__.objects.create(slug="andere-vragenlijst")
    document = second.version.document.replace('"id":"burgemeestersforum"', '"id":"andere-vragenlijst"')
    Round.objects.filter(pk=second.pk).update(
        version=other.versions.create(version="1.0.0", document=document)
    )

    assert "De vragenlijst is te veel veranderd." in page(coach_client, forum)


def act(round: Round, what: str, *, dimension: str = "NET", days: int = 100, **fields) -> Action:
    added_on = timezone.localdate() - datetime.timedelta(days=days)
    return Action.objects.create(
        track=round.track, dimension=dimension, block="network", what=what, added_on=added_on, **fields
    )


def test_actions_between_both_closings_stand_beside_their_dimension(forum, coach_client):
    first, second = held(forum, "baseline", "final")
    seen_on = timezone.localdate() - datetime.timedelta(days=50)
    done = act(second, "Stel een netwerkteam samen.", status="done", evidence="Vier keer samen.")
    Action.objects.filter(pk=done.pk).update(evidence_seen_on=seen_on)
    done.moves.create(after="done", moved_at=timezone.now() - datetime.timedelta(days=60))
    act(second, "Kwam te laat.", days=3)
    early = act(second, "Was al gestopt.", days=320, status="stopped")
    early.moves.create(after="stopped", moved_at=first.closed_at - datetime.timedelta(days=1))
    act(first, "Loopt al lang.", days=310, status="doing", owner="coördinator")

    told = page(coach_client, forum)

    assert "Stel een netwerkteam samen." in told
    assert "Bewijs gezien op" in told
    assert "Vier keer samen." in told
    assert "Loopt al lang." in told
    assert "coördinator" in told
    assert "Kwam te laat." not in told
    assert "Was al gestopt." not in told


def test_rounds_that_cannot_be_compared_tell_the_dimensions_with_actions_only(forum, coach_client):
    _, second = held(forum, "baseline", "interim", interim=make_result(version="2.0.0"))

    bare = page(coach_client, forum)
    act(second, "Stel een netwerkteam samen.", days=200)
    told = page(coach_client, forum)

    assert "Per dimensie" not in bare
    assert told.count("<h3>") == 1
    assert told.count("Voor de andere dimensies waren er tussen beide rondes geen afgesproken acties.") == 1
    assert "<h3>Netwerkmanagement en procesregie</h3>" in told
    assert "is niet te vergelijken" not in told


def test_targets_are_those_that_the_forum_stands_by(forum, coach_client):
    _, second = held(forum, "baseline", "interim")
    today = timezone.localdate()
    Target.objects.create(track=second.track, dimension="NET", level=5, replaced_on=today)
    Target.objects.create(
        track=second.track, dimension="NET", level=4, chosen_on=timezone.localdate(second.closed_at)
    )
    Target.objects.create(track=second.track, dimension="VER", level=None)

    told = page(coach_client, forum)

    assert told.count("treefniveau voor") == 1
    assert "Het streefniveau voor netwerkmanagement en procesregie ligt binnen de marge: sturend." in told


def test_queries_do_not_grow_with_rounds_and_actions(forum, coach_client, django_assert_num_queries):
    rounds = held(forum, *KINDS)
    address_ = address(forum, rounds[0], rounds[1])
    coach_client.get(
        address_
    )  # reads the questionnaire once; each round is asked for as for a report of its own
    with django_assert_num_queries(17):
        coach_client.get(address_)
    for number in range(3):
        act(rounds[0], f"Actie {number}.", days=200)
        Target.objects.create(track=rounds[0].track, dimension=("VIS", "VER", "NET")[number], level=4)

    with django_assert_num_queries(17):
        coach_client.get(address_)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_chart_fits_the_screen_and_the_table_beside_it_says_the_same(forum, coach, visitors):
    result = make_result(VIS=measured(69, 7), VER=measured(30, 7))
    held(forum, "baseline", "interim", interim=result)

    for size, shown in ((PHONE, "narrow"), (DESKTOP, "wide")):
        page = visitors.arrive(size=size, account=coach)
        page.goto(address(forum))

        assert page.locator(".chart:visible").get_attribute("class") == f"chart {shown}"
        drawn = page.locator(".chart:visible svg").text_content()
        row = page.locator("tbody tr").first.inner_text()
        for words in ("+12 (marge\u00a08)", "vooruitgang"):
            assert words in drawn
            assert words in row


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_error_looks_as_on_every_page(forum, coach, visitors):
    first, _ = held(forum, "baseline", "interim")
    page = visitors.arrive(account=coach)
    page.goto(address(forum, first, first))

    look = page.locator(".summary h2").evaluate(
        "each => { const {marginTop, fontSize, color} = getComputedStyle(each); return [marginTop, fontSize, color]; }"
    )

    assert look == ["0px", "18.4px", "rgb(28, 43, 58)"]
