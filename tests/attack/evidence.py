"""Everything that is told of a dimension, as constraints on the answers behind it.

Scores are counted in whole steps, so that sums are exact: a word or a rounded number leaves exactly the sums and
spreads that give it. Left to the check in `attacker`: the total, the priorities, the flag on straight-lining, the
verdict on groups, and what agreement tells where there are too many distributions to tabulate.
Leaving something out makes this attacker weaker, so a proof that one answer is left is a proof.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, comb, floor, lcm
from typing import Any

from tests.attack.answers import CHANGE, IMPORTANCE, STATEMENTS, VALUES, Answers, delegations
from tests.attack.tables import (
    INDICES,
    MISSING,
    SCALED,
    consensus_table,
    indices_table,
    label_bounds,
    spreads_for,
    sums_for,
)

MOST_ROWS = 5000
Entry = Mapping[str, Any]


class Evidence:
    """Adds to the model of `answers` what is told of their dimension; `members` is N.

    Without agreement its words are left out, which makes a much smaller model of a slightly weaker attacker.
    """

    def __init__(
        self, answers: Answers, told: Entry, members: int | None, *, with_agreement: bool = True
    ) -> None:
        self.with_agreement = with_agreement
        self.answers, self.model, self.members = answers, answers.model, members
        self.sums: dict[int, Any] = {}
        self.places = 1
        entry = told["dimensions"][answers.code]
        if entry["published"]:
            self._score(entry)
            self._agreement(entry)
            self._groups(entry)
            self._annex(entry["annex"])
            if not told["flags"]["weighting_sensitive"]:
                self._weighting()
        for column, kind in ((IMPORTANCE, "importance"), (CHANGE, "experienced_change")):
            if entry[kind]:
                self._single(column, entry[kind][0])
        for column in STATEMENTS:
            self._statement(column, told["items"].get(f"{answers.code}{column + 1}", {}))

    def _score(self, entry: Entry) -> None:
        """Score, level, margin and both ends of the interval: for each possible sum the possible spreads."""
        groups = delegations(self.answers.scored())
        n, unit = len(groups), lcm(*(12 * len(own) for own in groups))
        scores = [
            self._variable(4 * unit, sum(self.answers.score(name, unit) for name in own), len(own))
            for own in groups
        ]
        squares = [self._square(score, 4 * unit) for score in scores]
        self.total, self.n, self.unit, self.places = sum(scores), n, unit, n * unit
        for total in sums_for(entry["display"], n * unit):
            spread = spreads_for(entry, total, n, unit, self.members)
            if spread:
                flag = self.sums[total] = self.model.new_bool_var("")
                self.model.add(self.total == total).only_enforce_if(flag)
                self.model.add(n * sum(squares) >= spread[0] + total**2).only_enforce_if(flag)
                self.model.add(n * sum(squares) <= spread[1] + total**2).only_enforce_if(flag)
        self.model.add_exactly_one(self.sums.values())

    def position(self, name: str, position: str | None, within: int = 15) -> None:
        """The word on the attacker's own page, which compares with the unrounded forum score (rule 16.2)."""
        if position is None:
            return
        own = Fraction(25 * self.answers.score(name, 12), 12)
        for total, flag in self.sums.items():
            distance = own - Fraction(25 * total, self.places)
            word = "similar" if abs(distance) < within else "higher" if distance > 0 else "lower"
            if word != position:
                self.model.add(flag == 0)

    def _agreement(self, entry: Entry) -> None:
        parts = [self._consensus(column) for column in STATEMENTS] if entry["agreement"] else [None]
        if all(part is not None for part in parts):
            lowest, highest = label_bounds(entry["agreement"], entry["n_delegations"])
            self.model.add_linear_constraint(sum(parts), floor(4 * lowest) - 4, ceil(4 * highest) + 4)

    def _consensus(self, column: int) -> Any:
        """Consensus of a statement in millionths, from a table of all distributions; None when that is too large."""
        shares, whole = self.answers.shares(column)
        if not self.with_agreement or comb(whole + 4, 4) > MOST_ROWS:
            return None
        value = self.model.new_int_var(0, SCALED, "")
        counts = [self._variable(whole, share) for share in shares]
        self.model.add_allowed_assignments([*counts, value], consensus_table(whole))
        return value

    def _single(self, column: int, display: int) -> None:
        """The displayed mean of one question; experienced change runs from -100 to +100."""
        shares, whole = self.answers.shares(column)
        low, step = (-100, 50) if column == CHANGE else (0, 25)
        mean = sum((low + step * place) * share for place, share in enumerate(shares))
        self._displayed(mean, whole, display)

    def _statement(self, column: int, item: Entry) -> None:
        if item.get("display") is not None:
            self._single(column, item["display"])
        if item.get("agreement"):
            value = self._consensus(column)
            if value is not None:
                lowest, highest = label_bounds(item["agreement"], self.answers.n_delegations(column))
                self.model.add_linear_constraint(value, floor(lowest) - 1, ceil(highest) + 1)
        if item.get("two_camps") is not None:
            self._two_camps(column, item["two_camps"])
        if item.get("shares") is not None:
            self._distribution(column, item["shares"])
        elif item.get("two_camps") is not None and item.get("display") is not None:
            self._everybody_disagrees(column)

    def _two_camps(self, column: int, are_told: bool) -> None:
        shares, whole = self.answers.shares(column)
        camps = [self.model.new_bool_var("") for _ in range(2)]
        for flag, part in zip(camps, (shares[0] + shares[1], shares[3] + shares[4]), strict=True):
            self.model.add(10 * part >= 3 * whole).only_enforce_if(flag)
            self.model.add(10 * part < 3 * whole).only_enforce_if(~flag)
        self.model.add(sum(camps) == 2 if are_told else sum(camps) <= 1)

    def _distribution(self, column: int, told: Entry) -> None:
        shares, whole = self.answers.shares(column)
        low = shares[0] + shares[1]
        self.model.add(low < whole)
        classes = [low, shares[2], shares[3] + shares[4]] if told["classes"] == 3 else shares
        for part, percent in zip(classes, told["percent"], strict=True):
            self._displayed(100 * part, whole, percent)

    def _everybody_disagrees(self, column: int) -> None:
        """That is what a missing distribution says where there are answers enough for one (rule 13.6)."""
        shares, whole = self.answers.shares(column)
        self.model.add(shares[0] + shares[1] == whole)

    def _groups(self, entry: Entry) -> None:
        for group, part in (entry["groups"] or {}).items():
            own = [one["response"] for one in self.answers.scored() if one["group"] == group]
            score = sum(self.answers.score(name, 12) for name in own)
            self._displayed(25 * score, 12 * len(own), part["display"])

    def _weighting(self, points: int = 3) -> None:
        """Rule 3.7: equal weight per person moves the score by no more than this."""
        own = self.answers.scored()
        per_person = sum(self.answers.score(one["response"], self.unit) for one in own)
        bound = points * self.places * len(own)
        self.model.add_linear_constraint(25 * (per_person * self.n - self.total * len(own)), -bound, bound)

    def _annex(self, printed: Mapping[str, str | None]) -> None:
        """The three indices with their two decimals, each a mean over the statements, unweighted (rule 7.5)."""
        tables = [self._indices(column) for column in STATEMENTS] if printed else [None]
        if any(values is None for values in tables):
            return
        for place, name in enumerate(INDICES):
            if printed[name] is not None:
                middle, reach = 4 * SCALED * float(printed[name]), 4 * SCALED * 0.005 + 4
                total = sum(values[place] for values in tables)
                self.model.add_linear_constraint(total, floor(middle - reach), ceil(middle + reach))
                for values in tables:
                    self.model.add(values[place] < MISSING)

    def _indices(self, column: int) -> list[Any] | None:
        """The indices of a statement in millionths, from a table of all distributions; None when that is too large."""
        answers = self.answers
        own = [place for place in answers.truth if place[1] == column]
        if comb(len(own) + 4, 4) > MOST_ROWS:
            return None
        counts = [self._variable(len(own), sum(answers.picks[place][k] for place in own)) for k in VALUES]
        values = [self.model.new_int_var(-4 * SCALED, MISSING, "") for _ in INDICES]
        self.model.add_allowed_assignments([*counts, *values], indices_table(len(own)))
        return values

    def _displayed(self, expression: Any, divisor: int, display: int) -> None:
        """half_up(expression / divisor) == display."""
        self.model.add(2 * expression >= (2 * display - 1) * divisor)
        self.model.add(2 * expression < (2 * display + 1) * divisor)

    def _variable(self, most: int, expression: Any, times: int = 1) -> Any:
        """A variable from 0 to most of which `times` as much is the expression."""
        variable = self.model.new_int_var(0, most, "")
        self.model.add(times * variable == expression)
        return variable

    def _square(self, variable: Any, most: int) -> Any:
        square = self.model.new_int_var(0, most * most, "")
        self.model.add_multiplication_equality(square, [variable, variable])
        return square
