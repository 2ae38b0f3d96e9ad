"""What a row means for the member whom it is about: the details after it, what differs, what to know of it."""

from assessment.actions.member_plan import Change, PlannedRow
from assessment.actions.member_rows import GivenRow, as_words, folded, kind_meant, language_meant
from assessment.models import Member, Seat
from questionnaires.texts import text


def is_called(seat: Seat, given: GivenRow) -> bool:
    """Whether this is the seat that the row names; two seats of one municipality are called the same."""
    is_of = "organisation" if seat.municipality_id is None else "municipality"
    return folded(str(seat)) == folded(given.place) and given.place_is in ("", is_of)


def details_of(given: GivenRow, member: Member | None) -> dict[str, str]:
    """What the verbs of membership take; what the list does not say stays, an address in other capitals too."""
    kind, language = kind_meant(given.kind or ""), language_meant(given.language or "")
    present = member or Member()
    is_same_address = present.email.casefold() == given.email.casefold()
    return {
        "name": given.name,
        "email": present.email if is_same_address else given.email,
        "function": present.function if given.function is None else given.function,
        "kind": kind or present.kind,
        "language": language or present.language,
    }


def changes_of(member: Member, seat: Seat, details: dict[str, str]) -> list[Change]:
    """The details that differ from the present ones, in words."""
    before, after = as_words(member), as_words(Member(seat=seat, **details))
    differing = {name for name in before if before[name] != after[name] and name != "seat"}
    if seat.pk != member.seat_id:
        differing.add("seat")
    return [
        Change(text(f"import.column.{name}"), before[name], after[name])
        for name in before
        if name in differing
    ]


def notes_of(row: PlannedRow, seat: Seat) -> list[str]:
    """What a coach should know before the row is applied."""
    notes = []
    if row.is_other_person and row.member:
        notes.append(text("import.note.other_person", name=row.member.name))
    if row.ends_link:
        notes.append(text(f"import.note.{'link_of_other' if row.is_other_person else 'link'}"))
    if seat.municipality and folded(str(seat)) != folded(row.given.place):
        notes.append(text("import.note.known_as", value=row.given.place, seat=seat))
    if seat.pk is None:
        notes.append(text("import.note.new_seat", seat=seat))
    return notes
