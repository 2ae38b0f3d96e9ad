"""The list of members: what is found, in which order, and the files that can be downloaded."""

import datetime
import re

import pytest
from django.utils import timezone

from assessment.actions.tables import read_lines
from assessment.models import Forum, Member, Merger
from tests import factories


@pytest.fixture
def mixed(coach) -> Forum:
    """Two mayors and an alderman, a coordinator, and a mayor who left."""
    forum = factories.make_forum(coaches=[coach], municipalities=2, organisations=1)
    first, second, _ = forum.seats.order_by("pk")
    factories.make_member(
        seat=second, function="schepen", name="Aline", kind="guest", email="a@forum.example"
    )
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    factories.make_member(seat=first, function="burgemeester", name="Vroeger", email="v@forum.example",
                          active_until=yesterday)  # fmt: skip
    Member.objects.filter(name="Aline").update(
        active_from=timezone.localdate() - datetime.timedelta(days=900)
    )
    return forum


def names(client, forum: Forum, query: str = "") -> list[str]:
    members = client.get(f"/fora/{forum.slug}/leden/{query}").context["members"]
    return [member.name.split(" ")[0] + member.name[-3:] for member in members]


@pytest.mark.parametrize(
    "query, expected",
    [
        ("", ["Alineine", "burgemeesterrde", "burgemeesterele", "coördinatore 1"]),
        ("?volgorde=zetel", ["burgemeesterrde", "Alineine", "burgemeesterele", "coördinatore 1"]),
        ("?volgorde=lidmaatschap", ["burgemeesterrde", "burgemeesterele", "Alineine", "coördinatore 1"]),
        ("?volgorde=sinds", ["Alineine", "burgemeesterrde", "burgemeesterele", "coördinatore 1"]),
        ("?volgorde=score", ["Alineine", "burgemeesterrde", "burgemeesterele", "coördinatore 1"]),
        ("?zoek=beuker", ["Alineine", "burgemeesterele"]),
        ("?zoek=BURGEMEESTER+alder", ["burgemeesterrde"]),
        ("?zoek=streekorganisatie", ["coördinatore 1"]),
        ("?zoek=a@forum.example", ["Alineine"]),
        ("?zoek=Oud-Rade", ["burgemeesterrde"]),
        ("?zoek=niemand", []),
        ("?wie=vroeger", ["Vroegerger"]),
        ("?wie=iedereen", ["Alineine", "burgemeesterrde", "burgemeesterele", "coördinatore 1"]),
    ],
)
def test_members_are_found_and_ordered(coach_client, mixed, query, expected):
    municipality = mixed.seats.order_by("pk").first().municipality
    Merger.objects.create(
        municipality=municipality, old_nis="00099", old_name="Oud-Rade", valid_from="2025-01-01"
    )

    assert names(coach_client, mixed, query) == expected


def test_the_form_keeps_what_was_asked(coach_client, mixed):
    page = coach_client.get(f"/fora/{mixed.slug}/leden/?zoek=aline&volgorde=sinds").content.decode()

    assert ('value="aline"' in page, '<option value="sinds" selected>' in page) == (True, True)


def test_a_former_member_leads_nowhere(coach_client, mixed):
    page = coach_client.get(f"/fora/{mixed.slug}/leden/?wie=vroeger").content.decode()

    former = Member.objects.get(name="Vroeger")
    assert (f"/leden/{former.pk}/" in page, "tot en met" in page) == (False, True)


@pytest.mark.parametrize(
    "query, told",
    [
        ("", "Dit forum heeft nog geen leden."),
        ("?zoek=x", "Geen leden gevonden."),
        ("?wie=vroeger", "Er zijn geen vroegere leden."),
    ],
)
def test_an_empty_list_says_why(coach, coach_client, query, told):
    forum = factories.make_forum(coaches=[coach], municipalities=0)

    assert told in coach_client.get(f"/fora/{forum.slug}/leden/{query}").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_members(
    coach, coach_client, number, django_assert_num_queries
):
    forum = factories.make_forum(coaches=[coach], municipalities=number)

    with django_assert_num_queries(4):
        coach_client.get(f"/fora/{forum.slug}/leden/")


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_download_costs_the_same_for_any_number_of_members(
    coach, coach_client, number, ending, django_assert_num_queries
):
    forum = factories.make_forum(coaches=[coach], municipalities=number)

    with django_assert_num_queries(4):
        coach_client.get(f"/fora/{forum.slug}/leden/{ending}/")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_current_members_are_downloaded(coach_client, mixed, ending):
    response = coach_client.get(f"/fora/{mixed.slug}/leden/{ending}/")

    head, first, *rest = read_lines(response.content, f"x.{ending}")
    assert response["Content-Disposition"] == f'attachment; filename="leden-{mixed.slug}.{ending}"'
    assert head == ["Naam", "E-mailadres", "Functie", "Gemeente of organisatie", "Lidmaatschap", "Taal"]
    assert first == ["Aline", "a@forum.example", "schepen", "Beukerzele", "Genodigde", "Nederlands"]
    assert len(rest) == 3


def test_a_download_runs_no_formula(coach_client, mixed):
    Member.objects.filter(name="Aline").update(name='=HYPERLINK("x")')

    text = coach_client.get(f"/fora/{mixed.slug}/leden/csv/").content.decode("utf-8-sig")

    assert re.findall(r'^"?.HYPERLINK.*', text, re.MULTILINE) == []
    assert '"\'=HYPERLINK(""x"")";' in text


def test_the_example_is_a_list_that_says_what_is_still_to_fill_in(coach_client, forum):
    content = coach_client.get(f"/fora/{forum.slug}/leden/importeren/voorbeeld/").content

    assert [len(row) for row in read_lines(content, "x.xlsx")] == [6, 6, 6]


def test_sixty_members_fit_on_the_page(coach, coach_client):
    forum = factories.make_forum(coaches=[coach], municipalities=30, members_per_seat=2)

    response = coach_client.get(f"/fora/{forum.slug}/leden/")

    assert response.content.decode().count('<th scope="row">') == 60
