"""Imports run one way, and every library that we may want to replace stands behind its fence."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("questionnaires", "assessment", "reports", "config")

# What a part may import of ours; the longest name that fits a module is its part.
MAY_IMPORT = {
    "questionnaires": ("questionnaires",),
    "assessment": ("questionnaires", "assessment"),
    "assessment.models": ("questionnaires", "assessment.models"),
    "assessment.queries": (
        "questionnaires",
        "assessment.models",
        "assessment.scoring",
        "assessment.queries",
    ),
    "assessment.recomputing": (
        "questionnaires",
        "assessment.models",
        "assessment.queries",
        "assessment.scoring",
        "assessment.recomputing",
    ),
    "assessment.access": ("questionnaires", "assessment.models", "assessment.access"),
    "assessment.prepared": ("assessment.prepared",),
    "assessment.scoring": ("assessment.scoring",),
    "assessment.actions": (
        "questionnaires",
        "assessment.models",
        "assessment.queries",
        "assessment.access",
        "assessment.scoring",
        "assessment.actions",
        "assessment.prepared",
        "assessment.tasks",
        "assessment.mail",
    ),
    "assessment.filling": (
        "questionnaires",
        "assessment.models",
        "assessment.queries",
        "assessment.access",
        "assessment.actions",
        "assessment.prepared",
        "assessment.mail",  # the receipt is mailed within the request, neither queued nor logged
        "assessment.filling",
    ),
    "assessment.coaching": (
        "questionnaires",
        "assessment.models",
        "assessment.queries",
        "assessment.access",
        "assessment.mail",
        "assessment.actions",
        "assessment.coaching",
    ),
    "assessment.calendar": (
        "questionnaires",
        "assessment.models",
        "assessment.access",
        "assessment.filling.links",  # what every secret link begins with: counting those that fail
        "assessment.calendar",
    ),
    "reports": ("questionnaires", "assessment", "reports"),
    "reports.report": (
        "reports.report",
        "reports.statements",
        "reports.importance",
        "reports.change",
    ),
    "reports.statements": ("reports.statements",),
    "reports.importance": ("reports.importance",),
    "reports.change": ("reports.change",),
    "reports.memo": ("reports.memo",),
    "reports.charts": ("questionnaires", "reports"),
    "reports.pdf": ("questionnaires", "reports"),
    "config": ROOMS,
}

# The only modules that may import a library.
FENCES = {
    "formtools": ("assessment.filling.wizard", "assessment.filling.storage"),
    "pandas": ("assessment.queries", "assessment.scoring", "assessment.actions.importing"),
    "scipy": ("assessment.queries", "assessment.scoring"),
    "numpy": ("assessment.queries", "assessment.scoring"),
    "reportlab": ("reports.charts", "reports.pdf"),
    "icalendar": ("assessment.calendar.feed",),
    "docx": ("reports.exports.memo_docx",),
}

# What a part may not know.
STRANGERS = {
    "questionnaires": ("django.http", "django.shortcuts", "django.views", "reportlab"),
    "assessment.models": ("django.forms", "django.http", "pandas"),
    "assessment.actions": ("django.forms", "django.http", "django.shortcuts", "django.template"),
    "assessment.scoring": ("django",),
    "reports.report": ("django", "pandas", "reportlab"),
    "reports.statements": ("django", "pandas", "reportlab"),
    "reports.importance": ("django", "pandas", "reportlab"),
    "reports.change": ("django", "pandas", "reportlab"),
    "reports.memo": ("django", "pandas", "reportlab"),
    "reports.build": ("reportlab", "django.http"),
    "reports.charts": ("django.db", "pandas"),
    "reports.pdf": ("django.db", "pandas"),
    "reports.exports": ("django.db", "django.http", "pandas", "reportlab"),
}


def _is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def _modules() -> Iterator[tuple[str, Path]]:
    """Every module of the rooms, by its dotted name. Migrations and registrations are Django's own way in."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            if ".migrations" not in name:
                yield name, path


def _imported(path: Path) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it: at the top and inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import on line {node.lineno}"
            yield from (_longest(f"{node.module}.{alias.name}") for alias in node.names)


def _longest(name: str) -> str:
    """The part of a dotted name that is a module of ours; a name from elsewhere stays as it is."""
    candidate = name
    while "." in candidate:
        path = ROOT / Path(*candidate.split("."))
        if path.with_suffix(".py").exists() or path.is_dir():
            return candidate
        candidate = candidate.rpartition(".")[0]
    return name


IMPORTS = [(module, imported) for module, path in _modules() for imported in _imported(path)]


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_part_imports_only_what_lies_below_it(part):
    def is_part_of(module: str) -> bool:
        return part == max((each for each in MAY_IMPORT if _is_in(module, each)), key=len)

    ours = [(module, name) for module, name in IMPORTS if is_part_of(module) and name.split(".")[0] in ROOMS]
    upward = [
        f"{module} -> {name}"
        for module, name in ours
        if not any(_is_in(name, allowed) for allowed in MAY_IMPORT[part])
    ]

    assert upward == []


@pytest.mark.parametrize("library", FENCES)
def test_library_stays_behind_its_fence(library):
    outside = [
        f"{module} -> {name}"
        for module, name in IMPORTS
        if _is_in(name, library) and not any(_is_in(module, place) for place in FENCES[library])
    ]

    assert outside == []


@pytest.mark.parametrize("part", STRANGERS)
def test_part_does_not_know_a_stranger(part):
    known = [
        f"{module} -> {name}"
        for module, name in IMPORTS
        if _is_in(module, part) and any(_is_in(name, stranger) for stranger in STRANGERS[part])
    ]

    assert known == []


def test_nothing_but_tests_imports_tests():
    assert [module for module, name in IMPORTS if _is_in(name, "tests")] == []


def test_start_page_loads_no_slow_library():
    """A web worker would pay a second and 80 MB for pandas before anybody asks for a result."""
    script = """
import sys
from config.wsgi import application
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver
call_command("migrate", verbosity=0)
get_resolver().url_patterns
assert Client(HTTP_HOST="localhost").get("/").status_code == 200
print(*sorted({"numpy", "pandas", "scipy", "reportlab", "icalendar"} & set(sys.modules)))
"""
    environment = {"DEBUG": "on", "DATABASE_URL": "sqlite://:memory:"}

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr


def test_a_result_is_told_without_pandas():
    """Numpy and scipy cost a web worker 44 MB at its first result, pandas would cost 31 more."""
    script = (
        "import sys, assessment.scoring.scale, assessment.scoring.uncertainty; print('pandas' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"
