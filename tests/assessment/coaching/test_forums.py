"""My forums and one forum: where the year stands, who sits where, in a fixed number of queries."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.formats import date_format

from assessment.coaching.standing import standings
from assessment.coaching.views.forums import FEW, ROWS
from assessment.models import Forum, Invitation, Member, Municipality, Round, User
from tests import factories


def page_of(client, path: str, language: str = "nl") -> str:
    """The words of a page, one space between them, without its markup."""
    client.cookies["taal"] = language
    response = client.get(path)
    assert response.status_code == 200
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def submit(round: Round, number: int) -> None:
    for invitation in factories.invitations_of(round)[:number]:
        factories.fill_in(invitation, role=factories.role_for(invitation.member))
        factories.submit(invitation)


def in_full(day: datetime.date) -> str:
    return date_format(day, "j F Y")


def test_a_coach_without_forum_reads_what_to_do(coach_client):
    assert "U begeleidt nog geen forum." in page_of(coach_client, "/fora/")


def test_forums_stand_in_alphabetical_order_whatever_their_capitals(coach, coach_client):
    for name in ("Zuidoverleg", "alpenforum", "Midwestforum"):
        factories.make_forum(name=name, coaches=[coach], municipalities=0)

    names = [standing.forum.name for standing in coach_client.get("/fora/").context["standings"]]

    assert names == ["alpenforum", "Midwestforum", "Zuidoverleg"]


def test_archived_forums_are_not_listed(coach_client, forum):
    Forum.objects.update(is_archived=True)

    assert coach_client.get("/fora/").context["standings"] == []


def test_an_open_round_shows_its_response_and_the_days_left(coach_client, forum):
    submit(factories.make_open_round(forum=forum, closes_in=11), 6)

    page = page_of(coach_client, "/fora/")

    assert "6 van 8 gemeenten dienden in 6 van 8 leden Nog 11 dagen." in page
    assert f"{in_full(timezone.localdate() + datetime.timedelta(days=11))}." in page
    assert "nog niet gehaald" not in page


def test_members_of_organisations_are_counted_apart(coach, coach_client):
    forum = factories.make_forum(coaches=[coach], municipalities=5, organisations=2)
    submit(factories.make_open_round(forum=forum), 6)

    page = page_of(coach_client, "/fora/")

    assert "5 van 5 gemeenten dienden in 5 van 5 leden 1 van 2 leden van organisaties" in page


def test_below_the_threshold_the_card_says_so(coach_client, open_round):
    submit(open_round, 4)

    assert "nog niet gehaald: vijf leden uit drie gemeenten" in page_of(coach_client, "/fora/")


def test_the_last_day_is_named(coach_client, forum):
    factories.make_open_round(forum=forum, closes_in=0)

    assert "Laatste dag." in page_of(coach_client, "/fora/")


def test_a_planned_round_shows_when_it_opens(coach_client, forum):
    round = factories.make_round(forum=forum)

    assert f"{in_full(round.opens_on)}." in page_of(coach_client, "/fora/")


def test_without_a_round_the_card_leads_to_planning(coach_client, forum):
    page = coach_client.get("/fora/").content.decode()

    assert f'href="/fora/{forum.slug}/rondes/plannen/"' in page


@pytest.mark.parametrize(
    "states, expected",
    [
        ([], None),
        (["closed"], "baseline"),
        (["closed", "planned"], "interim"),
        (["closed", "closed"], "interim"),
        (["open", "planned"], "baseline"),
        (["closed", "open", "planned"], "interim"),
    ],
)
def test_the_round_in_sight_is_open_or_next_or_last(forum, states, expected):
    for number, state in enumerate(states):
        now = timezone.now()
        times = {
            "opened_at": None if state == "planned" else now,
            "closed_at": now if state == "closed" else None,
        }
        days = {"opens_in": 100 * number, "closes_in": 100 * number + 9}
        factories.make_round(forum=forum, kind=list(Round.Kind)[number], state=state, **times, **days)

    [standing] = standings(Forum.objects.all())

    assert (standing.focus and standing.focus.kind) == expected
    assert [step.kind for step in standing.steps] == ["baseline", "interim", "final"]
    assert [step.round is not None for step in standing.steps] == [
        number < len(states) for number in range(3)
    ]


def test_a_new_year_shows_its_own_steps(forum):
    factories.make_round(forum=forum, opens_in=-400, closes_in=-390, state="closed", closed_at=timezone.now())
    this_year = factories.make_round(forum=forum, opens_in=5)

    [standing] = standings(Forum.objects.all())

    assert [step.round for step in standing.steps] == [this_year, None, None]


def test_who_has_begun_changes_nothing_on_any_page(coach_client, open_round):
    paths = ["/fora/", f"/fora/{open_round.forum.slug}/"]
    paths += [f"{paths[1]}rondes/{open_round.pk}/{page}" for page in ("", "sluiten/", "uitstellen/")]
    before = [page_of(coach_client, path) for path in paths]

    for invitation in factories.invitations_of(open_round)[:4]:
        factories.fill_in(invitation)

    assert [page_of(coach_client, path) for path in paths] == before


def test_a_programme_manager_sees_all_forums_and_finds_one_by_name(manager_client, forum):
    factories.make_forum(name="Zuidoverleg", municipalities=0)

    def names(query: str) -> list[str]:
        return [each.forum.name for each in manager_client.get(f"/fora/{query}").context["standings"]]

    assert names("") == ["Burgemeestersoverleg Noordrand", "Zuidoverleg"]
    assert names("?zoek=zuid") == ["Zuidoverleg"]
    assert "Geen forum gevonden." in page_of(manager_client, "/fora/?zoek=elders")


def has_search(client) -> bool:
    return 'role="search"' in client.get("/fora/").content.decode()


def test_a_coach_of_a_few_forums_has_no_search_and_of_many_has(coach, coach_client):
    for number in range(FEW):
        factories.make_forum(name=f"Forum {number}", coaches=[coach], municipalities=0)
    before = has_search(coach_client)

    factories.make_forum(name="Nog een forum", coaches=[coach], municipalities=0)

    assert (before, has_search(coach_client)) == (False, True)


def found(client, query: str) -> list[str]:
    return [each.forum.name for each in client.get(f"/fora/?{query}").context["standings"]]


@pytest.fixture
def four(coach):
    """Forums of other kinds and states; the third is archived."""
    other = factories.make_coach("begeleider.zuid@programma.example", name="Begeleider Zuid")
    oost = factories.make_forum(name="Oostforum", kind="subregional", coaches=[other], municipalities=0)
    west = factories.make_forum(name="Westforum", coaches=[coach], municipalities=0, organisations=1)
    factories.make_forum(name="Oud forum", coaches=[coach], municipalities=0, is_archived=True)
    factories.make_forum(name="Middenforum", municipalities=0)
    factories.make_open_round(forum=oost, closes_in=20)
    factories.make_round(forum=west, opens_in=9)


@pytest.mark.parametrize(
    "query, names",
    [
        ("", ["Middenforum", "Oostforum", "Westforum"]),
        ("zoek=OOST", ["Oostforum"]),
        ("zoek=begeleider+zuid", ["Oostforum"]),
        ("zoek=streekorganisatie", ["Westforum"]),
        ("soort=subregional", ["Oostforum"]),
        ("soort=elders", ["Middenforum", "Oostforum", "Westforum"]),
        ("ronde=open", ["Oostforum"]),
        ("ronde=planned", ["Westforum"]),
        ("ronde=none", ["Middenforum"]),
        ("archief=ja", ["Oud forum"]),
        ("archief=ja&zoek=oost", []),
        ("volgorde=moment", ["Westforum", "Oostforum", "Middenforum"]),
        ("ronde=open&soort=regional", []),
    ],
)
def test_a_programme_manager_filters_and_orders_all_forums(manager_client, four, query, names):
    assert found(manager_client, query) == names


@pytest.mark.parametrize("words", ["Beveren-Kruibeke-Zwijndrecht", "Zwijndrecht", "zwijndrecht"])
def test_a_forum_is_found_by_any_name_of_its_municipalities(manager_client, forum, words):
    call_command("load_regions", verbosity=0)
    factories.make_seat(forum=forum, municipality=Municipality.objects.get(nis="46030"))
    factories.make_forum(name="Elders", municipalities=0)

    assert found(manager_client, f"zoek={words}") == [forum.name]


def test_a_coach_finds_own_forums_only(coach_client, four):
    assert found(coach_client, "zoek=forum") == ["Westforum"]
    assert found(coach_client, "archief=ja") == ["Oud forum"]


def test_a_coach_reaches_the_archive_when_there_is_one(coach_client, four):
    assert "Gearchiveerde fora bekijken" in page_of(coach_client, "/fora/")

    Forum.objects.update(is_archived=False)

    assert "Gearchiveerde fora bekijken" not in page_of(coach_client, "/fora/")


def test_a_long_list_has_pages_that_keep_what_was_asked(manager_client, db):
    for number in range(ROWS + 1):
        factories.make_forum(name=f"Forum {number:02}", municipalities=0)

    first = manager_client.get("/fora/?zoek=forum").content.decode()

    assert re.findall(r'href="(\?[^"]*pagina[^"]*)"', first) == ["?zoek=forum&amp;pagina=2"]
    assert found(manager_client, "zoek=forum&pagina=2") == [f"Forum {ROWS:02}"]
    assert found(manager_client, "zoek=forum&pagina=elders") == [f"Forum {n:02}" for n in range(ROWS)]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_all_forums_costs_the_same_for_any_number(
    coach, manager_client, number, django_assert_num_queries
):
    """A programme manager who coaches too, for whom everything is read."""
    manager = User.objects.get(kind=User.Kind.PROGRAMME_MANAGER)
    for name in ("Alpha", "Beta", "Gamma")[:number]:
        forum = factories.make_forum(name=name, coaches=[coach, manager])
        factories.make_open_round(forum=forum, closes_in=5)
        factories.make_forum(name=f"{name} zonder begeleider", municipalities=0)
    manager_client.get("/fora/")

    with django_assert_num_queries(14):
        manager_client.get("/fora/?volgorde=moment")
    with django_assert_num_queries(8):
        manager_client.get("/fora/?zoek=noord&soort=regional&ronde=open")


def test_a_forum_shows_its_seats_with_and_without_somebody(coach_client, forum):
    first = forum.members.order_by("pk").first()
    Member.objects.filter(pk=first.pk).update(active_until=timezone.localdate() - datetime.timedelta(days=1))

    page = page_of(coach_client, f"/fora/{forum.slug}/")

    assert "Niemand op deze zetel Aldervoorde" in page
    assert "burgemeester van Beukerzele Beukerzele burgemeester Stemgerechtigd" in page
    assert "7 leden" in page


def test_a_forum_without_members_says_so(coach, coach_client):
    forum = factories.make_forum(coaches=[coach], municipalities=0)

    assert "Dit forum heeft nog geen leden." in page_of(coach_client, f"/fora/{forum.slug}/")


def test_names_of_people_are_never_markup(coach_client, forum):
    Member.objects.update(name="<b>burgemeester</b>", function="<script>")

    page = coach_client.get(f"/fora/{forum.slug}/").content.decode()

    assert ("&lt;b&gt;burgemeester&lt;/b&gt;" in page, "<b>burgemeester" in page) == (True, False)


@pytest.mark.parametrize("number", [1, 3])
def test_the_first_page_costs_the_same_for_any_number_of_forums(
    coach, coach_client, number, django_assert_num_queries
):
    for name in ("Alpha", "Beta", "Gamma")[:number]:
        forum = factories.make_forum(name=name, coaches=[coach])
        factories.make_open_round(forum=forum, closes_in=5)
    coach_client.get("/fora/")  # the questionnaire is read once a process

    with django_assert_num_queries(13):
        coach_client.get("/fora/")


@pytest.mark.parametrize("number", [1, 3])
def test_a_forum_costs_the_same_for_any_number_of_members_and_rounds(
    coach, coach_client, number, django_assert_num_queries
):
    forum = factories.make_forum(coaches=[coach], municipalities=number, members_per_seat=number)
    for step, kind in enumerate(list(Round.Kind)[:number]):
        factories.make_round(forum=forum, kind=kind, opens_in=50 * step, closes_in=50 * step + 9)
    coach_client.get(f"/fora/{forum.slug}/")

    with django_assert_num_queries(11):
        coach_client.get(f"/fora/{forum.slug}/")


@pytest.mark.parametrize("number", [1, 3])
def test_an_open_round_costs_the_same_for_any_number_of_invitations(
    coach, coach_client, number, django_assert_num_queries
):
    forum = factories.make_forum(coaches=[coach], municipalities=number)
    round = factories.make_open_round(forum=forum)
    Invitation.objects.update(mail_state="failed", mail_reason="refused")
    for seat in forum.seats.all():
        factories.make_member(seat=seat, function="schepen")
    path = f"/fora/{forum.slug}/rondes/{round.pk}/"
    coach_client.get(path)

    with django_assert_num_queries(13):
        coach_client.get(path)


def test_many_rounds_have_pages_and_can_be_looked_through(coach_client, forum):
    for year in range(3):
        for number, kind in enumerate(Round.Kind):
            days = 400 * (year - 3) + 100 * number
            factories.make_round(forum=forum, kind=kind, opens_in=days, closes_in=days + 14)
    page = f"/fora/{forum.slug}/"

    def found(**asked: str) -> list[str]:
        return [each.kind for each in coach_client.get(page, asked).context["rounds"]]

    assert found() == ["final", "interim", "baseline"] * 2
    assert found(pagina="2") == ["final", "interim", "baseline"]
    assert found(volgorde="oudste")[:2] == ["baseline", "interim"]
    assert found(ronde="interim") == ["interim"] * 3
    years = sorted(str(each.opens_on.year) for each in Round.objects.filter(kind="final"))
    assert found(zoek="tussen") == ["interim"] * 3
    assert found(zoek=f"eind {years[-1]}") == ["final"]
    assert found(zoek="1999") == found(toestand="open") == []
    assert "Geen ronde gevonden." in coach_client.get(page, {"toestand": "open"}).content.decode()


def test_few_rounds_need_no_search(coach_client, forum):
    factories.make_round(forum=forum)

    assert 'name="toestand"' not in page_of(coach_client, f"/fora/{forum.slug}/")
