"""The memo for college and council: what it says, that it stays on one page, and that page and files say the same."""

import datetime
import io
import zipfile

import page as pdf_checker
import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from assessment.actions.agreeing import Agreed
from assessment.models import IssuedFile, Priority
from reports.build.memo import memo_of
from reports.exports.memo_docx import memo_docx
from reports.memo import Memo, Reader
from reports.pdf.memo import memo_pdf
from tests import factories
from tests.reports.cast import before, chosen, close, hidden, make_result, make_source, measured, unpublished
from tests.reports.exported import paragraphs
from tests.reports.tagged import TaggedPdf

DUE = datetime.date(2026, 6, 1)
LONG_NAME = "Sint-Bavo-Samenwerkingspolder-aan-de-Noordoostelijke-Zeeschelde"
LONG_FORUM = "het " + "Burgemeestersoverleg " * 4 + "Noordoostelijke Polderstreek"
SPREAD = make_result(VER=measured(78, 5), LER=measured(35, 6))


def make_memo(
    result=None,
    *,
    reader=Reader.COLLEGE,
    language="nl",
    municipality="Aldervoorde",
    made_on=DUE,
    **facts,
) -> Memo:
    source = make_source(SPREAD if result is None else result, **facts)
    return memo_of(source, reader=reader, municipality=municipality, language=language, made_on=made_on)


def part(memo: Memo, title: str):
    return next(each for each in memo.parts if each.title == title)


def long_memo(reader=Reader.COLLEGE, language="nl") -> Memo:
    """Everything at its longest: names of sixty characters, three actions of two lines each, all of them late."""
    what = (
        "Overloop elk kwartaal met alle leden van het forum welke gemaakte afspraken nog niet zijn uitgevoerd"
    )
    action = Agreed("VER", what, "De coördinator van de intergemeentelijke vereniging", DUE, "todo", "")
    return make_memo(
        reader=reader,
        language=language,
        municipality=LONG_NAME,
        forum=LONG_FORUM,
        decided=("MAT", "NET", "LOK"),
        agreed=(action,) * 5,
        made_on=DUE + datetime.timedelta(days=1),
        earlier=before(make_result(VER=measured(50, 4), LER=measured(70, 4))),
        kind="interim",
    )


def fullest_memo(reader=Reader.COLLEGE, language="nl") -> Memo:
    """Every field as long as the database lets it be, every sentence that there can be."""
    words = "Overloop samenwerkingsverbanden en meerjarenplanningen met alle leden van het forum; "
    action = Agreed("VER", (words * 4)[:300], (words * 2)[:160], DUE, "todo", "")
    now = {"LOK": measured(20, 5), "MAT": measured(80, 5, agreement="divided", consensus=0.5)}
    return make_memo(
        make_result(
            **now, priorities=[chosen("MAT"), chosen("NET"), chosen("LOK")], response={"warning": True}
        ),
        reader=reader,
        language=language,
        municipality=(LONG_NAME * 2)[:80],
        forum=f"het {'Burgemeestersoverleg Noordoostelijke ' * 4}"[:124],
        agreed=(action,) * 5,
        made_on=DUE + datetime.timedelta(days=1),
        earlier=before(make_result(LOK=measured(70, 4), MAT=measured(30, 4))),
        kind="interim",
        is_entered=True,
    )


def test_college_reads_levels_in_words_with_score_and_margin():
    assert part(make_memo(), "Resultaat").bullets[:2] == (
        "Het hoogst beoordeeld: vertrouwen en engagement, tussen sturend en strategisch (78 op 100, marge\u00a05).",
        "De meeste ruimte voor groei: leren en zelfevaluatie, "
        "tussen verkennend en afstemmend (35 op 100, marge\u00a06).",
    )


def test_council_reads_levels_without_numbers():
    bullets = part(make_memo(reader=Reader.COUNCIL), "Resultaat").bullets

    assert bullets[0] == "Het hoogst beoordeeld: vertrouwen en engagement, tussen sturend en strategisch."
    assert [each for each in bullets if any(sign.isdigit() for sign in each)] == []


def test_result_is_told_in_four_sentences_at_most():
    result = part(long_memo(), "Resultaat")

    assert len(result.sentences) + len(result.bullets) == 4


