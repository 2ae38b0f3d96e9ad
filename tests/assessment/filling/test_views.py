"""The pages around the questionnaire."""

import datetime
import re

import pytest
from django.core import mail
from django.utils import timezone

from assessment.models import Draft, Invitation, Round
from assessment.models.rounds import token_hash
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(open_round) -> Invitation:
    return factories.invitations_of(open_round)[0]


@pytest.fixture
def url(invitation):
    return lambda step="": f"/vragenlijst/{invitation.token}/{step}{'/' if step else ''}"


def close(round: Round) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Round.objects.filter(pk=round.pk).update(opens_on=yesterday, closes_on=yesterday)


def test_the_database_holds_nothing_from_which_a_link_can_be_read(invitation):
    row = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert len(invitation.token) == 22  # 128 bits
    assert invitation.token not in str(row)
    assert row["token_hash"] == token_hash(invitation.token)


def test_the_welcome_says_for_whom_it_is_and_shows_no_answer(client, url, invitation):
    factories.fill_in(invitation, texts={"O1": "Een eigen woord."})
    page = client.get(url()).text
    assert "Deze uitnodiging is voor burgemeester van Aldervoorde, Aldervoorde." in page
    assert "Een eigen woord." not in page
    assert "Helemaal akkoord" not in page


def test_the_welcome_leads_to_the_first_open_step(client, url, invitation):
    assert f'href="{url("rol")}"' in client.get(url()).text
    factories.fill_in(invitation).answers.filter(item__in=["NET2", "DOE"]).delete()
    page = client.get(url()).text
    assert f'href="{url("net")}"' in page
    assert "U vulde al 7 van de 11 stappen in." in page
    factories.fill_in(invitation)
    assert f'href="{url("nakijken")}"' in client.get(url()).text


def test_after_submitting_the_welcome_says_until_when_answers_can_be_changed(client, url, invitation):
    factories.fill_in(invitation)
    client.post(url("nakijken"))
    page = client.get(url()).text
    assert "U hebt uw antwoorden ingediend" in page
    assert "Tot en met" in page


def test_a_change_after_submitting_counts_at_once(client, url, invitation):
    factories.fill_in(invitation, value=4)
    client.post(url("nakijken"))
    client.post(url("vis/bewaren"), {"VIS1": "1", "was-VIS1": "4"})
    draft = Draft.objects.get()
    assert draft.submitted_at is not None
    assert draft.answers.get(item="VIS1").value == 1


def test_leaving_says_that_nothing_was_submitted(client, url, invitation):
    factories.fill_in(invitation)
    assert "Alleen ingediende antwoorden tellen mee." in client.get(url("later")).text
    client.post(url("nakijken"))
    assert "Alleen ingediende antwoorden tellen mee." not in client.get(url("later")).text


def test_withdrawing_asks_first_and_then_wipes_the_draft(client, url, invitation):
    factories.fill_in(invitation)
    client.post(url("nakijken"))
    assert "Ja, mijn antwoorden intrekken" in client.get(url("intrekken")).text
    assert Draft.objects.count() == 1
    assert "ingetrokken en gewist" in client.post(url("intrekken")).text
    assert Draft.objects.count() == 0


def test_declining_is_remembered_and_the_link_keeps_working(client, url, invitation):
    client.post(url("niet-deelnemen"))
    page = client.get(url()).text
    assert "U doet niet mee aan deze ronde." in page
    assert "Beginnen" in page


def test_a_lost_receipt_is_replaced_and_the_old_one_ends(client, url, invitation):
    factories.fill_in(invitation)
    old = receipt_in(client.post(url("nakijken")).text)
    new = receipt_in(client.post(url("nieuwe-link")).text)
    assert client.get(f"/resultaat/{old}/").status_code == 404
    assert client.get(f"/resultaat/{new}/").status_code == 200


def test_the_receipt_can_be_mailed_to_the_own_address_only_by_who_sees_it(client, url, invitation):
    factories.fill_in(invitation)
    receipt = receipt_in(client.post(url("nakijken")).text)
    assert client.post(url("link-mailen"), {"receipt": "geraden"}).status_code == 400
    assert mail.outbox == []
    page = client.post(url("link-mailen"), {"receipt": receipt}).text
    assert "We hebben de link verstuurd." in page
    [message] = mail.outbox
    assert message.to == [invitation.member.email]
    assert f"http://localhost:8000/resultaat/{receipt}/" in message.body


def receipt_in(page: str) -> str:
    return re.search(r"/resultaat/([\w-]{22})/", page)[1]


def test_before_closing_the_receipt_only_says_when_to_come_back(client, url, invitation):
    factories.fill_in(invitation)
    receipt = receipt_in(client.post(url("nakijken")).text)
    page = client.get(f"/resultaat/{receipt}/").text
    assert "De ronde is nog open" in page
    assert "<table" not in page


