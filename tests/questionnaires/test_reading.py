"""The gate: what may stand in a questionnaire file at all."""

import pytest
import yaml

from questionnaires import reading
from questionnaires.loading import QuestionnaireError, check_file
from questionnaires.reading import MAX_BYTES, read_plain
from tests.questionnaires.documents import REAL_FILE


def faults_of(path):
    with pytest.raises(QuestionnaireError) as caught:
        read_plain(path)
    return [(fault.path, fault.reason, fault.line) for fault in caught.value.faults]


def noted(path):
    return [(fault.path, fault.reason, fault.line) for fault in read_plain(path).faults]


def test_real_file_is_read_as_yaml_reads_it():
    assert read_plain(REAL_FILE).values == yaml.safe_load(REAL_FILE.read_text(encoding="utf-8"))


def test_lines_are_those_of_the_file():
    lines = REAL_FILE.read_text(encoding="utf-8").splitlines()
    place = read_plain(REAL_FILE).lines["dimensions", 2, "statements", 1, "nl"]
    assert lines[place - 1].strip() == 'nl: "Het is duidelijk hoe ons forum tot een afspraak komt."'


@pytest.mark.parametrize(
    "content, reason, line",
    [
        (b"", "empty_file", None),
        (b"\n \n", "empty_file", None),
        (b"# only words about nothing\n", "empty_file", None),
        (b"---\n", "empty_file", 2),
        (b"\xef\xbb\xbf", "empty_file", None),
        (b"- a\n- b\n", "not_a_mapping", 1),
        (b"just words\n", "not_a_mapping", 1),
        (b"12\n", "not_a_mapping", 1),
        (b"a: 1\nb: \xe9\n", "not_utf8", 2),
        ("a: b\n".encode("utf-16"), "not_utf8", 1),
        ("a: é\n".encode("latin-1"), "not_utf8", 1),
        (b"a: 1\nb: \x07\n", "control_character", 2),
        ("a: b\n".encode("utf-16-le"), "control_character", 1),
        ("a: \ufeffb\n".encode(), "control_character", 1),
        ("a: b\u2028c\n".encode(), "control_character", 1),
        (b"a: 1\nb: [1, 2\n", "invalid_yaml", 3),
        (b"a: 1\n b: 2\n", "invalid_yaml", 2),
        (b'a: "never closed\n', "invalid_yaml", 2),
        (b"a: 1\n---\nb: 2\n", "several_documents", 2),
    ],
)
def test_file_that_cannot_be_read_is_refused_at_its_line(write, content, reason, line):
    assert faults_of(write(content)) == [("", reason, line)]


def test_invalid_yaml_tells_line_column_and_problem(write):
    with pytest.raises(QuestionnaireError) as caught:
        read_plain(write("a: 1\nb: c: 2\n"))
    (fault,) = caught.value.faults
    assert (fault.line, fault.values["column"]) == (2, 5)
    assert fault.values["problem"].startswith("mapping values are not allowed")


def test_missing_file_and_directory_are_refused(tmp_path):
    assert faults_of(tmp_path / "nothing.yaml") == [("", "missing_file", None)]
    assert faults_of(tmp_path) == [("", "not_a_file", None)]


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_name_that_no_file_can_have_is_refused(tmp_path, name):
    ((path, reason, line),) = faults_of(tmp_path / name)
    assert (path, line) == ("", None)
    assert reason in {"missing_file", "unreadable_file"}  # Python tells these apart differently by version


def test_file_that_fails_while_it_is_read_is_refused(write, monkeypatch):
    path = write("a: 1")
    monkeypatch.setattr(
        "pathlib.Path.open", lambda *args, **options: (_ for _ in ()).throw(PermissionError())
    )
    assert faults_of(path) == [("", "unreadable_file", None)]


def test_file_over_the_limit_is_refused_and_one_on_the_limit_is_not(write):
    fitting = b"a: " + b"x" * (MAX_BYTES - 4) + b"\n"
    assert read_plain(write(fitting)).values == {"a": "x" * (MAX_BYTES - 4)}
    assert faults_of(write(b"#" + fitting)) == [("", "file_too_large", None)]


