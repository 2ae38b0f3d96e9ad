"""The figures as files: the same values in each form, whole numbers, and a schema and a codebook that describe them."""

import dataclasses
import datetime
import json
from functools import cache

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from jsonschema import Draft202012Validator, ValidationError

from assessment.actions.choosing import Chosen
from assessment.actions.recording import Placement
from reports.build import report_of
from reports.exports import codebook
from reports.exports.files import as_csv, as_json, schema
from reports.exports.workbook import as_xlsx
from reports.report import Agreed, Report
from tests.reports.cast import (
    before,
    final_result,
    hidden,
    large_result,
    make_report,
    make_result,
    make_source,
    measured,
    small_result,
    stated,
    unpublished,
)
from tests.reports.exported import cells, document, rows, sheets

SHEETS = ["Leeswijzer", "Profiel", "Stellingen", "Eensgezindheid", "Verandering", "Acties"]
AGREED = Agreed(
    what="Stel een netwerkteam samen",
    dimension="Netwerkmanagement en procesregie",
    owner="Streekintercommunale",
    due_on="1 september 2026",
    status="loopt",
    evidence="Een goedgekeurd verslag.",
)


@cache
def reports() -> dict[str, Report]:
    """From everything to nothing."""
    return {
        "final": make_report(final_result(), kind="final", earlier=before(large_result(), final_result())),
        "large": dataclasses.replace(
            make_report(large_result(), placements={"VIS": Placement(3, "Er is een agenda.")}),
            agreed=(AGREED, dataclasses.replace(AGREED, dimension="OLD", due_on="")),
        ),
        "small": make_report(small_result(), language="en"),
        "nothing": make_report(unpublished()),
    }


def part(report: Report, name: str) -> dict[str, dict]:
    """The rows of a part by their codes."""
    return {row["code"]: row for row in document(as_json(report))[name]}


# --- The same values in every form ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", reports())
def test_rows_hold_the_values_of_the_document(name):
    told = document(as_json(reports()[name]))
    flat = rows(as_csv(reports()[name]))

    values = {
        (part, str(number), variable): "" if value is None else str(int(value) if value in (True, False) else value)
        for part in ("about", *codebook.PARTS)
        for number, row in enumerate([told[part]] if part == "about" else told[part], start=1)
        for variable, value in row.items()
    }  # fmt: skip
    assert {(row["part"], row["row"], row["variable"]): row["value"] for row in flat} == {
        key: value
        for key, value in values.items()
        if key[2] not in ("code", "dimension", "statement", "action")
    }
    named = {(row["part"], row["row"]): (row["code"], row["name"]) for row in flat}
    assert all(code == values.get((*place, "code"), "") for place, (code, _) in named.items())


@pytest.mark.parametrize("name", reports())
def test_workbook_holds_the_values_of_the_document(name):
    report = reports()[name]
    told, book = document(as_json(report)), [*cells(as_xlsx(report)).values()]
    untold = "not shown" if report.language == "en" else "niet getoond"
    words = {True: "yes", False: "no"} if report.language == "en" else {True: "ja", False: "nee"}

    parts = [each for each in codebook.PARTS if told[each] or each != "experience"]
    for key, (head, *body) in zip(parts, book[1:], strict=True):
        with translation.override(report.language):
            assert head == tuple(each.heading for each in codebook.PARTS[key])
        if not told[key]:
            assert [sum(cell is not None for cell in row) for row in body] == [1]  # why there is nothing
            continue
        for cell_row, row in zip(body, told[key], strict=True):
            for cell, value in zip(cell_row, row.values(), strict=True):
                shown = words[value] if isinstance(value, bool) else value
                assert (cell, type(cell)) == (shown, type(shown)) or (value, cell) == (None, untold)


def test_values_are_those_of_the_report():
    source = make_source(
        make_result(
            VIS=measured(71, 9, agreement="divided", n_responses=9, n_delegations=7),
            VER=hidden(importance={"score": 40.2, "display": 40, "n_responses": 9}),
            items={"VIS1": stated(64), "VIS2": stated(91, n_responses=10)},
        ),
        placements={"VIS": Placement(4, "Er is een agenda.")},
    )
    target = {"VIS": Chosen(5, "", datetime.date(2026, 3, 1))}
    report = report_of(dataclasses.replace(source, targets=target), language="nl")

    assert part(report, "profile")["VIS"] == {
        "code": "VIS",
        "dimension": "Gedeelde visie en strategische agenda",
        "score": 71,
        "margin": 9,
        "level": "tussen sturend en strategisch",
        "agreement": "verdeeld",
        "importance": 75,
        "quadrant": "later",
        "is_priority": False,
        "partners_score": None,
        "n_members": 9,
        "n_municipalities": 7,
        "group_level": "sturend",
        "target": "strategisch",
    }
    ver = part(report, "profile")["VER"]
    assert [ver[each] for each in ("score", "margin", "level", "agreement", "importance")] == [None] * 4 + [
        40
    ]
    statements = part(report, "statements")
    assert (statements["VIS1"]["score"], statements["VIS2"]["score"]) == (64, None)
    assert (len(statements), "VER" in part(report, "agreement")) == (32, False)


def test_change_is_told_since_the_first_round_and_the_last():
    changed = document(as_json(reports()["final"]))["change"]

    assert [row["since"] for row in changed] == ["Sinds de nulmeting"] * 8 + ["Sinds de tussenmeting"] * 8
    assert all(isinstance(row["difference"], int) for row in changed)


