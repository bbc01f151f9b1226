"""Packet files → `Packet`, and the lines of an exercise list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from handouts.errors import BadInput
from handouts.library.exercises import ENGLISH_TAG, check_unsigned, dose_of
from handouts.library.yaml_fields import Fields, Known, read_as
from handouts.model import Packet, PacketItem, PacketText

if TYPE_CHECKING:
    from handouts.library.names import Names

MOST_EXERCISES = 20


def build_packet(
    packet_id: str,
    fields: Fields,
    sides_of: Callable[[str], str],
    exercises: Collection[str],
    known: Known,
    names: Names | None = None,
) -> Packet:
    """The packet that `fields` describe. `sides_of` gives an exercise's sides, which its dose must fit."""
    sources = fields.texts("sources", required=True)
    items, notes = _items(fields, sides_of, exercises, names, sources)
    text = read_as(PacketText, fields, lang=ENGLISH_TAG, notes=notes)
    packet = read_as(Packet, fields, known, id=packet_id, items=items, sources=sources, text=text)
    if packet.after == packet_id:
        fields.problem("a packet cannot come after itself", "after")
    check_unsigned(fields)
    fields.done()
    return packet


class Entry(NamedTuple):
    """One line of an exercise list.

    Attributes:
        exercise: the exercise's id.
        details: the dose, or fields with dose and note; None where only the exercise is named.
        where: the way to the details in the file.
        offset: how many characters into the text at `where` the details begin.
    """

    exercise: str
    details: Any
    where: tuple[str | int, ...]
    offset: int = 0


def entry_of(
    fields: Fields,
    value: Any,
    index: int,
    exercises: Collection[str],
    names: Names | None = None,
) -> Entry | None:
    """The entry `- bridge: 3x15`, `- bridge 3x15` or `- bridge`, or None and a problem.

    With `names` an exercise may be called as people call it: `Glute bridge 3x15`.
    """

    def known(name: Any, text: str, *where: str | int, key: bool = False) -> str | None:
        if names is None or name in exercises or not isinstance(name, str):
            return fields.known(name, "exercise", exercises, *where, key=key)
        message, hint = names.exercise_fault(text)
        fields.problem(message, *where, hint=hint, key=key)
        return None

    if isinstance(value, str) and value.strip():
        name, *rest = value.split(maxsplit=1)
        if names and name not in exercises and (found := names.leading("exercises", value)):
            exercise, after = found
            offset = len(value) - len(after) if after and value.endswith(after) else 0
            return Entry(exercise, after or None, ("exercises", index), offset)
        exercise_id = known(name, value, "exercises", index)
        if exercise_id is None:
            return None
        return Entry(exercise_id, rest[0] if rest else None, ("exercises", index), len(name) + 1)
    if isinstance(value, Mapping) and len(value) == 1:
        name, details = next(iter(value.items()))
        where: tuple[str | int, ...] = ("exercises", index, name)
        if names and isinstance(name, str) and (meant := names.meanings("exercises", name).only):
            return Entry(meant, details, where)
        exercise_id = known(name, str(name), *where, key=True)
        return Entry(exercise_id, details, where) if exercise_id else None
    hint = "write '- bridge: 3x15'; more about it goes under it, two spaces further in"
    fields.problem("expected one exercise and its dose", "exercises", index, hint=hint)
    return None


def _items(
    fields: Fields,
    sides_of: Callable[[str], str],
    exercises: Collection[str],
    names: Names | None,
    sources: tuple[str, ...],
) -> tuple[tuple[PacketItem, ...], dict[str, str]]:
    items: dict[str, PacketItem] = {}
    notes: dict[str, str] = {}
    for index, value in enumerate(fields.list("exercises", required=True, most=MOST_EXERCISES)):
        try:
            entry = entry_of(fields, value, index, exercises, names)
        except BadInput:  # names stand in other files, whose faults are told by themselves
            entry = entry_of(fields, value, index, exercises)
        if entry is None:
            continue
        exercise, details, place, offset = entry
        source = sources[0] if sources else ""
        if isinstance(details, Mapping):
            more = fields.at(details, *place)
            details, place = more.get("dose", required=True), (*place, "dose")
            source = more.maybe_text("source", most=80) or source
            if note := more.maybe_text("note", most=400):
                notes[exercise] = note
            more.done()
        # The exercise's own dose may change with its source; a packet says what its own source gives.
        if details is None:
            fields.problem(
                f"'{exercise}' has no dose", "exercises", index, hint="a packet's dose is complete as written"
            )
            continue
        if exercise in items:
            fields.problem(f"'{exercise}' is in the packet twice", "exercises", index)
        dose = dose_of(fields, details, *place, sides=sides_of(exercise), complete=True, offset=offset)
        items[exercise] = PacketItem(exercise=exercise, dose=dose, dose_source=source)
    return tuple(items.values()), notes
