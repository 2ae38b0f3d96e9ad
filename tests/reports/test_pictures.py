"""How pages look: each drawn again and held against a picture that somebody looked at (tests/reports/pictures.py)."""

from functools import cache

import pytest
from PIL import Image, ImageDraw

from reports.build.memo import memo_of
from reports.memo import Reader
from reports.pdf.forum import forum_pdf
from reports.pdf.memo import memo_pdf
from reports.pdf.personal import personal_pdf
from tests.reports.cast import CLOSED_AT, large_result, make_source, small_result
from tests.reports.pictures import BLOCK, MOST, REFERENCES, drawn, furthest, keep_difference
from tests.reports.tagged import TaggedPdf
from tests.reports.test_forum_pdf import make_report, whole_report
from tests.reports.test_personal_pdf import make as make_personal

# Of each file the heading on the page that is drawn.
PAGES = {
    "cover": ("whole", "Waar staat ons forum?"),
    "profile": ("whole", "Profiel van het forum"),
    "agreement": ("whole", "Vertrouwen en engagement"),
    "statements": ("whole", "De stellingen"),
    "change": ("whole", "Sinds de nulmeting"),
    "importance": ("whole", "Wat vinden de leden belangrijk?"),
    "priority": ("whole", "Het ontwikkeltraject: drie prioriteiten"),
    "annex": ("whole", "Technische bijlage"),
    "profile of a small forum": ("small", "Profiel van het forum"),
    "memo": ("memo", "Nota voor het college van burgemeester en schepenen"),
    "personal report": ("personal", "Persoonlijk rapport"),
}


@cache
def file_of(name: str) -> bytes:
    if name == "whole":
        return forum_pdf(whole_report())
    if name == "small":
        return forum_pdf(make_report(small_result()))
    if name == "personal":
        return personal_pdf(make_personal("some skipped", "nl"))
    source = make_source(large_result())
    memo = memo_of(
        source, reader=Reader.COLLEGE, municipality="Aldervoorde", language="nl", made_on=CLOSED_AT.date()
    )
    return memo_pdf(memo)


def page_of(name: str) -> Image.Image:
    """The page on which the heading stands, found by its element."""
    file, heading = PAGES[name]
    headings = TaggedPdf(file_of(file)).nodes("H1", "H2", "H3")
    found = next(each for each in headings if each.text == heading)
    return drawn(file_of(file), found.marks[0][0] + 1)


@pytest.mark.parametrize("name", PAGES)
def test_page_looks_as_it_was_looked_at(name):
    page, reference = page_of(name), Image.open(REFERENCES / f"{name}.png").convert("L")

    difference = furthest(reference, page)

    assert difference <= MOST, f"see {keep_difference(name, reference, page)}"


@pytest.mark.parametrize("change", ["moved", "lost", "clipped"])
def test_page_that_changed_is_told_apart(change):
    page = page_of("profile")
    other = page.copy()
    chart = (page.width // 3, page.height // 5, page.width * 2 // 3, page.height // 3)
    if change == "moved":
        other.paste(page.crop(chart), (chart[0] + BLOCK, chart[1]))
    elif change == "lost":
        ImageDraw.Draw(other).rectangle(chart, fill=255)
    else:
        ImageDraw.Draw(other).rectangle((0, 0, page.width // 6, page.height), fill=255)

    assert furthest(page, other) > MOST
