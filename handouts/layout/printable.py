"""Whether a composed text can be printed: every character must be in a bundled font, before anything is laid out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from handouts.compose.text import Piece, Text
from handouts.pdf.fonts import UnprintableText, family_for, split_by_family

Composed = TypeVar("Composed")


def printable(composed: Composed) -> Composed:
    """A handout or a catalogue, with each text that the main typeface cannot set marked for the second one as a whole,
    or word by word where neither has all of it.

    Raises:
        UnprintableText: a character is in none of the bundled fonts; the message names it and its field.
    """
    second = {text: marked for text in _texts(composed) if (marked := _in_its_faces(text)) != text}
    if not second:
        return composed
    changed: Composed = _marked(composed, second)
    return changed


def _in_its_faces(text: Text) -> Text:
    try:
        whole = family_for("".join(piece.text for piece in text), text[0].field)
    except UnprintableText:  # in one face at least; the piece whose character is at fault names its own field
        return tuple(
            piece._replace(text=part, fallback=fallback)
            for piece in text
            for part, fallback in split_by_family(piece.text, piece.field)
        )
    return tuple(piece._replace(fallback=True) for piece in text) if whole else text


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


def _marked(value: Any, second: Mapping[Text, Text]) -> Any:
    """The same value with these texts in the faces that they need."""
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _marked(getattr(value, field.name), second) for field in fields(value)})
    if isinstance(value, dict):
        return {key: _marked(item, second) for key, item in value.items()}
    if isinstance(value, tuple) and value and not isinstance(value, Piece):
        if isinstance(value[0], Piece):
            return second.get(value, value)
        return tuple(_marked(item, second) for item in value)
    return value
