"""Reads a program from its file or from options alone, and writes the text of a program file, and a packet's fields.

What is written here, the strict YAML reader reads back unchanged. What is the one patient's stays out of a packet.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from handouts.dose import Dose, format_dose, merge_dose, to_json
from handouts.errors import Problem
from handouts.input_files import read_named
from handouts.library import Library
from handouts.library.nearest import key_of
from handouts.library.yaml_reading import MOST_BYTES, parse_yaml
from handouts.model import AGE, UNDER_AGE, Prescription, Program
from handouts.prescription.assembly import Choose, assemble
from handouts.prescription.layers import Layer, ProgramFields, file_layer, options_layer
from handouts.prescription.prescribing import gentler
from handouts.prescription.record import program_record

_BARE = re.compile(r"[^\W\d_](?:[\w ./()'+-]*[\w./()'+-])?|[1-9][\d-]*[x ][\w ./-]*[a-z\d]|\d{4}-\d{2}-\d{2}")
"""Texts that need no quotes: words, doses such as `3x12 rest 60s`, dates."""
_TAKEN = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
"""Words that some YAML readers do not take for text."""


def read_program(
    path: Path,
    library: Library,
    *,
    date: dt.date,
    options: ProgramFields | None = None,
    below: Sequence[Layer] = (),
    choose: Choose | None = None,
) -> Program:
    """The program in the file at `path`, changed by `options`.

    Args:
        path: the program file; `-` reads one from there, whose paths start from the current folder.
        date: the program's date when nothing gives one.
        options: what wins over the file.
        below: layers that the file wins over, the environment before the configuration.
        choose: finds the exercises to start from where no packet is named.

    Raises:
        FileTrouble: the file cannot be read.
        BadInput: with every problem at once.
    """
    name, data = read_named(path, MOST_BYTES)
    given = file_layer(parse_yaml(data, name))
    return build_program(options or ProgramFields(), library, date=date, below=[given, *below], choose=choose)


def build_program(
    fields: ProgramFields,
    library: Library,
    *,
    date: dt.date,
    below: Sequence[Layer] = (),
    choose: Choose | None = None,
    name_required: bool = True,
) -> Program:
    """The program that options alone describe; without `name_required` the name may be left blank for a pen.

    Raises:
        BadInput: with every problem at once.
    """
    problems: list[Problem] = []
    layers = [options_layer(fields, problems), *below]
    return assemble(layers, library, date=date, choose=choose, name_required=name_required, problems=problems)


def file_fields(program: Program) -> dict[str, Any]:
    """The fields of a program file that makes this program again; what is not said is left out."""
    record = program_record(program)
    of_packet = [item.exercise for item in program.packet.items] if program.packet else []
    ids = [one.exercise.id for one in program.prescriptions]
    natural = [*(one for one in of_packet if one in ids), *(one for one in ids if one not in of_packet)]
    exercises = [
        *(entry for one in program.prescriptions if (entry := _exercise_entry(one, program))),
        *({skipped: "skip"} for skipped in of_packet if skipped not in ids),
    ]
    patient = record["patient"]
    conditions = [
        {name: _filled(more)} if _filled(more) else name for of in patient["conditions"] for name, more in of.items()
    ]
    own = {
        "patient": _filled({**patient, "conditions": conditions}),
        "exercises": exercises,
        "order": [] if ids == natural else ids,
        "overrides": {
            item: {condition: _filled(how) for condition, how in of_item.items()}
            for item, of_item in record["overrides"].items()
        },
    }
    return _filled({name: own.get(name, record.get(name)) for name in PROGRAM_FIELDS})


PROGRAM_FIELDS = (
    "patient", "clinic", "clinician", "date", "next_visit", "language", "goal", "note", "packet", "exercises", "order",
    "overrides", "print", "append",
)  # fmt: skip
"""The fields of a program file in their order."""


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def _exercise_entry(chosen: Prescription, program: Program) -> Any:
    """An exercise with its dose, in notation, or as a mapping that says what of the usual dose is left out.

    None where the packet says it all.
    """
    exercise, dose = chosen.exercise, chosen.dose
    of_packet = {item.exercise: item.dose for item in program.packet.items} if program.packet else {}
    usual = of_packet.get(exercise.id, exercise.dose)
    is_child = any(known.condition.id == UNDER_AGE for known in program.patient.conditions)
    if any(one.item == exercise.id or (one.item == AGE and is_child) for one in program.overrides):
        usual = gentler(Prescription(exercise=exercise, dose=usual)).dose
    if exercise.id in of_packet and dose == usual and not chosen.note and not chosen.side_given:
        return None
    # A side that is written is the clinician's, and no condition changes it.
    shown = dose if chosen.side_given or dose.side != usual.side else replace(dose, side=None)
    written = dose_entry(shown, usual)
    if not chosen.note and not isinstance(written, dict):
        return {exercise.id: written} if written else exercise.id
    return {exercise.id: _filled({"dose": written, "note": chosen.note})}


def dose_entry(dose: Dose, usual: Dose) -> str | dict[str, Any]:
    """A dose as a program file has it over the usual one, which gives a side that is not said."""
    whole = replace(dose, side=dose.side or usual.side)
    return format_dose(dose) if merge_dose(usual, dose) == whole else _dose_parts(dose, usual)


def _dose_parts(dose: Dose, usual: Dose) -> dict[str, Any]:
    """A dose as a mapping; null for what the usual dose has and this one has not, but for the side."""
    parts: dict[str, Any] = {}
    for name, value in to_json(dose).items():
        if name == "dose":  # the notation, which says the same
            continue
        if value is not None and value is not False:
            parts[name] = _filled(value) if isinstance(value, dict) else value
        elif getattr(usual, name) and name != "side":
            parts[name] = None
    return parts


def program_text(fields: Mapping[str, Any]) -> str:
    """The file: a field a line, lists of plain values on one line, what lies deeper set in by two spaces."""
    return "\n".join(_mapping(fields, "")) + "\n"


def _mapping(fields: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, value in fields.items():
        if isinstance(value, Mapping) and value:
            yield f"{indent}{_scalar(name)}:"
            yield from _mapping(value, indent + "  ")
        elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
            yield f"{indent}{_scalar(name)}:"
            for one in value:
                first, *rest = _mapping(one, "") if isinstance(one, Mapping) and one else [_scalar(one)]
                yield f"{indent}  - {first}"
                yield from (f"{indent}    {line}" for line in rest)
        elif isinstance(value, list):
            yield f"{indent}{_scalar(name)}: [{', '.join(map(_scalar, value))}]"
        else:
            yield f"{indent}{_scalar(name)}: {_scalar(value)}"


def _scalar(value: Any) -> str:
    """A value on one line; text that needs quotes is quoted as in JSON, which is valid YAML."""
    # Some readers of YAML take a bare `no` for false and `1:30` for ninety.
    if isinstance(value, str) and _BARE.fullmatch(value) and value.casefold() not in _TAKEN:
        return value
    return json.dumps(value, ensure_ascii=False)


USUAL_SOURCE = "pt-usual"
"""What clinicians usually do: named first, because the doses are the program's, no longer those of the sources."""


