"""A story becomes a PDF that a screen reader can read, however its pages break."""

import datetime

import page as pdf_checker
import pytest
from django.utils import translation
from reportlab.graphics.shapes import Drawing

from reports.pdf.document import Frontispiece, write_pdf
from reports.pdf.flowables import CoverText, Text
from reports.pdf.fonts import BOLD, REGULAR, printable, text_width
from reports.pdf.hyphens import broken
from reports.pdf.story import Story
from reports.pdf.styles import BODY, EMBLEM, MEASURE, WIDTH
from tests.reports.tagged import TaggedPdf

LONG = " ".join(f"woord{number}" for number in range(1200))


def make_story(title: str = "Waar staat ons forum?") -> Story:
    """A cover that lists the one section in which the test goes on."""
    story = Story()
    story.cover(publisher="Regiospiegel", title=title, subtitle="Nulmeting van het Westhoekoverleg")
    story.contents("Inhoud", [("first", "Eerste deel")])
    story.section("Eerste deel", key="first")
    return story


def written(story: Story, **fields: object) -> bytes:
    defaults = {
        "title": "Waar staat ons forum?",
        "author": "Regiospiegel",
        "language": "nl",
        "made_at": datetime.datetime(2026, 3, 3, 22, 59, tzinfo=datetime.UTC),
        "header": "Nulmeting",
        "footer": "Zelfevaluatie",
        "page_label": lambda number, total: f"Bladzijde {number} van {total}",
    }
    return write_pdf(story, Frontispiece(**defaults | fields))


def read(story: Story, **fields: object) -> TaggedPdf:
    """The PDF of a story, after it has passed the checker and our own look at the tree."""
    data = written(story, **fields)
    checked = pdf_checker.validate_pdf_bytes(data, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in checked.failures] == []
    tagged = TaggedPdf(data)
    assert tagged.faults() == []
    return tagged


def test_paragraph_over_pages_is_one_element_with_its_words_in_order():
    story = make_story()
    story.paragraph(LONG)

    paragraph = read(story).nodes("P")[-1]

    assert paragraph.text == LONG
    assert {number for number, _ in paragraph.marks} == {1, 2, 3}


def test_list_item_over_pages_is_one_item_with_one_label():
    story = make_story()
    story.bullets(["kort", LONG])

    items = read(story).nodes("LI")

    assert [[(part.tag, part.text) for part in item.children] for item in items] == [
        [("Lbl", "•"), ("LBody", "kort")],
        [("Lbl", "•"), ("LBody", LONG)],
    ]
    assert {number for number, _ in items[1].children[1].marks} == {1, 2, 3}


def test_numbered_list_has_its_numbers_as_labels():
    story = make_story()
    story.numbers(["een", "twee"])

    assert read(story).texts("Lbl") == ["1.", "2."]


def test_table_over_pages_is_one_table_whose_head_is_read_once():
    story = make_story()
    rows = [(f"Dimensie {number}", str(number), "7") for number in range(130)]
    story.table(head=["Dimensie", "Score", "Marge"], rows=rows, widths=[300, 60, 60], numeric=(1, 2))

    tagged = read(story)

    (table,) = tagged.nodes("Table")
    told = [tuple(cell.text for cell in row.children) for row in table.children]
    assert told == [("Dimensie", "Score", "Marge"), *rows]
    assert [cell.tag for cell in table.children[1].children] == ["TH", "TD", "TD"]
    assert [row.children[0].entry["/A"]["/Scope"] for row in table.children[:2]] == ["/Column", "/Row"]
    repeated = ["Dimensie\nScore\nMarge\n" in page.artifact for page in tagged.pages]
    assert repeated == [False, False, *[True] * (len(repeated) - 2)]
    assert len(repeated) > 3


def test_last_row_of_a_table_goes_to_the_next_page_with_the_one_before_it():
    for n_rows in range(44, 48):
        story = make_story()
        rows = [(f"Stelling {number}", str(number)) for number in range(n_rows)]
        story.table(head=["Stelling", "Score"], rows=rows, widths=[300, 60], ends_in_pair=True)
        (table,) = TaggedPdf(written(story)).nodes("Table")
        before, last = (row.children[0].marks[0][0] for row in table.children[-2:])
        assert before == last, f"with {n_rows} rows"


def test_marked_rows_begin_where_the_others_do_and_their_first_words_are_bold():
    story = make_story()
    rows = [("Verkennend", "a"), ("Afstemmend", "b"), ("Sturend", "c")]
    story.table(head=["Niveau", "Omschrijving"], rows=rows, widths=[90, 300], marked=[1])
    cells = story.flowables[-1]._content[-1]._cellvalues
    fonts = [[cell.style.fontName for cell in row] for row in cells[1:]]

    places = {}
    page = read(story).reader.pages[1]
    page.extract_text(visitor_text=lambda words, cm, tm, *_: places.update({words.strip(): cm[4] + tm[4]}))
    assert len({round(places[words], 2) for words in ("Niveau", "Verkennend", "Afstemmend", "Sturend")}) == 1
    assert fonts == [[REGULAR, REGULAR], [BOLD, REGULAR], [REGULAR, REGULAR]]


