"""The personal report as a file: two pages whatever was answered, read in order, and gone without a trace."""

import dataclasses
import datetime
import io
import re

import page as pdf_checker
import pytest
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from assessment.actions.closing import close_round
from assessment.actions.submitting import submit
from assessment.models import Forum, IssuedFile, Snapshot
from questionnaires.models import QuestionnaireVersion
from reports.pdf.flowables import WritingLine
from reports.pdf.personal import fitting, personal_pdf
from reports.pdf.styles import ROOM, WIDTH
from reports.personal import PersonalReport
from tests import factories
from tests.reports.cast import content
from tests.reports.tagged import TaggedPdf
from tests.reports.test_personal import build

NO_SCORE = {"score": None, "display": None, "level": None, "position": None}
NOT_TOLD = {"forum_display": None, "forum_margin": None, "position": None}
UNASKED = {"asked": False, "statements": {}} | NO_SCORE


def unknown(code: str) -> dict:
    return {"statements": {each.code: "WN" for each in content().dimension(code).statements}} | NO_SCORE


CASES = {
    "all answered": {},
    "some skipped": {"LOK": UNASKED, "PAR": unknown("PAR"), "MAT": NOT_TOLD, "VER": {"position": "higher"}},
    "nothing known": {each.code: unknown(each.code) for each in content().dimensions},
    "no group": {each.code: NOT_TOLD for each in content().dimensions},
}


def make(case: str, language: str) -> PersonalReport:
    with translation.override(language):
        return build(content(), responses=5 if case == "no group" else 8, **CASES[case])


@pytest.fixture(
    scope="module", params=[(case, language) for case in CASES for language in ("nl", "en")], ids="-".join
)
def told(request) -> tuple[PersonalReport, TaggedPdf]:
    report = make(*request.param)
    return report, TaggedPdf(personal_pdf(report))


def test_file_passes_pdf_ua_on_two_pages(told):
    _, tagged = told

    failures = pdf_checker.validate_pdf_bytes(tagged.data, profile="ua1").failures
    assert [(failure.rule_id, failure.message) for failure in failures] == []
    assert tagged.faults() == []
    assert len(tagged.pages) == 2


def test_chart_and_table_say_the_own_score_of_each_dimension(told):
    report, tagged = told

    (figure,) = tagged.nodes("Figure")
    assert all(each.sentence in figure.entry["/Alt"] for each in report.dimensions)
    rows = [[cell.text for cell in row.children] for row in tagged.nodes("TR")[1:]]
    assert [row[:2] for row in rows] == [
        [each.name, "–" if each.score is None else str(each.score)] for each in report.dimensions
    ]


def test_headings_come_in_the_order_of_the_page():
    tagged = TaggedPdf(personal_pdf(make("some skipped", "nl")))

    assert tagged.texts("H1", "H2") == [
        "Persoonlijk rapport",
        "Uw profiel",
        "U en de groep",
        "Uw eigen prioriteiten",
        "Wat u zelf kunt inbrengen",
        "Wat u niet wist of wat niet van toepassing was",
        "Uw antwoorden",
    ]


def test_group_is_nowhere_where_it_may_not_be_compared_with():
    tagged = TaggedPdf(personal_pdf(make("no group", "nl")))

    words = " ".join(text for tag, text in tagged.told if tag != "Figure")
    assert ("De groep" in words, "60" in words, "Minder dan zes leden" in words) == (False, False, True)
    assert "De groep" not in tagged.nodes("Figure")[0].text


def test_words_say_where_the_dimensions_stand_beside_the_group():
    told = make("some skipped", "nl").beside_group

    assert told == (
        "Hoger dan de groep: vertrouwen en engagement; vergelijkbaar met de groep: gedeelde visie en strategische "
        "agenda, netwerkmanagement en procesregie, regionale doorbraken en slagkracht, leren en zelfevaluatie; te "
        "weinig antwoorden voor een vergelijking: afstemming van samenwerkingsverbanden en schalen."
    )
    assert told in TaggedPdf(personal_pdf(make("some skipped", "nl"))).texts("P")
    assert (make("no group", "nl").beside_group, make("nothing known", "nl").beside_group) == ("", "")


def test_every_page_names_the_forum_and_numeric_cells_hold_no_words():
    report = make("some skipped", "nl")
    tagged = TaggedPdf(personal_pdf(report))

    assert [report.subtitle in page.artifact for page in tagged.pages] == [True, True]
    cells = [cell.text for row in tagged.nodes("TR")[1:] for cell in (row.children[1], *row.children[3:5])]
    assert [each for each in cells if not each.isdigit() and each != "–"] == []


def test_levels_are_lower_case_as_in_every_sentence():
    rows = TaggedPdf(personal_pdf(make("all answered", "nl"))).nodes("TR")[1:]

    assert {row.children[2].text for row in rows} == {"afstemmend"}