CLOSED_GETS = ["", "rol", "vis", "nakijken", "later", "intrekken"]
CLOSED_POSTS = ["rol", "vis", "nakijken", "intrekken", "niet-deelnemen", "nieuwe-link", "vis/bewaren"]


@pytest.mark.parametrize("step", CLOSED_GETS)
def test_after_the_closing_minute_every_page_says_so(client, url, invitation, step):
    factories.fill_in(invitation)
    close(invitation.round)
    response = client.get(url(step))
    assert response.status_code == 200
    assert "Deze ronde is gesloten" in response.text


@pytest.mark.parametrize("step", CLOSED_POSTS)
def test_after_the_closing_minute_every_write_is_refused(client, url, invitation, step):
    factories.fill_in(invitation)
    close(invitation.round)
    assert client.post(url(step)).status_code == 409
    assert Draft.objects.get().submitted_at is None


@pytest.mark.parametrize(
    "path", ["/vragenlijst/onbekend/", "/vragenlijst/onbekend/vis/", "/resultaat/onbekend/"]
)
def test_an_unknown_link_is_a_friendly_404(client, db, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "Deze link werkt niet" in response.text


def test_a_link_that_ended_looks_like_one_that_never_was(client, url, invitation):
    unknown = client.get("/vragenlijst/AAAAAAAAAAAAAAAAAAAAAA/").text
    address = url()
    Invitation.objects.filter(pk=invitation.pk).update(token_hash="0" * 64)

    def words(page: str) -> str:
        return re.sub(r'value="[^"]*"', "", page)

    assert words(client.get(address).text) == words(unknown)


def test_only_failed_look_ups_are_limited(client, url, settings):
    settings.FAILED_LOOKUPS = 3
    codes = [client.get("/vragenlijst/onbekend/").status_code for _ in range(5)]
    assert codes == [404, 404, 404, 429, 429]
    assert client.get(url()).status_code == 200
    other = client.get("/vragenlijst/onbekend/", REMOTE_ADDR="192.0.2.9")
    assert other.status_code == 404


def test_behind_a_proxy_the_visitor_is_who_the_proxy_saw(client, db, settings):
    settings.FAILED_LOOKUPS, settings.TRUSTED_PROXIES = 1, 1
    for forged in ("198.51.100.1", "198.51.100.2"):
        response = client.get("/vragenlijst/onbekend/", headers={"x-forwarded-for": f"{forged}, 203.0.113.7"})
    assert response.status_code == 429


def test_a_demo_link_works_in_demo_mode_only(client, url, invitation, settings):
    invitation.round.forum.is_demo = True
    invitation.round.forum.save()
    assert client.get(url()).status_code == 200
    settings.DEMO = False
    assert client.get(url()).status_code == 404


def test_asking_for_the_invitation_answers_the_same_for_every_address(client, invitation):
    pages = []
    for email in (invitation.member.email.upper(), "niemand@elders.example"):
        response = client.post("/uitnodiging-opnieuw/", {"email": email}, follow=True)
        pages.append(re.sub(r'value="[^"]*"', "", response.text))
    assert pages[0] == pages[1]
    assert "Is er voor dit adres een open ronde?" in pages[0]
    assert [m.to for m in mail.outbox] == [[invitation.member.email]]


def test_a_wrong_address_is_explained(client, db):
    page = client.post("/uitnodiging-opnieuw/", {"email": "geen adres"}).text
    assert "Dit is geen geldig e-mailadres." in page
    assert 'value="geen adres"' in page


def test_personal_pages_are_not_cached_and_send_no_path_in_a_referrer(client, url):
    response = client.get(url())
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "strict-origin"
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]


def test_members_get_no_session(client, url, invitation):
    client.get(url())
    client.post(url("rol"), {"role": "mayor"})
    assert set(client.cookies) == {"formulier"}


def test_no_link_stands_in_a_title_or_a_log(client, url, invitation, caplog):
    factories.fill_in(invitation)
    for step in ("", "vis", "nakijken", "later"):
        title = re.search(r"<title>(.*?)</title>", client.get(url(step)).text, re.S)[1]
        assert invitation.token not in title
    client.get(url("onbekend"))
    client.get(f"/vragenlijst/{invitation.token}x/")
    assert invitation.token not in caplog.text
    assert caplog.messages == ["Not Found: /vragenlijst/*/onbekend/", "Not Found: /vragenlijst/*/"]


def test_the_member_s_language_speaks_until_another_is_chosen(client, invitation, url):
    invitation.member.language = "en"
    invitation.member.save()
    assert "Who sees what?" in client.get(url()).text
    client.post("/taal/", {"language": "nl", "next": url()})
    assert "Wie ziet wat?" in client.get(url()).text


@pytest.mark.parametrize("step", ["", "rol", "vis", "nakijken", "later", "intrekken"])
def test_get_changes_nothing(client, url, invitation, step, database_dump):
    factories.fill_in(invitation)
    before = database_dump()
    client.get(url(step))
    assert database_dump() == before
