"""Reads a program from its file or from options alone, and writes the text of a program file.

What is written here, the strict YAML reader reads back unchanged.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from handouts.errors import Problem
from handouts.library import Library
from handouts.library.yaml_reading import MOST_BYTES, Document, parse_yaml, read_yaml
from handouts.model import Program
from handouts.prescription.assembly import Choose, assemble
from handouts.prescription.layers import Layer, ProgramFields, file_layer, options_layer

STANDARD_INPUT = Path("-")
_BARE = re.compile(r"[^\W\d_](?:[\w ./()'+-]*[\w./()'+-])?|[1-9][\d-]*[x ][\w ./-]*[a-z\d]|\d{4}-\d{2}-\d{2}")
"""Texts that need no quotes: words, doses such as `3x12 rest 60s`, dates."""
_TAKEN = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
"""Words that some YAML readers do not take for text."""


def read_program(
    path: Path,
    library: Library,
    *,
    date: dt.date,
    options: ProgramFields | None = None,
    below: Sequence[Layer] = (),
    choose: Choose | None = None,
) -> Program:
    """The program in the file at `path`, changed by `options`.

    Args:
        path: the program file; `STANDARD_INPUT` reads one from there, whose paths start from the current folder.
        library: the content.
        date: the program's date when nothing gives one.
        options: what wins over the file.
        below: layers that the file wins over, the environment before the configuration.
        choose: finds the exercises to start from where no packet is named.

    Raises:
        FileTrouble: the file cannot be read.
        BadInput: with every problem at once.
    """
    problems: list[Problem] = []
    above = [options_layer(options, problems)] if options else []
    layers = [*above, file_layer(_document(path)), *below]
    return assemble(layers, library, date=date, choose=choose, problems=problems)


def _document(path: Path) -> Document:
    if path == STANDARD_INPUT:
        return parse_yaml(sys.stdin.buffer.read(MOST_BYTES + 1), "standard input")
    return read_yaml(path)


def build_program(
    fields: ProgramFields,
    library: Library,
    *,
    date: dt.date,
    below: Sequence[Layer] = (),
    choose: Choose | None = None,
    name_required: bool = True,
) -> Program:
    """The program that options alone describe; without `name_required` the name may be left blank for a pen.

    Raises:
        BadInput: with every problem at once.
    """
    problems: list[Problem] = []
    layers = [options_layer(fields, problems), *below]
    return assemble(layers, library, date=date, choose=choose, name_required=name_required, problems=problems)


def program_text(fields: Mapping[str, Any]) -> str:
    """The file: a field a line, lists of plain values on one line, what lies deeper set in by two spaces."""
    return "\n".join(_mapping(fields, "")) + "\n"


def _mapping(fields: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, value in fields.items():
        if isinstance(value, Mapping) and value:
            yield f"{indent}{_scalar(name)}:"
            yield from _mapping(value, indent + "  ")
        elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
            yield f"{indent}{_scalar(name)}:"
            for one in value:
                first, *rest = _mapping(one, "") if isinstance(one, Mapping) and one else [_scalar(one)]
                yield f"{indent}  - {first}"
                yield from (f"{indent}    {line}" for line in rest)
        elif isinstance(value, list):
            yield f"{indent}{_scalar(name)}: [{', '.join(map(_scalar, value))}]"
        else:
            yield f"{indent}{_scalar(name)}: {_scalar(value)}"


def _scalar(value: Any) -> str:
    """A value on one line; text that needs quotes is quoted as in JSON, which is valid YAML."""
    # Some readers of YAML take a bare `no` for false and `1:30` for ninety.
    if isinstance(value, str) and _BARE.fullmatch(value) and value.casefold() not in _TAKEN:
        return value
    return json.dumps(value, ensure_ascii=False)
