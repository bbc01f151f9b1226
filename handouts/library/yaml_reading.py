"""Reads strict YAML (the 1.2 core schema) and says where each key and value stands. Knows nothing of exercises.

Refused, with line and column: equal keys, anchors and aliases, tags, several documents, keys that are not text, text
cut off by an accidental comment, too deep nesting, too large files. What readers take for different numbers (`010`,
`0x1F`) is text.

Events are taken from PyYAML one by one, because composing deep nesting overflows libyaml's stack and ends the process.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    StreamEndEvent,
)

from handouts.errors import BadInput, FileTrouble, Problem
from handouts.input_files import read_start
from handouts.library.yaml_faults import WRITE_A_PATH, explain_yaml_fault

MOST_BYTES = 2_000_000
MOST_DEPTH = 40
"""Levels of nesting; the deepest of our own files, a pose, has seven."""
MOST_PROBLEMS = 50
"""Problems of a file's form after which it is not read on."""
_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_FORBIDDEN = "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
"""What YAML does not allow, a byte-order mark in the text, and what only YAML 1.1 took for a line's end."""
_CUT_OFF = re.compile(r"\s+#[^\s#]|(?<! ) # \d")
"""A `#` behind a text that is probably no comment: `Walk loop #2`, `Suite # 5`, `colour: #0F5B52`."""
_BROKEN_PATH = re.compile(r"[A-Za-z]:[\x00-\x1f\x85\xa0\u2028\u2029]")
"""What double quotes make of a path such as `C:\\new`."""

Place = tuple[int, int]
"""Line and column, from 1."""
Where = tuple[str | int, ...]
"""The way to a value from the top: keys and indices."""
_Marks = dict[int, dict[str | int, tuple[Any, Any]]]


class Document:
    """The data of one file, and where each piece of it is.

    `data` is plain: dict, list, str, int, float, bool, None.
    """

    __slots__ = ("_marks", "_start", "data", "path")

    def __init__(self, path: str, data: Any, marks: _Marks, start: Any) -> None:
        self.path, self.data, self._marks, self._start = path, data, marks, start

    def place(self, where: Where = (), *, key: bool = False) -> Place:
        """Line and column of the value at `where`, or of its key; of what is nearest above it when it is not there."""
        at, container = self._start, self.data
        for depth, step in enumerate(where, 1):
            known = self._marks.get(id(container), {}).get(step)
            if known is None:
                break
            at = known[0] if key and depth == len(where) else known[1]
            container = container[step]
        return _place(at)

    def locate(self, where: Where, *, key: bool = False) -> tuple[str, int, int]:
        """Path, line and column of the value at `where`, or of its key."""
        return self.path, *self.place(where, key=key)


def read_yaml(path: Path) -> Document:
    """The document in the file at `path`.

    Raises:
        FileTrouble: the file cannot be read.
        BadInput: the file is not strict YAML; carries every problem of its form.
    """
    return parse_yaml(read_start(path, MOST_BYTES + 1), str(path))


def peek_text(path: Path, key: str) -> str | None:
    """The text of a top-level key that is on a line of its own, without parsing the rest of the file.

    None when there is no such line, when its value goes on below it, and when the file cannot be read.
    """
    start = f"{key}: ".encode()
    try:
        lines = iter(read_start(path, MOST_BYTES).splitlines(keepends=True))
        line = next((line for line in lines if line.startswith(start)), b"")
        below = next(lines, b"")
        value = None if below[:1] in (b" ", b"\t") else (parse_yaml(line, str(path)).data or {}).get(key)
    except (FileTrouble, BadInput):
        return None
    return value if isinstance(value, str) else None


def parse_yaml(content: bytes, path: str) -> Document:
    """The document that UTF-8 `content` (a byte-order mark is fine) holds; `path` names it in problems.

    Raises:
        BadInput: it is not strict YAML; carries every problem of its form.
    """
    text = _decoded(content, path)
    _check_brackets(text, path)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    builder = _Builder(path, text, loader.get_event)
    try:
        builder.build()
    except yaml.MarkedYAMLError as error:
        builder.problems.append(explain_yaml_fault(text, path, error.problem_mark, error.context_mark))
    finally:
        loader.dispose()
    if builder.problems:
        raise BadInput(builder.problems)
    return Document(path, builder.data, builder.places, builder.start)


