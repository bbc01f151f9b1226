"""The exercises of a program: a packet or an earlier program, then each layer's additions, changes and skips."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from handouts.errors import BadInput
from handouts.library import Library
from handouts.library.exercises import dose_of
from handouts.library.names import resolve
from handouts.library.nearest import did_you_mean
from handouts.library.packets import MOST_EXERCISES, Entry, entry_of
from handouts.library.yaml_fields import Fields
from handouts.model import Exercise, Packet, Prescription

MOST_NOTE = 400


def prescribe(
    layers: Iterable[Fields], start: tuple[Prescription, ...], library: Library, *, unsure: bool = False
) -> tuple[tuple[Prescription, ...], frozenset[str]]:
    """The prescriptions after every layer, the layer that wins last, and the ids that were skipped on the way.

    Problems go to the layers. `unsure`: the packet could not be read, so nobody knows whether it has what is skipped.
    """
    program = {prescription.exercise.id: prescription for prescription in start}
    skipped: set[str] = set()
    for fields in layers:
        # What a layer takes out is told apart from what was never there: its overrides go with it.
        before = set(program)
        _apply(fields, program, library, unsure)
        skipped |= before - set(program)
    return tuple(program.values()), frozenset(skipped - set(program))


def packet_prescriptions(packet: Packet, library: Library) -> tuple[Prescription, ...]:
    """A packet's exercises with their doses, complete as the packet writes them."""
    exercises = library.read_all(library.exercise, (item.exercise for item in packet.items))
    pairs = zip(packet.items, exercises, strict=True)
    return tuple(Prescription(exercise=exercise, dose=item.dose) for item, exercise in pairs)


def put_in_order(
    layers: Iterable[Fields], prescriptions: tuple[Prescription, ...], library: Library, *, unsure: bool = False
) -> tuple[Prescription, ...]:
    """The prescriptions in the `order` of the first layer that has one; the others follow as they are."""
    places: dict[str, int] | None = None
    known = [prescription.exercise.id for prescription in prescriptions]
    for fields in layers:
        named: dict[str, int] = {}
        for index, said in enumerate(fields.texts("order", most=MOST_EXERCISES)):
            name = resolve("exercises", said, library) or said
            if name in named:
                fields.problem(f"'{name}' is named twice", "order", index)
            elif not unsure:
                fields.known(name, "exercise of this program", known, "order", index)
            named.setdefault(name, index)
        if places is None and named:
            places = named
    if places is None:
        return prescriptions
    order = places
    return tuple(sorted(prescriptions, key=lambda one: order.get(one.exercise.id, len(order))))


def _apply(fields: Fields, program: dict[str, Prescription], library: Library, unsure: bool) -> None:
    named: set[str] = set()
    for index, value in enumerate(fields.list("exercises", most=MOST_EXERCISES)):
        entry = entry_of(fields, value, index, library.ids("exercises"), library.names)
        if entry is None:
            continue
        if entry.exercise in named:
            fields.problem(
                f"'{entry.exercise}' is named twice", *entry.where, hint="put everything about it in one place"
            )
            continue
        named.add(entry.exercise)
        if isinstance(entry.details, str) and entry.details.casefold() == "skip":
            _skip(fields, program, entry.exercise, entry.where, unsure)
        else:
            _change(fields, program, entry, library)
    for index, said in enumerate(fields.texts("skip")):
        name = resolve("exercises", said, library)
        if name is None:
            message, hint = library.names.fault("exercises", "exercise", said)
            fields.problem(message, "skip", index, hint=hint)
        elif name in named:
            fields.problem(f"'{name}' is both named and skipped", "skip", index)
        else:
            _skip(fields, program, name, ("skip", index), unsure)


def _skip(
    fields: Fields, program: dict[str, Prescription], name: str, where: tuple[str | int, ...], unsure: bool
) -> None:
    if program.pop(name, None) is None and not unsure:
        hint = did_you_mean(name, program) or "only what the packet or the program has can be skipped"
        fields.problem(f"'{name}' cannot be skipped: the program does not have it", *where, hint=hint)


def _change(fields: Fields, program: dict[str, Prescription], entry: Entry, library: Library) -> None:
    exercise = _exercise(fields, entry.exercise, library)
    if exercise is None:
        return
    old = program.get(exercise.id) or Prescription(exercise=exercise, dose=exercise.dose)
    details, where, note = entry.details, entry.where, old.note
    if isinstance(details, Mapping):
        more = fields.at(details, *where)
        details, where = more.get("dose"), (*where, "dose")
        note = more.maybe_text("note", most=MOST_NOTE) or note
        more.done()
    dose = old.dose
    if details is not None:
        dose = dose_of(fields, details, *where, sides=exercise.sides, base=old.dose, complete=True, offset=entry.offset)
    program[exercise.id] = replace(old, dose=dose, note=note)


def _exercise(fields: Fields, name: str, library: Library) -> Exercise | None:
    try:
        return library.exercise(name)
    except BadInput as error:
        fields.problems.extend(error.problems)
        return None
