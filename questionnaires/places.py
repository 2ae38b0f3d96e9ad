"""Finding things in plain values that may have any shape. A place is written as a pattern, such as
`dimensions[].rubric` for the rubric of every dimension; what has another shape is passed over."""

from typing import Any

from questionnaires.faults import Path

Found = tuple[Path, Any]


def find(value: Any, pattern: str) -> list[Found]:
    """Every place that matches the pattern, with its value; `[]` stands for each entry of a list."""
    found: list[Found] = [((), value)]
    for step in pattern.replace("[]", ".[]").removeprefix(".").split("."):
        found = [deeper for path, inner in found for deeper in _children(path, inner, step)]
    return found


def texts(value: Any, pattern: str) -> list[tuple[Path, str]]:
    return [(path, found) for path, found in find(value, pattern) if isinstance(found, str)]


def whole_numbers(value: Any, pattern: str) -> list[tuple[Path, int]]:
    return [(path, found) for path, found in numbers(value, pattern) if isinstance(found, int)]


def numbers(value: Any, pattern: str) -> list[tuple[Path, float]]:
    """Without true and false, which Python takes for 1 and 0."""
    return [
        (path, found)
        for path, found in find(value, pattern)
        if isinstance(found, int | float) and not isinstance(found, bool)
    ]


def lists(value: Any, pattern: str) -> list[tuple[Path, list[Any]]]:
    return [(path, found) for path, found in find(value, pattern) if isinstance(found, list)]


def _children(path: Path, value: Any, step: str) -> list[Found]:
    if step == "[]":
        return [((*path, place), each) for place, each in enumerate(value)] if isinstance(value, list) else []
    return [((*path, step), value[step])] if isinstance(value, dict) and step in value else []
