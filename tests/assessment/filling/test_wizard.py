"""The steps of the questionnaire, over HTTP."""

import re

import pytest
from django.test import Client

from assessment.models import Draft, DraftAnswer, Invitation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(open_round) -> Invitation:
    return factories.invitations_of(open_round)[0]


@pytest.fixture
def url(invitation):
    return lambda step="": f"/vragenlijst/{invitation.token}/{step}{'/' if step else ''}"


def dimension_page(code: str = "VIS", value: str = "4", **changes: str) -> dict[str, str]:
    """What a browser posts for a dimension that was empty when the page was made."""
    names = [f"{code}{n}" for n in (1, 2, 3, 4)] + [code]
    page = dict.fromkeys(names, value) | {f"was-{name}": "" for name in names} | changes
    return {name: value for name, value in page.items() if value is not None}


def answers() -> dict[str, int | str | None]:
    return {a.item: a.text or (None if a.dont_know else a.value) for a in DraftAnswer.objects.all()}


def test_every_step_leads_to_the_role_first(client, url):
    assert client.get(url("vis")).headers["Location"] == url("rol")
    assert client.post(url("vis"), dimension_page()).headers["Location"] == url("rol")
    assert Draft.objects.count() == 0


def test_a_role_begins_the_draft_and_leads_to_the_first_dimension(client, url):
    response = client.post(url("rol"), {"role": "mayor", "was-role": ""})
    assert response.headers["Location"] == url("vis")
    assert Draft.objects.get().role == "mayor"


def test_without_a_role_the_page_says_what_to_do(client, url):
    response = client.post(url("rol"), {})
    assert "Kies uw rol om verder te gaan." in response.text
    assert Draft.objects.count() == 0


def test_a_full_page_is_saved_and_leads_on(client, url, invitation):
    factories.fill_in(invitation).answers.all().delete()
    response = client.post(url("vis"), dimension_page(VIS2="WN", VIS="5"))
    assert response.headers["Location"] == url("ver")
    assert answers() == {"VIS1": 4, "VIS2": None, "VIS3": 4, "VIS4": 4, "VIS": 5}


def test_a_half_filled_page_is_kept_and_shows_each_gap_with_a_link(client, url, invitation):
    factories.fill_in(invitation).answers.all().delete()
    response = client.post(url("vis"), dimension_page(VIS3=None, VIS=None))
    assert answers() == {"VIS1": 4, "VIS2": 4, "VIS4": 4}
    assert re.findall(r'href="#(VIS[^"]*)"', response.text) == ["VIS3-1", "VIS-1"]
    assert 'id="VIS3-1"' in response.text
    assert response.text.count(" checked") == 3


@pytest.mark.parametrize(
    "button, target", [({"goto": "rol"}, "rol"), ({"goto": "doe"}, "doe"), ({"later": "1"}, "later")]
)
def test_leaving_a_half_filled_page_keeps_it_and_asks_for_nothing(client, url, invitation, button, target):
    factories.fill_in(invitation).answers.all().delete()
    response = client.post(url("vis"), dimension_page(VIS3=None, VIS=None) | button)
    assert response.headers["Location"] == url(target)
    assert answers() == {"VIS1": 4, "VIS2": 4, "VIS4": 4}


def test_an_unknown_goto_is_ignored(client, url, invitation):
    factories.fill_in(invitation)
    response = client.post(url("vis"), dimension_page() | {"goto": "https://elders.example/"})
    assert response.headers["Location"] == url("ver")


def test_an_invented_value_is_refused_and_not_stored(client, url, invitation):
    factories.fill_in(invitation).answers.all().delete()
    response = client.post(url("vis"), dimension_page(VIS1="6"))
    assert "Kies een antwoord." in response.text
    assert "VIS1" not in answers()


def test_an_answer_changed_on_another_device_is_not_overwritten_by_an_untouched_page(client, url, invitation):
    factories.fill_in(invitation, value=2, importance=2)
    DraftAnswer.objects.filter(item="VIS1").update(value=5)
    old_page = dimension_page(value="2") | {f"was-{n}": "2" for n in ("VIS1", "VIS2", "VIS3", "VIS4", "VIS")}
    response = client.post(url("vis"), old_page | {"VIS2": "3"})
    assert "U vulde intussen op een ander toestel verder in." in response.text
    assert answers()["VIS1"] == 5
    assert answers()["VIS2"] == 3


