"""What can be wrong with a questionnaire file: a place, a reason and the values that explain it."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from questionnaires.texts import text

Path = tuple[Any, ...]  # keys and places in lists, from the top of the document

PLAIN_KEY = re.compile(r"[\w-]{1,60}")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong.

    `path` is the place inside the document, such as `dimensions[2].statements[1].nl`, and empty for the file as a
    whole; `line` counts from 1. `reason` is a stable code; its sentence is the text `questionnaire.fault.<reason>`,
    filled in with `values`.
    """

    file: str
    path: str
    reason: str
    line: int | None = None
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What is wrong, in the active language, on one line."""
        return " ".join(text(f"questionnaire.fault.{self.reason}", **self.values).split())

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.path, self.sentence) if part)


class QuestionnaireError(Exception):
    """A file was refused; `faults` tells everything that is wrong with it, nothing was stored."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            "; ".join(f"{fault.file}: {fault.path or 'file'}: {fault.reason}" for fault in self.faults)
        )


def written(path: Path) -> str:
    """A path as people write it: `dimensions[2].statements[1].nl`."""
    parts = [f"[{step}]" if isinstance(step, int) else f".{_key(step)}" for step in path]
    return "".join(parts).removeprefix(".")


def _key(key: str) -> str:
    """A key on one line, between quotes if it is no ordinary one."""
    return key if PLAIN_KEY.fullmatch(key) else json.dumps(key[:60], ensure_ascii=False)
