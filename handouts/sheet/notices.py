"""The warnings of a program as texts: the shortest lines for page 1, and all of them for the page 'Stay safe'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from handouts.layout.line_breaking import Text
from handouts.screening import Safety, SafetyGroup, SafetyLine
from handouts.sheet.words import Words

Action = Literal["emergency", "same-day", "stop-now", "call-clinic", "info"]
ORDER: tuple[Action, ...] = ("emergency", "same-day", "stop-now", "call-clinic", "info")
"""Most urgent first."""


class Notice(Struct, frozen=True):
    """Lines that belong together, with their title if they have one."""

    id: str
    title: Text
    items: tuple[Text, ...]


class Group(Struct, frozen=True):
    """The warnings that ask for the same thing to be done."""

    action: Action
    title: Text
    notices: tuple[Notice, ...]


_HEADS: dict[str, Action] = {
    "call-911": "emergency", "call-doctor-today": "same-day", "stop-and-call": "call-clinic", "know": "info",
}  # fmt: skip


def fridge_lines(words: Words, lines: Sequence[SafetyLine]) -> tuple[Text, ...]:
    """The lines of one of the two boxes of page 1."""
    return tuple(words.filled(line.page1 or line.text, f"{line.id}.page1", line.lang) for line in lines)


def grouped(words: Words, safety: Safety) -> tuple[Group, ...]:
    """All lines, most urgent first; an action that has none is left out."""
    groups = []
    for action, head in _HEADS.items():
        notices = tuple(
            _notice(words, number, group) for number, group in enumerate(safety.groups) if group.action == action
        )
        if notices:
            groups.append(Group(head, words.group(head), notices))
    return tuple(groups)


def _notice(words: Words, number: int, group: SafetyGroup) -> Notice:
    items = tuple(words.filled(line.text, f"{line.id}.text", line.lang) for line in group.lines)
    title = words.filled(group.title, f"{group.action}.title", group.lines[0].lang) if group.title else ()
    return Notice(f"{group.action}-{number}", title, items)
