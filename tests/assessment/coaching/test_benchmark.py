"""The page of reference values: for programme managers alone, without the name of any forum, and why it is empty."""

import pytest
from django.test import Client

from assessment.actions.benchmarking import freeze_benchmarks
from assessment.models import Benchmark, Forum, ReferenceValue, User
from tests import factories
from tests.assessment.test_benchmarking import forums, result_of
from tests.reports.cast import hidden

PAGE = "/beheer/referentiewaarden/"
FREEZE = f"{PAGE}vastleggen/"


@pytest.fixture
def manager(db) -> User:
    return factories.make_programme_manager()


@pytest.fixture
def desk(manager) -> Client:
    client = Client()
    client.force_login(manager)
    return client


def page(client: Client) -> str:
    return client.get(PAGE).content.decode()


def test_empty_page_says_why(desk, forum):
    told = page(desk)

    assert "0 van de 1 fora stemden ermee in." in told
    assert "We tonen referentiewaarden pas vanaf vijf fora, en nooit met naam." in told
    assert "Leg referentiewaarden vast" not in told


def test_too_few_forums_are_counted_and_never_named(desk):
    made = forums(40, 50, 55, 60)

    told = page(desk)

    assert "4 fora die instemden, hebben een resultaat van de nulmeting." in told
    assert "pas vanaf 5 fora" in told
    assert not any(forum.name in told for forum in made)
    assert "<table" not in told


def test_enough_forums_wait_until_their_values_are_frozen(desk):
    made = forums(40, 50, 55, 60)
    made += forums(75, begin=4, PAR=hidden())

    assert "De referentiewaarden zijn nog niet vastgelegd." in page(desk)
    assert not Benchmark.objects.exists()  # looking freezes nothing

    response = desk.post(FREEZE, follow=True)
    told = response.content.decode()

    assert "7 referentiewaarden zijn vastgelegd." in told
    assert "De middelste helft van de fora ligt tussen 50 en 60." in told
    assert "Niet getoond: te weinig fora tonen een score voor deze dimensie." in told
    assert not any(forum.name in told for forum in made)
    assert "Leg referentiewaarden vast" not in told


def test_freezing_again_without_three_new_results_says_that_nothing_was_frozen(desk, manager):
    forums(40, 50, 55, 60, 75)
    freeze_benchmarks(by=manager)
    forums(90, 90, begin=5)
    before = list(ReferenceValue.objects.values())

    told = desk.post(FREEZE, follow=True).content.decode()

    assert "Er is niets vastgelegd: er zijn te weinig nieuwe resultaten." in told
    assert list(ReferenceValue.objects.values()) == before


def test_every_programme_manager_reads_the_same(desk, manager):
    forums(40, 50, 55, 60, 75)
    freeze_benchmarks(by=manager)
    other = Client()
    other.force_login(factories.make_programme_manager("tweede@programma.example"))

    assert [group.rows for group in desk.get(PAGE).context["groups"]] == [
        group.rows for group in other.get(PAGE).context["groups"]
    ]


def test_page_in_english_speaks_english(desk, manager):
    forums(40, 50, 55, 60, 75)
    freeze_benchmarks(by=manager)
    desk.cookies["taal"] = "en"

    told = page(desk)

    assert "The middle half of the forums lies between 50 and 60." in told
    assert "5 of 5 forums have agreed." in told


def test_queries_do_not_grow_with_forums(desk, manager, django_assert_num_queries):
    forums(40, 50, 55, 60, 75)
    freeze_benchmarks(by=manager)
    page(desk)
    with django_assert_num_queries(10):
        page(desk)
    forums(40, 50, 60, begin=5)

    with django_assert_num_queries(10):
        page(desk)


def test_programme_manager_records_that_a_forum_agrees_and_that_it_no_longer_does(desk, forum, coach):
    details = {"name": forum.name, "article": "het", "kind": "regional", "coaches": [coach.pk]}
    address = f"/fora/{forum.slug}/gegevens/"
    form = desk.get(address).content.decode()
    assert 'name="has_benchmark_consent"' in form
    assert "Staat uit tot het forum zelf ja zegt." in form

    desk.post(address, details | {"has_benchmark_consent": "on"})
    assert Forum.objects.get().has_benchmark_consent
    trail = desk.get("/beheer/logboek/").content.decode()
    assert "Telt mee in de referentiewaarden: van nee naar ja" in trail

    desk.post(address, details)
    assert not Forum.objects.get().has_benchmark_consent


def test_form_with_an_error_keeps_that_the_forum_agrees(desk):
    given = {"name": "", "article": "het", "kind": "regional", "has_benchmark_consent": "on"}

    told = desk.post("/beheer/fora/toevoegen/", given).content.decode()

    assert 'id="id_has_benchmark_consent" checked' in told or 'name="has_benchmark_consent" checked' in told


def test_coach_sees_that_the_forum_counts_and_no_reference_value(forum, coach_client):
    assert "meetelt in de referentiewaarden" not in coach_client.get(f"/fora/{forum.slug}/").content.decode()

    Forum.objects.update(has_benchmark_consent=True)
    result_of(forum)

    assert "meetelt in de referentiewaarden" in coach_client.get(f"/fora/{forum.slug}/").content.decode()
    assert coach_client.get(PAGE).status_code == 404


def test_trail_names_the_kind_of_round_and_the_questionnaire(desk, manager):
    forums(40, 50, 55, 60, 75)
    desk.post(FREEZE)

    told = desk.get("/beheer/logboek/", {"wat": "benchmark"}).content.decode()

    assert "Referentiewaarden vastgelegd: nulmeting, burgemeestersforum 1" in told
