"""From a list to a plan: a row is recognised by its e-mail address, and nothing is stored.

Whatever could mean two things is asked and never guessed: which seat a name means, whether another name at the same
address is another person, whether the same name at another address is the same one. Nothing here reads a draft: what a
change ends in an open round is told from the invitation alone.
"""

from collections.abc import Mapping, Sequence

from django.db.models import F, Q
from django.utils import timezone

from assessment.actions.member_changes import changes_of, details_of, is_called, notes_of
from assessment.actions.member_faults import faults_of, faults_of_organisation
from assessment.actions.member_plan import Option, Plan, PlannedRow, Question, State
from assessment.actions.member_rows import GivenRow, folded
from assessment.actions.membership import ends_link
from assessment.actions.places import Places
from assessment.models import Forum, Invitation, Member, Seat
from questionnaires.texts import text

ORGANISATION, SKIP = "organisation", "skip"
SAME, OTHER = "same", "other"
STATES = list(State)


def plan_members(*, forum: Forum, rows: Sequence[GivenRow], choices: Mapping[str, str]) -> Plan:
    """What these rows would do to the forum; `choices` answers questions by their name.

    Its number of queries does not grow with the rows. Stores nothing.
    """
    return _Planner(forum, rows, choices).plan()


class _Planner:
    """One reading of the forum for all rows of a list."""

    def __init__(self, forum: Forum, rows: Sequence[GivenRow], choices: Mapping[str, str]) -> None:
        self._rows, self._choices = rows, choices
        self._places = Places(forum)
        self._lines: dict[str, list[int]] = {}
        for row in rows:
            self._lines.setdefault(row.email.casefold(), []).append(row.line)
        today = timezone.localdate()
        listed = _not_ended(forum)
        self._by_address = {member.email.casefold(): member for member in listed}
        self._sitting = [member for member in listed if member.active_from <= today]
        open_rounds = [each for each in forum.rounds.open() if each.takes_answers]
        self._has_open_round = bool(open_rounds)
        self._invited = set(
            Invitation.objects.filter(round__in=open_rounds).values_list("member_id", flat=True)
        )
        self._namesakes = self._unlisted_by_name()
        self._questions: dict[str, Question] = {}

    def plan(self) -> Plan:
        rows = sorted((self._planned(row) for row in self._rows), key=_by_state)
        matched = {row.member.pk for row in rows if row.member}
        absent = [each for each in self._sitting if each.pk not in matched and not self._is_listed(each)]
        questions = list(self._questions.values())
        return Plan(rows, questions, absent, len(self._sitting), self._has_open_round)

    def _is_listed(self, member: Member) -> bool:
        return member.email.casefold() in self._lines

    def _unlisted_by_name(self) -> dict[str, Member]:
        """Whoever sits here under a name of its own, at an address that the list does not have."""
        found: dict[str, list[Member]] = {}
        for member in self._sitting:
            found.setdefault(folded(member.name), []).append(member)
        return {
            name: member
            for name, (member, *more) in found.items()
            if not more and not self._is_listed(member)
        }

    def _planned(self, given: GivenRow) -> PlannedRow:
        row = PlannedRow(given, notes=[*faults_of(given), *self._faults_of_address(given)])
        if row.notes:
            return row
        asked = [self._who(row), self._where(row)]
        if row.notes:
            return row
        if any(question and not question.chosen for question in asked):
            row.state = State.QUESTION
        elif row.seat is None:
            row.state = State.SKIPPED
        else:
            self._work_out(row, row.seat)
        return row

    def _faults_of_address(self, given: GivenRow) -> list[str]:
        address = given.email.casefold()
        others = [str(line) for line in self._lines[address] if line != given.line]
        if address and others:
            return [text("import.fault.twice", n=len(others), lines=", ".join(others))]
        known = self._by_address.get(address)
        is_yet_to_begin = known is not None and known.active_from > timezone.localdate()
        return [text("member.duplicate")] if is_yet_to_begin else []

    def _who(self, row: PlannedRow) -> Question | None:
        """Find the member whom the row is about; ask when name and address do not agree."""
        given = row.given
        row.member = self._by_address.get(given.email.casefold())
        if row.member is None:
            return self._who_with_new_address(row)
        if folded(row.member.name) == folded(given.name):
            return None
        question = self._ask(
            f"person-{given.line}",
            given.line,
            text("import.person.question", email=given.email, before=row.member.name, name=given.name),
            [Option(SAME, text("import.person.same")), Option(OTHER, text("import.person.another"))],
        )
        row.is_other_person = question.chosen == OTHER
        return question

    def _who_with_new_address(self, row: PlannedRow) -> Question | None:
        given = row.given
        namesake = self._namesakes.pop(folded(given.name), None)
        if namesake is None:
            return None
        question = self._ask(
            f"address-{given.line}",
            given.line,
            text("import.address.question", name=given.name, before=namesake.email, email=given.email),
            [Option(SAME, text("import.address.same")), Option(OTHER, text("import.address.another"))],
        )
        row.member = None if question.chosen == OTHER else namesake
        return question

    def _where(self, row: PlannedRow) -> Question | None:
        """Find the seat; ask when its name says too little, or leave the fault at the row."""
        given, place = row.given, row.given.place
        if row.member and is_called(row.member.seat, given):
            row.seat = row.member.seat
            return None
        named = self._places.municipalities(place)
        is_for_organisation = given.place_is == ORGANISATION
        is_known = given.place_is != "municipality" and self._places.has_organisation(place)
        if (is_for_organisation or is_known) and (not named or (is_for_organisation and is_known)):
            self._take_organisation(row)
            return None
        if len(named) == 1 and not is_known and not is_for_organisation:
            self._take_municipality(row, named[0].pk)
            return None
        meant = named or self._places.near(place)
        options = [Option(str(each.pk), text("import.seat.municipality", name=each)) for each in meant]
        if given.place_is != "municipality":
            options.append(Option(ORGANISATION, text("import.seat.organisation", name=place)))
        if not options:
            row.notes.append(text("import.error.municipality", line=given.line, value=place))
            return None
        return self._ask_where(row, options)

    def _ask_where(self, row: PlannedRow, options: list[Option]) -> Question:
        """One question for all rows that name the same."""
        given = row.given
        same = [each for each in self._rows if (each.place, each.place_is) == (given.place, given.place_is)]
        question = self._ask(
            f"seat-{same[0].line}",
            given.line,
            text("import.seat.question", value=given.place),
            [*options, Option(SKIP, text("import.seat.skip"))],
        )
        if question.chosen == ORGANISATION:
            self._take_organisation(row)
        elif question.chosen not in ("", SKIP):
            self._take_municipality(row, int(question.chosen))
        return question

    def _take_municipality(self, row: PlannedRow, pk: int) -> None:
        """A forum may have several seats of one municipality: whoever sits on one of them stays there."""
        sits_there = row.member is not None and row.member.seat.municipality_id == pk
        row.seat = row.member.seat if row.member and sits_there else self._places.seat_of_municipality(pk)

    def _take_organisation(self, row: PlannedRow) -> None:
        row.notes += faults_of_organisation(row.given)
        row.seat = self._places.seat_of_organisation(row.given.place)

    def _ask(self, name: str, line: int, words: str, options: list[Option]) -> Question:
        question = self._questions.setdefault(name, Question(name, words, options))
        question.choose(self._choices.get(name, ""))
        question.lines.append(line)
        return question

    def _work_out(self, row: PlannedRow, seat: Seat) -> None:
        member = row.member
        row.details = details_of(row.given, member)
        row.changes = changes_of(member, seat, row.details) if member else []
        is_changed = bool(row.changes) or row.is_other_person
        row.state = State.NEW if member is None else State.CHANGED if is_changed else State.SAME
        if member is not None and member.pk in self._invited:
            row.ends_link = row.is_other_person or ends_link(member, email=row.details["email"], seat=seat)
        row.notes = notes_of(row, seat)


def _not_ended(forum: Forum) -> list[Member]:
    """Whoever sits or will; of two with one address the one who stays comes last."""
    today = timezone.localdate()
    listed = forum.members.filter(Q(active_until__isnull=True) | Q(active_until__gte=today))
    return list(
        listed.select_related("seat__municipality").order_by(F("active_until").asc(nulls_last=True), "pk")
    )


def _by_state(row: PlannedRow) -> tuple[int, int]:
    return STATES.index(row.state), row.given.line