def test_scores_within_the_margin_have_no_highest():
    bullets = part(make_memo(make_result()), "Resultaat").bullets

    assert bullets[0] == (
        "De scores liggen dicht bij elkaar. Het verschil tussen de hoogste en de laagste valt binnen de marge."
    )


def test_change_comes_before_what_is_high():
    assert part(long_memo(), "Resultaat").bullets[0].startswith("Sinds de nulmeting")


def test_dimension_that_is_not_shown_is_in_no_memo():
    memo = make_memo(make_result(VER=hidden(), LER=measured(35, 6), VIS=measured(70, 5)))

    assert "vertrouwen" not in memo.as_text.lower()


def test_below_the_threshold_there_is_no_memo():
    with pytest.raises(ValueError, match="no result"):
        make_memo(unpublished())


def test_what_the_forum_chose_goes_before_what_was_computed():
    assert part(make_memo(decided=("MAT", "NET")), "Waaraan het forum werkt").bullets == (
        "Afstemming van samenwerkingsverbanden en schalen",
        "Netwerkmanagement en procesregie",
    )


PROPOSED = make_result(priorities=[chosen("NET"), chosen("VER")])


@pytest.mark.parametrize("reader", Reader)
def test_what_was_computed_is_told_as_a_proposal_before_the_forum_chose(reader):
    memo = make_memo(PROPOSED, reader=reader)

    told = part(memo, "Wat uit de antwoorden volgt")
    assert told.sentences == (
        "De berekening stelt deze prioriteiten voor. Het forum legde zijn keuze nog niet vast.",
    )
    assert told.bullets == ("Netwerkmanagement en procesregie", "Vertrouwen en engagement")
    assert "Waaraan het forum werkt" not in memo.as_text


def test_forum_that_chose_no_priority_is_given_none():
    memo = make_memo(PROPOSED, decided=())

    assert [
        each for each in ("Wat uit de antwoorden volgt", "Waaraan het forum werkt") if each in memo.as_text
    ] == []


@pytest.mark.parametrize("reader", Reader)
def test_cautions_of_the_report_stand_with_how_to_read_it(reader):
    memo = make_memo(make_result(response={"warning": True}), reader=reader, is_entered=True)

    assert part(memo, "Hoe u dit leest").sentences[1:] == (
        "Let op: minder dan de helft van de gemeenten antwoordde. De leden die niet antwoordden, denken er misschien "
        "anders over.",
        "Deze ronde is ingevoerd uit een vroegere zelfevaluatie, niet met Regiospiegel ingevuld.",
    )


def test_actions_that_still_run_are_for_the_college_alone():
    agreed = (
        Agreed("VER", "Afspraken overlopen", "Secretariaat", DUE, "doing", "Een lijst."),
        Agreed("VER", "Vlinders tellen", "", None, "todo", ""),
        Agreed("VIS", "Visie herschrijven", "", None, "done", ""),
    )
    college, council = (make_memo(reader=reader, agreed=agreed, decided=("MAT",)) for reader in Reader)

    assert part(college, "Afgesproken acties").bullets == (
        "Afspraken overlopen (trekker: Secretariaat, tegen 1 juni 2026)",
        "Vlinders tellen",
    )
    assert [part(each, "Waaraan het forum werkt").bullets for each in (college, council)] == [
        ("Afstemming van samenwerkingsverbanden en schalen",)
    ] * 2
    assert "Afgesproken acties" not in council.as_text


@pytest.mark.parametrize("days, late", [(0, ""), (1, ", streefdatum voorbij")])
def test_action_is_late_by_the_day_on_which_the_memo_is_made(days, late):
    agreed = (Agreed("VER", "Afspraken overlopen", "", DUE, "doing", ""),)

    memo = make_memo(agreed=agreed, made_on=DUE + datetime.timedelta(days=days))

    assert part(memo, "Afgesproken acties").bullets == (f"Afspraken overlopen (tegen 1 juni 2026{late})",)


def test_without_priorities_and_actions_their_parts_are_left_out():
    told = make_memo(make_result(priorities=[])).as_text

    assert [each for each in ("Waaraan het forum werkt", "Afgesproken acties") if each in told] == []


def test_organisation_is_named_when_there_is_one(settings):
    settings.ORGANISATION_NAME = "VVSG"

    assert "een ontwikkeltraject van VVSG." in make_memo().as_text


