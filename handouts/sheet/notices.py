"""The warnings of a program as texts: the shortest lines for page 1, and all of them for the page 'Stay safe'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from handouts.layout.line_breaking import Text, wording
from handouts.model import Warning  # noqa: A004
from handouts.sheet.words import Words

Action = Literal["emergency", "same-day", "stop-now", "call-clinic", "info"]
ORDER: tuple[Action, ...] = ("emergency", "same-day", "stop-now", "call-clinic", "info")
"""Most urgent first."""


class Notice(Struct, frozen=True):
    """One warning in full."""

    id: str
    title: Text
    items: tuple[Text, ...]


class Group(Struct, frozen=True):
    """The warnings that ask for the same thing to be done."""

    action: Action
    title: Text
    notices: tuple[Notice, ...]


def fridge_lines(words: Words, warnings: Sequence[Warning], *, emergency: bool) -> tuple[Text, ...]:
    """The lines of one of the two boxes of page 1, each once, those for everyone first."""
    chosen = [warning for warning in warnings if (warning.action == "emergency") == emergency]
    chosen.sort(key=lambda warning: not warning.applies_to.everyone)
    lines: dict[str, Text] = {}
    for warning in chosen:
        text = words.locale.warning(warning)
        for line in text.fridge:
            filled = words.filled(line, f"{warning.id}.fridge", text.lang)
            lines.setdefault(wording(filled), filled)
    return tuple(lines.values())


def grouped(words: Words, warnings: Sequence[Warning]) -> tuple[Group, ...]:
    """All warnings with all their items, most urgent first; a group that has none is left out."""
    groups = []
    for action in ORDER:
        notices = tuple(_notice(words, warning) for warning in warnings if warning.action == action)
        if notices:
            groups.append(Group(action, words.group(action), notices))
    return tuple(groups)


def _notice(words: Words, warning: Warning) -> Notice:
    text = words.locale.warning(warning)
    items = tuple(words.filled(item, f"{warning.id}.items", text.lang) for item in text.items)
    return Notice(warning.id, words.filled(text.title, f"{warning.id}.title", text.lang), items)
