"""The seats of a forum: found, added one by one or by region, removed while nobody sat there, combined."""

import datetime

import pytest
from auditlog.models import LogEntry
from django.core.management import call_command
from django.utils import timezone

from assessment.actions.membership import MembershipError, add_member
from assessment.actions.seats import SeatError, add_seat, combine_seats, remove_seat
from assessment.models import Draft, Forum, Invitation, Member, Municipality, Region, Seat
from assessment.queries import response_of
from tests import factories
from tests.assessment.coaching.test_forums import page_of, submit


@pytest.fixture
def regions(db) -> None:
    call_command("load_regions", verbosity=0)


@pytest.fixture
def seats(forum) -> str:
    return f"/fora/{forum.slug}/zetels/"


def of(forum: Forum) -> list[str]:
    return sorted(map(str, forum.seats.select_related("municipality")))


def add(client, path: str, **fields: str):
    return client.post(f"{path}toevoegen/", {"municipality": "", "organisation": ""} | fields, follow=True)


@pytest.mark.parametrize("words", ["Kruibeke", " kruibeke ", "Beveren-Kruibeke-Zwijndrecht", "46030"])
def test_a_seat_is_added_by_any_name_of_the_municipality(coach_client, forum, seats, regions, words):
    page = add(coach_client, seats, municipality=words).content.decode()

    assert forum.seats.filter(municipality__nis="46030").count() == 1
    assert "De zetel van Beveren-Kruibeke-Zwijndrecht is toegevoegd." in page
    assert ("is gefuseerd" in page) == (words.strip().casefold() == "kruibeke")


def test_an_unknown_name_is_kept_and_others_are_offered(coach_client, forum, seats, regions):
    page = add(coach_client, seats, municipality="Kruibek").content.decode()

    assert 'value="Kruibek"' in page
    assert "Welke gemeente bedoelt u met &quot;Kruibek&quot;: Beveren-Kruibeke-Zwijndrecht?" in page
    assert forum.seats.count() == 8


def test_a_seat_is_of_a_municipality_or_an_organisation(coach_client, forum, seats, regions):
    for fields in ({}, {"municipality": "Temse", "organisation": "Streekorganisatie"}):
        assert (
            "Vul een gemeente in, of een organisatie." in add(coach_client, seats, **fields).content.decode()
        )

    add(coach_client, seats, organisation="Streekorganisatie")
    page = add(coach_client, seats, organisation="STREEKORGANISATIE").content.decode()

    assert "STREEKORGANISATIE heeft al een zetel in dit forum." in page
    assert forum.seats.count() == 9


def test_a_second_seat_of_one_municipality_is_asked_for_and_counts_once(coach_client, forum, seats, regions):
    add(coach_client, seats, municipality="Beveren")
    page = add(coach_client, seats, municipality="Zwijndrecht").content.decode()
    assert "heeft al een zetel in dit forum. Wilt u een tweede" in page
    assert 'name="is_second"' in page

    page = add(coach_client, seats, municipality="Zwijndrecht", is_second="on").content.decode()

    assert page.count("Twee zetels van één gemeente") == 2
    round = factories.make_open_round(forum=forum)
    assert (forum.seats.count(), response_of(round).municipalities_total) == (10, 9)


def test_a_region_gives_a_seat_to_those_without_one(coach_client, coach, regions):
    forum = factories.make_forum(coaches=[coach], municipalities=0)
    add_seat(forum=forum, municipality=Municipality.objects.get(name="Temse"))
    path = f"/fora/{forum.slug}/zetels/regio/?regio=waasland"

    page = page_of(coach_client, path)
    chosen = coach_client.get(path).context["form"]["municipalities"].value()
    coach_client.post(path, {"municipalities": chosen})

    assert ("Temse" in page, "Lokeren" in page) == (False, True)
    assert of(forum) == sorted(map(str, Region.objects.get(code="waasland").municipalities.all()))
    assert "Alle gemeenten van Waasland hebben al een zetel." in page_of(coach_client, path)
    trail = LogEntry.objects.get_for_model(Seat).filter(actor=coach)
    assert trail.count() == len(chosen)


def test_a_region_asks_for_one_municipality_at_least(coach_client, forum, seats, regions):
    page = coach_client.post(f"{seats}regio/?regio=waasland", {"csrfmiddlewaretoken": "x"}).content.decode()

    assert "Vul dit veld in." in page
    assert forum.seats.count() == 8


@pytest.mark.parametrize("query", ["", "?regio=", "?regio=elders"])
def test_without_a_region_nothing_is_added(coach_client, forum, seats, regions, query):
    response = coach_client.post(f"{seats}regio/{query}", {"municipalities": ["1"]})

    assert (response.status_code, forum.seats.count()) == (200, 8)


def test_a_seat_on_which_nobody_sat_is_removed(coach_client, forum, seats):
    seat = factories.make_seat(forum=forum, organisation="Streekorganisatie")
    assert "De zetel van Streekorganisatie verdwijnt" in page_of(
        coach_client, f"{seats}{seat.pk}/verwijderen/"
    )

    page = coach_client.post(f"{seats}{seat.pk}/verwijderen/", follow=True).content.decode()

    assert "De zetel van Streekorganisatie is verwijderd." in page
    assert forum.seats.count() == 8


