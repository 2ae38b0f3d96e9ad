"""Tables out of files: what is read, why a file is refused, and that what is written is read back the same."""

import datetime
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from assessment.actions.tables import TableError, read_lines
from assessment.actions.writing_tables import as_csv, as_xlsx, neutral, plain
from questionnaires.texts import legible

ROWS = [["Naam", "Adres"], ["Renée", "r@forum.example"]]


def refusal(data: bytes, name: str = "leden.csv") -> str:
    with pytest.raises(TableError) as caught:
        read_lines(data, name)
    return caught.value.reason


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_text_is_read_whatever_parts_its_cells(delimiter, mark, end):
    data = mark + "".join(delimiter.join(row) + end for row in ROWS).encode()

    assert read_lines(data, "leden.csv") == ROWS


def test_a_delimiter_between_quotes_parts_nothing():
    assert read_lines(b'"a, b, c";d\n"e\nf";g\n', "x.csv") == [["a, b, c", "d"], ["e\nf", "g"]]


def test_the_line_with_which_a_spreadsheet_tells_its_delimiter_keeps_its_number():
    assert read_lines(b"sep=,\r\na;b,c\r\n", "x.csv") == [[], ["a;b", "c"]]


def test_empty_rows_stay_inside_and_go_at_the_end():
    assert read_lines(b";\na;;\n\nb\n;;\n\n", "x.csv") == [[], ["a"], [], ["b"]]


def test_a_workbook_is_read_by_what_it_holds_and_not_by_its_name():
    assert read_lines(workbook(*ROWS), "leden.csv") == ROWS


@pytest.mark.parametrize(
    "value, words",
    [
        (3, "3"),
        (3.0, "3"),
        (2.5, "2.5"),
        (True, "TRUE"),
        (None, ""),
        (datetime.datetime(2026, 3, 3), "2026-03-03"),
        (datetime.datetime(2026, 3, 3, 14, 30), "2026-03-03 14:30:00"),
        ("=1+1", "=1+1"),  # a formula that nobody has computed
    ],
)
def test_cells_of_a_workbook_become_text(value, words):
    assert read_lines(workbook([value, "x"]), "x.xlsx") == [[words, "x"]]


@pytest.mark.parametrize(
    "data, name, reason",
    [
        ("Renée".encode("latin-1"), "leden.csv", "not_utf8"),
        ("Renée".encode("cp1252"), "leden.csv", "not_utf8"),
        ("Renée".encode("utf-16"), "leden.csv", "not_utf8"),
        ("naam".encode("utf-16-le"), "leden.csv", "not_utf8"),
        (b"a\0b", "leden.csv", "not_utf8"),
        (b"naam\0", "leden.csv", "not_readable"),
        (b'"a" b;c\n', "leden.csv", "not_readable"),
        (b"no workbook", "leden.xlsx", "not_readable"),
        (b"PK\x03\x04 and no more", "leden.xlsx", "not_readable"),
        (archive(**{"hello.txt": b"hello"}), "leden.xlsx", "not_readable"),
        (b"", "leden.csv", "empty_file"),
        (b"\xef\xbb\xbf \n;;\n", "leden.csv", "empty_file"),
        (workbook(), "leden.xlsx", "empty_file"),
        (b"a" * 5_000_001, "leden.csv", "too_large"),
        (b"a\n" * 5_001, "leden.csv", "too_large"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(data, name, reason):
    assert refusal(data, name) == reason


@pytest.mark.parametrize("parts", [{"a": b"0" * 20_000_001}, {f"a{number}": b"" for number in range(201)}])
def test_an_archive_that_grows_is_refused(parts):
    assert refusal(archive(**parts), "x.xlsx") == "too_large"


def test_an_archive_that_lies_about_its_size_is_read_no_further_than_it_says():
    grown = archive(**{"xl/workbook.xml": b"0" * 5_000_000})
    lying = grown.replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != grown

    assert refusal(lying, "x.xlsx") == "not_readable"


def test_a_workbook_that_expands_entities_is_refused():
    bomb = b'<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx">]><a>&x;</a>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(["a"]))) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, bomb if part == "xl/worksheets/sheet1.xml" else old.read(part))

    assert refusal(out.getvalue(), "x.xlsx") == "not_readable"


def test_a_refusal_quotes_nothing_of_the_file():
    with pytest.raises(TableError) as caught:
        read_lines("geheim@forum.example;é".encode("latin-1"), "x.csv")

    assert (str(caught.value), caught.value.__suppress_context__) == ("not_utf8", True)


FORMULAS = ["=1+1", "+32 9", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "'=1", "''@x"]


@pytest.mark.parametrize("cell", FORMULAS)
def test_what_a_spreadsheet_would_run_gets_a_quote_before_it(cell):
    assert (neutral(cell), plain(neutral(cell))) == (f"'{cell}", cell)


@pytest.mark.parametrize("cell", ["'s-Gravenvoeren", "naam@gemeente.example", "a=b", "", "'"])
def test_ordinary_words_stay_as_they_are(cell):
    assert (neutral(cell), plain(cell)) == (cell, cell)


@given(st.text())
def test_a_cell_comes_back_as_it_was(cell):
    assert plain(neutral(cell)) == legible(cell)
    assert not neutral(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_what_no_workbook_can_hold_stays_out_of_it_and_hides_no_formula():
    book = load_workbook(io.BytesIO(as_xlsx([["Overleg\x0bplannen"], ["\x01=1+1"], ["\ufffe@x"]])))

    assert [cell.value for (cell,) in book.active.iter_rows()] == ["Overleg plannen", "'=1+1", "'@x"]


def test_no_cell_of_a_written_workbook_is_a_formula():
    sheet = load_workbook(io.BytesIO(as_xlsx([["Naam"], *([cell] for cell in FORMULAS)]))).active

    assert {cell.data_type for (cell,) in sheet.iter_rows()} == {"s"}


def test_a_written_text_file_opens_in_a_belgian_spreadsheet():
    assert as_csv([["Naam", "Functie"], ["Renée", "=1"]]) == (
        b"\xef\xbb\xbfNaam;Functie\r\nRen\xc3\xa9e;'=1\r\n"
    )
