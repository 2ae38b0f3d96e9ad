"""An attacker with everything that is told of a round, and with answers of their own.

What the solver finds is not believed: each other set of answers goes through the real scoring, and counts only if every
word and number that is told comes out the same. So "these answers are possible" rests on nothing in `evidence`.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any

from ortools.sat.python import cp_model

from assessment.scoring.change import compare_rounds
from assessment.scoring.individual import individual_result
from assessment.scoring.result import forum_result
from tests.assessment.scoring.notation import CODES, PARAMETERS, answers_frame
from tests.attack.answers import VALUES, Answers, Place, Response, World, marks_of, solve, with_marks
from tests.attack.evidence import Evidence
from tests.attack.told import Shows, told, told_of_change

TRIES = 30
EXCHANGES = 8
CHANGES = (
    2,
    4,
    8,
    None,
)  # worlds near the truth are found first: they fit what the solver leaves out most often


class Unresolved(Exception):
    """Neither another answer was found nor a proof that there is none."""


class Attacker:
    """`known` are the responses whose answers the attacker has: none, the own one, or also those of allies.

    With `before`, the responses of an earlier round, the attacker also reads what changed since then, and knows every
    answer of then.
    """

    def __init__(
        self,
        responses: Sequence[Response],
        members: int | None,
        *,
        known: Collection[str],
        shows: Shows,
        before: Sequence[Response] = (),
    ) -> None:
        self.responses, self.members, self.known, self.shows = list(responses), members, set(known), shows
        self.by_name = {one["response"]: one for one in self.responses}
        self._before = forum_result(answers_frame(before), members, PARAMETERS) if before else None
        self._sizes = Counter(one["delegation"] for one in self.responses)
        self._answers: dict[tuple[str, bool], Answers] = {}
        self._worlds: dict[str, list[World]] = defaultdict(list)

    @cached_property
    def seen(self) -> tuple[Any, ...]:
        return self._see(self.responses)

    def _see(self, responses: Sequence[Response]) -> tuple[Any, ...]:
        """What is told of these answers, and the attacker's own pages."""
        result = forum_result(answers_frame(responses), self.members, PARAMETERS)
        mine = [one for one in responses if one["response"] in self.known]
        pages = [individual_result(answers_frame([one]), result, PARAMETERS) for one in mine]
        if self._before is None:
            return told(result, self.shows), pages
        return (
            told(result, self.shows),
            pages,
            told_of_change(compare_rounds(self._before, result, PARAMETERS)),
        )

    def answers(self, code: str, *, with_agreement: bool = False) -> Answers:
        """The answers to a dimension, held by what is told; words on agreement cost most and come last."""
        key = code, with_agreement
        if key not in self._answers:
            answers = Answers(cp_model.CpModel(), self.responses, code, self.known)
            seen, pages, *_ = self.seen
            evidence = Evidence(answers, seen, self.members, with_agreement=with_agreement)
            for name, page in zip([each for each in self.by_name if each in self.known], pages, strict=True):
                evidence.position(name, page["dimensions"][code]["position"])
            self._answers[key] = answers
        return self._answers[key]

    def possibilities(self, code: str, place: Place) -> set[int]:
        """Two answers that may stand here, or more; one where that is proven. Unresolved when it cannot be told.

        What somebody alike may have answered, this one may have answered too (see `alike`), so it is asked of all of
        them at once.
        """
        places = [(name, place[1]) for name in self.alike(place[0])]
        if len(found := self._found(code, places)) > 1:
            return found
        if exchanged := self._exchange(code, place):
            self._worlds[code].append(exchanged)
        for with_agreement in (False, True):
            answers = self.answers(code, with_agreement=with_agreement)
            found = self._found(code, places)
            if len(found) > 1:
                return found
            wanted = [(each, value) for each in places for value in VALUES if value not in found]
            world, is_proof = self._other_world(code, answers, wanted)
            if world:
                self._worlds[code].append(world)
                return found | {world[each] for each in places}
            if is_proof:
                return found
        raise Unresolved(code, place)

    def _found(self, code: str, places: Sequence[Place]) -> set[int]:
        """The answers that stand in these places in the worlds that fit, so far."""
        worlds = [self.answers(code).truth, *self._worlds[code]]
        return {world[each] for world in worlds for each in places}

    def _exchange(self, code: str, place: Place) -> World | None:
        """A world in which two people gave each other's answer to this one question, if it fits.

        Statements are told as before then, so it often does; trying it costs less than asking the solver.
        """
        truth = self.answers(code).truth
        others = [
            other
            for other in truth
            if other[1] == place[1] and other[0] not in self.known and truth[other] != truth[place]
        ]
        for other in sorted(others, key=lambda other: abs(truth[other] - truth[place]))[:EXCHANGES]:
            world = {**truth, place: truth[other], other: truth[place]}
            if self._fits(code, world):
                return world
        return None

    def _other_world(
        self, code: str, answers: Answers, wanted: Sequence[tuple[Place, int]]
    ) -> tuple[World | None, bool]:
        """A world with one of these answers that fits all that is told; else whether it is proven that none does."""
        refuted: list[World] = []
        for most_changes in CHANGES:
            while (world := solve(answers, wanted, refuted, most_changes)) is not None:
                if self._fits(code, world):
                    return world, False
                refuted.append(world)
                if len(refuted) == TRIES:
                    return None, False
        return None, not refuted

    def _fits(self, code: str, world: World) -> bool:
        return self._see([self._in_world(one, code, world) for one in self.responses]) == self.seen

    def _in_world(self, one: Response, code: str, world: World) -> Response:
        marks = enumerate(marks_of(one, code))
        return with_marks(
            one, code, "".join(str(world.get((one["response"], column), mark)) for column, mark in marks)
        )

    def alike(self, name: str) -> list[str]:
        """Who can change places with somebody without any output changing, whatever is computed.

        They have the same gaps and the same group, and sit for the same municipality or each alone for theirs.
        """
        one = self.by_name[name]
        return [
            other
            for other, their in self.by_name.items()
            if other not in self.known and shape(their) == shape(one) and self._change_places(one, their)
        ]

    def _change_places(self, one: Response, other: Response) -> bool:
        own, their = one["delegation"], other["delegation"]
        return own == their or (bool(own) and bool(their) and self._sizes[own] == self._sizes[their] == 1)


def shape(one: Response) -> tuple[Any, ...]:
    """What may be known of somebody beforehand: the group, and which questions were left out, and how."""
    marks = ["".join("." if mark.isdigit() else mark for mark in marks_of(one, code)) for code in CODES]
    return one["group"], marks


def pinned(
    attacker: Attacker, codes: Sequence[str] = CODES, columns: Collection[int] = range(6)
) -> dict[tuple[str, str, int], int]:
    """Every answer of somebody else of which one possibility is left: {(response, dimension, column): answer}."""
    return {
        (place[0], code, place[1]): attacker.answers(code).truth[place]
        for code in codes
        for place in attacker.answers(code).unknown
        if place[1] in columns and len(attacker.possibilities(code, place)) == 1
    }
