"""The columns of a roster: ours by name, another program's as they are mapped, the rest left alone or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from handouts.errors import BadInput, Problem
from handouts.library.nearest import did_you_mean, key_of

COLUMNS = (
    "name", "first_name", "last_name", "id", "packet", "exercises", "conditions", "overrides", "clearances", "healed",
    "age", "born", "helper", "language", "clinic", "clinician", "date", "next_visit", "goal", "note", "large_print",
    "password",
)  # fmt: skip
PARTS_OF_NAME = ("first_name", "last_name")
_OF_PATIENT = ("id", "conditions", "clearances", "healed", "age", "born", "helper")
FIELDS: dict[str, tuple[str, ...]] = {
    **{column: ("patient", column) if column in _OF_PATIENT else (column,) for column in COLUMNS[:-1]},
    **dict.fromkeys(("name", *PARTS_OF_NAME), ("patient", "name")),
    "large_print": ("print", "large_print"),
}
"""Where each column's value stands in a program file; the password is in none."""
LISTS = ("exercises", "conditions", "overrides", "clearances", "healed")
DATES = ("date", "next_visit", "born")
FLAGS = ("large_print", "helper")
LEFT_ALONE = ""
"""Stands for a column that is not ours; None is one without a name."""

_LIKE, _LIKE_WORD = 0.7, 0.85
"""A name, and a word in it, resembles one of ours from here on, 0 to 1, letter by letter."""
_GUARDS = ("conditions", "exercises", "packet", "age", "born", "password")
"""What a patient could be harmed without: a column like one of these is never left alone."""
_WORDS = dict.fromkeys((
    "diagnosis", "diagnoses", "dx", "problem", "problems", "comorbidity", "comorbidities", "disease", "diseases", "icd",
    "icd10", "contraindications", "precautions", "pmh", "history", "diagnostico", "diagnosticos", "condicion",
    "condiciones", "enfermedad", "enfermedades", "padecimientos", "antecedentes", "morbidity", "morbidities", "pmhx",
    "hx", "cond", "surgery", "surgeries", "surgical", "operation", "operations", "alerts", "risks", "warnings",
    "patologia", "patologias", "afeccion", "afecciones", "cirugia", "cirugias",
), "conditions") | {"ejercicios": "exercises", "edad": "age", "contrasena": "password"}  # fmt: skip
"""Words in the name of a column that must not be left alone where the column of ours is missing."""
_OF_DOSE = frozenset((
    "side", "sides", "laterality", "limb", "sets", "reps", "repetitions", "dose", "dosage", "hold", "lado", "series",
    "repeticiones", "dosis",
))  # fmt: skip
"""Words for what a dose says: beside the exercises it would be lost, and another side or number printed."""
_MEANS = {
    "mrn": "id", "patientid": "id", "patientnumber": "id", "chart": "id", "chartnumber": "id",
    "patient": "name", "patientname": "name", "fullname": "name", "nombre": "name", "nombrecompleto": "name",
    "first": "first_name", "fname": "first_name", "givenname": "first_name", "forename": "first_name",
    "last": "last_name", "lname": "last_name", "surname": "last_name", "familyname": "last_name",
    "apellido": "last_name", "apellidos": "last_name",
    "dob": "born", "dateofbirth": "born", "birthdate": "born", "birthday": "born", "fechadenacimiento": "born",
    "idioma": "language", "lang": "language", "preferredlanguage": "language",
    "therapist": "clinician", "provider": "clinician", "nextappointment": "next_visit", "proximavisita": "next_visit",
}  # fmt: skip
"""What other programs call a column of ours: told to whoever may want to map it, never taken for it."""
_OURS = {name.replace("_", ""): name for name in COLUMNS}


@dataclass(frozen=True, kw_only=True)
class RosterReading:
    """How a roster is to be read.

    Attributes:
        encoding: Of a table in text; found out when it is None.
        mapped: Columns of another program, by the keys of their names, and what they are of ours.
        ignored: Columns of another program to leave alone, by the keys of their names.
        is_condition: Whether a column's name is that of a condition, as where each has a column with ticks.
    """

    encoding: str | None = None
    mapped: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    is_condition: Callable[[str], bool] = field(default=lambda _: False)


