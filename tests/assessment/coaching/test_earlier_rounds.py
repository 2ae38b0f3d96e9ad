"""Entering a round of before on the coach's pages: what is wrong with a file, what it holds, and then the result."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assessment.models import Answer, Response, Round
from tests import factories
from tests.assessment.coaching.test_forums import page_of
from tests.assessment.coaching.test_rounds import day, errors
from tests.assessment.earlier_rounds import as_csv, as_xlsx, header, row, rows_of

PATH = "/fora/burgemeestersoverleg-noordrand/rondes/invoeren/"
FUTURE = "De sluitdatum ligt in de toekomst. Een ronde die u invoert, is al voorbij."
PLACES = factories.MUNICIPALITIES[:8]


@pytest.fixture(autouse=True)
def published(version, forum):
    """The forum of eight municipalities and a questionnaire."""


def given(content: bytes, name: str = "ronde.csv", **fields) -> dict[str, object]:
    file = SimpleUploadedFile(name, content)
    return {"kind": "baseline", "closed_on": "30/11/2024", "members": "8", "file": file} | fields


def good(municipalities: int = 8, partners: int = 1) -> bytes:
    return as_csv([header(), *rows_of(PLACES[:municipalities], partners=partners)])


def words_of(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def confirm(client: Client, page) -> object:
    """Send the form of the page that asks again, as it stands there."""
    fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
    kept = {name: value for name, value in fields if name != "csrfmiddlewaretoken"}
    return client.post(PATH, kept | {"confirmed": "1"}, follow=True)


def test_the_forum_leads_to_the_page(coach_client):
    assert f'href="{PATH}"' in coach_client.get("/fora/burgemeestersoverleg-noordrand/").content.decode()


@pytest.mark.parametrize("write, name", [(as_csv, "ronde.csv"), (as_xlsx, "ronde.xlsx")])
def test_a_file_is_shown_before_it_is_entered(coach_client, write, name):
    content = write([header(), *rows_of(PLACES, partners=1)])

    page = coach_client.post(PATH, given(content, name))

    words = words_of(page)
    assert "Dit wordt ingevoerd" in words
    assert "16 leden uit 8 van de 8 gemeenten, en 1 mensen van organisaties." in words
    assert "De drempel is gehaald: er komt een groepsresultaat." in words
    assert "zaterdag 30 november 2024" in words
    assert (Round.objects.count(), Response.objects.count()) == (0, 0)


def test_confirmed_it_is_entered_and_its_result_is_there(coach_client):
    response = confirm(coach_client, coach_client.post(PATH, given(good())))

    round = Round.objects.get()
    assert (round.state, round.kind, f"{round.closes_on}") == ("closed", "baseline", "2024-11-30")
    assert round.snapshot.result["published"] is True
    assert Response.objects.count() == 17
    assert response.redirect_chain[-1][0] == f"/fora/{round.forum.slug}/rondes/{round.pk}/resultaat/"
    assert "De ronde is ingevoerd en het resultaat is vastgelegd." in response.content.decode()


@pytest.mark.parametrize("municipalities, has_result", [(2, False), (3, True)])
def test_it_says_whether_there_will_be_a_result(coach_client, municipalities, has_result):
    page = coach_client.post(PATH, given(good(municipalities)))
    confirm(coach_client, page)

    assert page.context["has_result"] is has_result
    assert Round.objects.get().snapshot.result["published"] is has_result


def test_everything_that_is_wrong_is_told_with_its_place_and_nothing_is_stored(coach_client):
    rows = [row("mayors", PLACES[0], VIS1="9"), row("mayors", "Nergenshuizen")]

    page = coach_client.post(PATH, given(as_csv([header(), *rows])))

    words = words_of(page)
    assert "Er is niets bewaard. Los eerst deze punten op: 2." in words
    assert "Ronde.csv, regel 2, VIS1: &quot;9&quot; is geen 1, 2, 3, 4, 5, WN of lege cel." in words.replace(
        "ronde.csv", "Ronde.csv"
    )
    assert "&quot;Nergenshuizen&quot; is geen gemeente van dit forum." in words
    assert (Round.objects.count(), Answer.objects.count()) == (0, 0)


def test_a_file_with_very_many_faults_shows_the_first_and_their_number(coach_client):
    rows = [row("mayors", PLACES[0], "x") for _ in range(20)]

    page = coach_client.post(PATH, given(as_csv([header(), *rows])))

    assert len(page.context["problems"]) == 200 < page.context["problems_total"]
    assert "Hieronder staan de eerste 200." in words_of(page)


@pytest.mark.parametrize(
    "fields, field, error",
    [
        ({"kind": ""}, "kind", "Vul dit veld in."),
        ({"closed_on": "gisteren"}, "closed_on", "Schrijf de datum als dag/maand/jaar. Voorbeeld: 03/03/2026."),
        ({"closed_on": day(1)}, "closed_on", FUTURE),
        ({"members": "acht"}, "members", "Vul in hoeveel gemeenten het forum toen telde."),
        ({"members": "0"}, "members", "Vul in hoeveel gemeenten het forum toen telde."),
        ({"file": ""}, "file", "Vul dit veld in."),
        ({"file": SimpleUploadedFile("groot.csv", b"x" * 500_001)}, "file", "Dit bestand is te groot."),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_field_and_the_rest_stays(coach_client, fields, field, error):
    page = coach_client.post(PATH, given(good()) | fields)

    assert errors(page) == {field: [error]}
    assert 'value="baseline"' in page.content.decode()
    assert Round.objects.count() == 0


def test_the_same_kind_cannot_be_entered_twice(coach_client):
    confirm(coach_client, coach_client.post(PATH, given(good())))

    page = coach_client.post(PATH, given(good(), closed_on="15/12/2024"))

    assert list(errors(page)) == ["kind"]
    assert Round.objects.count() == 1


def test_what_was_confirmed_twice_is_entered_once(coach_client):
    page = coach_client.post(PATH, given(good()))
    confirm(coach_client, page)
    confirm(coach_client, page)

    assert Round.objects.count() == 1


def test_a_file_of_another_persons_page_is_not_taken(coach_client, manager_client):
    page = coach_client.post(PATH, given(good()))

    confirm(manager_client, page)

    assert Round.objects.count() == 0


def test_a_page_that_was_tampered_with_is_not_taken(coach_client):
    fields = {"kind": "baseline", "closed_on": "30/11/2024", "members": "8", "handed": "x", "confirmed": "1"}

    assert errors(coach_client.post(PATH, fields)) == {"file": ["Vul dit veld in."]}
    assert Round.objects.count() == 0


@pytest.mark.parametrize("kind, asks_change", [("baseline", False), ("interim", True), ("anders", False)])
def test_the_empty_file_has_the_columns_of_its_round(coach_client, kind, asks_change):
    response = coach_client.get(f"{PATH}voorbeeld/?soort={kind}")

    assert response.content.decode("utf-8-sig").strip().split(";") == header(asks_change=asks_change)


def test_the_page_speaks_english(coach_client):
    page = page_of(coach_client, PATH, "en")

    assert "Enter an earlier round" in page
    assert "How many municipalities did the forum have then?" in page
