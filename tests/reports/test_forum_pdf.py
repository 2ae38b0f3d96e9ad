"""The forum report as a file: every report passes PDF/UA-1, is read in the order it is told, and gives nothing away."""

import datetime
from dataclasses import replace
from itertools import pairwise

import page as pdf_checker
import pytest
from django.utils import translation
from reportlab.platypus import Table

from assessment.actions.agreeing import Agreed
from assessment.actions.choosing import Chosen
from assessment.actions.recording import Placement
from reports.charts.spread_bars import classes_of, key_in_words
from reports.pdf.change import tell_change, tell_experience
from reports.pdf.chapters import tell_annex
from reports.pdf.fonts import text_width
from reports.pdf.forum import forum_pdf
from reports.pdf.standing import tell_importance, tell_profile, tell_statements
from reports.pdf.story import Story
from reports.pdf.styles import LONG_WORD_IN_CELL, MARGIN, PAGE_HEIGHT, PAGE_WIDTH
from reports.report import Voice
from tests.reports.cast import (
    before,
    chosen,
    final_result,
    hidden,
    large_result,
    make_report,
    make_result,
    measured,
    small_result,
    unpublished,
)
from tests.reports.reading import expected_words
from tests.reports.tagged import TaggedPdf

RESULTS = {"large": large_result, "small": small_result, "nothing": unpublished}
VOICES = (
    Voice("Vertrouwen groeit aan tafel", "Leden kennen elkaar beter.", ("We bellen elkaar nu gewoon op.",)),
    Voice("", "", ("Vergader minder, beslis meer.",)),
)
TARGETS = {
    "VER": Chosen(4, "Vertrouwen draagt de rest.", datetime.date(2026, 2, 2)),
    "LER": Chosen(3, "", datetime.date(2026, 2, 2)),
}
AGREED = (
    Agreed("VER", "Afspraken overlopen", "Secretariaat", datetime.date(2026, 6, 1), "doing", "Een lijst."),
    Agreed("VIS", "Visie herschrijven", "", None, "done", ""),
)
PLACEMENTS = {"VIS": Placement(4, "De visietekst staat op elke agenda."), "VER": Placement(None, "")}
LONG_FORUM = "het " + "Burgemeestersoverleg Samenwerkingsverbanden " * 2 + "Noordoostelijke Polderstreek"
LONG_COACH = "Maximiliaan-Alexander van den Broecke-Vandenbogaerde-Claessens"


def whole_report(language: str = "nl", **names: str):
    """The longest: the third round of a track, with a session and voices."""
    earlier = before(large_result(), large_result(), days=150)
    facts = {
        "kind": "final",
        "track_starts_on": datetime.date(2025, 4, 1),
        "track_ends_on": datetime.date(2026, 4, 1),
        "placements": PLACEMENTS,
        "targets": TARGETS,
        "voices": VOICES,
        "agreed": AGREED,
        "decided": ("VER", "LER", "NET"),
        "overruled": "De agenda eerst.",
    } | names
    return make_report(final_result(), language=language, earlier=earlier, **facts)


@pytest.fixture(
    scope="module",
    params=[(name, language) for name in (*RESULTS, "whole") for language in ("nl", "en")],
    ids="-".join,
)
def told(request):
    """A report and its file."""
    name, language = request.param
    report = whole_report(language) if name == "whole" else make_report(RESULTS[name](), language=language)
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
    expected = [f"{each.text}{each.marks[0][0] + 1}" for each in headings] if len(headings) > 1 else []
    assert [link.text for link in tagged.nodes("Link") if "/Dest" in link.annotations[0]] == expected


def test_annex_leads_to_the_page_where_a_file_is_checked(told):
    """The whole sentence is a link that says where it leads."""
    report, tagged = told
    links = [node for node in tagged.nodes("Link") if "/A" in node.annotations[0]]

    annex = report.result and report.result.annex
    assert [(node.text, node.parent.tag) for node in links] == ([(annex.check, "P")] if annex else [])
    assert [(node.annotations[0]["/A"]["/URI"], node.annotations[0]["/Contents"]) for node in links] == (
        [(annex.check_address, annex.check)] if annex else []
    )


def test_figures_tell_in_words_what_they_show(told):
    report, tagged = told

    alts = [node.entry["/Alt"] for node in tagged.nodes("Figure")]
    with translation.override(report.language):
        expected = described(report.result) if report.result else []
    assert alts == expected


