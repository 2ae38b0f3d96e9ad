"""Whatever happens to a file, it is refused with faults or it is a whole questionnaire."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.content import Content
from questionnaires.loading import QuestionnaireError, check_file
from tests.questionnaires.documents import REAL_DOCUMENT, REAL_FILE

REAL_LINES = REAL_FILE.read_text(encoding="utf-8").splitlines()

unhurried = settings(deadline=None, max_examples=30)

PRINTABLE = st.characters(
    exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


def places(value: Any, path: tuple = ()) -> list[tuple]:
    """The path of every value below the top."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, each in inner for found in [(*path, key), *places(each, (*path, key))]]


REAL_PLACES = places(REAL_DOCUMENT)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutations") / "questionnaire.yaml"


def refused_or_whole(path: Path) -> bool:
    """Whether the file was accepted; fails unless it was that or refused with faults that can be said."""
    try:
        content = check_file(path)
    except QuestionnaireError as error:
        lines = [str(fault) for fault in error.faults]
    else:
        assert Content.model_validate_json(content.canonical()) == content
        path.write_text(content.canonical(), encoding="utf-8")
        assert check_file(path) == content
        return True
    assert lines
    assert not [line for line in lines if "\n" in line]
    return False


def around(document: Any, path: tuple) -> Any:
    for step in path[:-1]:
        document = document[step]
    return document


def renamed(mapping: dict, old: str, new: str) -> None:
    entries = [(new if key == old else key, value) for key, value in mapping.items()]
    mapping.clear()
    mapping.update(entries)


@unhurried
@given(data=st.data())
def test_document_with_changed_nodes_is_refused_or_whole(file, data):
    document = copy.deepcopy(REAL_DOCUMENT)
    for path in data.draw(st.lists(st.sampled_from(REAL_PLACES), min_size=1, max_size=3)):
        change = data.draw(st.sampled_from(["delete", "rename", "double", "replace", "swap"]))
        try:
            holder = around(document, path)
            value = holder[path[-1]]
            if change == "delete":
                del holder[path[-1]]
            elif change == "double" and isinstance(holder, list):
                holder.insert(path[-1], copy.deepcopy(value))
            elif change == "rename" and isinstance(holder, dict):
                renamed(holder, path[-1], data.draw(st.text(max_size=5)))
            elif change == "swap":
                other = data.draw(st.sampled_from(REAL_PLACES))
                holder[path[-1]] = copy.deepcopy(around(REAL_DOCUMENT, other)[other[-1]])
            else:
                holder[path[-1]] = data.draw(VALUES)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took this place away
    file.write_text(json.dumps(document, ensure_ascii=True), encoding="utf-8")
    refused_or_whole(file)


@unhurried
@given(path=st.sampled_from([path for path in REAL_PLACES if isinstance(path[-1], str)]))
def test_document_without_one_key_is_refused_there(file, path):
    """Every key is needed, but for the introduction that a dimension may do without."""
    document = copy.deepcopy(REAL_DOCUMENT)
    del around(document, path)[path[-1]]
    file.write_text(json.dumps(document), encoding="utf-8")
    assert refused_or_whole(file) == (path[-1] == "intro")


@unhurried
@given(data=st.data())
def test_file_with_changed_lines_is_refused_or_whole(file, data):
    lines = list(REAL_LINES)
    for _ in range(data.draw(st.integers(min_value=1, max_value=3))):
        place = data.draw(st.integers(min_value=0, max_value=len(lines) - 1))
        change = data.draw(st.sampled_from(["delete", "double", "indent", "cut", "mark"]))
        line = lines[place]
        lines[place : place + 1] = {
            "delete": [],
            "double": [line, line],
            "indent": ["  " + line],
            "cut": [line[: len(line) // 2]],
            "mark": [line + data.draw(st.sampled_from(list("&*!|>%@`\"'{}[]#:-?,\t\0")))],
        }[change]
    file.write_text("\n".join(lines), encoding="utf-8")
    refused_or_whole(file)


@settings(deadline=None, max_examples=150)
@given(
    content=st.binary(max_size=80)
    | st.text("ab: -?[]{}&*!|>'\"\\#%\n\t,0é\ufeff\x07", max_size=80).map(str.encode)
)
def test_any_bytes_are_refused(file, content):
    file.write_bytes(content)
    assert not refused_or_whole(file)


@unhurried
@given(
    words=st.text(PRINTABLE, min_size=1, max_size=40).filter(str.strip),
    share=st.floats(min_value=0, max_value=1),
    minutes=st.integers(min_value=1, max_value=10),
)
def test_valid_document_round_trips(file, words, share, minutes):
    document = copy.deepcopy(REAL_DOCUMENT)
    document["instrument"]["title"]["nl"] = words
    document["instrument"]["estimated_minutes"] = minutes
    document["scoring"]["change"]["alpha"] = share
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    content = check_file(file)
    assert (content.instrument.title.nl, content.scoring.change.alpha) == (words, share)
    assert refused_or_whole(file)