def packet_fields(program: Program) -> tuple[dict[str, Any], list[str]]:
    """The fields of a packet's file that a program gives, and what was left out of them, for the clinician.

    The packet that the program was made from gives the conditions it is for and those that refuse it.
    """
    left_out: list[str] = []
    base = program.packet
    regions = Counter(one.exercise.region for one in program.prescriptions)
    fields: dict[str, Any] = {
        "region": base.region if base else regions.most_common(1)[0][0],
        "exercises": [_entry(one, program, left_out) for one in program.prescriptions],
    }
    if base:
        fields["course_weeks"] = base.course_weeks
        fields["target_conditions"] = list(base.target_conditions)
        fields["not_for"] = [
            _filled({"condition": no.condition, "reason": no.reason, "use": no.use}) for no in base.not_for
        ]
        fields["sources"] = list(dict.fromkeys((USUAL_SOURCE, *base.sources)))
    return fields, left_out


def _entry(one: Prescription, program: Program, left_out: list[str]) -> Mapping[str, Any]:
    exercise, dose, note = one.exercise, one.dose, one.note
    # A packet is for many: this patient's bad side would be a mistake for most of them.
    if dose.side in ("left", "right"):
        dose = replace(dose, side=exercise.dose.side)
        left_out.append(f"{exercise.id}: the side of this patient")
    if note and set(key_of(program.patient.name).split()) & set(key_of(note).split()):
        note = None
        left_out.append(f"{exercise.id}: a note that names the patient")
    written = format_dose(dose)
    return {exercise.id: {"dose": written, "note": note}} if note else {exercise.id: written}
