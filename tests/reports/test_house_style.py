"""The house style of whoever runs the product: a logo, a colour and a name, without touching code."""

import pytest
from django.conf import settings as django_settings
from PIL import Image
from reportlab.lib.colors import HexColor

from reports.charts.palette import luminance, readable, tint
from reports.pdf.forum import forum_pdf
from reports.pdf.house import logo_file
from tests.reports.cast import make_report, unpublished
from tests.reports.tagged import TaggedPdf


@pytest.fixture
def logo(settings, tmp_path):
    """A wide picture below static/, of an organisation with a name."""
    Image.new("RGB", (600, 60), "#a01030").save(tmp_path / "logo.png")
    settings.STATICFILES_DIRS = [tmp_path]
    settings.ORGANISATION_NAME, settings.ORGANISATION_LOGO = "Streekbureau", "logo.png"


def test_logo_stands_on_the_cover_with_the_name_as_its_words(logo):
    data = forum_pdf(make_report(unpublished()))
    tagged = TaggedPdf(data)

    (figure,) = tagged.nodes("Figure")
    left, bottom, right, top = figure.entry["/A"]["/BBox"]
    assert figure.entry["/Alt"] == "Streekbureau"
    assert (right - left) / (top - bottom) == pytest.approx(10, rel=0.01)
    assert tagged.faults() == []
    assert forum_pdf(make_report(unpublished())) == data


def test_drawing_as_a_logo_leaves_the_name_in_words(settings):
    settings.ORGANISATION_NAME, settings.ORGANISATION_LOGO = "Streekbureau", "icon.svg"

    assert logo_file() == ""
    assert TaggedPdf(forum_pdf(make_report(unpublished()))).told[0] == ("P", "Streekbureau")


@pytest.mark.parametrize("colour", ["#ffe000", "#ff0000", "#0b4f9e", "#00b050", "#ffffff"])
def test_any_colour_becomes_one_that_can_be_read(colour):
    accent = readable(HexColor(colour))

    for ground in (HexColor(0xFFFFFF), tint(accent, 0.09)):
        assert (luminance(ground) + 0.05) / (luminance(accent) + 0.05) >= 4.5


def test_colour_that_can_be_read_stays_as_it_is():
    colour = HexColor(django_settings.ORGANISATION_COLOUR)

    assert readable(colour).rgb() == colour.rgb()
