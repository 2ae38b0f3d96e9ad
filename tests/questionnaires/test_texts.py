"""Texts by key, in code and in templates."""

import pytest
from django.template import Context, Template
from django.utils import translation

from questionnaires.templatetags.texts import prose
from questionnaires.texts import UnknownTextError, legible, text


def test_text_follows_the_active_language():
    with translation.override("en"):
        assert text("btn.next") == "Next"
    with translation.override("nl"):
        assert text("btn.next") == "Verder"


def test_number_chooses_singular_or_plural():
    assert text("privacy.period.months", n=1, count=1) == "1 maand"
    assert text("privacy.period.months", n=3, count=3) == "3 maanden"


def test_text_that_begins_with_a_value_begins_with_a_capital():
    assert text("landing.title", round="nulmeting", forum="het forum") == "Nulmeting van het forum"


def test_unnamed_organisation_reads_as_the_programme_team(settings):
    settings.ORGANISATION_NAME = ""
    assert "via regiospiegel@" in text("start.more.body")
    assert "het programmateam" in text("start.more.body")


def test_unknown_key_and_missing_value_are_mistakes():
    with pytest.raises(UnknownTextError):
        text("start.nowhere")
    with pytest.raises(KeyError):
        text("landing.for")


def test_template_tag_escapes_values():
    template = Template('{% text "landing.for" name=name %}')

    assert template.render(Context({"name": "<b>Jan</b>"})) == (
        "Deze uitnodiging is voor &lt;b&gt;Jan&lt;/b&gt;."
    )


def test_prose_makes_headings_lists_and_paragraphs_and_escapes_them():
    words = "## Kop <1>\nEen & twee\n\n- eerste\n- <i>tweede</i>\nslot"

    assert prose(words) == (
        "<h2>Kop &lt;1&gt;</h2><p>Een &amp; twee</p>"
        "<ul><li>eerste</li><li>&lt;i&gt;tweede&lt;/i&gt;</li></ul><p>slot</p>"
    )
    assert Template("{{ words|prose }}").render(Context({"words": "- <x>"})) == (
        "<ul><li>&lt;x&gt;</li></ul>"
    )


def test_words_lose_what_no_file_can_hold():
    assert legible("Over\x1fleg\x0bplannen\x0cin\ufffe mei\x00\ud800") == "Overleg plannen in mei"
    assert legible("één\ttwee\r\ndrie\x85 \U0001f600\ufffd") == "één\ttwee\r\ndrie\x85 \U0001f600\ufffd"
