"""The documents tell what is so: settings, commands and links in them exist."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)[^)]*\)|src=\"([^\"]+)\"")


def test_operations_names_every_variable_that_the_settings_read():
    settings = (ROOT / "config" / "settings.py").read_text() + (ROOT / "config" / "gunicorn.py").read_text()
    read = set(re.findall(r'(?:env\.\w+|environ\.get)\(\s*"([A-Z_]+)"', settings)) | {"EMAIL_URL"}
    table = [line for line in (ROOT / "docs" / "operations.md").read_text().splitlines() if line[:2] == "| "]
    told = set(re.findall(r"[A-Z]+(?:_[A-Z]+)+|DEBUG|DEMO|CONTROLLER|SUPERVISOR", "\n".join(table)))

    assert read - told == set()


def test_operations_names_every_command_for_operators():
    ours = {
        name for name, app in get_commands().items() if app in ("assessment", "questionnaires", "reports")
    }
    told = (ROOT / "docs" / "operations.md").read_text() + (ROOT / "README.md").read_text()

    assert {name for name in ours if name not in told} - {"compile_texts", "demo"} == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(path):
    targets = [first or second for first, second in LINK.findall(path.read_text(encoding="utf-8"))]

    assert [target for target in targets if not (path.parent / target).exists()] == []