def test_answers_given_on_another_device_count_for_this_page(client, url, invitation):
    draft = factories.fill_in(invitation)
    draft.answers.filter(item__in=["VIS1", "VIS2"]).delete()
    page = {"VIS1": "1", "was-VIS1": "", "was-VIS2": ""}
    page |= {n: v for name, v in (("VIS3", "4"), ("VIS4", "4"), ("VIS", "3")) for n in (name, f"was-{name}")}
    DraftAnswer.objects.create(draft=draft, kind="statement", item="VIS2", value=2)
    response = client.post(url("vis"), page)
    assert "U vulde intussen op een ander toestel verder in." in response.text
    assert (answers()["VIS1"], answers()["VIS2"]) == (1, 2)


def test_the_page_shows_what_was_stored_on_another_device(client, url, invitation):
    factories.fill_in(invitation, value=2)
    page = client.get(url("vis")).text
    assert re.findall(r'value="(\w+)" checked', page) == ["2", "2", "2", "2", "3"]
    assert re.findall(r'name="was-\w+" value="(\w*)"', page) == ["2", "2", "2", "2", "3"]


def test_open_answers_are_optional_and_the_box_is_kept(client, url, invitation):
    factories.fill_in(invitation)
    response = client.post(
        url("eigen-woorden"),
        {
            "O1": " De agenda.\r\nEcht. ",
            "was-O1": "",
            "O2": "",
            "was-O2": "",
            "consent": "on",
            "was-consent": "",
        },
    )
    assert response.headers["Location"] == url("nakijken")
    assert DraftAnswer.objects.get(kind="open").text == "De agenda.\nEcht."
    assert Draft.objects.get().has_quote_consent
    client.post(url("eigen-woorden"), {"O1": "", "was-O1": "De agenda.\nEcht.", "was-consent": "on"})
    assert DraftAnswer.objects.filter(kind="open").count() == 0
    assert not Draft.objects.get().has_quote_consent


@pytest.mark.parametrize("button", [{}, {"later": "1"}, {"goto": "vis"}])
def test_a_text_that_is_too_long_is_not_lost_and_not_stored(client, url, invitation, button):
    factories.fill_in(invitation)
    words = "a" * 601
    response = client.post(url("eigen-woorden"), {"O1": words, "was-O1": ""} | button)
    assert "Uw antwoord telt 601 tekens. Kort het in tot 600 tekens." in response.text
    assert words in response.text
    assert DraftAnswer.objects.filter(kind="open").count() == 0


def test_what_no_file_can_hold_is_left_out_of_an_open_answer(client, url, invitation):
    factories.fill_in(invitation)
    client.post(url("eigen-woorden"), {"O1": "De\x0bagen\x1fda.\ufffe\r\nEcht.\x00", "was-O1": ""})
    assert DraftAnswer.objects.get(kind="open").text == "De agenda.\nEcht."


def test_line_ends_count_once_as_in_the_browser(client, url, invitation):
    factories.fill_in(invitation)
    words = "\r\n".join("a" * 300)
    client.post(url("eigen-woorden"), {"O1": words, "was-O1": ""})
    assert len(DraftAnswer.objects.get(kind="open").text) == 599


def test_the_review_names_each_gap_with_a_link(client, url, invitation):
    factories.fill_in(invitation).answers.filter(item__in=["NET3", "LER"]).delete()
    page = client.get(url("nakijken")).text
    assert re.findall(r'href="([^"]*#[^"i][^"]*)"', page) == [f"{url('net')}#NET3-1", f"{url('ler')}#LER-1"]


def test_the_review_says_when_dont_knows_leave_no_score(client, url, invitation):
    factories.fill_in(invitation, value=lambda code: None if code in ("NET1", "NET2", "VIS1") else 4)
    page = client.get(url("nakijken")).text
    assert re.findall(r"Bij ([^<]*?) koos u minstens twee keer", page) == ["Netwerkmanagement en procesregie"]


def test_get_on_review_submits_nothing(client, url, invitation):
    factories.fill_in(invitation)
    client.get(url("nakijken"))
    assert client.get(url("ingediend")).status_code == 404
    assert Draft.objects.get().submitted_at is None


def test_submitting_with_a_gap_leads_back_to_the_review(client, url, invitation):
    factories.fill_in(invitation).answers.filter(item="NET3").delete()
    assert client.post(url("nakijken")).headers["Location"] == url("nakijken")
    assert Draft.objects.get().submitted_at is None


def test_submitting_shows_the_receipt_once(client, url, invitation):
    factories.fill_in(invitation)
    page = client.post(url("nakijken")).text
    receipt = re.search(r"http://localhost:8000/resultaat/([\w-]{22})/", page)
    assert receipt
    again = client.post(url("nakijken")).text
    assert "De link die u eerder bewaarde, blijft geldig." in again
    assert receipt[1] not in again + client.get(url()).text + client.get(url("nakijken")).text


