"""The figures for machines: a JSON document with its schema, and CSV rows with their codebook."""

import csv
import io
import json
from typing import Any

from django.utils import translation

from assessment.actions.writing_tables import neutral
from questionnaires.texts import text
from reports.exports.codebook import ABOUT, PARTS, Value, Variable, codebook
from reports.exports.figures import figures
from reports.report import Report

# Another number when a file that fits the old schema would not fit the new one.
SCHEMA = "urn:regiospiegel:figures:1"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
HEAD = ("part", "row", "code", "name", "variable", "value")
NAMES = ("statement", "action", "dimension")  # what a row is about: the first of them, in a column of its own
TYPES = {int: "integer", str: "string", bool: "boolean"}


def as_json(report: Report) -> bytes:
    """The whole report in numbers, as `schema` describes it."""
    with translation.override(report.language):
        told = figures(report)
    guide = [{"title": each.title, "paragraphs": list(each.paragraphs)} for each in told.guide]
    document = {
        "schema": SCHEMA,
        "about": told.about,
        "notes": list(told.notes),
        "guide": guide,
        **told.parts,
    }
    return _written(document)


def as_csv(report: Report) -> bytes:
    """A row for each value, with semicolons and a mark, as a Belgian Excel wants it; no cell runs as a formula."""
    with translation.override(report.language):
        told = figures(report)
    rows: list[list[Value]] = [list(HEAD)]
    told_of = {part: {each.name for each in variables} for part, variables in told.variables.items()}
    told_of["about"] = set(told.about)
    for part, entries in {"about": [told.about], **told.parts}.items():
        names = told_of.get(part, set()) - {"code", *NAMES}
        for number, entry in enumerate(entries, start=1):
            code, name = entry.get("code", ""), next((entry[key] for key in NAMES if key in entry), "")
            rows += [[part, number, code, name, key, entry[key]] for key in entry if key in names]
    return _as_rows(rows)


def codebook_csv() -> bytes:
    """What each variable means, in the active language."""
    return _as_rows(codebook())


def _as_rows(rows: list[Any]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([[_cell(value) for value in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> int | str:
    """A whole number as it is: a minus before it is no formula."""
    if isinstance(value, int):
        return int(value)
    return neutral(value or "")


def schema() -> bytes:
    """JSON Schema of `as_json`, with its descriptions in the active language."""
    explanation = {"type": "array", "items": {"type": "string"}}
    guide = {"title": {"type": "string"}, "paragraphs": explanation}
    properties = {
        "schema": {"const": SCHEMA},
        "about": _object({each.name: _described(each) for each in ABOUT}),
        "notes": explanation,
        "guide": {"type": "array", "items": _object(guide)},
        **{part: _table(variables) for part, variables in PARTS.items()},
    }
    head = {"$schema": DRAFT, "$id": SCHEMA, "title": text("figures.title")}
    return _written(head | _object(properties))


def _table(variables: tuple[Variable, ...]) -> dict[str, Any]:
    return {"type": "array", "items": _object({each.name: _described(each) for each in variables})}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    """Exactly these properties, all of them."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _described(variable: Variable) -> dict[str, Any]:
    kind = TYPES[variable.kind]
    bounds = {"minimum": variable.low, "maximum": variable.high}
    return {
        "type": [kind, "null"] if variable.may_lack else kind,
        "title": variable.heading,
        "description": variable.meaning,
    } | {name: bound for name, bound in bounds.items() if bound is not None}


def _written(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
