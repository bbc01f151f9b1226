"""Whether a composed text can be printed: every character must be in a bundled font, before anything is laid out."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from handouts.compose.text import Piece, Text
from handouts.pdf.fonts import UnprintableText, family_for, split_by_family

Composed = TypeVar("Composed")


def printable(composed: Composed) -> Composed:
    """A handout or a catalogue, with each text that the main typeface cannot set marked for the second one as a whole,
    or word by word where neither has all of it.

    Raises:
        UnprintableText: a character is in none of the bundled fonts; the message names it and its field.
    """
    value: Any = composed
    marked: Any = value
    if is_dataclass(value) and not isinstance(value, type):
        own = {field.name: getattr(value, field.name) for field in fields(value)}
        changed = {name: new for name, old in own.items() if (new := printable(old)) is not old}
        marked = replace(value, **changed) if changed else value
    elif isinstance(value, dict):
        marked = {key: printable(item) for key, item in value.items()}
    elif isinstance(value, tuple) and value and not isinstance(value, Piece):
        marked = _in_its_faces(value) if isinstance(value[0], Piece) else tuple(map(printable, value))
    return cast("Composed", value if marked == value else marked)


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