def test_back_from_the_review_submits_nothing(client, url, invitation):
    factories.fill_in(invitation)
    assert client.post(url("nakijken"), {"goto": "vis"}).headers["Location"] == url("vis")
    assert Draft.objects.get().submitted_at is None


def test_two_invitations_in_one_browser_never_mix(client, open_round):
    first, second = factories.invitations_of(open_round)[:2]
    for invitation, value in ((first, "1"), (second, "5")):
        client.post(f"/vragenlijst/{invitation.token}/rol/", {"role": "mayor"})
        client.post(f"/vragenlijst/{invitation.token}/vis/", dimension_page(value=value))
    client.post(f"/vragenlijst/{first.token}/ver/", dimension_page("VER", "2"))
    values = {
        i: set(DraftAnswer.objects.filter(draft__invitation=i).values_list("value", flat=True))
        for i in (first, second)
    }
    assert values == {first: {1, 2}, second: {5}}


def test_autosave_stores_one_answer_and_says_when(client, url, invitation):
    factories.fill_in(invitation).answers.all().delete()
    response = client.post(url("vis/bewaren"), {"VIS2": "3", "was-VIS2": ""})
    assert re.fullmatch(r"Bewaard om \d\d\.\d\d uur\.", response.text)
    assert answers() == {"VIS2": 3}


def test_autosave_ignores_an_invalid_answer(client, url, invitation):
    factories.fill_in(invitation).answers.all().delete()
    client.post(url("vis/bewaren"), {"VIS2": "9", "was-VIS2": "", "PAR1": "3", "was-PAR1": ""})
    assert answers() == {}


@pytest.mark.parametrize("step", ["rol", "nakijken", "onbekend"])
def test_autosave_exists_for_questions_only(client, url, invitation, step):
    factories.fill_in(invitation)
    assert client.post(url(f"{step}/bewaren"), {}).status_code == 404


def test_change_is_asked_from_the_second_round_on(client, forum):
    invitation = factories.invitations_of(factories.make_open_round(forum=forum, kind="interim"))[0]
    factories.fill_in(invitation)
    page = client.get(f"/vragenlijst/{invitation.token}/verandering/").text
    assert page.count("<fieldset") == 8
    assert client.get(f"/vragenlijst/{invitation.token}/nakijken/").text.count("stap-verandering") == 2


def test_the_baseline_asks_no_change(client, url, invitation):
    factories.fill_in(invitation)
    assert client.get(url("verandering")).status_code == 404


def test_partners_skip_the_questions_about_the_own_municipality(client):
    forum = factories.make_forum(municipalities=0, organisations=1)
    invitation = factories.invitations_of(factories.make_open_round(forum=forum))[0]
    factories.fill_in(invitation, role="partner")
    assert client.get(f"/vragenlijst/{invitation.token}/lok/").status_code == 404
    assert "Stap 2 van 10" in client.get(f"/vragenlijst/{invitation.token}/vis/").text


def test_each_request_of_a_step_needs_a_fixed_number_of_queries(
    client, url, invitation, django_assert_num_queries
):
    factories.fill_in(invitation)
    client.get(url("vis"))  # the questionnaire is read once in a process
    with django_assert_num_queries(2):  # invitation with draft, answers
        client.get(url("vis"))
    with django_assert_num_queries(8):  # the same, a transaction: lock, round, draft, upsert
        client.post(url("vis"), dimension_page(value="1"))


def test_a_step_with_forty_statements_needs_as_many_queries_as_one_with_four(
    client, url, invitation, django_assert_num_queries, long_dimension
):
    factories.fill_in(invitation)
    with django_assert_num_queries(2):
        page = client.get(url("vis")).text
    assert page.count("<fieldset") == 41
    with django_assert_num_queries(8):
        client.post(url("vis"), {f"VIS{n}": "3" for n in range(1, 41)} | {"VIS": "2"})


def test_english_speaks_on_every_step(client, url, invitation):
    factories.fill_in(invitation)
    client.cookies["taal"] = "en"
    assert "Shared vision and strategic agenda" in client.get(url("vis")).text
    assert "Review your answers" in client.get(url("nakijken")).text


def test_a_form_without_its_token_is_refused_and_nothing_is_stored(url, invitation):
    factories.fill_in(invitation).answers.all().delete()
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(url("vis"), dimension_page())
    assert response.status_code == 403
    assert "We konden uw formulier niet aanvaarden" in response.text
    assert answers() == {}
