"""What is wrong with a row of a list by itself, in words; nothing of the forum is looked up."""

from typing import cast

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import CharField, Model

from assessment.actions.member_rows import GivenRow, kind_meant, language_meant
from assessment.models import Member, Seat
from questionnaires.texts import lower, text


def _most(model: type[Model], field: str) -> int:
    """How many characters the field of a model takes."""
    return cast(int, cast(CharField, model._meta.get_field(field)).max_length)


MOST = {name: _most(Member, name) for name in ("name", "email", "function")}
MOST_OF_ORGANISATION = _most(Seat, "organisation")


def faults_of(given: GivenRow) -> list[str]:
    """Every fault of the row, none when it can be used."""
    needed = {"name": given.name, "email": given.email, "seat": given.place}
    faults = [text("import.fault.missing", field=_label(name)) for name, value in needed.items() if not value]
    if given.email and not _is_address(given.email):
        faults.append(_wrong(given, "email", given.email))
    faults += [_too_long(name, most) for name, most in MOST.items() if len(getattr(given, name) or "") > most]
    if given.place_is == "several":
        faults.append(text("import.fault.places"))
    if given.kind and not kind_meant(given.kind):
        faults.append(_wrong(given, "kind", given.kind))
    if given.language and not language_meant(given.language):
        faults.append(_wrong(given, "language", given.language))
    return faults


def faults_of_organisation(given: GivenRow) -> list[str]:
    """Whether the name of a seat is too long for an organisation."""
    is_too_long = len(given.place) > MOST_OF_ORGANISATION
    return [_too_long("organisation", MOST_OF_ORGANISATION)] if is_too_long else []


def _label(column: str) -> str:
    return lower(text(f"import.column.{column}"))


def _wrong(given: GivenRow, column: str, value: str) -> str:
    return text("import.error.line", line=given.line, field=_label(column), value=value)


def _too_long(column: str, most: int) -> str:
    return text("import.fault.long", field=_label(column), count=most)


def _is_address(words: str) -> bool:
    try:
        validate_email(words)
    except ValidationError:
        return False
    return True
