"""Drawings kept as files: a figure takes seconds to draw, so those of the library are drawn once and shipped.

A file holds the frames of one exercise as JSON packed by gzip; the key of a frame says of which pose it is. Knows no
body; it is the only reader and writer of its format.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from handouts.drawing import ClipEnd, ClipStart, Drawing, Fill, Item, Path as DrawnPath, Shade, Stroke
from handouts.figures.style import PERSONAS
from handouts.resources import content_folder

FOLDER = "drawings"
ENGINE = "1"
"""Part of every key: raised when the same pose is drawn otherwise."""


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
        Drawing(key, width, height, _StoredItems(items))
        for key, width, height, items in json.loads(gzip.decompress(data))
    )


class _StoredItems(Sequence[Item]):
    """Items as their file has them, read each time they are painted.

    A batch paints a figure once and then keeps it for its size alone: 3 MB for 23 exercises, and 12 once they are read.
    """

    def __init__(self, stored: list[list[Any]]) -> None:
        self._stored = stored

    def __len__(self) -> int:
        return len(self._stored)

    def __getitem__(self, at: Any) -> Any:
        return _item(self._stored[at])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _StoredItems) and self._stored == other._stored


def packed_drawings(drawings: Sequence[Drawing]) -> bytes:
    """The drawings as a file's bytes, the same every time."""
    stored = [[drawing.key, drawing.width, drawing.height, list(map(_stored, drawing.items))] for drawing in drawings]
    return gzip.compress(json.dumps(stored, separators=(",", ":")).encode(), 9, mtime=0)


def _stored(item: Item) -> list[Any]:
    match item:
        case Fill(path, colour, even_odd):
            return ["fill", _path_text(path), colour, even_odd]
        case Stroke(path, colour, width, dash, cap, join, limit):
            return ["stroke", _path_text(path), colour, width, dash, cap, join, limit]
        case ClipStart(path, even_odd):
            return ["clip", _path_text(path), even_odd]
        case ClipEnd():
            return ["end"]
        case Shade():
            raise TypeError("a figure is painted in flat colours")


def _item(stored: list[Any]) -> Item:
    match stored:
        case ["fill", path, colour, even_odd]:
            return Fill(_path(path), _colour(colour), even_odd)
        case ["stroke", path, colour, width, dash, cap, join, limit]:
            return Stroke(_path(path), _colour(colour), width, tuple(dash), cap, join, limit)
        case ["clip", path, even_odd]:
            return ClipStart(_path(path), even_odd)
        case _:
            return ClipEnd()


def _colour(stored: Any) -> Any:
    return stored if isinstance(stored, str) else tuple(stored)


def _path_text(path: DrawnPath) -> str:
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


def _path(text: str) -> DrawnPath:
    words, path, at, x, y = text.split(), list[Any](), 0, 0, 0
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


def frame_key(name: str, picture: Mapping[str, Any], index: int) -> str:
    """Equal for equal drawings: the engine, the pose, whose body it is, and which frame."""
    person = picture.get("persona") or own_persona(name)
    pose = json.dumps(dict(picture), sort_keys=True)
    return sha256(f"{ENGINE} {person} {index} {pose}".encode()).hexdigest()[:24]


def own_persona(name: str) -> str:
    """Every person is shown about as often as any other; a pose's name says who, always the same."""
    return tuple(PERSONAS)[sha256(name.encode()).digest()[1] % len(PERSONAS)]
