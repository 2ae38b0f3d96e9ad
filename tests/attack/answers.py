"""The answers to one dimension as variables of a solver: what an attacker has to find out.

A place is (response, column): columns 0 to 3 are the statements, then importance and change. Who answered, for which
municipality, and what each of them left out is taken as known; who does not know it can rule out less.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import lcm
from typing import Any

from ortools.sat.python import cp_model

from tests.assessment.scoring.notation import CODES

VALUES = range(1, 6)
STATEMENTS, IMPORTANCE, CHANGE = range(4), 4, 5
COUNTING = ("mayors", "other_local_members")

Response = Mapping[str, Any]
Place = tuple[str, int]
World = dict[Place, int]


def marks_of(one: Response, code: str) -> str:
    """The marks of one response in a dimension, by column; "-" where nothing was given or asked."""
    place = CODES.index(code)
    single = "".join(one.get(kind, "-" * 8)[place] for kind in ("importance", "change"))
    return one["statements"].get(code, "----") + single


def with_marks(one: Response, code: str, marks: str) -> Response:
    """The same response with other marks in a dimension; what was not asked stays so."""
    place, parts = CODES.index(code), {}
    for column, kind in ((IMPORTANCE, "importance"), (CHANGE, "change")):
        if kind in one:
            parts[kind] = one[kind][:place] + marks[column] + one[kind][place + 1 :]
    if code in one["statements"]:
        parts["statements"] = {**one["statements"], code: marks[:4]}
    return {**one, **parts}


class Answers:
    """`known` are the responses whose answers the attacker has."""

    def __init__(
        self, model: cp_model.CpModel, responses: Iterable[Response], code: str, known: Collection[str]
    ) -> None:
        self.model, self.code, self.known = model, code, known
        self.people = [one for one in responses if one["group"] in COUNTING]
        self.truth: World = {
            (one["response"], column): int(mark)
            for one in self.people
            for column, mark in enumerate(marks_of(one, code))
            if mark.isdigit()
        }
        self.picks = {place: self._pick(place) for place in self.truth}
        self.value = {
            place: sum(k * pick for k, pick in picks.items()) for place, picks in self.picks.items()
        }

    def _pick(self, place: Place) -> dict[int, Any]:
        """One flag for each answer; where the attacker knows it, 0 and 1."""
        if place[0] in self.known:
            return {k: int(k == self.truth[place]) for k in VALUES}
        flags = {k: self.model.new_bool_var("") for k in VALUES}
        self.model.add_exactly_one(flags.values())
        return flags

    def without(self, names: Collection[str]) -> "Answers":
        """The same variables, but for some who are not there."""
        fewer = object.__new__(Answers)
        fewer.model, fewer.code, fewer.known = self.model, self.code, self.known
        fewer.people = [one for one in self.people if one["response"] not in names]
        for part in ("truth", "picks", "value"):
            setattr(fewer, part, {p: kept for p, kept in getattr(self, part).items() if p[0] not in names})
        return fewer

    @property
    def unknown(self) -> list[Place]:
        return [place for place in self.truth if place[0] not in self.known]

    def scored(self) -> list[Response]:
        """Who answered enough statements for a score (rule 3.1)."""
        return [one for one in self.people if len(self._columns(one["response"])) >= 3]

    def _columns(self, name: str) -> list[int]:
        return [column for column in STATEMENTS if (name, column) in self.truth]

    def n_delegations(self, column: int) -> int:
        return len(delegations(one for one in self.people if (one["response"], column) in self.truth))

    def score(self, name: str, unit: int) -> Any:
        """The response score, from 0 to 4 · unit."""
        columns = self._columns(name)
        return sum(unit // len(columns) * (self.value[name, column] - 1) for column in columns)

    def shares(self, column: int) -> tuple[list[Any], int]:
        """The weighted share of each answer as whole numbers, and what they add up to (rule 7.1)."""
        own = delegations(one for one in self.people if (one["response"], column) in self.truth)
        unit = lcm(*map(len, own))
        weights = {name: unit // len(names) for names in own for name in names}
        shares = [
            sum(weight * self.picks[name, column][k] for name, weight in weights.items()) for k in VALUES
        ]
        return shares, unit * len(own)


def delegations(people: Iterable[Response]) -> list[list[str]]:
    """Names by municipality."""
    found = defaultdict(list)
    for one in people:
        found[one["delegation"]].append(one["response"])
    return list(found.values())


def solve(
    answers: Answers,
    wanted: Sequence[tuple[Place, int]],
    refuted: Iterable[World] = (),
    most_changes: int | None = None,
) -> World | None:
    """Answers that fit the model, with one of the wanted ones, in none of the refuted worlds; None if there are none.

    They differ from the truth in so many places at most. The limit counts work, not time, so that the same question
    has the same answer on every machine; TimeoutError beyond it.
    """
    asked = answers.model.clone()
    asked.add_bool_or(answers.picks[place][value] for place, value in wanted)
    for world in refuted:
        asked.add_bool_or(~answers.picks[place][world[place]] for place in answers.unknown)
    if most_changes is not None:
        kept = sum(answers.picks[place][answers.truth[place]] for place in answers.unknown)
        asked.add(kept >= len(answers.unknown) - most_changes)
    solver = cp_model.CpSolver()
    solver.parameters.max_deterministic_time = 20
    solver.parameters.num_workers = 1
    status = solver.solve(asked)
    if status == cp_model.INFEASIBLE:
        return None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise TimeoutError(solver.status_name(status))
    return {
        place: next(k for k, pick in picks.items() if solver.value(pick))
        for place, picks in answers.picks.items()
    }
