"""A program as a plain record, and back: what every handout carries inside it, so that it can be revised.

Holds ids, canonical doses and the clinician's words, never a text of the library.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from handouts.dose import format_dose
from handouts.errors import Problem
from handouts.library import Library
from handouts.library.exercises import dose_of
from handouts.library.packets import entry_of
from handouts.model import Prescription, Program
from handouts.programs.assemble import Start, assemble
from handouts.programs.layers import Layer, OptionPlaces, ProgramFields, options_layer
from handouts.yamlsource import Fields

FORMAT = 1


def program_record(program: Program) -> dict[str, Any]:
    """The program for JSON, in the shape of a program file whose exercises are complete as written."""
    patient = program.patient
    return {
        "format": FORMAT,
        "patient": {
            "name": patient.name,
            "id": patient.id,
            "conditions": [
                {
                    known.condition.id: {
                        "side": known.side,
                        "since": known.since.isoformat() if known.since else None,
                        "limits": known.limits,
                    }
                }
                for known in patient.conditions
            ],
        },
        "clinic": program.clinic.id or None,
        "clinician": program.clinician,
        "date": program.date.isoformat(),
        "next_visit": program.next_visit.isoformat() if program.next_visit else None,
        "language": program.language,
        "goal": program.goal,
        "note": program.note,
        "packet": program.packet.id if program.packet else None,
        "exercises": [
            {of.exercise.id: {"dose": format_dose(of.dose), "note": of.note, "note_lang": of.note_lang}}
            for of in program.prescriptions
        ],
        "overrides": _by_item(program),
        "print": {
            "paper": program.layout.paper,
            "large_print": program.layout.large_print,
            "ink_saver": program.layout.ink_saver,
            "hole_punch": program.layout.hole_punch,
            "log_weeks": program.layout.log_weeks,
        },
        "append": list(program.append),
    }


def program_from_record(record: dict[str, Any], library: Library, *, path: str = "the handout's program") -> Program:
    """The program that was recorded, against today's library. `path` names the record in problems.

    Raises BadInput when the record is of another format, or when the library no longer has something it names.
    """
    problems: list[Problem] = []
    layer, start = _opened(record, library, path, problems)
    never = dt.date.min  # every record carries its date
    return assemble([layer], library, date=never, start=start, name_required=False, problems=problems)


def revise_program(
    record: dict[str, Any],
    options: ProgramFields,
    library: Library,
    *,
    date: dt.date,
    path: str = "the handout's program",
) -> Program:
    """The next program: the recorded one, changed by `options`.

    The recorded date and next visit belong to the old handout and are not carried over. Raises BadInput.
    """
    problems: list[Problem] = []
    layer, start = _opened({**record, "date": None, "next_visit": None}, library, path, problems)
    changes = options_layer(options, problems)
    return assemble([changes, layer], library, date=date, start=start, name_required=False, problems=problems)


def _opened(record: dict[str, Any], library: Library, path: str, problems: list[Problem]) -> tuple[Layer, Start]:
    """The record without its packet and exercises as a layer, and these two as what the layers change."""
    places = OptionPlaces(lambda _option: path)
    top = Fields(record, places, problems)
    if top.get("format") != FORMAT:
        top.problem(f"a program of format {top.get('format')!r}", hint="made by another version of handouts")
    prescriptions = []
    for index, value in enumerate(top.list("exercises", required=True)):
        entry = entry_of(top, value, index, library.ids("exercises"))
        if entry is None:
            continue
        exercise = library.exercise(entry.exercise)
        said = top.at(entry.said, *entry.where)
        dose = dose_of(said, said.get("dose", required=True), "dose", sides=exercise.sides, complete=True)
        note, lang = said.maybe_text("note"), said.maybe_text("note_lang")
        prescriptions.append(Prescription(exercise=exercise, dose=dose, note=note, note_lang=lang))
    packet = top.maybe_text("packet")
    known = None
    if packet is not None and top.known(packet, "packet", library.packets, "packet"):
        known = library.packet(packet)
    kept = {name: value for name, value in record.items() if name not in ("format", "packet", "exercises")}
    return Layer(kept, places), Start(known, tuple(prescriptions))


def _by_item(program: Program) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for override in program.overrides:
        found.setdefault(override.item, {})[override.condition] = override.reason
    return found