def described(result):
    return [
        result.profile.description,
        *([key_in_words(classes)] if (classes := classes_of(result.agreement)) else []),
        *(each.description for each in result.agreement if each.spread),
        result.statements.description,
        *([result.change.year.description] if result.change else []),
        *([result.change.comparisons[0].description] if result.change else []),
        result.importance.description,
    ]


def test_no_table_has_more_headers_than_other_cells(told):
    """A screen reader would say the same headers around every other word."""
    _, tagged = told
    tables = tagged.nodes("Table")
    cells = [[node.tag for node in table.walk() if node.tag in ("TH", "TD")] for table in tables]

    assert [each for each in cells if each.count("TH") > each.count("TD")] == []


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
        ("H2", "Wie antwoordde?"),
        ("P", "3 van de 12 uitgenodigde leden antwoordden, uit 2 van de 8 gemeenten."),
        (
            "P",
            "Er zijn te weinig antwoorden om een resultaat te tonen. Nodig zijn minstens vijf leden uit minstens "
            "drie gemeenten.",
        ),
        ("P", "Wie antwoordde, ziet het eigen resultaat achter de persoonlijke link."),
        (
            "P",
            "Na een volgende ronde met antwoorden van genoeg leden en gemeenten kan er wel een resultaat van het "
            "forum zijn.",
        ),
        ("P", "Vragenlijst versie 1.0.0, Regiospiegel 0.1.0. Controlecode 0123456789ab."),
        ("P", "Ronde gesloten op dinsdag 3 maart 2026"),
        ("P", "2 van 8 gemeenten, 3 leden"),
        ("P", "Begeleider: Begeleider Noord"),
    ]


def test_contents_stand_from_two_chapters_on():
    tagged = TaggedPdf(forum_pdf(make_report(unpublished(), targets=TARGETS)))

    assert tagged.texts("Link") == ["Wie antwoordde?1", "Wat wil het forum zelf bereiken?2"]


def test_every_word_is_read_in_the_order_in_which_it_is_told(told):
    report, tagged = told

    # Labels and the contents are looked at apart; an empty cell is in the tree, and nothing is read in it.
    read = [words for tag, words in tagged.told if tag not in ("Link", "Lbl", "Figure") and words]

    with translation.override(report.language):
        assert read == list(expected_words(report))


def test_longest_report_has_fifteen_pages(told):
    """Of a third round with role differences everywhere, two comparisons and a session."""
    _, tagged = told

    assert len(tagged.reader.pages) <= 15


def test_summary_of_two_pages_stands_alone(told):
    """Words and priorities on the first page, chart and table on the second."""
    report, tagged = told
    if report.result is None:
        assert {heading.marks[0][0] for heading in tagged.nodes("H2")} == {0}
        return

    assert [heading.marks[0][0] for heading in tagged.nodes("H2")[:2]] == [0, 1]
    assert {mark[0] for node in tagged.nodes("Table")[0].walk() for mark in node.marks} == {1}
    assert tagged.nodes("Figure")[0].marks[0][0] == 1


def test_each_priority_stands_on_one_page(told):
    report, tagged = told
    priorities = report.result.track.priorities if report.result else ()

    pages: dict[str, set[int]] = {}
    name = ""
    for node in tagged.root.walk():
        if node.tag in ("H2", "H3"):
            name = node.text
        if name[:3] in ("1. ", "2. ", "3. "):
            pages.setdefault(name, set()).update(number for number, _ in node.marks)
    assert [len(each) for each in pages.values()] == [1] * len(priorities)


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


@pytest.fixture(scope="module")
def long_names():
    """The longest report, of a forum and a coach with names that go on and on."""
    return TaggedPdf(forum_pdf(whole_report(forum=LONG_FORUM, coach=LONG_COACH)))


def test_long_names_break_no_page(long_names):
    assert long_names.faults() == []
    assert long_names.texts("P")[1] == f"Eindmeting van {LONG_FORUM}"
    assert long_names.nodes("P")[1].marks == [(0, 2)]
    assert f"Begeleider: {LONG_COACH}" in long_names.texts("P")
    assert [heading.marks[0][0] for heading in long_names.nodes("H2")[:2]] == [0, 1]


