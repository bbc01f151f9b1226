"""Drawings kept as files: a figure takes seconds to draw, so those of the library are drawn once and shipped.

A file holds the frames of one exercise as JSON packed by gzip. Knows no body; it is the only reader and writer of its
format.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from handouts.drawing import ClipEnd, ClipStart, Drawing, Fill, Item, Path as DrawnPath, Stroke
from handouts.resources import content_folder

FOLDER = "drawings"


def stored_path(name: str) -> Path:
    """Where the drawings of a built-in exercise lie."""
    return content_folder() / FOLDER / f"{name}.json.gz"


def read_stored(name: str) -> tuple[Drawing, ...]:
    """The frames drawn for an exercise of this name; none when there is no such file."""
    path = stored_path(name)
    if not path.is_file():
        return ()
    return parse_drawings(path.read_bytes())


def parse_drawings(data: bytes) -> tuple[Drawing, ...]:
    """The drawings that `packed_drawings` packed."""
    return tuple(
        Drawing(key, width, height, tuple(map(_item, items)))
        for key, width, height, items in json.loads(gzip.decompress(data))
    )


def packed_drawings(drawings: Sequence[Drawing]) -> bytes:
    """The drawings as a file's bytes, the same every time."""
    told = [[drawing.key, drawing.width, drawing.height, list(map(_told, drawing.items))] for drawing in drawings]
    return gzip.compress(json.dumps(told, separators=(",", ":")).encode(), 9, mtime=0)


def _told(item: Item) -> list[Any]:
    match item:
        case Fill(path, colour, even_odd):
            return ["fill", _told_path(path), colour, even_odd]
        case Stroke(path, colour, width, dash, cap, join, limit):
            return ["stroke", _told_path(path), colour, width, dash, cap, join, limit]
        case ClipStart(path, even_odd):
            return ["clip", _told_path(path), even_odd]
        case ClipEnd():
            return ["end"]


def _item(told: list[Any]) -> Item:
    match told:
        case ["fill", path, colour, even_odd]:
            return Fill(_path(path), _colour(colour), even_odd)
        case ["stroke", path, colour, width, dash, cap, join, limit]:
            return Stroke(_path(path), _colour(colour), width, tuple(dash), cap, join, limit)
        case ["clip", path, even_odd]:
            return ClipStart(_path(path), even_odd)
        case _:
            return ClipEnd()


def _colour(told: Any) -> Any:
    return told if isinstance(told, str) else tuple(told)


def _told_path(path: DrawnPath) -> str:
    """Letters and numbers in hundredths of a point, as an SVG path has them; each number from the one two before."""
    out: list[str] = []
    x = y = 0
    for segment in path:
        out.append(segment[0])
        numbers = [round(100 * float(number)) for number in segment[1:]]
        for at in range(0, len(numbers), 2):
            out.append(f"{numbers[at] - x} {numbers[at + 1] - y}")
            x, y = numbers[at], numbers[at + 1]
    return " ".join(out)


def _path(told: str) -> DrawnPath:
    words, path, at, x, y = told.split(), list[Any](), 0, 0, 0
    while at < len(words):
        letter = words[at]
        numbers: list[float] = []
        for pair in range({"m": 1, "l": 1, "c": 3, "h": 0}[letter]):
            x += int(words[at + 1 + 2 * pair])
            y += int(words[at + 2 + 2 * pair])
            numbers += [x / 100, y / 100]
        path.append((letter, *numbers))
        at += 1 + len(numbers)
    return tuple(path)
