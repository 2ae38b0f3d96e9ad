"""Forums made, changed, archived and taken back by the programme manager."""

import datetime

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.utils import timezone

from assessment.actions.forums import ForumError, add_forum, archive_forum
from assessment.actions.planning import PlanningError, plan_round
from assessment.models import Forum, Region, User
from tests import factories
from tests.assessment.coaching.test_forums import page_of

ADD = "/beheer/fora/toevoegen/"
GIVEN = {"name": "Westforum", "article": "het", "kind": "subregional", "rhythm": "vijf keer per jaar"}


@pytest.fixture
def manager(db) -> User:
    return factories.make_programme_manager()


@pytest.fixture
def desk(manager) -> Client:
    client = Client()
    client.force_login(manager)
    return client


@pytest.fixture
def region(db) -> Region:
    return Region.objects.create(code="westhoek", name="Westhoek")


def test_a_new_forum_has_its_details_and_leads_to_its_seats(desk, coach, region):
    response = desk.post(ADD, GIVEN | {"regions": [region.pk], "coaches": [coach.pk]})

    [forum] = Forum.objects.all()
    assert response["Location"] == "/fora/westforum/zetels/"
    assert {name: getattr(forum, name) for name in GIVEN} == GIVEN
    assert (list(forum.regions.all()), list(forum.coaches.all())) == ([region], [coach])
    assert "Westforum is toegevoegd." in page_of(desk, response["Location"])


def test_its_coach_sees_it_and_others_do_not(desk, coach, coach_client):
    desk.post(ADD, GIVEN)
    assert coach_client.get("/fora/westforum/").status_code == 404

    desk.post("/fora/westforum/gegevens/", GIVEN | {"coaches": [coach.pk]})

    assert coach_client.get("/fora/westforum/").status_code == 200


def test_a_form_with_an_error_keeps_what_was_typed(desk, coach, region):
    page = desk.post(
        ADD, GIVEN | {"name": "", "regions": [region.pk], "coaches": [coach.pk]}
    ).content.decode()

    assert "Vul dit veld in." in page
    assert 'value="vijf keer per jaar"' in page
    checked = page.count(" checked")
    assert checked == 4  # article, kind, region and coach


def test_two_running_forums_never_have_one_name(desk, manager):
    desk.post(ADD, GIVEN)

    page = desk.post(ADD, GIVEN | {"name": "WESTFORUM"}).content.decode()

    assert "Er is al een forum met deze naam." in page
    assert Forum.objects.count() == 1


def test_the_name_of_an_archived_forum_is_free_and_its_address_is_not(manager):
    old = add_forum(by=manager, name="Westforum", article="het", kind="regional")
    archive_forum(forum=old)

    new = add_forum(by=manager, name="Westforum", article="het", kind="regional")

    assert (old.slug, new.slug) == ("westforum", "westforum-2")


@pytest.mark.parametrize("name, slug", [("Überlegung & Co", "uberlegung-co"), ("???", "forum")])
def test_any_name_makes_an_address(manager, name, slug):
    assert add_forum(by=manager, name=name, article="", kind="regional").slug == slug


def test_a_renamed_forum_keeps_its_address(desk, forum):
    desk.post(f"/fora/{forum.slug}/gegevens/", GIVEN | {"article": ""})

    forum.refresh_from_db()
    assert (forum.name, forum.article, forum.slug) == ("Westforum", "", "burgemeestersoverleg-noordrand")


def test_a_coach_without_access_stays_until_somebody_takes_the_forum_away(desk, coach, forum):
    User.objects.filter(pk=coach.pk).update(is_active=False)

    page = desk.get(f"/fora/{forum.slug}/gegevens/").content.decode()

    assert page.count('name="coaches"') == 2
    desk.post(f"/fora/{forum.slug}/gegevens/", GIVEN | {"coaches": [coach.pk]})
    assert list(forum.coaches.all()) == [coach]


def test_a_forum_with_a_round_to_come_is_not_archived(desk, forum):
    factories.make_round(forum=forum)

    page = desk.post(f"/fora/{forum.slug}/archiveren/", follow=True).content.decode()

    assert "Er is nog een ronde open of gepland." in page
    assert not Forum.objects.get().is_archived


def test_an_archived_forum_is_read_and_not_planned_in(desk, forum, version):
    desk.post(f"/fora/{forum.slug}/archiveren/")

    assert "Dit forum is gearchiveerd." in page_of(desk, f"/fora/{forum.slug}/")
    today = timezone.localdate()
    with pytest.raises(PlanningError, match="geen nieuwe ronde plannen"):
        plan_round(forum=forum, kind="baseline", opens_on=today, closes_on=today + datetime.timedelta(days=9))

    desk.post(f"/fora/{forum.slug}/terughalen/")

    assert not Forum.objects.get().is_archived


def test_a_forum_whose_name_was_taken_meanwhile_stays_archived(desk, manager, forum):
    archive_forum(forum=forum)
    add_forum(by=manager, name=forum.name, article="het", kind="regional")

    page = desk.post(f"/fora/{forum.slug}/terughalen/", follow=True).content.decode()

    assert "Er is al een forum met deze naam." in page
    assert Forum.objects.get(pk=forum.pk).is_archived


def test_asking_to_archive_changes_nothing(desk, forum):
    assert "Een gearchiveerd forum blijft raadpleegbaar" in page_of(desk, f"/fora/{forum.slug}/archiveren/")
    assert not Forum.objects.get().is_archived


def test_a_demo_account_makes_a_demo_forum(db):
    demo = factories.make_programme_manager(is_demo=True)

    assert add_forum(by=demo, name="Proef", article="", kind="regional").is_demo


def test_the_trail_names_who_made_and_changed_a_forum(desk, manager, coach):
    desk.post(ADD, GIVEN | {"coaches": [coach.pk]})
    desk.post("/fora/westforum/archiveren/")

    entries = LogEntry.objects.get_for_model(Forum).order_by("pk")

    assert {entry.actor for entry in entries} == {manager}
    assert [sorted(entry.changes) for entry in entries][1:] == [["coaches"], ["is_archived"]]


def test_a_name_that_is_refused_makes_nothing(manager, forum):
    with pytest.raises(ForumError, match="al een forum met deze naam"):
        add_forum(by=manager, name=forum.name.upper(), article="", kind="regional")

    assert Forum.objects.count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_costs_the_same_for_any_number_of_coaches_and_regions(
    desk, coach, forum, number, django_assert_num_queries
):
    for place in range(number):
        Region.objects.create(code=f"regio-{place}", name=f"Regio {place}")
        forum.coaches.add(factories.make_coach(f"begeleider.{place}@programma.example"))

    with django_assert_num_queries(7):
        desk.get(f"/fora/{forum.slug}/gegevens/")