def test_memo_to_copy_ends_with_the_code_of_the_result():
    memo = make_memo()

    assert memo.as_text.splitlines()[0] == "Aldervoorde"
    assert memo.as_text.splitlines()[-1] == memo.annex


# --- Files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "make", [fullest_memo, long_memo, lambda reader, language: make_memo(reader=reader, language=language)]
)
def test_file_passes_pdf_ua_on_one_page(make, reader, language, settings):
    settings.ORGANISATION_NAME = "Vereniging van Voorbeeldsteden en Voorbeeldgemeenten"
    tagged = TaggedPdf(memo_pdf(make(reader, language)))

    failures = pdf_checker.validate_pdf_bytes(tagged.data, profile="ua1").failures
    assert [(failure.rule_id, failure.message) for failure in failures] == []
    assert tagged.faults() == []
    assert len(tagged.pages) == 1


@pytest.mark.parametrize("reader", Reader)
def test_file_is_read_in_the_order_of_the_memo(reader):
    memo = long_memo(reader)

    told = " ".join(text for tag, text in TaggedPdf(memo_pdf(memo)).told if tag != "Lbl")

    assert "".join(told.split()) == "".join(memo.as_text.replace("\n- ", "\n").split())


def test_word_file_says_the_same_with_headings_and_places_to_fill_in():
    memo = make_memo(decided=("MAT",))

    document = Document(io.BytesIO(memo_docx(memo)))

    lines = [line.removeprefix("- ") for line in memo.as_text.splitlines() if line]
    # Sentences of a part make one paragraph.
    assert "".join(each.text for each in document.paragraphs).replace(" ", "") == "".join(lines).replace(
        " ", ""
    )
    headings = [each.text for each in document.paragraphs if each.style.name.startswith("Heading")]
    assert headings == [memo.title, *(each.title for each in memo.parts)]
    marked = [run.text for each in document.paragraphs for run in each.runs if run.font.highlight_color]
    assert marked == [each.to_fill_in for each in memo.parts if each.to_fill_in]


def test_word_file_leaves_out_what_it_cannot_hold():
    agreed = (Agreed("VER", "Overleg\x0bplannen\ufffe", "Voor\x1fzitter", DUE, "todo", ""),)
    memo = make_memo(forum="het\x01 forum", municipality="Alder\x00voorde", agreed=agreed)

    told = paragraphs(memo_docx(memo))

    assert "Overleg plannen (trekker: Voorzitter" in told
    assert ("Aldervoorde" in told, "het forum" in told) == (True, True)


def test_word_file_speaks_its_language_and_names_no_person():
    raw = memo_docx(make_memo())

    document = Document(io.BytesIO(raw))
    assert 'w:lang w:val="nl-BE"' in document.styles["Normal"].element.xml
    about = document.core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("Regiospiegel", "Regiospiegel", "")
    assert "python" not in zipfile.ZipFile(io.BytesIO(raw)).read("docProps/core.xml").decode()


@pytest.mark.parametrize("write", [memo_pdf, memo_docx])
def test_same_memo_gives_the_same_bytes(write):
    assert write(make_memo()) == write(make_memo())


# --- Page --------------------------------------------------------------------------------------------------------


@pytest.fixture
def closed_round(forum):
    return close(factories.make_open_round(forum=forum))


def address(name: str, round) -> str:
    return reverse(f"reports:{name}", args=[round.forum.slug, round.pk])


def test_page_begins_with_the_college_of_the_first_municipality(closed_round, coach_client):
    memo = coach_client.get(address("memo", closed_round)).context["memo"]

    assert (memo.reader, memo.municipality) == (Reader.COLLEGE, "Aldervoorde")


def test_every_municipality_can_be_chosen_once_and_no_organisation(forum, closed_round, coach_client):
    factories.make_seat(forum=forum, municipality=forum.seats.order_by("pk").first().municipality)
    factories.make_seat(forum=forum, organisation="Streekorganisatie")

    form = coach_client.get(address("memo", closed_round)).context["form"]

    assert [name for _, name in form.fields["gemeente"].choices] == list(factories.MUNICIPALITIES[:8])


