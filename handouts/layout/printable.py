"""Whether a composed text can be printed: every character must be in a bundled font, before anything is laid out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from handouts.compose.text import Piece, Text
from handouts.pdf.fonts import family_for

Composed = TypeVar("Composed")


def printable(composed: Composed) -> Composed:
    """A handout or a catalogue, with each text that the main typeface cannot set marked for the second one as a whole.

    Raises:
        UnprintableText: a character is in none of the bundled fonts; the message names it and its field.
    """
    needs_second = [text for text in _texts(composed) if family_for("".join(p.text for p in text), text[0].field)]
    if not needs_second:
        return composed
    marked: Composed = _marked(composed, set(needs_second))
    return marked


def _texts(value: Any) -> Iterator[Text]:
    """Every text in a composed value."""
    if is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, tuple) and value:
        if isinstance(value[0], Piece):
            yield value
        elif not isinstance(value, Piece):
            for item in value:
                yield from _texts(item)


def _marked(value: Any, second: set[Text]) -> Any:
    """The same value with these texts in the second typeface."""
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _marked(getattr(value, field.name), second) for field in fields(value)})
    if isinstance(value, dict):
        return {key: _marked(item, second) for key, item in value.items()}
    if isinstance(value, tuple) and value and not isinstance(value, Piece):
        if isinstance(value[0], Piece):
            return tuple(piece._replace(fallback=True) for piece in value) if value in second else value
        return tuple(_marked(item, second) for item in value)
    return value
