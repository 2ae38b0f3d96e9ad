"""The comparison of two rounds as a file: passes PDF/UA-1, says what the page says, and gives nothing more away."""

import datetime

import page as pdf_checker
import pytest
from django.urls import reverse
from django.utils import timezone, translation

from assessment.models import IssuedFile, Round
from questionnaires.texts import text
from reports.build.comparison import Between
from reports.comparison import AgreedAction, Comparison
from reports.pdf.comparison import comparison_pdf, tell_change
from reports.pdf.fonts import text_width
from reports.pdf.story import Story
from tests import factories
from tests.reports.cast import (
    before,
    close,
    content,
    final_result,
    hidden,
    large_result,
    make_result,
    measured,
    small_result,
)
from tests.reports.tagged import TaggedPdf
from tests.reports.test_comparison import compared

LONG_FORUM = {"forum": "het " + "Burgemeestersoverleg " * 4 + "Noordoostelijke Polderstreek"}
ACTION = AgreedAction(
    what="Overloop elk kwartaal welke gemaakte afspraken nog niet zijn uitgevoerd",
    status="loopt",
    owner="De coördinator van de intergemeentelijke vereniging",
    due="1 juni 2026",
    evidence="De lijst staat op de agenda",
    seen="Bewijs gezien op 3 mei 2026",
)


def make(case: str, language: str) -> Comparison:
    if case == "large":
        agreed = {"VIS": (ACTION,) * 3, "LER": (ACTION,)}
        return compared(
            large_result(),
            final_result(),
            language=language,
            between=Between(actions=agreed),
            before=LONG_FORUM,
            after=LONG_FORUM | {"earlier": before(large_result())},
        )
    if case == "small":
        return compared(small_result(), small_result(), language=language)
    agreed = Between(actions={"VIS": (ACTION,), "LER": (ACTION,)} if case == "apart" else {})
    return compared(make_result(), make_result(version="2.0.0"), language=language, between=agreed)


@pytest.fixture(
    scope="module",
    params=[(case, language) for case in ("large", "small", "apart", "bare") for language in ("nl", "en")],
    ids="-".join,
)
def told(request) -> tuple[Comparison, TaggedPdf]:
    comparison = make(*request.param)
    return comparison, TaggedPdf(comparison_pdf(comparison))


def test_file_passes_pdf_ua(told):
    _, tagged = told

    failures = pdf_checker.validate_pdf_bytes(tagged.data, profile="ua1").failures
    assert [(failure.rule_id, failure.message) for failure in failures] == []
    assert tagged.faults() == []


def test_each_dimension_is_told_in_order_with_its_conclusion(told):
    comparison, tagged = told

    names = [text for text in tagged.texts("H3") if text in {each.name for each in comparison.changes}]
    assert names == [each.name for each in comparison.told]
    words = " ".join(" ".join(text.split()) for _, text in tagged.told)
    sentences = [each.sentence.replace("\u00a0", " ") for each in comparison.changes]
    assert [each for each in sentences if (each in words) != comparison.is_comparable] == []


def test_actions_stand_with_owner_date_and_evidence():
    words = " ".join(TaggedPdf(comparison_pdf(make("large", "nl"))).texts("LBody"))

    assert words.count("Trekker: De coördinator van de intergemeentelijke vereniging.") == 4
    assert (
        words.count("Waaraan het forum ziet dat het lukt: De lijst staat op de agenda. Bewijs gezien op") == 4
    )


@pytest.mark.parametrize(
    "actions, said",
    [
        ({}, ["Er waren tussen beide rondes geen afgesproken acties."]),
        (
            {"VIS": (ACTION,)},
            ["Voor de andere dimensies waren er tussen beide rondes geen afgesproken acties."],
        ),
        ({each.code: (ACTION,) for each in content().dimensions}, []),
    ],
    ids=["none", "of one", "of all"],
)
def test_that_there_are_no_actions_is_said_once(actions, said):
    told = compared(make_result(), make_result(), between=Between(actions=actions))
    words = " ".join(" ".join(TaggedPdf(comparison_pdf(told)).texts("P")).split())

    assert words.count("geen afgesproken acties") == len(said)
    assert list(told.on_actions[-1:]) == said or not said
    assert all(each in words for each in told.on_actions)


