"""Whether every value may stand where it stands: pydantic's errors as faults with a stable reason."""

import json
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from questionnaires.content import ITEM_CODE, SLUG, SNAKE_CODE, VERSION, Content
from questionnaires.faults import Fault
from questionnaires.reading import Plain
from questionnaires.wording import LANGUAGES, NOT_BLANK

EXAMPLES = {
    ITEM_CODE: "VIS1",
    SNAKE_CODE: "other_local_members",
    SLUG: "burgemeestersforum",
    VERSION: "1.0.0",
}

Explained = tuple[str, dict[str, Any]]


def shaped(plain: Plain) -> tuple[Content | None, list[Fault]]:
    """The typed content and no faults, or None and everything that has not the shape of a questionnaire."""
    try:
        return Content.model_validate_json(json.dumps(plain.values)), []
    except ValidationError as error:
        return None, [
            _fault(plain, detail) for detail in error.errors(include_url=False, include_input=False)
        ]


def _fault(plain: Plain, detail: ErrorDetails) -> Fault:
    reason, values = EXPLANATIONS[detail["type"]](detail)
    return plain.fault(detail["loc"], reason, **values)


def _reason(reason: str) -> Callable[[ErrorDetails], Explained]:
    return lambda detail: (reason, {})


def _limit(reason: str, name: str) -> Callable[[ErrorDetails], Explained]:
    """A reason with the limit that pydantic tells under `name`."""
    return lambda detail: (reason, {"limit": detail["ctx"][name]})


def _missing(detail: ErrorDetails) -> Explained:
    if detail["loc"][-1] in LANGUAGES:
        return "missing_language", {"language": detail["loc"][-1]}
    return "missing_key", {}


def _pattern(detail: ErrorDetails) -> Explained:
    pattern = detail["ctx"]["pattern"]
    return ("empty_text", {}) if pattern == NOT_BLANK else ("wrong_form", {"example": EXAMPLES[pattern]})


def _choice(detail: ErrorDetails) -> Explained:
    return "not_allowed", {"expected": detail["ctx"]["expected"].replace(" or ", ", ")}


EXPLANATIONS: dict[str, Callable[[ErrorDetails], Explained]] = {
    "missing": _missing,
    "extra_forbidden": _reason("unknown_key"),
    "string_type": _reason("text_expected"),
    "string_pattern_mismatch": _pattern,
    "string_too_long": _limit("text_too_long", "max_length"),
    "int_type": _reason("whole_number_expected"),
    "int_from_float": _reason("whole_number_expected"),
    "float_type": _reason("number_expected"),
    "bool_type": _reason("true_or_false_expected"),
    "tuple_type": _reason("list_expected"),
    "model_type": _reason("mapping_expected"),
    "literal_error": _choice,
    "greater_than_equal": _limit("number_too_low", "ge"),
    "less_than_equal": _limit("number_too_high", "le"),
    "too_short": _limit("too_few_entries", "min_length"),
    "too_long": _limit("too_many_entries", "max_length"),
}