def test_choice_that_is_none_is_told_and_gives_no_file(closed_round, coach_client):
    wrong = {"voor": "college", "gemeente": "0"}

    told = coach_client.get(address("memo", closed_round), wrong)
    sent = coach_client.post(address("memo_pdf", closed_round), wrong)

    assert list(told.context["form"].errors) == ["gemeente"]
    assert sent["Location"] == f"{address('memo', closed_round)}?voor=college&gemeente=0"
    assert not IssuedFile.objects.exists()


def test_forum_without_municipalities_has_no_memo(coach, coach_client):
    forum = factories.make_forum(municipalities=0, organisations=6, coaches=[coach])
    page = coach_client.get(address("memo", close(factories.make_open_round(forum=forum))))

    assert ("form" in page.context, "memo" in page.context) == (False, False)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
@pytest.mark.parametrize(
    "reader, language, called",
    [
        (Reader.COLLEGE, "nl", "nota-college"),
        (Reader.COUNCIL, "nl", "nota-gemeenteraad"),
        (Reader.COUNCIL, "en", "memo-council"),
    ],
)
def test_file_is_noted_as_what_it_is_and_named_after_its_reader(
    kind, reader, language, called, closed_round, coach_client
):
    coach_client.cookies["taal"] = language
    municipality = closed_round.forum.seats.order_by("pk").first().municipality
    asked = {"voor": reader, "gemeente": municipality.pk}

    response = coach_client.post(address(f"memo_{kind}", closed_round), asked)

    assert IssuedFile.objects.get().kind == f"memo_{reader}_{kind}"
    assert response["Content-Disposition"].endswith(f'-2026-03-03-{called}-aldervoorde.{kind}"')


def test_priorities_of_the_forum_are_on_the_page(closed_round, coach_client):
    Priority.objects.create(round=closed_round, place=1, proposed="", chosen="MAT")

    memo = coach_client.get(address("memo", closed_round)).context["memo"]

    assert part(memo, "Waaraan het forum werkt").bullets == (
        "Afstemming van samenwerkingsverbanden en schalen",
    )


@pytest.mark.parametrize("municipalities", [1, 3, 12])
def test_page_asks_the_database_as_often_for_many_municipalities(
    municipalities, coach, coach_client, django_assert_num_queries
):
    forum = factories.make_forum(municipalities=municipalities, coaches=[coach])
    round = close(factories.make_open_round(forum=forum))

    # Session, user, round, earlier rounds, coach, targets, decision, levels, actions, municipalities.
    with django_assert_num_queries(10):
        coach_client.get(address("memo", round))


@pytest.mark.parametrize("kind", ["pdf", "docx"])
@pytest.mark.parametrize("municipalities", [1, 3])
def test_file_asks_the_database_as_often_for_many_municipalities(
    kind, municipalities, coach, coach_client, django_assert_num_queries
):
    forum = factories.make_forum(municipalities=municipalities, coaches=[coach])
    round = close(factories.make_open_round(forum=forum))

    # Those of the page, and that it was handed out.
    with django_assert_num_queries(11):
        coach_client.post(address(f"memo_{kind}", round))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_what_is_chosen_is_what_is_downloaded_and_no_address_holds_a_secret(coach, visitors):
    round = close(factories.make_open_round(forum=factories.make_forum(coaches=[coach])))
    page = visitors.arrive(scripts=False, account=coach)
    page.goto(address("memo", round))

    assert not page.get_by_text("Tekst kopiëren").is_visible()  # without scripts it could not copy
    page.select_option("[name=voor]", "council")
    with page.expect_download() as download:
        page.get_by_role("button", name="Word").click()
    page.get_by_role("button", name="Nota tonen").click()

    assert "-nota-gemeenteraad-" in download.value.suggested_filename
    assert page.locator("article h2").inner_text() == "Nota voor de gemeenteraad"
    assert "csrf" not in page.url


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_choices_are_shown_whole_and_paper_has_the_memo_alone_on_one_page(coach, visitors):
    round = close(factories.make_open_round(forum=factories.make_forum(coaches=[coach])), SPREAD)
    page = visitors.arrive(account=coach)
    page.goto(address("memo", round))

    paper = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    spare = page.locator("[name=voor]").evaluate(
        "each => { const given = each.offsetWidth; each.style.width = 'auto'; return given - each.offsetWidth; }"
    )

    assert spare >= 0
    assert len(paper) == 1
    assert paper[0].extract_text().split()[0] == "Aldervoorde"
    assert "controlecode" in paper[0].extract_text().splitlines()[-1]