def test_row_that_begins_with_an_empty_cell_keeps_its_columns():
    story = make_story()
    story.table(head=["Dimensie", "Score"], rows=[("Visie", "")], widths=[300, 60])

    assert [len(row.children) for row in read(story).nodes("TR")] == [2, 2]


def test_contents_entry_leads_to_its_section_and_tells_its_page():
    story = make_story()

    tagged = read(story)

    (link,) = tagged.nodes("Link")
    (annotation,) = link.annotations
    assert (link.text, annotation["/Contents"]) == ("Eerste deel2", "Eerste deel")
    assert [node.tag for node in (link.parent.parent, link.parent)] == ["TOCI", "Reference"]
    assert annotation["/Dest"][0].get_object() == tagged.reader.pages[1]


def test_every_section_is_a_bookmark_and_subsections_lie_below_it():
    story = make_story()
    story.subsection("Eerste onderdeel", key="a")
    story.section("Tweede deel", key="second")

    first, below, second = read(story).reader.outline

    assert [first.title, [each.title for each in below], second.title] == [
        "Eerste deel",
        ["Eerste onderdeel"],
        "Tweede deel",
    ]


def test_pages_tell_their_number_and_how_many_there_are():
    story = make_story()
    story.paragraph(LONG)

    footers = [page.artifact.split("\n")[-2] for page in read(story).pages[1:]]

    assert footers == ["Bladzijde 2 van 4", "Bladzijde 3 van 4", "Bladzijde 4 van 4"]


def test_heading_is_never_left_alone_at_the_foot_of_a_page():
    for lines in range(30, 46):
        story = make_story()
        for _ in range(lines):
            story.paragraph("regel")
        story.subsection("Kop", key="a")
        story.paragraph(LONG[:400])
        tagged = TaggedPdf(written(story))
        heading, paragraph = tagged.nodes("H3")[0], tagged.nodes("P")[-1]
        assert heading.marks[0][0] == paragraph.marks[0][0], f"after {lines} lines"


@pytest.mark.parametrize("notes, pages", [(8, {1}), (9, {1, 2})])
def test_few_notes_stand_on_the_page_of_their_table_and_its_heading(notes, pages):
    seen: set[int] = set()
    for lines in range(26, 40):
        story = make_story()
        for number in range(lines):
            story.paragraph(f"Regel {number}")
        story.subsection("Bij de tabel", key="table")
        told = [f"Over rij {number}." for number in range(notes)]
        rows = [(f"rij {number}", "iets") for number in range(notes)]
        story.table_with_notes(told, head=["Rij", "Iets"], rows=rows, widths=(WIDTH / 2, WIDTH / 2))
        tagged = read(story)
        elements = [*tagged.nodes("H3", "TH"), *tagged.nodes("LBody")]
        seen.add(len({mark[0] for each in elements for mark in each.marks}))

    assert seen == pages


