"""Changing one thing in a plain document, at a path written as faults write it."""

import re
from pathlib import Path
from typing import Any

import yaml

from questionnaires.faults import Fault

REAL_FILE = Path(__file__).resolve().parents[2] / "questionnaires/files/burgemeestersforum-1.yaml"
REAL_DOCUMENT = yaml.safe_load(REAL_FILE.read_text(encoding="utf-8"))
GONE = object()


def steps(path: str) -> list[str | int]:
    return [int(number) if number else key for number, key in re.findall(r"\[(\d+)\]|([^.\[]+)", path)]


def at(document: Any, path: str) -> Any:
    for step in steps(path):
        document = document[step]
    return document


def put(document: Any, path: str, value: Any) -> None:
    """Sets the value at a path; GONE takes it out."""
    *around, last = steps(path)
    for step in around:
        document = document[step]
    if value is GONE:
        del document[last]
    else:
        document[last] = value


def told(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    return [(fault.path, fault.reason) for fault in faults]
