"""Whether the parts of a questionnaire fit together: codes, references, counts and levels.

Every check looks at the plain values and passes over what has not the right shape, which is told elsewhere, so that
one misspelt key does not hide a level that is missing.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, get_args

from questionnaires import content, parameters
from questionnaires.faults import Path
from questionnaires.places import Found, find, lists, numbers, texts, whole_numbers
from questionnaires.wording import LANGUAGES

# Words that the way through the questionnaire uses as steps and acts, so no dimension can be called so.
RESERVED_STEPS = frozenset(
    [
        *("rol", "verandering", "eigen-woorden", "nakijken", "ingediend", "intrekken", "niet-deelnemen"),
        *("nieuwe-link", "later", "bewaren", "antwoorden"),
    ]
)
LEVELS = (1, 2, 3, 4, 5)
ANSWERS = (1, 2, 3, 4, 5)
TOP_SCORE = 100

Misfit = tuple[Path, str, dict[str, Any]]


def codes_of(model: type[content.Node]) -> tuple[Any, ...]:
    """The codes that the software knows for this kind of entry."""
    return get_args(model.model_fields["code"].annotation)


# A list, the key that names its entries (None: the entry itself), and what it must hold: exactly these, or anything.
LISTS: tuple[tuple[str, str | None, tuple[Any, ...] | None], ...] = (
    ("instrument.languages", None, LANGUAGES),
    ("rounds", "code", codes_of(content.RoundKind)),
    ("answer_scales.agreement.options", "value", ANSWERS),
    ("answer_scales.importance.options", "value", ANSWERS),
    ("answer_scales.change.options", "value", ANSWERS),
    ("roles", "code", None),
    ("report_groups", "code", None),
    ("levels", "level", LEVELS),
    ("dimensions[].applies_to_roles", None, None),
    ("dimensions[].sources", None, None),
    ("dimensions[].rubric", "level", LEVELS),
    ("dimensions[].next_steps", "level", LEVELS),
    ("open_questions[].rounds", None, None),
    ("target_levels.statuses", "code", codes_of(content.TargetStatus)),
    ("scoring.agreement.annex", None, None),
    ("scoring.agreement.labels", "code", codes_of(parameters.AgreementLabel)),
    ("scoring.agreement.labels_similarity", "code", codes_of(parameters.SimilarityLabel)),
    ("scoring.change.verdicts", "code", codes_of(parameters.VerdictLabel)),
    ("scoring.change.reasons", "code", codes_of(parameters.ChangeReason)),
    ("scoring.change.signals", "code", codes_of(parameters.ChangeSignal)),
    ("scoring.role_difference.verdicts", "code", codes_of(parameters.RoleVerdict)),
    ("scoring.individual_report.positions", "code", codes_of(parameters.Position)),
    ("scoring.priority.enabling_dimensions", None, None),
    ("scoring.priority.quadrants", "code", codes_of(parameters.Quadrant)),
    ("scoring.reliability.coefficients", None, None),
    ("privacy.never_publish", None, get_args(parameters.NeverPublished)),
    ("sources", "id", None),
)
NUMBERED = ("rounds", "roles", "dimensions", "group_session.steps")  # `order` is the place in the list
RISING = (
    ("answer_scales.agreement.options", "value"),
    ("answer_scales.importance.options", "value"),
    ("answer_scales.change.options", "value"),
    ("levels", "level"),
    ("dimensions[].rubric", "level"),
    ("dimensions[].next_steps", "level"),
)
ITEMS = ("dimensions[].code", "dimensions[].statements[].code", "open_questions[].code")
REFERENCES = (
    ("roles[].report_group", "report_groups[].code"),
    ("dimensions[].applies_to_roles[]", "roles[].code"),
    ("dimensions[].sources[]", "sources[].id"),
    ("open_questions[].rounds[]", "rounds[].code"),
    ("scoring.priority.enabling_dimensions[]", "dimensions[].code"),
)
# A number and the number that it may not exceed.
AT_MOST = (
    ("instrument.estimated_minutes", "instrument.max_minutes"),
    ("scoring.min_answered_per_dimension", "scoring.items_per_dimension"),
    ("privacy.k_item_distribution", "privacy.k_item_distribution_five_categories"),
)
AT_MOST_DIMENSIONS = (
    "scoring.total_score.min_valid_dimensions_per_unit",
    "scoring.priority.n_priorities",
)


def misfits(document: dict[str, Any]) -> Iterator[Misfit]:
    """Everything that does not fit: where, the reason, and the values that explain it."""
    for check in CHECKS:
        yield from check(document)


def _lists(document: Any) -> Iterator[Misfit]:
    """Nothing stands twice in a list, and what the software counts on stands in it."""
    for pattern, key, expected in LISTS:
        for place, entries in lists(document, pattern):
            pattern_within = "[]" if key is None else f"[].{key}"
            found = texts(entries, pattern_within) + whole_numbers(entries, pattern_within)
            yield from _doubles([((*place, *path), code) for path, code in found])
            present = {code for _, code in found}
            for code in expected or ():
                if code not in present:
                    yield place, "missing_entry", {"code": code}


def _doubles(named: list[Found]) -> Iterator[Misfit]:
    seen = set()
    for path, code in named:
        if code in seen:
            yield path, "double_code", {"code": code}
        seen.add(code)


def _order(document: Any) -> Iterator[Misfit]:
    for pattern in NUMBERED:
        for path, order in whole_numbers(document, f"{pattern}[].order"):
            if order != path[-2] + 1:
                yield path, "wrong_value", {"expected": path[-2] + 1}
    for pattern, key in RISING:
        for place, entries in lists(document, pattern):
            for (_, before), (path, number) in pairwise(whole_numbers(entries, f"[].{key}")):
                if number < before:
                    yield (*place, *path), "wrong_order", {}


def _items(document: Any) -> Iterator[Misfit]:
    """Dimensions, statements and open questions share one space of codes; a dimension's code is a step too."""
    yield from _doubles([found for pattern in ITEMS for found in texts(document, pattern)])
    for path, code in texts(document, "dimensions[].code"):
        if code.lower() in RESERVED_STEPS:
            yield path, "reserved_code", {"code": code.lower()}


