"""Every lock of a row leaves its key free (docs/decisions/0003-locks.md)."""

import ast
from pathlib import Path

from django.conf import settings

ROOMS = ("assessment", "questionnaires", "reports", "config")


def locks_in(path: Path) -> list[ast.Call]:
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return [each for each in calls if getattr(each.func, "attr", "") == "select_for_update"]


def leaves_key_free(lock: ast.Call) -> bool:
    return any(
        word.arg == "no_key" and isinstance(word.value, ast.Constant) and word.value.value is True
        for word in lock.keywords
    )


def test_no_lock_stands_in_the_way_of_a_reference():
    paths = [path for room in ROOMS for path in Path(settings.BASE_DIR, room).rglob("*.py")]
    locks = [(path.name, lock) for path in paths for lock in locks_in(path)]

    assert len(locks) > 10
    assert [(name, lock.lineno) for name, lock in locks if not leaves_key_free(lock)] == []
