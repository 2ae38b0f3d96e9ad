"""A shared report as a file: PDF/UA-1, read in order and whole, with the longest foreword and with few chapters."""

from dataclasses import replace

import page as pdf_checker
import pytest
from django.utils import translation

from assessment.actions.agreeing import Agreed
from assessment.actions.shared_document import SharedDocument
from assessment.models import SharedReport
from reports.build import report_of
from reports.build.foreword import foreword
from reports.build.narrowing import narrowed, omitted, within
from reports.chapters import OPTIONAL, chapters_of, chapters_without
from reports.pdf.forum import forum_pdf
from reports.report import Report
from tests.reports.cast import before, final_result, large_result, make_source, small_result
from tests.reports.reading import expected_words
from tests.reports.tagged import TaggedPdf
from tests.reports.test_forum_pdf import (
    AGREED,
    LONG_COACH,
    LONG_FORUM,
    PLACEMENTS,
    TARGETS,
    VOICES,
)

LONG_WORD = "samenwerkingsverbandenoverleg "
# As many characters as fit, in paragraphs of one long word after the other, and in lines of one.
FOREWORDS = {
    "one paragraph": (LONG_WORD * 99)[: SharedReport.MOST_WORDS].strip(),
    "many paragraphs": ("Lees dit.\n\n" * 200)[: SharedReport.MOST_WORDS].strip(),
    "none": "",
}


def shared(language: str, words: str, left_out: tuple[str, ...], *, is_small: bool = False) -> Report:
    """A report as `build_shared_report` makes it, of plain values."""
    beside = {"placements": PLACEMENTS, "voices": VOICES, "agreed": AGREED}
    if is_small:
        source = make_source(small_result(), **beside)
    else:
        earlier = before(large_result(), large_result())
        source = make_source(
            final_result(),
            kind="final",
            earlier=earlier,
            forum=LONG_FORUM,
            coach=LONG_COACH,
            targets=TARGETS,
            **beside,
        )
    chapters = chapters_without(left_out)
    document = SharedDocument(words, LONG_COACH, chapters, left_out, beside=None)
    report = narrowed(report_of(within(source, chapters), language=language), chapters)
    with translation.override(language):
        return replace(report, foreword=foreword(document), omitted=omitted(left_out))


CASES = {
    "everything": ("one paragraph", ()),
    "paragraphs, few chapters": ("many paragraphs", OPTIONAL),
    "no foreword": ("none", ("voices", "change", "statements")),
    "priorities alone": ("one paragraph", tuple(name for name in OPTIONAL if name != "track")),
}


@pytest.fixture(scope="module", params=[(case, language) for case in CASES for language in ("nl", "en")])
def told(request):
    case, language = request.param
    words, left_out = CASES[case]
    report = shared(language, FOREWORDS[words], left_out, is_small=case.startswith("no"))
    return report, TaggedPdf(forum_pdf(report))


def test_file_passes_pdf_ua(told):
    _, tagged = told

    failures = pdf_checker.validate_pdf_bytes(tagged.data, profile="ua1").failures

    assert [(failure.rule_id, failure.message) for failure in failures] == []
    assert tagged.faults() == []


def test_every_word_is_read_in_the_order_in_which_it_is_told(told):
    report, tagged = told
    read = [words for tag, words in tagged.told if tag not in ("Link", "Lbl", "Figure") and words]

    with translation.override(report.language):
        assert read == list(expected_words(report))


def test_summary_of_two_pages_stands_alone_and_the_foreword_comes_after_it(told):
    report, tagged = told

    pages = {heading.text: heading.marks[0][0] for heading in tagged.nodes("H2")}
    with translation.override(report.language):
        titles = chapters_of(report)
    assert [*pages] == [*titles.values()]
    assert [*pages.values()][:2] == [0, 1]
    assert {mark[0] for node in tagged.nodes("Table")[0].walk() for mark in node.marks} == {1}
    assert ("foreword" in titles) == bool(report.foreword)


def test_foreword_is_a_quotation_on_one_page_and_signed(told):
    report, tagged = told
    if report.foreword is None:
        return

    quoted = tagged.nodes("BlockQuote")[: len(report.foreword.paragraphs) + 1]

    words = [child.text for node in quoted for child in node.children]
    assert words == [*report.foreword.paragraphs, report.foreword.signature]
    if len(report.foreword.paragraphs) == 1:
        assert len({mark[0] for node in quoted for each in node.walk() for mark in each.marks}) == 1


def test_cover_names_what_was_left_out_on_the_first_page(told):
    report, tagged = told

    named = [node for node in tagged.nodes("P") if node.text in report.omitted]
    assert [node.text for node in named] == [*report.omitted]
    assert {node.marks[0][0] for node in named} <= {0}


def test_an_action_that_is_left_out_is_not_on_the_page_of_its_priority():
    agreed = (Agreed("NET", "Kraanvogel", "", None, "todo", ""),)
    source = make_source(large_result(), agreed=agreed)
    chapters = chapters_without(("agreed",))

    report = narrowed(report_of(within(source, chapters), language="nl"), chapters)

    assert "Kraanvogel" not in repr(report)
    assert report.result.track.priorities