def test_few_actions_leave_no_fourth_page_and_each_page_names_the_forum():
    between = Between(actions={"VIS": (ACTION,)})
    told = compared(
        large_result(), final_result(), between=between, after={"earlier": before(large_result())}
    )

    pages = TaggedPdf(comparison_pdf(told)).pages
    assert len(pages) == 3
    assert told.header == "Rondes van het Westhoekoverleg"
    assert [told.header in page.artifact for page in pages] == [False, True, True]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_short_verdicts_stand_on_one_line(language):
    story, told = Story(), make("large", language)
    with translation.override(language):
        tell_change(story, told)
        verdicts = [text(f"verdict.{each}.label") for each in ("within_margin", "stable", "not_comparable")]

    table = story.flowables[-1]._content[-1]
    style, room = table._cellvalues[1][4].style, table._argW[4] - 10
    assert [each for each in verdicts if text_width(each, style.fontName, style.fontSize) > room] == []


def test_rounds_that_cannot_be_compared_have_no_chart():
    tagged = TaggedPdf(comparison_pdf(make("apart", "nl")))

    assert (tagged.nodes("Figure"), tagged.nodes("Table")) == ([], [])


def test_rounds_that_cannot_be_compared_tell_actions_on_a_page_of_their_own():
    apart, bare = (TaggedPdf(comparison_pdf(make(case, "nl"))) for case in ("apart", "bare"))

    assert [(each.text, each.marks[0][0]) for each in apart.nodes("H2", "H3")] == [
        ("Deze rondes zijn niet te vergelijken", 0),
        ("Per dimensie", 1),
        ("Gedeelde visie en strategische agenda", 1),
        ("Leren en zelfevaluatie", 1),
    ]
    assert (len(bare.pages), bare.texts("H2", "H3")) == (1, ["Deze rondes zijn niet te vergelijken"])


def test_no_chapter_begins_on_the_cover_but_its_own(told):
    _, tagged = told

    assert [each.marks[0][0] for each in tagged.nodes("H2")].count(0) == 1


def test_dimension_that_one_round_hides_has_no_difference():
    comparison = compared(make_result(PAR=hidden()), make_result(PAR=measured(83, 7)))

    tagged = TaggedPdf(comparison_pdf(comparison))
    rows = [[cell.text for cell in row.children] for row in tagged.nodes("TR")]
    assert next(row[1:4] for row in rows if row[0].startswith("Samenspel")) == ["–", "83", "–"]


def test_same_comparison_gives_the_same_bytes():
    assert comparison_pdf(make("large", "nl")) == comparison_pdf(make("large", "nl"))


# --- The button --------------------------------------------------------------------------------------------------


@pytest.fixture
def rounds(forum) -> list[Round]:
    closed = [
        close(factories.make_round(forum=forum, kind=kind, opens_in=-days - 9, closes_in=-days), result)
        for kind, days, result in (
            ("baseline", 200, make_result(VIS=measured(40, 6))),
            ("interim", 20, make_result(VIS=measured(66, 6))),
        )
    ]
    for each, days in zip(closed, (200, 20), strict=True):
        Round.objects.filter(pk=each.pk).update(closed_at=timezone.now() - datetime.timedelta(days=days))
    return closed


def test_file_leaves_with_the_later_round_and_is_noted(rounds, coach_client, forum):
    first, second = rounds
    address = reverse("reports:comparison_pdf", args=[forum.slug])

    response = coach_client.post(address, {"van": second.pk, "naar": first.pk})

    issued = IssuedFile.objects.get()
    assert (issued.kind, issued.snapshot) == ("comparison_pdf", second.snapshot)
    assert response["Content-Disposition"].endswith('-rondes-vergelijken.pdf"')
    assert response.content.startswith(b"%PDF")


@pytest.mark.parametrize("sent, query", [({}, ""), ({"van": "0", "naar": "1"}, "?van=0&naar=1")])
def test_without_two_rounds_it_leads_to_the_page_that_tells_what_is_wrong(
    rounds, coach_client, forum, sent, query
):
    address = reverse("reports:comparison_pdf", args=[forum.slug])
    page = reverse("reports:comparison", args=[forum.slug])

    assert coach_client.post(address, sent)["Location"] == f"{page}{query}"
    assert coach_client.get(address)["Location"] == page
    assert not IssuedFile.objects.exists()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_button_sends_the_rounds_that_are_chosen(rounds, coach, forum, visitors):
    third = close(factories.make_round(forum=forum, kind="final", opens_in=-9, closes_in=-2), make_result())
    page = visitors.arrive(scripts=False, account=coach)
    page.goto(f"{reverse('reports:comparison', args=[forum.slug])}?van={rounds[0].pk}&naar={third.pk}")

    page.select_option("[name=naar]", str(rounds[1].pk))
    with page.expect_download() as download:
        page.get_by_role("button", name="pdf").click()

    assert "-tussenmeting-" in download.value.suggested_filename
