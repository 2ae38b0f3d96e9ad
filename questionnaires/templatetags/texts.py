"""Texts in templates: `{% text "key" name=value %}` and `{{ long_text|prose }}`."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from questionnaires.texts import capital, lower
from questionnaires.texts import text as text_of

register = template.Library()
register.filter("capital", capital)
register.filter("lower_first", lower)


@register.simple_tag(name="text")
def text_tag(key: str, n: int | None = None, **values: object) -> str:
    """The text of a key; escaped by Django like any other value."""
    return text_of(key, n=n, **values)


@register.filter
def prose(words: object) -> SafeString:
    """Paragraphs, `## ` subheadings and `- ` lists of a long text as HTML; everything in it is escaped."""
    blocks: list[SafeString] = []
    items: list[str] = []
    for line in [*str(words).split("\n"), ""]:
        if line.startswith("- "):
            items.append(line[2:])
            continue
        if items:
            blocks.append(
                format_html(
                    "<ul>{}</ul>",
                    format_html_join("", "<li>{}</li>", ((i,) for i in items)),
                )
            )
            items = []
        if line.startswith("## "):
            blocks.append(format_html("<h2>{}</h2>", line[3:]))
        elif line.strip():
            blocks.append(format_html("<p>{}</p>", line))
    return format_html_join("", "{}", ((block,) for block in blocks))