def _references(document: Any) -> Iterator[Misfit]:
    for pattern, targets in REFERENCES:
        known = [code for _, code in texts(document, targets)]
        for path, code in texts(document, pattern):
            if code not in known:
                yield path, "unknown_reference", {"code": code, "known": ", ".join(known)}


def _counts(document: Any) -> Iterator[Misfit]:
    """As many statements as the document says, in all and a dimension."""
    statements = [(path, len(entries)) for path, entries in lists(document, "dimensions[].statements")]
    total = sum(count for _, count in statements)
    for path, told in whole_numbers(document, "instrument.n_statements"):
        if told != total:
            yield path, "wrong_value", {"expected": total}
    for _, expected in whole_numbers(document, "scoring.items_per_dimension"):
        for path, found in statements:
            if found != expected:
                yield path, "wrong_count", {"expected": expected, "found": found}


def _limits(document: Any) -> Iterator[Misfit]:
    dimensions: list[float] = [len(entries) for _, entries in lists(document, "dimensions")]
    limits = [(pattern, [number for _, number in numbers(document, bound)]) for pattern, bound in AT_MOST]
    limits += [(pattern, dimensions) for pattern in AT_MOST_DIMENSIONS]
    for pattern, bounds in limits:
        for path, number in numbers(document, pattern):
            for limit in bounds:
                if number > limit:
                    yield path, "number_too_high", {"limit": limit}


def _version(document: Any) -> Iterator[Misfit]:
    """`number` is the major part of the version."""
    for _, version in texts(document, "instrument.version"):
        major = version.partition(".")[0]
        for path, number in whole_numbers(document, "instrument.number"):
            if re.fullmatch(content.VERSION, version) and str(number) != major:
                yield path, "wrong_value", {"expected": major}


def _missing_options(document: Any) -> Iterator[Misfit]:
    """ "I don't know" has the same code on every scale."""
    for _, expected in texts(document, "answer_scales.agreement.missing_option.code"):
        for scale in ("importance", "change"):
            for path, code in texts(document, f"answer_scales.{scale}.missing_option.code"):
                if code != expected:
                    yield path, "wrong_value", {"expected": expected}


def _levels(document: Any) -> Iterator[Misfit]:
    """The levels cover 0 to 100 without a gap or an overlap, so that each can be reached."""
    lows = dict(whole_numbers(document, "levels[].min_score"))
    highs = dict(whole_numbers(document, "levels[].max_score"))
    for place in range(max((len(entries) for _, entries in lists(document, "levels")), default=0)):
        low, high = ("levels", place, "min_score"), ("levels", place, "max_score")
        previous = highs.get(("levels", place - 1, "max_score")) if place else -1
        if low in lows and previous is not None and lows[low] != previous + 1:
            yield low, "levels_do_not_join", {"expected": previous + 1}
        if low in lows and high in highs and highs[high] < lows[low]:
            yield high, "unreachable_level", {"limit": lows[low]}
    for path, top in list(highs.items())[-1:]:
        if top != TOP_SCORE:
            yield path, "levels_do_not_join", {"expected": TOP_SCORE}


def _cuts(document: Any) -> Iterator[Misfit]:
    """Scoring cuts where a level begins."""
    lows = dict(whole_numbers(document, "levels[].min_score"))
    for path, cut in whole_numbers(document, "scoring.level_cuts[]"):
        begin = lows.get(("levels", path[-1] + 1, "min_score"), cut)
        if cut != begin:
            yield path, "wrong_value", {"expected": begin}


def _agreement_labels(document: Any) -> Iterator[Misfit]:
    """From the highest bound to the lowest, which is 0, so that every value has a word."""
    bounds = numbers(document, "scoring.agreement.labels[].min")
    for (_, before), (path, bound) in pairwise(bounds):
        if bound >= before:
            yield path, "wrong_order", {}
    for path, bound in bounds[-1:]:
        if bound != 0:
            yield path, "wrong_value", {"expected": 0}


def _roles(document: Any) -> Iterator[Misfit]:
    """Who counts has a municipality, a group counts as a whole, and only who has a municipality is asked of it."""
    roles = [(path, role) for path, role in find(document, "roles[]") if isinstance(role, dict)]
    counting: dict[str, Any] = {}
    for path, role in roles:
        counts = role.get("counts_in_forum_score")
        if counts is True and role.get("needs_municipality") is False:
            yield (*path, "counts_in_forum_score"), "counts_without_municipality", {}
        for place, group in texts(role, "report_group"):
            if counting.setdefault(group, counts) is not counts:
                yield (*path, *place), "group_half_counting", {"code": group}
    without = [role.get("code") for _, role in roles if role.get("needs_municipality") is False]
    for path, _ in find(document, "dimensions[].referent"):
        dimension = document["dimensions"][path[1]]
        if dimension["referent"] != "own_municipality":
            continue
        for place, code in texts(dimension, "applies_to_roles[]"):
            if code in without:
                yield (*path[:2], *place), "role_without_municipality", {"code": code}


CHECKS = (
    *(_lists, _order, _items, _references, _counts, _limits, _version, _missing_options),
    *(_levels, _cuts, _agreement_labels, _roles),
)
