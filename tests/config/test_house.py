"""The house colour on pages: the same as in reports, readable, from the site itself, and free where it is not set."""

import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from reportlab.lib.colors import HexColor

from config.house import BUILT_IN, stylesheet
from reports.charts import palette
from reports.charts.colours import luminance, parts_of
from tests import factories

GREEN = "#1b5e20"
SITE = Path(django_settings.BASE_DIR, "static/site.css")


def variables(rules: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", rules))


def link_in(page: str) -> list[str]:
    return re.findall(r'<link rel="stylesheet" href="(/huisstijl[^"]*)">', page)


def test_built_in_colour_is_that_of_the_stylesheet_and_costs_no_request(client, db):
    assert variables(SITE.read_text())["brand"] == BUILT_IN == django_settings.ORGANISATION_COLOUR
    assert link_in(client.get("/").content.decode()) == []
    assert client.get("/huisstijl.css").status_code == 404


def test_pages_link_to_the_house_colour_after_the_stylesheet_of_the_site(client, db, settings):
    settings.ORGANISATION_COLOUR = GREEN

    page = client.get("/").content.decode()

    (link,) = link_in(page)
    assert page.index("site.css") < page.index(link)
    response = client.get(link)
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert variables(response.content.decode())["brand"] == GREEN


def test_stylesheet_is_kept_for_ever_under_its_digest_alone(client, settings):
    settings.ORGANISATION_COLOUR = GREEN
    digest = stylesheet(GREEN).digest

    kept = client.get("/huisstijl.css", {"v": digest})

    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert kept.cookies == {}
    assert client.get("/huisstijl.css", {"v": "other"}).headers["Cache-Control"] == "no-cache"
    assert digest != stylesheet("#a01030").digest


def test_only_variables_that_the_site_has_are_set():
    assert set(variables(stylesheet(GREEN).rules)) <= set(variables(SITE.read_text()))


@pytest.mark.parametrize("colour", ["#ffe000", "#ff0000", GREEN, "#00b050", "#ffffff", "#000000", "#FFCC00"])
def test_letters_can_be_read_in_any_house_colour(colour):
    values = variables(stylesheet(colour).rules)
    light = {name: luminance(parts_of(value)) for name, value in values.items()}

    for ground in (1, light["brand-soft"]):
        for letters in (light["brand"], light["brand-dark"]):
            assert (ground + 0.05) / (letters + 0.05) >= 4.5


def test_page_and_report_have_the_same_colour():
    values = variables(stylesheet("#ff8800").rules)
    drawn = palette.readable(HexColor("#ff8800"))

    assert values["brand"] == f"#{drawn.hexval()[2:]}"


def test_who_still_owes_a_second_step_sees_the_house_colour(db, settings):
    settings.ORGANISATION_COLOUR, settings.MFA_REQUIRED = GREEN, True
    client = Client()
    client.force_login(factories.make_coach())

    assert client.get("/huisstijl.css").status_code == 200


def test_logo_stands_at_the_top_with_the_name_as_its_words(client, db, settings):
    settings.ORGANISATION_NAME, settings.ORGANISATION_LOGO = "Streekbureau", "icon.svg"

    page = client.get("/").content.decode()

    assert re.search(r'<a class="brand"[^>]*>\s*<img src="[^"]*icon[^"]*\.svg" alt="Streekbureau"', page)