@pytest.mark.parametrize("times, lines", [(1, 6), (13, 4), (60, 2)], ids=["roomy", "long", "too long"])
def test_there_are_as_many_lines_to_write_on_as_the_page_has_room_for(times, lines):
    with translation.override("nl"):
        report = dataclasses.replace(
            make("all answered", "nl"), unknown=("x",), unknown_in_short=("x",) * times
        )
        story = fitting(report)

    assert sum(isinstance(each, WritingLine) for each in story.flowables) == 2 * lines
    assert (story.height(WIDTH) <= ROOM) == (times < 60)


def test_many_unknown_statements_are_told_by_dimension():
    assert make("nothing known", "nl").unknown_in_short[0] == (
        "Gedeelde visie en strategische agenda: 4 stellingen"
    )


# --- Behind the link ---------------------------------------------------------------------------------------------


@pytest.fixture
def receipts(forum) -> list[str]:
    """The receipts of a closed round in which eight mayors answered."""
    round = factories.make_open_round(forum=forum)
    tokens = []
    for invitation in factories.invitations_of(round):
        factories.fill_in(invitation)
        tokens.append(submit(invitation=invitation))
    close_round(round=round, is_silent=True)
    return tokens


def test_file_is_the_same_each_time_kept_by_no_browser_and_noted_nowhere(client, receipts, caplog):
    caplog.set_level("INFO")
    address = reverse("reports:receipt_pdf", args=[receipts[0]])

    first, second = client.get(address), client.get(address)

    assert first.content == second.content
    assert "no-store" in first["Cache-Control"]
    assert re.search(r'filename="([^"]*)"', first["Content-Disposition"])[1] == (
        "persoonlijk-rapport-burgemeestersoverleg-noordrand-nulmeting.pdf"
    )
    assert (IssuedFile.objects.count(), receipts[0] in caplog.text) == (0, False)


def test_page_leads_to_the_file(client, receipts):
    page = client.get(reverse("reports:receipt", args=[receipts[0]])).content.decode()

    assert f'href="{reverse("reports:receipt_pdf", args=[receipts[0]])}"' in page


def test_link_that_does_not_work_gives_the_page_of_all_such_links(client, receipts):
    response = client.get(reverse("reports:receipt_pdf", args=["a" * 22]))

    assert (response.status_code, response.templates[0].name) == (404, "filling/link_invalid.html")


def test_while_the_round_is_open_it_leads_to_the_page(client, open_round):
    invitation = factories.invitations_of(open_round)[0]
    factories.fill_in(invitation)
    receipt = submit(invitation=invitation)

    response = client.get(reverse("reports:receipt_pdf", args=[receipt]))

    assert response["Location"] == reverse("reports:receipt", args=[receipt])


def test_file_asks_the_database_twice(client, receipts, django_assert_num_queries):
    address = reverse("reports:receipt_pdf", args=[receipts[0]])
    client.get(address)  # the questionnaire stays in memory

    # Response with round and result, its answers.
    with django_assert_num_queries(2):
        client.get(address)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_paper_has_the_result_and_nothing_to_press_or_fill_in(forum, visitors):
    invitation = factories.invitations_of(factories.make_open_round(forum=forum))[0]
    factories.fill_in(invitation)
    receipt = submit(invitation=invitation)
    close_round(round=invitation.round, is_silent=True)
    page = visitors.arrive()
    page.goto(reverse("reports:receipt", args=[receipt]))

    page.emulate_media(media="print")

    assert page.locator("main h2").first.is_visible()
    assert page.locator(".btn:visible, input:visible, .notice:visible").count() == 0


# --- Two beside each other ---------------------------------------------------------------------------------------


def ask(client, receipt: str, link: str):
    return client.post(reverse("reports:receipt_beside", args=[receipt]), {"link": link})


@pytest.fixture
def both(forum, receipts) -> tuple[str, str]:
    """The receipts of one mayor in two rounds."""
    round = factories.make_open_round(forum=forum, kind="interim")
    invitation = factories.invitations_of(round)[0]
    factories.fill_in(invitation, value=5)
    receipt = submit(invitation=invitation)
    close_round(round=round, is_silent=True)
    return receipts[0], receipt


@pytest.mark.parametrize(
    "form",
    [
        *("{}", "/{}/", " http://localhost:8000/resultaat/{}/ ", "/resultaat/{}", "{}?taal=en"),
        *(
            "http://localhost:8000/resultaat/{}/rapport.pdf",
            "http://localhost:8000/resultaat/{}/naast-elkaar/",
        ),
        *("http://localhost:8000/resultaat/{}/?taal=en", "http://localhost:8000/resultaat/{}/#top"),
        "http://localhost:8000/resultaat/{}#/resultaat/x",
    ],
)
def test_earlier_link_is_taken_whole_or_its_secret_part(client, both, form):
    earlier, later = both

    beside = ask(client, later, form.format(earlier)).context["beside"]

    assert [row[0].score for row in beside.rows] == [75] * 8
    assert [row[1].score for row in beside.rows] == [100] * 8
    assert beside.names == ("Nulmeting", "Tussenmeting")


