"""Templates hold nothing that the content security policy refuses, and stay small enough to read."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
PATHS = sorted(TEMPLATES.rglob("*.html"))
INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\ssrc\s*=)", re.IGNORECASE),
    "script address": re.compile(r"""(?:href|src|action)\s*=\s*["']?\s*javascript:""", re.IGNORECASE),
    "foreign address": re.compile(
        r"""<(?:script|link|img|iframe)[^>]*(?:src|href)\s*=\s*["']?(?:https?:)?//"""
    ),
}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template_holds_nothing_inline_or_foreign(path):
    markup = path.read_text(encoding="utf-8")

    assert [name for name, pattern in INLINE.items() if pattern.search(markup)] == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template_fits_a_screen(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 100


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template_marks_nothing_as_safe(path):
    """Escaping is Django's; whoever needs markup makes it with format_html."""
    assert re.findall(r"\|\s*safe\b|{%\s*autoescape off", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", [*(TEMPLATES / "reports").rglob("*.html")], ids=lambda path: path.stem)
def test_tables_of_results_stack_on_a_phone_where_each_cell_says_what_it_is(path):
    markup = path.read_text(encoding="utf-8")

    loose = re.findall(r'<table(?! class="stacked")[^>]*>|<td(?![^>]* data-label=)[^>]*>', markup)
    assert loose == []