def test_actions_stand_as_the_forum_agreed_them():
    first, other = document(as_json(reports()["large"]))["actions"]

    assert first == {
        "code": "NET",
        "dimension": "Netwerkmanagement en procesregie",
        "action": "Stel een netwerkteam samen",
        "owner": "Streekintercommunale",
        "due_on": "1 september 2026",
        "status": "loopt",
        "evidence": "Een goedgekeurd verslag.",
    }
    assert (other["code"], other["dimension"], other["due_on"]) == ("OLD", "OLD", None)


@pytest.mark.parametrize("name", reports())
def test_every_number_is_whole(name):
    def fail(number: str) -> None:
        raise AssertionError(number)

    json.loads(as_json(reports()[name]), parse_float=fail)


def test_what_is_not_published_is_told_in_counts_only():
    told = document(as_json(reports()["nothing"]))

    assert {part: told[part] for part in codebook.PARTS} == {part: [] for part in codebook.PARTS}
    assert (told["about"]["is_published"], told["about"]["members"], told["guide"]) == (False, 3, [])


@pytest.mark.parametrize("write", [as_xlsx, as_csv, as_json])
def test_same_report_gives_the_same_bytes_in_its_own_language(write):
    report = reports()["small"]
    first = write(report)

    with translation.override("nl"):
        assert write(report) == first


# --- The workbook --------------------------------------------------------------------------------------------------


def test_sheets_stand_in_order_with_a_header_that_stays_in_sight():
    book = sheets(as_xlsx(reports()["final"]))

    assert [*book] == [*SHEETS, "Ervaren verandering"]
    assert {
        (sheet.freeze_panes, sheet["A1"].font.bold, sheet.print_title_rows) for sheet in book.values()
    } == {("A2", True, "$1:$1")}
    assert [book["Stellingen"].column_dimensions[column].width for column in "ABC"] == [9, 34, 60]


def test_guide_says_what_it_is_and_where_to_have_it_checked():
    [head, *lines] = cells(as_xlsx(reports()["large"]))["Leeswijzer"]
    told = "\n".join(line[1] for line in lines)

    assert head == ("Onderwerp", "Uitleg")
    assert "Waar staat ons forum? Nulmeting van het Westhoekoverleg" in told
    assert "http://localhost:8000/rapport-nakijken/" in told
    assert reports()["large"].origin.fingerprint in told
    assert reports()["large"].result.guide[0].paragraphs[0] in told


def test_empty_sheet_says_why():
    book = cells(as_xlsx(reports()["large"]))

    assert [*book] == SHEETS
    assert book["Verandering"][1][0].startswith("Er is nog geen eerdere ronde in dit traject")


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_no_cell_runs_as_a_formula(words):
    report = reports()["large"]
    notes = dataclasses.replace(report.respondents, sentences=(words,))
    action = dataclasses.replace(AGREED, what=words)
    report = dataclasses.replace(report, subtitle=words, respondents=notes, agreed=(action,))

    book = sheets(as_xlsx(report))
    assert "f" not in {cell.data_type for sheet in book.values() for row in sheet for cell in row}
    assert f"'{words}" in [line[1] for line in cells(as_xlsx(report))["Leeswijzer"]]
    assert cells(as_xlsx(report))["Acties"][1][2] == f"'{words}"
    assert rows(as_csv(report))[0]["value"] == f"'{words}"
    assert document(as_json(report))["about"]["title"] == words


# --- Schema and codebook -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_documents_fit_the_published_schema(db, client, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    published = json.loads(client.get(reverse("reports:figures_schema")).content)

    Draft202012Validator.check_schema(published)
    for report in reports().values():
        Draft202012Validator(published).validate(document(as_json(report)))


@pytest.mark.parametrize(
    "change", [{"score": 57.5}, {"score": 101}, {"level": 3}, {"code": None}, {"is_priority": 1}, {"rank": 1}]
)
def test_schema_refuses_what_is_no_displayed_value(change):
    told = document(as_json(reports()["large"]))
    told["profile"][0] |= change

    with pytest.raises(ValidationError):
        Draft202012Validator(json.loads(schema())).validate(told)


def test_schema_asks_for_every_part_and_variable():
    told = document(as_json(reports()["large"]))
    del told["profile"][0]["margin"], told["statements"]

    wrong = Draft202012Validator(json.loads(schema())).iter_errors(told)
    assert sorted(error.validator for error in wrong) == ["required", "required"]


@pytest.mark.parametrize("language, head", [("nl", "Betekenis"), ("en", "Meaning")])
def test_codebook_tells_of_every_variable_what_it_means(db, client, language, head):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    table = rows(client.get(reverse("reports:figures_codebook")).content)
    part, variable = [*table[0]][:2]

    assert [(row[part], row[variable]) for row in table] == [
        (part, variable.name) for part, variable in codebook.every_variable()
    ]
    assert all(row[head] for row in table)


def test_codebook_in_the_docs_is_the_published_one():
    lines = (settings.BASE_DIR / "docs" / "data.md").read_text(encoding="utf-8").splitlines()
    described = {line for line in lines if line.startswith("| `")}

    with translation.override("en"):
        assert described == {
            f"| `{part}` | `{each.name}` | {each.meaning} | {each.kind.__name__} | {bounds(each)} | "
            f"{'yes' if each.may_lack else 'no'} |"
            for part, each in codebook.every_variable()
        }


def bounds(variable: codebook.Variable) -> str:
    low, high = variable.low, variable.high
    return "" if low is None else f"{low} to {high}" if high else f"from {low}"