@pytest.mark.parametrize("rounds", [2, 3])
def test_two_own_results_ask_the_database_as_often_in_a_longer_track(
    rounds, forum, both, client, django_assert_num_queries
):
    if rounds == 3:
        round = factories.make_open_round(forum=forum, kind="final")
        for invitation in factories.invitations_of(round):
            factories.fill_in(invitation)
            submit(invitation=invitation)
        close_round(round=round, is_silent=True)
    earlier, later = both
    ask(client, later, earlier)  # the questionnaire stays in memory

    # Of each of both: the response with round and result, its answers.
    with django_assert_num_queries(4):
        ask(client, later, earlier)


def test_page_names_the_forum_and_the_day_on_which_each_round_closed(client, both):
    earlier, later = both
    for kind, day in (("baseline", 3), ("interim", 9)):
        closed_at = datetime.datetime(2026, day, 1, 12, tzinfo=datetime.UTC)
        Snapshot.objects.filter(round__kind=kind).update(closed_at=closed_at)

    assert (
        "Nulmeting (1 maart 2026) en tussenmeting (1 september 2026) van het Burgemeestersoverleg Noordrand"
        in (ask(client, later, earlier).content.decode())
    )


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_both_are_printed_on_one_sheet(forum, both, visitors):
    # As long as the line above the chart can get: the longest month, and a name that takes a line of its own.
    Forum.objects.filter(pk=forum.pk).update(name="Burgemeestersoverleg Noordrand, Zuidrand en Westrand")
    for kind, year in (("baseline", 2025), ("interim", 2026)):
        closed_at = datetime.datetime(year, 9, 30, 12, tzinfo=datetime.UTC)
        Snapshot.objects.filter(round__kind=kind).update(closed_at=closed_at)
    page = visitors.arrive()
    page.goto(reverse("reports:receipt", args=[both[1]]))
    page.get_by_label("Uw vroegere link").fill(both[0])
    page.get_by_role("button", name="Naast elkaar tonen").click()
    page.locator("h1", has_text="naast elkaar").wait_for()

    printed = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "1cm"))

    sheets = PdfReader(io.BytesIO(printed)).pages
    assert (len(sheets), "Leren en zelfevaluatie" in sheets[0].extract_text()) == (1, True)


def test_earlier_round_comes_first_whichever_link_was_open(client, both):
    earlier, later = both

    assert ask(client, earlier, later).context["beside"] == ask(client, later, earlier).context["beside"]


def test_nothing_is_concluded_and_nothing_kept(client, both, caplog):
    caplog.set_level("INFO")
    earlier, later = both

    response = ask(client, later, earlier)

    page = response.content.decode()
    assert ("vooruitgang" in page, "no-store" in response["Cache-Control"]) == (False, True)
    assert (response.cookies.get("sessionid"), earlier in caplog.text, earlier in page) == (
        None,
        False,
        False,
    )


def test_link_of_the_page_itself_is_told_apart(client, receipts):
    form = ask(client, receipts[0], f"http://localhost:8000/resultaat/{receipts[0]}/").context["form"]

    assert form.errors["link"] == ["Dit is de link van deze pagina. Plak die van een vroegere ronde."]


@pytest.mark.parametrize("other", ["of another forum", "of the same round", "unknown", "open"])
def test_link_that_leads_to_no_other_result_of_this_forum_is_refused(client, coach, receipts, other):
    forum = factories.make_forum(name="Zuidoverleg", coaches=[coach])
    invitation = factories.invitations_of(factories.make_open_round(forum=forum))[0]
    factories.fill_in(invitation)
    of_open = submit(invitation=invitation)
    links = {"of the same round": receipts[1], "unknown": "a" * 22, "open": of_open}
    if other == "of another forum":
        close_round(round=invitation.round, is_silent=True)
        links[other] = of_open

    form = ask(client, receipts[0], links[other]).context["form"]

    assert form.errors["link"] == ["Deze link hoort niet bij een ander resultaat van dit forum."]


def test_rounds_by_another_questionnaire_are_not_put_beside_each_other(client, both, monkeypatch):
    monkeypatch.setattr(QuestionnaireVersion, "number", property(id))

    form = ask(client, both[1], both[0]).context["form"]

    assert form.errors["link"][0].startswith("Tussen deze rondes is de vragenlijst te veel veranderd.")


def test_guessing_links_beside_an_own_one_is_limited(client, receipts, settings):
    settings.FAILED_LOOKUPS = 2

    answers = [ask(client, receipts[0], "a" * 22).status_code for _ in range(3)]

    assert answers == [200, 200, 429]