@pytest.mark.parametrize(
    "left, reason", [(False, "Er zit iemand op deze zetel."), (True, "zat eerder iemand")]
)
def test_a_seat_that_somebody_has_or_had_stays_with_the_reason(coach_client, forum, seats, left, reason):
    seat = forum.seats.first()
    if left:
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        Member.objects.filter(seat=seat).update(active_until=yesterday)

    page = coach_client.post(f"{seats}{seat.pk}/verwijderen/", follow=True).content.decode()

    assert reason in page
    assert Seat.objects.filter(pk=seat.pk).exists()


def test_removing_says_what_it_changes_for_a_round_that_is_open(coach_client, forum, seats):
    factories.make_open_round(forum=forum)
    alone = factories.make_seat(forum=forum, municipality=factories.make_municipality("Elders"))
    second = factories.make_seat(forum=forum, municipality=forum.seats.order_by("pk").first().municipality)

    warned = [
        "één gemeente minder" in page_of(coach_client, f"{seats}{each.pk}/verwijderen/")
        for each in (alone, second)
    ]

    assert warned == [True, False]


def test_a_member_is_not_added_on_a_seat_that_was_removed_meanwhile(forum):
    seat = factories.make_seat(forum=forum, organisation="Streekorganisatie")
    remove_seat(seat=Seat.objects.get(pk=seat.pk))

    with pytest.raises(MembershipError, match="Iemand anders"):
        add_member(forum=forum, seat=seat, name="coördinator", email="coordinator@forum.example")
    with pytest.raises(SeatError, match="Iemand anders"):
        remove_seat(seat=seat)


def test_combining_moves_everybody_and_touches_no_answer(coach_client, coach, forum, seats):
    first = forum.seats.order_by("pk").first()
    second = factories.make_seat(forum=forum, municipality=first.municipality)
    factories.make_member(seat=second, function="schepen")
    round = factories.make_open_round(forum=forum)
    submit(round, 9)
    before = (list(Invitation.objects.order_by("pk").values()), list(Draft.objects.order_by("pk").values()))

    asked = page_of(coach_client, f"{seats}{second.pk}/samenvoegen/")
    assert f"Op deze zetel zit nu: {second.members.get().name}, schepen" in asked
    coach_client.post(f"{seats}{second.pk}/samenvoegen/")

    assert (forum.seats.count(), first.members.count()) == (8, 2)
    after = (list(Invitation.objects.order_by("pk").values()), list(Draft.objects.order_by("pk").values()))
    assert after == before
    [entry] = LogEntry.objects.get_for_model(Seat).filter(actor=coach, action=LogEntry.Action.DELETE)
    assert (entry.object_pk, entry.object_repr) == (str(second.pk), str(first))


def test_seats_of_two_municipalities_or_forums_are_never_combined(coach_client, forum, seats):
    one, other = forum.seats.order_by("pk")[:2]
    elsewhere = factories.make_forum(name="Elders", municipalities=1).seats.get()
    organisation = factories.make_seat(forum=forum, organisation="Streekorganisatie")

    assert coach_client.get(f"{seats}{one.pk}/samenvoegen/").status_code == 404
    for into in (other, elsewhere, one, organisation):
        with pytest.raises(SeatError):
            combine_seats(seat=one, into=into)
    with pytest.raises(SeatError):
        combine_seats(seat=organisation, into=organisation)


def test_seats_of_another_forum_are_not_found(coach_client, seats):
    seat = factories.make_forum(name="Elders", municipalities=1).seats.get()

    for job in ("verwijderen", "samenvoegen"):
        assert coach_client.post(f"{seats}{seat.pk}/{job}/").status_code == 404


def test_seats_are_found_by_former_name_organisation_and_person_and_ordered(
    coach_client, forum, seats, regions
):
    add(coach_client, seats, municipality="Kruibeke")
    add(coach_client, seats, organisation="Streekorganisatie")

    def found(query: str) -> list[str]:
        return [str(seat) for seat in coach_client.get(f"{seats}{query}").context["seats"]]

    assert found("?zoek=zwijndrecht") == ["Beveren-Kruibeke-Zwijndrecht"]
    assert found("?zoek=STREEK") == ["Streekorganisatie"]
    assert found("?zoek=burgemeester+van+dieplake") == ["Dieplake"]
    assert found("?volgorde=leeg")[:3] == ["Beveren-Kruibeke-Zwijndrecht", "Streekorganisatie", "Aldervoorde"]
    assert "Geen zetel gevonden." in page_of(coach_client, f"{seats}?zoek=elders")


def test_a_forum_without_seats_says_what_to_do(coach_client, coach):
    forum = factories.make_forum(coaches=[coach], municipalities=0)

    assert "Dit forum heeft nog geen zetels." in page_of(coach_client, f"/fora/{forum.slug}/zetels/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_seats(
    coach, coach_client, number, django_assert_num_queries
):
    forum = factories.make_forum(coaches=[coach], municipalities=number, members_per_seat=number)

    with django_assert_num_queries(6):
        coach_client.get(f"/fora/{forum.slug}/zetels/")