def roster_reading(
    mapped: Sequence[str],
    ignored: Sequence[str],
    encoding: str | None = None,
    is_condition: Callable[[str], bool] = lambda _: False,
) -> RosterReading:
    """Read `THEIRS=ours` texts and names to ignore; the rest is as in `RosterReading`.

    Raises:
        BadInput: A column of ours does not exist, is ignored though it protects the patient, or nothing is mapped.
    """
    problems, found = [], {}
    for text in mapped:
        theirs, equals, ours = (part.strip() for part in text.rpartition("="))
        if not (equals and column_key(theirs)):
            problems.append(Problem("--columns", 0, 0, f"'{text}' maps no column", "write THEIRS=ours"))
        elif (known := _OURS.get(column_key(ours))) is None:
            hint = did_you_mean(ours, COLUMNS) or f"known: {', '.join(COLUMNS)}"
            problems.append(Problem("--columns", 0, 0, f"unknown column '{ours}' for '{theirs}'", hint))
        elif (own := _OURS.get(column_key(theirs))) in _GUARDS and own != known:
            problems.append(Problem("--columns", 0, 0, f"'{theirs}' is a column of ours, and cannot be '{known}'"))
        else:
            found[column_key(theirs)] = known
    for name in ignored:
        if _OURS.get(column_key(name)) in _GUARDS:
            message = f"'{name}' cannot be ignored: patients could be harmed without it"
            problems.append(Problem("--ignore", 0, 0, message, "take the column out of the roster"))
    if problems:
        raise BadInput(problems)
    ignore = frozenset(map(column_key, ignored))
    return RosterReading(encoding=encoding, mapped=found, ignored=ignore, is_condition=is_condition)


def column_key(text: str) -> str:
    """A header as it is compared: `Next visit`, `next-visit` and `NextVisit` are the same."""
    return key_of(text).replace(" ", "")


class Header:
    """The header of one roster, judged cell by cell.

    Attributes:
        columns: Our column for each cell; `LEFT_ALONE` for those of another program, None for one without a name.
        left_alone: The headers that are nothing of ours, as they are written, but for those to be ignored.
    """

    def __init__(self, names: Sequence[str], reading: RosterReading) -> None:
        self._names, self._reading = names, reading
        self.columns: list[str | None] = [self._column(name) for name in names]
        self.left_alone = [
            name
            for name, column in zip(names, self.columns, strict=True)
            if column == LEFT_ALONE and column_key(name) not in reading.ignored
        ]

    def problem(self, index: int) -> tuple[str, str | None] | None:
        """What is wrong with one cell, and what to do."""
        name, column = self._names[index], self.columns[index]
        if not " ".join(name.split()).isprintable():
            return "an invisible control character in the name of a column", "remove it"
        if column and column in self.columns[:index]:
            return f"the column '{column}' is there twice", "take one out, or give --ignore"
        if column in PARTS_OF_NAME and "name" in self.columns:
            return f"the columns 'name' and '{column}' are one too many", "take one out, or give --ignore"
        if column == LEFT_ALONE and column_key(name) not in self._reading.ignored and (near := self._near(name)):
            hint = f"did you mean {near}? Rename it, or give --columns '{name}={near}' or --ignore '{name}'"
            if self._reading.is_condition(name):
                hint = f"it is a condition: write it under conditions for who has it, or give --ignore '{name}'"
            elif near in self.columns:
                hint = f"there is a column {near} too: put both in one, or give --ignore '{name}'"
            return f"unknown column '{name}'", hint
        return None

    @property
    def missing(self) -> tuple[str, str | None] | None:
        """What a roster cannot be without and this one lacks, and what to do."""
        if "name" in self.columns or set(PARTS_OF_NAME) <= set(self.columns):
            return None
        maps = [f"{name}={near}" for name in self._names if (near := meaning(name)) in ("name", *PARTS_OF_NAME)]
        hint = f"give --columns {' --columns '.join(map(repr, maps))}" if maps else None
        return "the column 'name' is missing", hint or "or first_name and last_name; the first row names the columns"

    def _column(self, name: str) -> str | None:
        key = column_key(name)
        if not key:
            return None if not name else LEFT_ALONE
        if key in self._reading.mapped:
            return self._reading.mapped[key]
        return LEFT_ALONE if key in self._reading.ignored else _OURS.get(key, LEFT_ALONE)

    def _near(self, name: str) -> str | None:
        """The column of ours that a foreign one may be, when it must not be left alone."""
        if self._reading.is_condition(name):
            return "conditions"
        key, words = column_key(name), key_of(name).split()
        likeness = {ours: OSA.normalized_similarity(key, short) for short, ours in _OURS.items()}
        best = max(likeness, key=lambda ours: likeness[ours])
        has_name = "name" in self.columns or set(PARTS_OF_NAME) <= set(self.columns)
        is_there = has_name if best in ("name", *PARTS_OF_NAME) else best in self.columns
        if likeness[best] >= _LIKE and (best in _GUARDS or not is_there):
            return meaning(name) or best
        for word in words:
            if word in _OF_DOSE:
                return "exercises"
            if ours := next((one for one in _GUARDS if OSA.normalized_similarity(word, one) >= _LIKE_WORD), None):
                return ours
            if (ours := _WORDS.get(word)) and ours not in self.columns:
                return ours
        return None


def meaning(name: str) -> str | None:
    """The column of ours that another program's may be, where nothing is lost if it is not."""
    return _MEANS.get(column_key(name))
