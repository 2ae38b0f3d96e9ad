"""The catalogues hold every text that code and templates ask for, alike in both languages, in our own words."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import pofile
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("questionnaires", "assessment", "reports", "config")
LANGUAGES = ("nl", "en")
TEXT_TAG = re.compile(r"""{%-?\s*text\s+(["'])(?P<key>[^"']+)\1(?P<values>[^%]*)%}""")

# Whole words that a Dutch reader of this product never meets; docs/glossary.md says what stands instead.
NOT_IN_DUTCH = [
    "coach", "coaches", "enquête", "survey", "audit", "deelnemer", "deelnemers", "respondent",
    "respondenten", "bevraging", "significant", "significante", "bewezen", "achterstand", "slecht",
    "slechte", "zwak", "zwakke", "onvoldoende", "wethouder", "gemeentesecretaris", "gelieve", "indien",
    "reeds", "teneinde", "betreffende", "inzake", "anoniem", "anonieme", "je", "jij", "jouw", "jullie",
]  # fmt: skip


@cache
def catalogue(language: str) -> dict[str, str]:
    path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return {message.id: message.string for message in pofile.read_po(file) if message.id}


def placeholders(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}


def words_on_screen(pattern: str) -> str:
    """The text as somebody reads it: without its placeholders."""
    return re.sub(r"{\w+}", "", pattern)


def keys_in_templates() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for match in TEXT_TAG.finditer(path.read_text(encoding="utf-8")):
            place = str(path.relative_to(ROOT))
            yield from ((place, key) for key in _numbers(match["key"], is_plural=" n=" in match["values"]))


def keys_in_code() -> Iterator[tuple[str, str]]:
    """Keys given to `text`; the parts of an f-string that vary become a star."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not _is_text_call(node):
                    continue
                is_plural = any(keyword.arg == "n" for keyword in node.keywords)
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                yield from ((place, key) for key in _numbers(_written(node.args[0]), is_plural=is_plural))


def _is_text_call(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not node.args:
        return False
    return isinstance(node.func, ast.Name) and node.func.id == "text"


def _written(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(words)):
            return words
        case ast.JoinedStr(values=parts):
            return "".join(_written(part) for part in parts)
        case _:
            return "*"


def _numbers(key: str, *, is_plural: bool) -> list[str]:
    return [f"{key}.one", f"{key}.other"] if is_plural else [key]


def is_known(key: str) -> bool:
    if "*" not in key:
        return key in catalogue("nl")
    pattern = re.compile(".+".join(re.escape(part) for part in key.split("*")))
    return any(pattern.fullmatch(known) for known in catalogue("nl"))


def test_every_key_of_a_template_is_in_the_catalogue():
    assert [(place, key) for place, key in keys_in_templates() if not is_known(key)] == []


def test_every_key_of_the_code_is_in_the_catalogue():
    assert [(place, key) for place, key in keys_in_code() if not is_known(key)] == []


def test_both_languages_have_the_same_keys():
    assert set(catalogue("nl")) ^ set(catalogue("en")) == set()


def test_both_languages_have_the_same_placeholders():
    dutch, english = catalogue("nl"), catalogue("en")

    assert [key for key in dutch if placeholders(dutch[key]) != placeholders(english[key])] == []


def test_singular_and_plural_come_in_pairs():
    keys = set(catalogue("nl"))
    stems = {key.rpartition(".")[0] for key in keys if key.endswith((".one", ".other"))}

    assert [stem for stem in sorted(stems) if not {f"{stem}.one", f"{stem}.other"} <= keys] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_shouts(language):
    wrong = [key for key, words in catalogue(language).items() if not words.strip() or "!" in words]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_margin_is_on_the_line_of_its_number(language):
    parted = [key for key, words in catalogue(language).items() if re.search(r"marg(e|in) \{margin\}", words)]

    assert parted == []


def test_dutch_texts_use_the_words_of_the_glossary():
    wrong = re.compile(rf"\b({'|'.join(NOT_IN_DUTCH)}|klik hier|(?<!geen )enkel)\b", re.IGNORECASE)
    found = {
        key: match[0]
        for key, words in catalogue("nl").items()
        if (match := wrong.search(words_on_screen(words)))
    }

    assert found == {}


def test_english_texts_promise_confidentiality_and_no_more():
    nameless = [key for key, words in catalogue("en").items() if "anonym" in words.lower()]

    assert nameless == []


def test_compiled_catalogues_are_up_to_date():
    call_command("compile_texts", check=True)
