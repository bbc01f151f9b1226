"""Where a program's values come from: options, a program file, a roster's row, the environment, the config file.

Each becomes a layer of the same shape, that of the program file, with its own way of naming a place.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_type_hints

from handouts.errors import Problem
from handouts.library.yaml_fields import Places
from handouts.library.yaml_reading import Document, Where
from handouts.model import AGE, UNDER_AGE


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgramFields:
    """The values of `make`'s options as they were given; None or empty where an option was not given.

    Dates are text (YYYY-MM-DD), an exercise is `ID [DOSE]`, an override `EXERCISE:CONDITION=REASON` or `age=REASON`, a
    condition `ID [since DATE | week N] [left|right|both]`, a clearance `CONDITION=WHO, DATE`, and so is what is healed.
    What a type is annotated with is the way to the field in a program file, where that is not the option's name.
    """

    patient: Annotated[str | None, "patient", "name"] = None
    patient_id: Annotated[str | None, "patient", "id"] = None
    condition: Annotated[tuple[str, ...], "patient", "conditions"] = ()
    clearance: Annotated[tuple[str, ...], "patient", "clearances"] = ()
    healed: Annotated[tuple[str, ...], "patient", "healed"] = ()
    age: Annotated[int | None, "patient", "age"] = None
    born: Annotated[str | None, "patient", "born"] = None
    helper: Annotated[bool | None, "patient", "helper"] = None
    packet: str | None = None
    exercise: Annotated[tuple[str, ...], "exercises"] = ()
    skip: tuple[str, ...] = ()
    clinic: str | None = None
    clinician: str | None = None
    date: str | None = None
    next_visit: str | None = None
    language: str | None = None
    goal: str | None = None
    note: str | None = None
    override: Annotated[tuple[str, ...], "overrides"] = ()
    paper: Annotated[str | None, "print", "paper"] = None
    large_print: Annotated[bool | None, "print", "large_print"] = None
    ink_saver: Annotated[bool | None, "print", "ink_saver"] = None
    hole_punch: Annotated[bool | None, "print", "hole_punch"] = None
    log_weeks: Annotated[int | None, "print", "log_weeks"] = None
    append: tuple[str, ...] = ()


PROGRAM_FIELDS = tuple(field.name for field in dataclasses.fields(ProgramFields))
"""The names of the options that describe a program."""


class Layer(NamedTuple):
    """Values in the shape of a program file.

    Attributes:
        data: the values.
        places: says where each value is from.
        home: the folder that paths in the values start from.
    """

    data: Any
    places: Places
    home: Path | None = None


class OptionPlaces:
    """Names the option, environment variable or setting that a value is from; there are no lines."""

    def __init__(self, name_of: Callable[[str], str]) -> None:
        self._name_of = name_of

    def locate(self, where: Where, *, key: bool = False) -> tuple[str, int, int]:  # noqa: ARG002 - keys have no place
        """The option that the field at `where` came from."""
        for length in range(len(where), 0, -1):
            if option := _OPTION_OF.get(where[:length]):
                return self._name_of(option), 0, 0
        return self._name_of("patient"), 0, 0


_HINTS = get_type_hints(ProgramFields, include_extras=True)
_FIELD_OF: dict[str, tuple[str, ...]] = {name: getattr(hint, "__metadata__", (name,)) for name, hint in _HINTS.items()}
SECTIONS = {way[1]: way[0] for way in _FIELD_OF.values() if len(way) > 1}
"""The section of a program file that each field of one stands in."""
_OPTION_OF: dict[Where, str] = {_FIELD_OF[name]: name for name in PROGRAM_FIELDS}


def option_name(field: str) -> str:
    """`next_visit` as it is written on the command line: `--next-visit`."""
    return f"--{field.replace('_', '-')}"


def put_in(data: dict[str, Any], where: Sequence[str], value: Any) -> None:
    """Put a value into the shape of a program file, in the sections that lead to it."""
    *above, last = where
    for step in above:
        data = data.setdefault(step, {})
    data[last] = value


def file_layer(document: Document) -> Layer:
    """A program file; paths in it start from its folder."""
    return Layer(document.data, document, Path(document.path).parent)


def options_layer(fields: ProgramFields, problems: list[Problem], name_of: Callable[[str], str] = option_name) -> Layer:
    """Option values in the shape of a program file; `name_of` gives the name of a field where it was set."""
    data: dict[str, Any] = {}
    for name in PROGRAM_FIELDS:
        value = getattr(fields, name)
        if value is None or value == ():
            continue
        if name == "override":
            value = overrides_of(value, [(name_of(name), 0, 0)] * len(value), problems)
        put_in(data, _FIELD_OF[name], list(value) if isinstance(value, tuple) else value)
    return Layer(data, OptionPlaces(name_of))


def overrides_of(
    texts: Sequence[str], places: Sequence[tuple[str, int, int]], problems: list[Problem]
) -> Mapping[str, Mapping[str, str]]:
    """By exercise or packet, then by condition; `age=REASON` lifts what is forbidden because of the age.

    `places` is where each text stands; what is no override goes to `problems`.
    """
    found: dict[str, dict[str, str]] = {}
    for text, place in zip(texts, places, strict=True):
        target, equals, reason = text.partition("=")
        item, colon, condition = (part.strip() for part in target.partition(":"))
        # The one override without an exercise: it is about the patient, so it counts for all of them.
        if item == AGE and not colon:
            colon, condition = ":", UNDER_AGE
        if not (equals and colon and item and condition and reason.strip()):
            hint = "write EXERCISE:CONDITION=REASON, PACKET:CONDITION=REASON or age=REASON"
            problems.append(Problem(*place, f"'{text}' is not an override", hint))
        elif condition in found.get(item, {}):
            problems.append(Problem(*place, f"{item} with {condition} is overridden twice", "keep one reason"))
        else:
            found.setdefault(item, {})[condition] = reason.strip()
    return found
