"""From a YAML file to plain values: the gate before anything is understood.

Only what a questionnaire needs is let through: one document of mappings, lists, texts, numbers, true and false. No
tags, no anchors or aliases (so no document can blow itself up), no key twice, no deep nesting, 1 MB at most.
Unquoted words follow the JSON-like rules of YAML 1.2: `no` and `on` are texts.
"""

import math
import pathlib
import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from questionnaires.faults import Fault, Path, QuestionnaireError, written

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
CONTROL_CHARACTER = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
FLOAT = re.compile(r"[-+]?(?=.*[.eE])(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
NAMED_SCALARS = {"true": True, "false": False, "null": None, "~": None, "": None}
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML may be installed without its C part


@dataclass
class Plain:
    """The values of a file, the line of every path, and what is wrong with the way they were written."""

    file: str
    values: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: Path, reason: str, **values: object) -> Fault:
        """A fault at a path, on the line of that path or of the nearest thing around it."""
        around = (path[:end] for end in range(len(path), -1, -1))
        line = next((self.lines[part] for part in around if part in self.lines), None)
        return Fault(self.file, written(path), reason, line, values)


@dataclass
class _Frame:
    """A mapping or list that is being filled; `key` is the key whose value comes next."""

    path: Path
    container: dict[str, Any] | list[Any]
    key: str | None = None


class GivenFile(NamedTuple):
    """What a file holds: its first MAX_BYTES + 1 bytes, or all of them; `name` is for the faults."""

    name: str
    raw: bytes


def read_file(path: pathlib.Path) -> GivenFile:
    """A file as it lies on disk. Raises QuestionnaireError."""
    try:
        if not path.is_file():
            raise _refusal(str(path), "not_a_file" if path.exists() else "missing_file")
        with path.open("rb") as file:
            return GivenFile(str(path), file.read(MAX_BYTES + 1))
    except (OSError, ValueError) as error:
        raise _refusal(str(path), "unreadable_file") from error


def read_plain(path: pathlib.Path) -> Plain:
    """The values of a file of this machine; see `read_given`."""
    return read_given(read_file(path))


def read_given(file: GivenFile) -> Plain:
    """The values of a file, a mapping. Raises QuestionnaireError where reading cannot go on."""
    return _Builder(Plain(file.name)).build(_content_of(*file))


def _content_of(name: str, raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _refusal(name, "file_too_large", limit=MAX_BYTES)
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refusal(name, "not_utf8", line=raw.count(b"\n", 0, error.start) + 1) from error
    if found := CONTROL_CHARACTER.search(content.replace("\t", " ").replace("\r\n", " \n")):
        line = content.count("\n", 0, found.start()) + 1
        raise _refusal(name, "control_character", line=line, character=_code_point(found[0]))
    return content


def _refusal(name: str, reason: str, line: int | None = None, **values: object) -> QuestionnaireError:
    return QuestionnaireError([Fault(name, "", reason, line, values)])


def _line(event: yaml.Event) -> int:
    start: Any = event.start_mark  # always there: the parser marks every event
    return start.line + 1


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


class _Builder:
    """Builds the values from the events of the parser, without recursion."""

    def __init__(self, plain: Plain) -> None:
        self.plain = plain
        self.frames: list[_Frame] = []

    def build(self, content: str) -> Plain:
        try:
            for event in yaml.parse(content, Loader=Loader):
                self._take(event)
        except yaml.MarkedYAMLError as error:
            mark: Any = error.problem_mark  # always there: the parser knows where it stopped
            self.plain.lines[()] = mark.line + 1
            raise self._stop("invalid_yaml", column=mark.column + 1, problem=error.problem) from error
        if not isinstance(self.plain.values, dict):
            raise self._stop("empty_file" if self.plain.values is None else "not_a_mapping")
        return self.plain

    def _stop(self, reason: str, path: Path = (), **values: object) -> QuestionnaireError:
        return QuestionnaireError([*self.plain.faults, self.plain.fault(path, reason, **values)])

    def _take(self, event: yaml.Event) -> None:
        match event:
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.frames.pop()
            case yaml.NodeEvent() if self._is_key_next():
                self._take_key(event)
            case yaml.MappingStartEvent():
                self._begin(event, {})
            case yaml.SequenceStartEvent():
                self._begin(event, [])
            case yaml.NodeEvent():
                self._put(event, _scalar(event) if isinstance(event, yaml.ScalarEvent) else None)
            case yaml.DocumentStartEvent() if () in self.plain.lines:
                self.plain.lines[()] = _line(event)
                raise self._stop("several_documents")

    def _is_key_next(self) -> bool:
        return (
            bool(self.frames) and isinstance(self.frames[-1].container, dict) and self.frames[-1].key is None
        )

    def _take_key(self, event: yaml.NodeEvent) -> None:
        frame = self.frames[-1]
        if not isinstance(event, yaml.ScalarEvent):
            self.plain.lines[frame.path] = _line(event)
            raise self._stop("key_not_text", frame.path)
        key = _clean(event.value)
        path = (*frame.path, key)
        self.plain.lines.setdefault(path, _line(event))
        self._note_faults(path, event)
        if key in frame.container:
            self.plain.faults.append(Fault(self.plain.file, written(path), "duplicate_key", _line(event)))
        frame.key = key

    def _begin(self, event: yaml.NodeEvent, container: dict[str, Any] | list[Any]) -> None:
        path = self._put(event, container)
        if len(self.frames) == MAX_DEPTH:
            raise self._stop("too_deep", path, limit=MAX_DEPTH)
        self.frames.append(_Frame(path, container))

    def _put(self, event: yaml.NodeEvent, value: Any) -> Path:
        """Puts a value in its place and returns the path; of a key that stands twice the first value stays."""
        path: Path = ()
        if not self.frames:
            self.plain.values = value
        elif isinstance(container := self.frames[-1].container, list):
            path = (*self.frames[-1].path, len(container))
            container.append(value)
        elif (key := self.frames[-1].key) is not None:
            path = (*self.frames[-1].path, key)
            container.setdefault(key, value)
            self.frames[-1].key = None
        self.plain.lines.setdefault(path, _line(event))
        self._note_faults(path, event)
        return path

    def _note_faults(self, path: Path, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            self._note(path, "alias" if isinstance(event, yaml.AliasEvent) else "anchor", name=event.anchor)
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            self._note(path, "tag", tag=event.tag)
        if isinstance(event, yaml.ScalarEvent) and (found := CONTROL_CHARACTER.search(event.value)):
            self._note(path, "control_character", character=_code_point(found[0]))

    def _note(self, path: Path, reason: str, **values: object) -> None:
        self.plain.faults.append(self.plain.fault(path, reason, **values))


def _scalar(event: yaml.ScalarEvent) -> str | int | float | bool | None:
    if event.style:  # quoted or a block, so text whatever it says
        return _clean(event.value)
    if event.value in NAMED_SCALARS:
        return NAMED_SCALARS[event.value]
    if INTEGER.fullmatch(event.value):
        return int(event.value)
    if FLOAT.fullmatch(event.value) and math.isfinite(number := float(event.value)):
        return number
    return event.value


def _clean(value: str) -> str:
    """A text that can be handed on, whatever was written with escapes; the fault is noted elsewhere."""
    return CONTROL_CHARACTER.sub("\ufffd", value)