def _decoded(content: bytes, path: str) -> str:
    if len(content) > MOST_BYTES:
        raise BadInput([Problem(path, 1, 1, f"the file is larger than {MOST_BYTES // 1_000_000} MB")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = len(content[content.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        raise BadInput([Problem(path, line, column, "not UTF-8", "save the file as UTF-8")]) from None
    if fault := re.search(_FORBIDDEN, text):
        message = f"an invisible character, U+{ord(fault[0]):04X}"
        raise BadInput([Problem(path, *_place_at(text, fault.start()), message, "remove it")])
    return text


def _check_brackets(text: str, path: str) -> None:
    """Refuses brackets nested deeper than MOST_DEPTH, before the parser's own limit is met.

    Brackets in quoted text count too, as far as they are not closed: nobody writes forty of them.
    """
    depth = 0
    for bracket in re.finditer(r"[\[{\]}]", text):
        depth = depth + 1 if bracket[0] in "[{" else max(0, depth - 1)
        if depth > MOST_DEPTH:
            raise BadInput([_too_deep(path, _place_at(text, bracket.start()))])


def _too_deep(path: str, place: Place) -> Problem:
    return Problem(path, *place, f"nested deeper than {MOST_DEPTH} levels", "is a closing bracket missing?")


class _Builder:
    """Builds plain data from events, collecting every problem that does not stop the parser."""

    def __init__(self, path: str, text: str, next_event: Callable[[], Any]) -> None:
        self.path = path
        self.data: Any = None
        self.start: Any = None
        self.places: _Marks = {}
        self.problems: list[Problem] = []
        self._next = next_event
        # Needed only where a text may be cut off. One space is enough to look for: `\s+` is quadratic in long indents.
        self._lines = text.split("\n") if re.search(r"\s#(?:[^\s#]| \d)", text) else []

    def report(self, mark: Any, message: str, hint: str | None = None) -> None:
        self.problems.append(Problem(self.path, *_place(mark), message, hint))
        if len(self.problems) >= MOST_PROBLEMS:
            raise BadInput(self.problems)

    def build(self) -> None:
        """Takes every event; of several documents the first one counts."""
        documents = 0
        while not isinstance(event := self._next(), StreamEndEvent):
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self.report(event.start_mark, "a second document in one file", "remove the line '---'")
            elif isinstance(event, NodeEvent):
                value = self._value(event, 0)
                if documents == 1:
                    self.data, self.start = value, event.start_mark

    def _value(self, event: Any, depth: int) -> Any:
        """The value that begins with `event`, inside of `depth` others."""
        kind, mark = type(event), event.start_mark
        if kind is AliasEvent:
            self.report(mark, f"an alias, '*{event.anchor}'", "write the value out, or put the text in quotes")
            return f"*{event.anchor}"
        if event.anchor or event.tag:
            what = f"an anchor, '&{event.anchor}'" if event.anchor else f"a tag, '{event.tag}'"
            self.report(mark, what, "remove it, or put the text in quotes")
        if kind is ScalarEvent:
            return self._scalar(event)
        if depth >= MOST_DEPTH:
            self.problems.append(_too_deep(self.path, _place(mark)))
            raise BadInput(self.problems)
        value: Any = {} if kind is MappingStartEvent else []
        marks = self.places[id(value)] = {}
        while not isinstance(event := self._next(), CollectionEndEvent):
            if kind is MappingStartEvent:
                key = self._key(self._value(event, depth + 1), event.start_mark, marks)
                key_mark, event = event.start_mark, self._next()
                marks[key] = (key_mark, event.start_mark)
                value[key] = self._value(event, depth + 1)
            else:
                marks[len(value)] = (event.start_mark, event.start_mark)
                value.append(self._value(event, depth + 1))
        return value

    def _scalar(self, event: Any) -> Any:
        if event.style == '"' and _BROKEN_PATH.match(event.value):
            self.report(event.start_mark, "a '\\' in double quotes, which begins another sign", WRITE_A_PATH)
        if event.style:
            return event.value
        if self._lines:
            self._check_cut_off(event.end_mark, self._lines)
        return _plain(event.value)

    def _check_cut_off(self, end: Any, lines: list[str]) -> None:
        """Reports a text without quotes that YAML cuts off at a `#`."""
        if end.line < len(lines) and (cut := _CUT_OFF.match(lines[end.line], end.column)):
            place = (end.line + 1, cut.end() - 1)
            message = "'#' begins a comment here, so what follows would be lost"
            hint = "put the whole text in quotes; a comment goes on a line of its own"
            self.problems.append(Problem(self.path, *place, message, hint))

    def _key(self, value: Any, mark: Any, marks: dict[Any, Any]) -> str:
        if type(value) is not str:
            self.report(mark, "a key that is not text", "put it in quotes")
            return f"key at {_place(mark)}"
        if value in marks:
            first, _ = _place(marks[value][0])
            self.report(mark, f"'{value}' appears twice", f"first on line {first}; remove one of them")
        return value


def _plain(text: str) -> Any:
    """A scalar without quotes, by YAML 1.2's core schema; text where readers disagree (`010`, `0x1F`, `.inf`)."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "-+.0123456789":
        return text
    if re.fullmatch(r"[-+]?(0|[1-9][0-9]{0,17})", text):
        return int(text)
    if re.fullmatch(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))([eE][-+]?[0-9]{1,3})?", text):
        return float(text)
    return text


def _place(mark: Any) -> Place:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _place_at(text: str, offset: int) -> Place:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
