"""The forum report as a file: every report passes PDF/UA-1, is read in the order it is told, and gives nothing away."""

from itertools import pairwise

import page as pdf_checker
import pytest
from django.utils import translation
from reportlab.platypus import KeepTogether

from reports.pdf.chapters import tell_annex, tell_profile
from reports.pdf.fonts import text_width
from reports.pdf.forum import forum_pdf
from reports.pdf.story import Story
from tests.reports.cast import (
    chosen,
    hidden,
    large_result,
    make_report,
    make_result,
    measured,
    small_result,
    unpublished,
)
from tests.reports.tagged import TaggedPdf

RESULTS = {"large": large_result, "small": small_result, "nothing": unpublished}
LONG_FORUM = "het " + "Burgemeestersoverleg Samenwerkingsverbanden " * 2 + "Noordoostelijke Polderstreek"
LONG_COACH = "Maximiliaan-Alexander van den Broecke-Vandenbogaerde-Claessens"


@pytest.fixture(
    scope="module", params=[(name, language) for name in RESULTS for language in ("nl", "en")], ids="-".join
)
def told(request):
    """A report and its file."""
    name, language = request.param
    report = make_report(RESULTS[name](), language=language)
    return report, TaggedPdf(forum_pdf(report))


def test_file_passes_pdf_ua(told):
    _, tagged = told

    failures = pdf_checker.validate_pdf_bytes(tagged.data, profile="ua1").failures

    assert [(failure.rule_id, failure.message) for failure in failures] == []


def test_everything_on_a_page_leads_to_its_element_and_back(told):
    _, tagged = told

    assert tagged.faults() == []


def test_file_tells_language_title_and_author(told):
    report, tagged = told

    assert tagged.catalog["/Lang"] == {"nl": "nl-BE", "en": "en"}[report.language]
    assert tagged.reader.metadata.title == f"{report.title} {report.subtitle}"
    assert tagged.reader.metadata.author == "Regiospiegel"
    assert tagged.reader.metadata.creation_date == report.closed_at


def test_headings_skip_no_level_and_are_the_bookmarks(told):
    _, tagged = told
    levels = [int(node.tag[1]) for node in tagged.nodes("H1", "H2", "H3", "H4")]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    outline = tagged.reader.outline
    flat = [entry.title for part in outline for entry in (part if isinstance(part, list) else [part])]
    assert flat == tagged.texts("H2", "H3")


def test_contents_name_every_section_with_its_page(told):
    _, tagged = told
    headings = tagged.nodes("H2")

    expected = [f"{heading.text}{heading.marks[0][0] + 1}" for heading in headings]
    assert tagged.texts("Link") == expected


def test_figures_tell_in_words_what_they_show(told):
    report, tagged = told

    alts = [node.entry["/Alt"] for node in tagged.nodes("Figure")]
    assert alts == ([report.result.profile.description] * 2 if report.result else [])


def test_every_font_is_embedded(told):
    _, tagged = told

    assert [font["/BaseFont"] for font in tagged.fonts if "/FontFile2" not in font["/FontDescriptor"]] == []


def test_same_report_gives_the_same_bytes(told):
    report, tagged = told

    assert forum_pdf(report) == tagged.data


def test_short_report_is_read_in_the_order_in_which_it_is_told():
    tagged = TaggedPdf(forum_pdf(make_report(unpublished(), fingerprint="0123456789ab")))

    assert tagged.told == [
        ("P", "Regiospiegel"),
        ("H1", "Waar staat ons forum?"),
        ("P", "Nulmeting van het Westhoekoverleg"),
        ("P", "Ronde gesloten op dinsdag 3 maart 2026"),
        ("P", "2 van 8 gemeenten, 3 leden"),
        ("P", "Begeleider: Begeleider Noord"),
        ("P", "Vragenlijst versie 1.0.0. Controlecode 0123456789ab."),
        ("P", "Inhoud"),
        ("Link", "Wie antwoordde?2"),
        ("H2", "Wie antwoordde?"),
        ("P", "3 van de 12 uitgenodigde leden antwoordden, uit 2 van de 8 gemeenten."),
        ("P", "Er zijn te weinig antwoorden om een resultaat te tonen. Nodig zijn minstens vijf leden."),
    ]


def test_sections_are_read_in_the_order_in_which_they_are_told():
    report = make_report(large_result())
    tagged = TaggedPdf(forum_pdf(report))
    result, told = report.result, [text for _, text in tagged.told]

    expected = [
        *result.glance.sentences,
        *result.glance.priorities,
        *(words for each in result.guide for words in (each.title, *each.paragraphs)),
        *report.respondents.sentences,
        *(each.name for each in result.profile.measures),
        *(each.sentence for each in result.profile.measures),
        *(words for each in result.agreement for words in (each.sentence, *each.two_camps, each.question)),
        *(each.now for each in result.track.priorities),
        *result.annex.notes,
        *(words for each in result.annex.parameters for words in (each.name, each.value)),
    ]
    remaining = iter(told)
    assert [words for words in expected if words not in remaining] == []


def test_profile_table_has_a_row_for_each_dimension_and_words_for_what_is_not_shown():
    measured_entry = measured(57, 16)
    tagged = TaggedPdf(forum_pdf(make_report(make_result(VIS=hidden(), VER=measured_entry))))

    rows = [[cell.text for cell in row.children] for row in tagged.nodes("Table")[0].children]
    assert rows[:3] == [
        ["Dimensie", "Score", "Marge", "Niveau", "Eensgezindheid"],
        ["Gedeelde visie en strategische agenda", "–", "–", "niet getoond", "niet getoond"],
        ["Vertrouwen en engagement", "57", "16", "tussen afstemmend en sturend", "overwegend eensgezind"],
    ]
    assert len(rows) == 9


def test_long_names_break_no_page():
    names = {"forum": LONG_FORUM, "coach": LONG_COACH}
    report = make_report(large_result(), **names)

    tagged = TaggedPdf(forum_pdf(report))

    assert tagged.faults() == []
    assert tagged.texts("P")[1] == f"Nulmeting van {LONG_FORUM}"
    assert tagged.nodes("P")[1].marks == [(0, 2)]


def test_suppressed_numbers_stand_nowhere_in_the_file():
    forbidden = measured(91, 37, n_responses=93, n_delegations=97) | {"published": False}
    result = make_result(VIS=forbidden, priorities=[chosen("VER")])

    tagged = TaggedPdf(forum_pdf(make_report(result, fingerprint="-")))

    assert [number for number in ("91", "37", "93", "97") if number in tagged.whole_text] == []


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("result", [large_result, small_result], ids=["large", "small"])
def test_no_word_of_a_table_is_broken(result, language):
    report, story = make_report(result(), language=language), Story()
    with translation.override(language):
        tell_profile(story, report.result.profile)
        tell_annex(story, report.result.annex)

    broken = [
        word
        for group in story.flowables
        if isinstance(group, KeepTogether)
        for row in group._content[-1]._cellvalues
        for cell, width in zip(row, group._content[-1]._argW, strict=True)
        for word in cell.frags[0].text.split()
        if text_width(word, cell.style.fontName, cell.style.fontSize) > width - 14
    ]
    assert broken == []