def test_long_names_leave_the_cover_on_one_page_in_english_too():
    tagged = TaggedPdf(forum_pdf(whole_report("en", forum=LONG_FORUM, coach=LONG_COACH)))

    assert [heading.marks[0][0] for heading in tagged.nodes("H2")[:2]] == [0, 1]
    assert len(tagged.reader.pages) <= 15


def test_nothing_is_drawn_outside_the_margins(long_names):
    places = []

    for page in long_names.reader.pages:
        page.extract_text(visitor_text=lambda words, cm, tm, *_: places.append((words.strip(), cm, tm)))

    outside = [
        words
        for words, cm, tm in places
        if words
        and not (
            MARGIN - 1 <= tm[4] * cm[0] + cm[4] <= PAGE_WIDTH - MARGIN
            and 0 < tm[5] * cm[3] + cm[5] < PAGE_HEIGHT
        )
    ]
    assert outside == []


def test_chosen_chapters_are_told_and_no_other():
    report = whole_report()

    tagged = TaggedPdf(forum_pdf(report, chapters={"glance", "who", "track"}))

    assert tagged.texts("H2") == ["In één oogopslag", "Wie antwoordde?", report.result.track.title]
    assert len(tagged.texts("Link")) == 3
    assert tagged.nodes("Figure") == []


def test_suppressed_numbers_stand_nowhere_in_the_file():
    forbidden = measured(91, 37, n_responses=93, n_delegations=97) | {"published": False}
    result = make_result(VIS=forbidden, priorities=[chosen("VER")])

    tagged = TaggedPdf(forum_pdf(make_report(result, fingerprint="-")))

    assert [number for number in ("91", "37", "93", "97") if number in tagged.whole_text] == []


def statement_rows(result):
    """The table of all statements, row by row."""
    tables = TaggedPdf(forum_pdf(make_report(result), chapters={"statements"})).nodes("Table")
    return [[cell.text for cell in row.children] for row in tables[0].children]


def test_table_of_statements_leaves_out_what_no_statement_has():
    few, many = statement_rows(small_result()), statement_rows(large_result())

    assert {len(row) for row in few} == {3}
    assert many[0] == [
        "Stelling",
        "Dimensie",
        "Score",
        "Eensgezindheid",
        "Van niet akkoord naar akkoord, in %",
    ]


@pytest.mark.parametrize("shares", [(20, 20, 20, 20, 20), (33, 33, 34), (0, 8, 29, 21, 42)])
def test_spread_of_a_statement_stands_on_one_line(shares):
    story, result = Story(), make_report(large_result()).result
    first, *others = result.statements.groups
    told = replace(first, statements=tuple(replace(each, shares=shares) for each in first.statements))

    tell_statements(story, replace(result, statements=replace(result.statements, groups=(told, *others))))

    made = next(each for each in story.flowables if isinstance(each, Table))
    cells = [row[-1] for row in made._cellvalues[1:5]]
    assert [len(cell.breakLines(made._argW[-1]).lines) for cell in cells] == [1] * 4
    assert cells[0].frags[0].text == " · ".join(map(str, shares))


def unfit(story, room, longest=None):
    """Words in tables that are wider than their cell less so much room; only up to so many letters if that is given."""
    groups = [getattr(each, "_content", [each]) for each in story.flowables]
    tables = [part for group in groups for part in group if isinstance(part, Table)]
    assert tables
    return [
        word
        for table in tables
        for row in table._cellvalues
        for cell, width in zip(row, table._argW, strict=True)
        for word in cell.frags[0].text.split()
        if (longest is None or len(word) <= longest)
        and text_width(word, cell.style.fontName, cell.style.fontSize) > width - room
    ]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("result", [large_result, small_result], ids=["large", "small"])
def test_no_word_of_a_table_is_broken(result, language):
    report, story = make_report(result(), language=language), Story()
    with translation.override(language):
        tell_profile(story, report.result)
        tell_annex(story, report.result)

    assert unfit(story, room=14) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_short_word_is_broken_in_the_narrowest_tables(language):
    """Those of a third round; a long word may be hyphenated there."""
    report, story = whole_report(language), Story()
    with translation.override(language):
        for tell in (tell_profile, tell_importance, tell_change, tell_experience, tell_annex):
            tell(story, report.result)

    assert unfit(story, room=10, longest=LONG_WORD_IN_CELL - 1) == []
