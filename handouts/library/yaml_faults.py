"""What stops a YAML parser, in the words of somebody who writes YAML rarely.

Looks at the line itself, not at the parser's message: those differ between versions, and few readers know what a
"block mapping" is.
"""

from __future__ import annotations

import re
from typing import Any

from handouts.errors import Problem

_LINE = re.compile(r"\s*(?:- +)*(?P<key>[^\s'\"\[{#:][^:#]*:(?: +|$))?(?P<value>.*)")
"""A line: dashes, a key, a value."""
_IN_QUOTES = re.compile(r"""(?P<quoted>'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")\s*(?P<rest>[^\s,\]}#].*)""")
WRITE_A_PATH = "put it in single quotes, or write / for '\\' in a path"
_WRITE_A_KEY = "write 'name: value'; a text that goes on in the next line is set in there"
_IN_BRACKETS = {"[": "]", "{": "}"}


def explain_yaml_fault(text: str, path: str, at: Any, within: Any) -> Problem:
    """The problem that stopped the parser.

    Args:
        text: the whole file.
        path: names the file in the problem.
        at: the parser's mark of where it stopped (line and column from 0), or None.
        within: the mark of the beginning of what it was reading, or None.
    """
    lines = text.split("\n")
    opened = lines[within.line][within.column : within.column + 1] if within and within.line < len(lines) else ""
    line = lines[at.line] if at and at.line < len(lines) else ""
    # The parser stops at the end of the file; the quote that swallowed it stands far above.
    if opened in ("'", '"') and within.line != (at.line if at else -1):
        return _problem(path, within, "a quote that is never closed", f"end the text with {opened}")
    found = _line_fault(line)
    before = lines[at.line - 1] if at and 0 < at.line <= len(lines) else ""
    if found is None and opened not in _IN_BRACKETS and _without_key(before):
        return Problem(path, at.line, 1, f"no ': ' in this line: {_short(before.strip())}", _WRITE_A_KEY)
    if found is None and opened in _IN_BRACKETS:
        hint = f"add '{_IN_BRACKETS[opened]}', or the missing comma between two values"
        return _problem(path, within, f"a '{opened}' that is never closed", hint)
    message, hint = found or (
        "this line does not fit the lines above it",
        "check how far it is indented; put a text with signs such as : # [ { in quotes",
    )
    return _problem(path, at or within, message, hint)


def _line_fault(line: str) -> tuple[str, str] | None:
    """What is wrong in a single line, and what to do; None when that cannot be seen from the line."""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "a tab at the beginning of the line", "indent with spaces"
    found = _LINE.fullmatch(line)
    value = found["value"] if found else line.strip()
    if re.search(r'"[^"]*\\(?:[^"\\/abefnrtvNLP_0xuU \t]|x|u|U)', value):
        return "a '\\' that double quotes do not take", WRITE_A_PATH
    if quoted := _IN_QUOTES.match(value):
        return (
            f"text after the closing quote: {_short(quoted['rest'])}",
            'put the whole text in double quotes, such as "D\'Angelo"',
        )
    if value[:1] in tuple("*&!%@`|>"):
        return f"a text cannot begin with '{value[0]}'", "put the text in quotes"
    if ": " in value or value.endswith(":"):
        return "': ' twice in one line", "put a text that holds ': ' in quotes"
    if _without_key(line):
        return f"no ': ' in this line: {_short(value)}", _WRITE_A_KEY
    return None


def _without_key(line: str) -> bool:
    found = _LINE.fullmatch(line)
    return bool(found and not found["key"] and found["value"] and not line.lstrip().startswith(("-", "#", "[", "{")))


def _problem(path: str, mark: Any, message: str, hint: str) -> Problem:
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(path, line, column, message, hint)


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"