def test_document_tells_its_title_and_its_language():
    tagged = read(make_story(), title="Waar staat ons forum? <Nulmeting> & zo", language="nl")

    assert tagged.catalog["/Lang"] == "nl-BE"
    assert tagged.reader.metadata.title == "Waar staat ons forum? <Nulmeting> & zo"
    assert tagged.reader.xmp_metadata.dc_title == {"x-default": "Waar staat ons forum? <Nulmeting> & zo"}
    assert tagged.catalog["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert tagged.reader.metadata.creation_date == datetime.datetime(2026, 3, 3, 22, 59, tzinfo=datetime.UTC)


def test_same_story_gives_the_same_bytes():
    stories = [make_story(), make_story()]
    for story in stories:
        story.paragraph(LONG)

    assert written(stories[0]) == written(stories[1])


def test_markup_in_words_stays_words():
    story = make_story(title="Forum <b>Noord</b> & Zuid")
    story.paragraph('<para><a href="https://elders.example">klik</a></para> &amp;')

    tagged = read(story)

    assert tagged.texts("H1") == ["Forum <b>Noord</b> & Zuid"]
    assert tagged.texts("P")[-1] == '<para><a href="https://elders.example">klik</a></para> &amp;'


def test_word_longer_than_a_line_is_broken_and_not_cut():
    word = "samenwerkingsverbanden" * 30
    story = make_story()
    story.paragraph(word)

    paragraph = story.flowables[-1]
    tagged = read(story)

    assert tagged.texts("P")[-1] == word
    assert (
        max(text_width("".join(words), REGULAR, BODY.fontSize) for _, words in paragraph.blPara.lines)
        <= MEASURE
    )


def test_long_word_is_broken_by_a_hyphen_that_is_not_read():
    words = "Zij bespreken samenwerkingsverbanden " * 12
    story = make_story()
    story.paragraph(words)

    with translation.override("nl"):
        tagged = read(story)

    assert tagged.texts("P")[-1] == words.strip()
    drawn = tagged.pages[1].text[tagged.nodes("P")[-1].marks[0][1]]
    assert "\u00ad" in drawn


@pytest.mark.parametrize(
    "words, kept",
    [
        ("van 51 naar 43 (−8 punten, marge 6).", ["−8 punten", "marge 6"]),
        ("Score 41 op 100 (Marge 12)", ["op 100", "Marge 12"]),
        ("rate it 41 out of 100 (margin 3)", ["out of 100", "margin 3"]),
        ("Tegen 9 november 2026 of op 1 Junior", ["9 november"]),
        ("by 30 September 2026, in 25 % of cases", ["30 September", "25 %"]),
        ("De marge is 10 groot, 1 op 1000", []),
        ("Leden steunen een regionale keuze (24)", ["keuze (24)"]),
    ],
)
def test_number_stands_on_a_line_with_the_word_that_says_what_it_is(words, kept):
    """Wherever the line ends: at every width all of it stays together, and is read with plain spaces."""
    paragraph = Text(words, BODY)
    plain = words
    for each in kept:
        plain = plain.replace(each, each.replace(" ", "_"))

    for width in range(80, 400, 10):
        paragraph.wrap(width + BODY.rightIndent, 500)
        lines = [" ".join(line) for _, line in paragraph.blPara.lines]
        assert " ".join(lines).replace("\u00a0", "_") == plain

    story = make_story()
    story.paragraph(words)
    assert read(story).texts("P")[-1] == words


def test_words_are_broken_by_the_rules_of_the_language():
    parts = {}
    for language in ("nl", "en"):
        with translation.override(language):
            parts[language] = [head for head, _ in broken("responsibility")]

    assert parts == {
        "nl": ["responsibi", "responsi", "respon", "res"],
        "en": ["responsibil", "responsib", "respons"],
    }


@pytest.mark.parametrize(
    "title, has_emblem, lines",
    [
        # As wide as the page without an emblem.
        ("Wat doet de Burgemeesterstafel?", False, ["Wat doet de", "Burgemeesterstafel?"]),
        ("Tafel van de Burgemeesters", False, ["Tafel van de Burgemeesters"]),
        ("Tafel van de Burgemeesters", True, ["Tafel van de", "Burgemeesters"]),
        ("Een Samenwerkingsverband", True, ["Een Samenwerkings", "verband"]),
        ("Een Samenwerkingsverband", False, ["Een Samenwerkingsverband"]),
        # Wider than any line.
        ("Gemeentesamenwerkingsverbanden", False, ["Gemeentesamenwerkingsver", "banden"]),
    ],
)
def test_title_is_broken_inside_a_word_only_where_a_line_cannot_hold_it(title, has_emblem, lines):
    story = make_story(title=title)
    heading = next(each for each in story.flowables if isinstance(each, CoverText))

    with translation.override("nl"):
        written(story, emblem=Drawing(EMBLEM, EMBLEM) if has_emblem else None)

    assert [" ".join(words).rstrip("\u00ad- ") for _, words in heading.blPara.lines] == lines


def test_short_word_is_never_broken():
    story = make_story()
    story.paragraph("De afstemming loopt goed. " * 60)

    with translation.override("nl"):
        assert "\u00ad" not in "".join(read(story).pages[1].text.values())


@pytest.mark.parametrize(
    "words, shown",
    [
        ("Ștefan Łukasz Ñandú €", "Ștefan Łukasz Ñandú €"),
        ("ﬁets", "fiets"),
        ("pijl ⟶ en 😀", "pijl ? en ?"),
        ("twee\n\tregels", "twee regels"),
        ("zacht\u00adafbreken", "zachtafbreken"),
    ],
)
def test_character_without_a_glyph_falls_back(words, shown):
    assert printable(words) == shown


def test_long_header_is_cut_to_one_line():
    header = "Nulmeting van het burgemeestersoverleg " * 6

    (line,) = {page.artifact.split("\n")[0] for page in read(make_story(), header=header).pages[1:]}

    assert line.endswith("…")
    assert text_width(line, REGULAR, 8.5) <= WIDTH


def test_fonts_are_embedded_as_subsets():
    tagged = read(make_story())

    names = sorted(font["/BaseFont"] for font in tagged.fonts)
    assert names == ["/AAAAAA+RegiospiegelSans-Bold", "/AAAAAA+RegiospiegelSans-Regular"]
    assert all("/FontFile2" in font["/FontDescriptor"] for font in tagged.fonts)