@pytest.mark.parametrize(
    "prefix, newline", [(b"\xef\xbb\xbf", b"\n"), (b"", b"\r\n"), (b"\xef\xbb\xbf", b"\r\n")]
)
def test_mark_and_line_ends_of_windows_make_no_difference(write, prefix, newline):
    real = REAL_FILE.read_bytes()
    assert check_file(write(prefix + real.replace(b"\n", newline))) == check_file(REAL_FILE)


@pytest.mark.parametrize(
    "content, expected",
    [
        ("a: 1\na: 2\n", [("a", "duplicate_key", 2)]),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n  b: 4\n", [("a.b", "duplicate_key", 4), ("a.b", "duplicate_key", 5)]),
        ("a: [{b: 1}, {b: 1, b: 2}]\n", [("a[1].b", "duplicate_key", 1)]),
        ("a: &x 1\nb: *x\n", [("a", "anchor", 1), ("b", "alias", 2)]),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", [("a", "anchor", 1), ('c."<<"', "alias", 3)]),
        ("&x a: 1\n", [("a", "anchor", 1)]),
        ("a: !!python/object/apply:os.system [id]\n", [("a", "tag", 1)]),
        ("a: !!str 1\n", [("a", "tag", 1)]),
        ("a: ! b\n", [("a", "tag", 1)]),
        ("!!map {a: 1}\n", [("", "tag", 1)]),
        ("a:\n  - !own b\n", [("a[0]", "tag", 2)]),
        ('a: "b\\0c"\n', [("a", "control_character", 1)]),
        ('a: "b\\tc"\n', [("a", "control_character", 1)]),
        ('"a\\a": 1\n', [('"a\ufffd"', "control_character", 1)]),
    ],
)
def test_every_way_of_writing_that_is_not_allowed_is_noted(write, content, expected):
    assert noted(write(content)) == expected


@pytest.mark.parametrize("loader", [reading.Loader, yaml.SafeLoader])
@pytest.mark.parametrize("content", ['a: "\\ud800"\n', '"\\ud800": a\n'])
def test_half_a_surrogate_is_refused(write, monkeypatch, loader, content):
    """By the C part of PyYAML as invalid, by its Python part as a character that may not stand here."""
    monkeypatch.setattr(reading, "Loader", loader)
    with pytest.raises(QuestionnaireError) as caught:
        check_file(write(content))
    assert {fault.reason for fault in caught.value.faults} & {"invalid_yaml", "control_character"}


def test_real_file_reads_the_same_without_the_c_part_of_pyyaml(monkeypatch):
    with_c_part = read_plain(REAL_FILE)
    monkeypatch.setattr(reading, "Loader", yaml.SafeLoader)
    assert read_plain(REAL_FILE) == with_c_part


def test_mapping_as_a_key_is_refused(write):
    assert faults_of(write("a:\n  ? {b: 1}\n  : 2\n")) == [("a", "key_not_text", 2)]
    assert faults_of(write("a: 1\n*x : 2\n")) == [("", "key_not_text", 2)]


def test_bomb_of_aliases_never_grows(write):
    layers = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 10))
    faults = noted(write(f"l0: &l0 [{', '.join(['boom'] * 9)}]\n{layers}"))
    assert [reason for _, reason, _ in faults].count("alias") == 81


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_without_recursion(write, opening):
    assert [reason for _, reason, _ in faults_of(write("a:\n  " + opening * 5000))] == ["too_deep"]


@pytest.mark.parametrize(
    "written, value",
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("0.80", 0.8),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("1.0.0", "1.0.0"),
        ("2026-03-03", "2026-03-03"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("0x1f", "0x1f"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("1e999", "1e999"),
        ("9" * 16, "9" * 16),
        ("9" * 5000, "9" * 5000),
        ('"12"', "12"),
        ("'true'", "true"),
        ('""', ""),
        ("|\n  12\n", "12\n"),
    ],
)
def test_words_without_quotes_follow_the_plain_rules(write, written, value):
    read = read_plain(write(f"a: {written}\n")).values["a"]
    assert (type(read), read) == (type(value), value)
