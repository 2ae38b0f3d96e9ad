"""Reading a file with an earlier round: what is understood, what is refused and why, and what it leaves behind."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import openpyxl
import pytest
from django.conf import settings as installation
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.actions.importing import Problem, read_round
from assessment.actions.spreadsheets import MAX_BYTES
from assessment.models import Municipality
from assessment.scoring.checking import check_answers
from assessment.scoring.parameters import Parameters
from tests.assessment.earlier_rounds import as_csv, as_xlsx, header, real_content, row, rows_of
from tests.test_texts import catalogue

PREFIX = "import_round.reason."
NAMES = ("Aldervoorde", "Sint-Jozef-Ooike", "Beukerzele aan Zee", "Dieplaké")
PLACES = [Municipality(nis=f"F000{number}", name=name) for number, name in enumerate(NAMES)]


def read(raw: bytes, name: str = "ronde.csv", **options: Any) -> tuple[Any, list[Problem]]:
    defaults = {"content": real_content(), "municipalities": PLACES, "asks_change": False}
    return read_round(io.BytesIO(raw), name, **defaults | options)


def answers_of(raw: bytes, name: str = "ronde.csv", **options: Any) -> Any:
    answers, problems = read(raw, name, **options)
    assert problems == []
    return answers


def found(raw: bytes, name: str = "ronde.csv", **options: Any) -> list[tuple]:
    """Row, column and reason of each problem; the file gives no answers then."""
    answers, problems = read(raw, name, **options)
    assert answers is None
    return [(each.row, each.column, each.reason) for each in problems]


def given_by(answers: Any) -> Counter:
    """What each respondent gave, whatever the keys and labels: group, size of the delegation, and the answers."""
    sizes = answers.groupby("delegation")["response"].nunique()
    respondents = []
    for _, own in answers.groupby("response"):
        first = own.iloc[0]
        given = own[["kind", "item", "dimension", "value", "dont_know"]].astype(str).values.tolist()
        respondents.append(
            (first["group"], sizes.get(first["delegation"], 0), tuple(map(tuple, sorted(given))))
        )
    return Counter(respondents)


def file_of(*rows: list[Any], **options: Any) -> bytes:
    return as_csv([header(), *rows], **options)


# --- What is understood --------------------------------------------------------------------------------------


def test_a_row_becomes_a_response_with_a_row_per_question():
    answers = answers_of(file_of(row("mayors", "Aldervoorde", 4, VIS1="WN", VIS2="", importance_NET=5)))

    assert list(answers.columns) == [
        "response", "group", "delegation", "dimension", "item", "kind", "value", "dont_know"
    ]  # fmt: skip
    assert [str(each) for each in answers.dtypes[-2:]] == ["float64", "bool"]
    assert Counter(answers["kind"]) == {"statement": 32, "importance": 8}
    by_item = answers.set_index(["kind", "item"])
    assert by_item.loc[("statement", "VIS1"), ["dimension", "dont_know"]].tolist() == ["VIS", True]
    assert by_item.loc[[("statement", "VIS1"), ("statement", "VIS2")], "value"].isna().all()
    assert not by_item.loc[("statement", "VIS2"), "dont_know"]
    assert by_item.loc[("importance", "NET"), "value"] == 5
    assert by_item.loc[("statement", "LER4"), "value"] == 4


def test_what_is_read_is_what_scoring_takes():
    answers = answers_of(as_csv([header(), *rows_of(NAMES, partners=2)]))

    check_answers(answers, Parameters.from_content(real_content()))
    assert answers["response"].nunique() == 10
    assert answers["delegation"].nunique() == 4
    assert answers[answers["group"] == "support_and_partners"]["delegation"].isna().all()
    assert answers[answers["group"] == "support_and_partners"]["dimension"].nunique() == 7


def test_change_is_read_where_the_round_asks_it():
    names, cells = header(asks_change=True), row("mayors", "Aldervoorde", 2, asks_change=True, change_VIS=5)

    answers = answers_of(as_csv([names, cells]), asks_change=True)

    changes = answers[answers["kind"] == "change"].set_index("item")["value"]
    assert (len(changes), changes["VIS"], changes["LER"]) == (8, 5, 2)


MAYOR = row("mayors", "Aldervoorde")
SAME = {
    "byte order mark": file_of(MAYOR, encoding="utf-8-sig"),
    "commas": file_of(MAYOR, delimiter=","),
    "lines that end as on Unix": file_of(MAYOR).replace(b"\r\n", b"\n"),
    "no end of the last line": file_of(MAYOR).removesuffix(b"\r\n"),
    "every field quoted": b'"' + file_of(MAYOR).strip().replace(b";", b'";"').replace(b"\r\n", b'"\r\n"') + b'"',
    "spaces": as_csv([[f" {name}\t" for name in header()], [f" {cell}\u00a0" for cell in MAYOR]]),
    "spaces before quotes": file_of(MAYOR).replace(b";4", b'; "4"'),
    "a comma and a zero": file_of([str(cell).replace("4", "4,0") for cell in MAYOR]),
    "a point and zeros": file_of([str(cell).replace("4", "4.00") for cell in MAYOR]),
    "quoted decimals between commas": file_of(["4,0" if c == 4 else c for c in MAYOR], delimiter=","),
    "capitals in the header": as_csv([[name.upper() for name in header()], MAYOR]),
    "columns in another order": as_csv([header()[::-1], MAYOR[::-1]]),
    "Dutch name of the group": file_of(["burgemeesters", *MAYOR[1:]]),
    "NIS code": file_of(["mayors", "f0000", *MAYOR[2:]]),
    "name of the municipality in capitals": file_of(["mayors", "ALDERVOORDE", *MAYOR[2:]]),
    "empty rows": as_csv([header(), [], [""] * 42, MAYOR, [], ["", " "], []]),
    "empty cells beyond the header": as_csv([[*header(), "", ""], [*MAYOR, "", "", " "]]),
}  # fmt: skip


@pytest.mark.parametrize("raw", SAME.values(), ids=SAME)
def test_one_row_is_understood_however_it_was_written(raw):
    assert given_by(answers_of(raw)) == given_by(answers_of(file_of(MAYOR)))


@pytest.mark.parametrize("written", ["WN", "wn", " Wn "])
def test_do_not_know_is_understood_in_any_case(written):
    answers = answers_of(file_of(row("mayors", "Aldervoorde", VIS1=written)))

    assert answers["dont_know"].sum() == 1


@pytest.mark.parametrize(
    "written", ["sint-jozef-ooike", "Beukerzele  aan\u00a0zee", "Dieplake\u0301", "DIEPLAKÉ", "F0003"]
)
def test_official_name_is_understood_without_regard_to_case_spaces_and_kinds_of_accents(written):
    answers_of(file_of(row("mayors", written)))


def test_code_and_name_of_one_municipality_are_one_delegation():
    answers = answers_of(file_of(row("mayors", "F0000"), row("other_local_members", "Aldervoorde")))

    assert answers["delegation"].nunique() == 1


# --- XLSX ----------------------------------------------------------------------------------------------------


def sheet_of(*rows: list[Any], change: Callable[[Any], None] = lambda sheet: None) -> bytes:
    workbook, written = openpyxl.Workbook(), io.BytesIO()
    for cells in [header(), *rows]:
        workbook.active.append([None if cell == "" else cell for cell in cells])
    change(workbook.active)
    workbook.save(written)
    return written.getvalue()


def put(place: str, value: Any) -> Callable[[Any], None]:
    return lambda sheet: sheet.__setitem__(place, value)


def test_a_spreadsheet_gives_the_same_answers_as_text():
    rows = [header(), *rows_of(NAMES, partners=1)]

    assert given_by(answers_of(as_xlsx(rows), "ronde.xlsx")) == given_by(answers_of(as_csv(rows)))


SAME_SHEET = {
    "whole numbers with a decimal": sheet_of([float(c) if c == 4 else c for c in MAYOR]),
    "numbers as text": sheet_of([str(cell) for cell in MAYOR]),
    "decimals as text": sheet_of(["4,0" if cell == 4 else cell for cell in MAYOR]),
    "spaces": sheet_of([f" {cell}\u00a0" for cell in MAYOR]),
    "cells that look filled in": sheet_of(MAYOR, change=put("AZ7", " ")),
    "a name in another language": sheet_of(["Burgemeesters", *MAYOR[1:]]),
}


@pytest.mark.parametrize("raw", SAME_SHEET.values(), ids=SAME_SHEET)
def test_one_row_of_a_sheet_is_understood_however_it_was_written(raw):
    assert given_by(answers_of(raw, "ronde.xlsx")) == given_by(answers_of(file_of(MAYOR)))


def test_nis_code_may_be_a_number():
    place = Municipality(nis="24062", name="Leuven")
    raw = sheet_of(["mayors", 24062.0, *MAYOR[2:]])

    assert len(answers_of(raw, "ronde.xlsx", municipalities=[place])) == 40


def test_a_spreadsheet_is_known_by_its_content():
    assert len(answers_of(sheet_of(MAYOR), "ronde.csv")) == 40


def replaced(raw: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The same zip with other words in one of its parts."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            assert name != part or old in content
            target.writestr(name, content.replace(old, new) if name == part else content)
    return written.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_of_a_formula_the_stored_value_counts():
    raw = sheet_of(MAYOR, change=put("C2", "=2+3"))
    raw = replaced(raw, SHEET, b"<f>2+3</f><v />", b"<f>2+3</f><v>5</v>")

    answers = answers_of(raw, "ronde.xlsx")

    assert answers[answers["item"] == "VIS1"]["value"].tolist() == [5]


def test_a_formula_without_a_stored_value_is_no_empty_cell():
    raw = sheet_of(MAYOR, change=put("C2", "=2+3"))

    assert found(raw, "ronde.xlsx") == [(2, "VIS1", "bad_value")]
    assert read(raw)[1][0].text == '"=2+3" is geen 1, 2, 3, 4, 5, WN of lege cel.'


@pytest.mark.parametrize("value", [True, 4.5, 44927.0, "#N/A", "=1/0"])
def test_other_things_in_a_cell_are_no_answers(value):
    assert found(sheet_of(MAYOR, change=put("C2", value)), "ronde.xlsx") == [(2, "VIS1", "bad_value")]


def test_a_merged_cell_counts_in_its_first_place():
    raw = sheet_of(MAYOR, MAYOR, change=lambda sheet: sheet.merge_cells("B2:B3"))

    assert found(raw, "ronde.xlsx") == [(3, "municipality", "missing_municipality")]


def test_rows_are_numbered_as_the_spreadsheet_numbers_them():
    raw = sheet_of(MAYOR, change=put("A9", "mayors"))

    assert found(raw, "ronde.xlsx") == [
        (9, "municipality", "missing_municipality"), (9, None, "no_answers")
    ]  # fmt: skip


# --- What is refused whole -----------------------------------------------------------------------------------


def bomb() -> bytes:
    """A sheet that unpacks to more than is taken; packed it is small."""
    raw = replaced(sheet_of(MAYOR), SHEET, b"</worksheet>", b" " * MAX_BYTES + b"</worksheet>")
    assert len(raw) < 50_000
    return raw


def with_entities() -> bytes:
    doctype = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
    return replaced(sheet_of(MAYOR), SHEET, b"<worksheet", doctype)


def with_method(method: int) -> bytes:
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet_of(MAYOR))) as source,
        zipfile.ZipFile(written, "w", method) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return written.getvalue()


def lying_size() -> bytes:
    """The directory of the zip promises ten bytes of sheet."""
    raw = bytearray(sheet_of(MAYOR))
    entry = raw.rindex(SHEET.encode()) - 46
    raw[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    return bytes(raw)


XLSX_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
XLSM_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ODS = io.BytesIO()
with zipfile.ZipFile(ODS, "w") as package:
    package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
REFUSED = {
    "nothing": (b"", "empty_file"),
    "a byte order mark alone": (b"\xef\xbb\xbf\r\n", "empty_file"),
    "blank lines": (b" \r\n\r\n", "empty_file"),
    "a sheet without cells": (as_xlsx([]), "empty_file"),
    "Excel's own CSV in its code page": (file_of(row("mayors", "Dieplaké"), encoding="cp1252"), "not_utf8"),
    "UTF-16": (file_of(MAYOR, encoding="utf-16"), "not_utf8"),
    "UTF-16 without a mark": (file_of(MAYOR, encoding="utf-16-le"), "not_utf8"),
    "more than 5 MB": (b"x" * (MAX_BYTES + 1), "too_large"),
    "a zip bomb": (bomb(), "too_large"),
    "half a spreadsheet": (sheet_of(MAYOR)[:2000], "not_readable"),
    "a zip of something else": (ODS.getvalue(), "not_readable"),
    "macros": (replaced(sheet_of(MAYOR), "[Content_Types].xml", XLSX_TYPE, XLSM_TYPE), "not_readable"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "not_readable"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not_readable"),
    "entities": (with_entities(), "not_readable"),
    "another way of packing": (with_method(zipfile.ZIP_BZIP2), "not_readable"),
    "a size that is a lie": (lying_size(), "not_readable"),
    "broken XML": (replaced(sheet_of(MAYOR), SHEET, b"</row>", b"</roe>"), "not_readable"),
    "a number that is none": (replaced(sheet_of(MAYOR), SHEET, b"<v>4</v>", b"<v>vier</v>"), "not_readable"),
    "a row number that is none": (replaced(sheet_of(MAYOR), SHEET, b'r="2"', b'r="twee"'), "not_readable"),
}  # fmt: skip


@pytest.mark.parametrize("name", ["ronde.csv", "ronde.xlsx"])
@pytest.mark.parametrize("raw, reason", REFUSED.values(), ids=REFUSED)
def test_file_that_is_no_table_is_refused_for_one_reason(raw, reason, name):
    expected = reason if name == "ronde.csv" or reason != "not_utf8" else "not_readable"

    assert found(raw, name) == [(None, None, expected)]


def test_text_that_is_called_a_spreadsheet_is_refused():
    assert found(file_of(MAYOR), "ronde.xlsx") == [(None, None, "not_readable")]


def test_field_without_end_is_refused_with_its_row():
    raw = file_of(MAYOR) + b'mayors;"' + b"x" * 200_000

    assert found(raw) == [(3, None, "not_readable")]


def test_cells_beyond_any_table_are_not_read():
    """A few bytes may claim sixteen thousand columns for a row."""
    raw = replaced(sheet_of(MAYOR), SHEET, b'<row r="2">', b'<row r="2"><c r="XFD2"><v>1</v></c>')

    assert given_by(answers_of(raw, "ronde.xlsx")) == given_by(answers_of(file_of(MAYOR)))


def test_rows_beyond_any_sheet_are_not_read():
    """A few bytes may claim a row number without end."""
    raw = replaced(
        sheet_of(MAYOR), SHEET, b"</sheetData>", b'<row r="99999999999"><c r="A1"/></row></sheetData>'
    )

    assert given_by(answers_of(raw, "ronde.xlsx")) == given_by(answers_of(file_of(MAYOR)))


def test_header_alone_is_an_empty_file():
    assert found(as_csv([header()])) == [(None, None, "empty_file")]


# --- What is wrong in the header -----------------------------------------------------------------------------


def without(*names: str) -> bytes:
    """MAYOR in a file that lacks these columns."""
    kept = [place for place, name in enumerate(header()) if name not in names]
    return as_csv([[cells[place] for place in kept] for cells in (header(), MAYOR)])


@pytest.mark.parametrize("name", ["group", "municipality", "VIS1", "importance_LER"])
def test_every_column_is_required(name):
    assert found(without(name)) == [(1, name, "missing_column")]


def test_change_is_required_where_the_round_asks_it():
    names = [f"change_{each.code}" for each in real_content().dimensions]

    assert found(file_of(MAYOR), asks_change=True) == [(1, name, "missing_column") for name in names]


def test_change_is_refused_where_the_round_does_not_ask_it():
    assert found(as_csv([[*header(), "Change_VIS"], [*MAYOR, ""]])) == [(1, "change_VIS", "not_asked")]


def test_unknown_column_is_named_and_a_nameless_one_by_its_place():
    raw = as_csv([["partij", *header()[:3], "", *header()[3:]], ["x", *MAYOR[:3], "", *MAYOR[3:]]])

    assert found(raw) == [(1, "partij", "unknown_column"), (1, "5", "unknown_column")]


def test_column_twice_is_told_once():
    assert found(as_csv([[*header(), "vis1"], [*MAYOR, 4]])) == [(1, "VIS1", "duplicate_column")]


# --- What is wrong in a row ----------------------------------------------------------------------------------

WRONG = {
    "one cell less": (MAYOR[:-1], None, "wrong_length"),
    "one cell more": ([*MAYOR, 4], None, "wrong_length"),
    "no group": (["", *MAYOR[1:]], "group", "unknown_group"),
    "another group": (["schepenen", *MAYOR[1:]], "group", "unknown_group"),
    "English name of a group": (["Mayors of today", *MAYOR[1:]], "group", "unknown_group"),
    "no municipality": (row("mayors", ""), "municipality", "missing_municipality"),
    "municipality of elsewhere": (row("mayors", "Verweg"), "municipality", "unknown_municipality"),
    "NIS code of elsewhere": (row("mayors", "F0009"), "municipality", "unknown_municipality"),
    "partner of a municipality": (
        row("support_and_partners", "Aldervoorde"), "municipality", "unexpected_municipality"
    ),
    "partner of nowhere": (
        row("support_and_partners", "Verweg"), "municipality", "unexpected_municipality"
    ),
    "own municipality of a partner": (row("support_and_partners", "", LOK2="WN"), "LOK2", "not_asked"),
    "importance of it": (row("support_and_partners", "", importance_LOK=3), "importance_LOK", "not_asked"),
    "no answer": (row("mayors", "Aldervoorde", "", importance_VIS=3), None, "no_answers"),
}  # fmt: skip
BAD = ["0", "6", "4,5", "4.01", "-4", "+4", "04", "4 4", "٤", "vier", "W N", "weet niet", "1e0", "4,", "'4"]


@pytest.mark.parametrize("cells, column, reason", WRONG.values(), ids=WRONG)
def test_row_that_is_wrong_is_told_with_its_place(cells, column, reason):
    assert found(file_of(MAYOR, cells, MAYOR)) == [(3, column, reason)]


@pytest.mark.parametrize("written", BAD)
def test_anything_but_one_to_five_is_a_bad_value(written):
    assert found(file_of(row("mayors", "Aldervoorde", MAT3=written))) == [(2, "MAT3", "bad_value")]


def test_row_with_nothing_but_do_not_know_is_an_answer():
    answers_of(file_of(row("mayors", "Aldervoorde", "WN")))


def test_more_municipalities_than_members_is_told_when_n_is_known():
    raw = as_csv([header(), *rows_of(NAMES)])

    assert found(raw, members=3) == [(None, None, "more_than_members")]
    answers_of(raw, members=4)


def test_every_problem_of_the_file_is_listed_in_its_order():
    names = [*header()[:-1], "onbekend"]
    bad = row("burgemeester", "Verweg", VIS1=7, NET2="x")

    assert found(as_csv([names, bad, MAYOR[:5], row("mayors", "", LER4=9)])) == [
        (1, "onbekend", "unknown_column"),
        (1, "importance_LER", "missing_column"),
        (2, "group", "unknown_group"),
        (2, "municipality", "unknown_municipality"),
        (2, "VIS1", "bad_value"),
        (2, "NET2", "bad_value"),
        (3, None, "wrong_length"),
        (4, "municipality", "missing_municipality"),
        (4, "LER4", "bad_value"),
    ]


# --- In words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "language, expected",
    [
        ("nl", 'Ronde 1.csv, regel 2, municipality: "Verweg" is geen gemeente van dit forum.'),
        ("en", 'Ronde 1.csv, line 2, municipality: "Verweg" is no municipality of this forum.'),
    ],
)
def test_problem_tells_file_row_column_and_reason(language, expected):
    with translation.override(language):
        _, [problem] = read(file_of(row("mayors", "Verweg")), "Ronde 1.csv")

        assert str(problem) == expected


def test_problem_of_a_whole_row_or_file_tells_no_column():
    told = [str(each) for raw in (file_of(MAYOR[:-1]), b"") for each in read(raw)[1]]

    assert told == [
        "ronde.csv, regel 2: Deze rij heeft te veel of te weinig cellen.",
        "ronde.csv: Het bestand is leeg.",
    ]


def test_what_was_written_is_quoted_briefly_and_cannot_steer_a_screen():
    _, [problem] = read(file_of(row("mayors", "Aldervoorde", VIS1="\x1b[31m" + "x" * 100)))

    assert problem.text == f'" [31m{"x" * 35}…" is geen 1, 2, 3, 4, 5, WN of lege cel.'


def test_document_explains_every_reason_and_no_other():
    """docs/importing.md says for each what to mend."""
    document = (installation.BASE_DIR / "docs" / "importing.md").read_text(encoding="utf-8")
    table = document.partition("## What is refused")[2].partition("Row 1")[0]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]

    explained = {code for cell in first_cells for code in re.findall(r"`(\w+)`", cell)}
    assert explained == {
        key.removeprefix(PREFIX) for key in catalogue("nl") if key.startswith(PREFIX)
    }  # fmt: skip


# --- What it leaves behind -----------------------------------------------------------------------------------


def test_keys_and_labels_are_new_every_time_and_tell_nothing_of_the_file():
    raw = as_csv([header(), *rows_of(NAMES, partners=1)])
    first, second = answers_of(raw), answers_of(raw)

    for column in ("response", "delegation"):
        assert set(first[column].dropna()) & set(second[column].dropna()) == set()
    told = " ".join([*first["response"], *first["delegation"].dropna()]).casefold()
    assert [each for place in PLACES for each in (place.nis, place.name) if each.casefold() in told] == []
    assert first["response"].str.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").all()
    assert first["delegation"].dropna().str.fullmatch(r"[0-9a-f]{16}").all()


def test_responses_do_not_stand_in_the_order_of_the_file():
    """Thirty rows in another order, by chance the same once in 30! files."""
    marks = [row("mayors", "Aldervoorde", 3, **{f"VIS{1 + n // 5 % 4}": 1 + n % 5}) for n in range(30)]
    rows = as_csv([header(), *marks])

    orders = [tuple(answers_of(rows).query("item == 'VIS1'")["value"]) for _ in range(4)]

    assert len(set(orders)) > 1
    sorted_by_key = answers_of(rows).query("item == 'VIS1'").sort_values("response")
    assert any(one != other for one, other in pairwise(tuple(sorted_by_key["value"])))


# --- Many and any --------------------------------------------------------------------------------------------


def test_ten_thousand_rows_are_read():
    rows = [header(), *[row("mayors", NAMES[n % 4], 1 + n % 5) for n in range(10_000)]]

    answers = answers_of(as_csv(rows))

    assert (len(answers), answers["response"].nunique()) == (400_000, 10_000)


CELLS = st.sampled_from([1, 2, 3, 4, 5, "WN", ""])


@st.composite
def respondents(draw: st.DrawFn) -> list[Any]:
    group = draw(st.sampled_from(["mayors", "other_local_members", "support_and_partners"]))
    is_local = group != "support_and_partners"
    cells = {name: draw(CELLS) for name in draw(st.sets(st.sampled_from(header()[2:]), max_size=12))}
    cells = {name: value for name, value in cells.items() if is_local or "LOK" not in name} | {"LER1": 1}
    return row(group, draw(st.sampled_from(NAMES)) if is_local else "", draw(CELLS), **cells)


@settings(max_examples=25, deadline=None)
@given(st.lists(respondents(), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_any_answers_come_back_from_both_kinds_of_file_and_from_any_order(rows, chance):
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    files = (
        as_csv([header(), *rows]),
        as_csv([header(), *shuffled], delimiter=","),
        as_xlsx([header(), *rows]),
    )
    csv_answers, other_order, sheet_answers = map(answers_of, files)

    assert given_by(csv_answers) == given_by(other_order) == given_by(sheet_answers)
    assert len(rows) == csv_answers["response"].nunique()
    for value in range(1, 6):
        written = sum(cell == value for cells in rows for cell in cells[2:])
        assert (csv_answers["value"] == value).sum() == written
    assert csv_answers["dont_know"].sum() == sum(cell == "WN" for cells in rows for cell in cells[2:])
