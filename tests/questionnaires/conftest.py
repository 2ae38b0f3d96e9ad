"""The real questionnaire as plain values, and files made of changed copies of it."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.questionnaires.documents import REAL_DOCUMENT


@pytest.fixture
def document() -> dict[str, Any]:
    """A fresh copy of the real questionnaire, to be changed by the test."""
    return copy.deepcopy(REAL_DOCUMENT)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Any], Path]:
    """Writes a document, a text or bytes to a file and gives its path."""

    def write_file(content: Any, name: str = "questionnaire.yaml") -> Path:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
            path.write_text(text, encoding="utf-8")
        return path

    return write_file
