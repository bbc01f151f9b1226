"""Layers + library → `Program`. Every problem of every layer is collected; nothing is guessed, no clock is read.

Lists add up (conditions, exercises, skips, overrides, leaflets), because a patient's condition given anywhere counts;
of single values the first layer that has one wins.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args

from handouts.errors import AtTerminal, BadInput, Problem
from handouts.library import AnyKind, Library
from handouts.library.yaml_fields import Fields
from handouts.model import (
    ADULT,
    AGE,
    PAPER_NAMES,
    UNDER_AGE,
    Clinic,
    Layout,
    Packet,
    Paper,
    Patient,
    PatientCondition,
    Prescription,
    Program,
)
from handouts.prescription.layers import SECTIONS, Layer
from handouts.prescription.overrides import overridden_exercises, read_overrides
from handouts.prescription.patient_conditions import known_id, read_conditions
from handouts.prescription.prescribing import Prescribing, gentler, packet_prescriptions
from handouts.resources import as_on_disk

Value = TypeVar("Value")
Choose = Callable[[Patient, dt.date], tuple[Prescription, ...]]
"""Chooses exercises for a patient on the handout's date, in place of a packet, when they are selected by rule."""
MOST_LOG_WEEKS = 12
MOST_YEARS = 120


def assemble(
    layers: Sequence[Layer],
    library: Library,
    *,
    date: dt.date,
    start: Start | None = None,
    choose: Choose | None = None,
    name_required: bool = True,
    problems: Iterable[Problem] = (),
) -> Program:
    """The program that `layers` make together.

    Args:
        layers: at least one; the one that wins over the others first.
        date: the program's date when no layer gives one.
        start: what the layers change when they name no packet.
        choose: finds the exercises to start from by the patient's conditions, in place of `start`; may raise.
        name_required: whether a program without a patient's name is a problem.

    Raises:
        BadInput: with every problem at once.
    """
    assembly = _Assembly(layers, library, list(problems), choose)
    return assembly.program(date, start or Start(None, ()), name_required)


def assemble_patient(layer: Layer, library: Library, *, date: dt.date) -> Patient:
    """The patient of one layer, with the conditions that follow from the age; the name may be left blank.

    Raises BadInput with every problem of the layer's patient.
    """
    assembly = _Assembly([layer], library, [])
    patient = assembly.patient(False, date)
    if assembly.problems:
        raise BadInput(assembly.problems)
    return patient


class Start(NamedTuple):
    """A packet, and the exercises before any layer changes them."""

    packet: Packet | None
    prescriptions: tuple[Prescription, ...]


class _Assembly:
    """One program being put together."""

    def __init__(
        self, layers: Sequence[Layer], library: Library, problems: list[Problem], choose: Choose | None = None
    ) -> None:
        self.layers, self.library, self.problems, self.choose = layers, library, problems, choose
        self.tops = [Fields(layer.data, layer.places, problems) for layer in layers]
        files = (top for layer, top in zip(layers, self.tops, strict=True) if layer.home is not None)
        self._unsure = False  # whether the packet could not be read, so that nobody knows what the program holds
        self._main = next(files, self.tops[0])  # where something missing is reported

    def program(self, date: dt.date, start: Start, name_required: bool) -> Program:
        date = self._first(self.tops, lambda top: top.date("date")) or date
        patient = self.patient(name_required, date)
        clinic = self._clinic()
        overrides = self._sections("overrides")
        overridden = overridden_exercises(overrides, patient, self.library)
        chosen = None if self.choose is None else self._chosen(patient, date, self.choose)
        begun = self._start(chosen or start)
        packet, before = begun
        # What a rule forbids begins gently, unless somebody has written a dose for this patient.
        if begun is not start:
            before = tuple(gentler(one) if overridden(one.exercise.id) else one for one in before)
        prescribing = Prescribing(before, self.library, overridden, unsure=self._unsure)
        for top in reversed(self.tops):
            prescribing.apply(top)
        prescriptions = prescribing.in_order(self.tops)
        program = Program(
            patient=patient,
            clinic=clinic,
            clinician=self._text("clinician", 200),
            date=date,
            next_visit=self._first(self.tops, lambda top: top.date("next_visit")),
            language=self._id("language", "languages") or clinic.language,
            goal=self._text("goal", 200),
            note=self._text("note", 1000),
            packet=packet,
            prescriptions=prescriptions,
            layout=self._layout(clinic),
            append=self._leaflets(),
        )
        decided = read_overrides(overrides, self.library, program, skipped=prescribing.skipped, unsure=self._unsure)
        program = replace(program, overrides=decided)
        for top in self.tops:
            top.done(SECTIONS)
        self._check_dates(program)
        if not prescriptions and not self.problems:
            self._main.problem("no exercise to do", hint="give a packet or exercises")
        if self.problems:
            raise BadInput(self.problems)
        return program

    # -- single values -----------------------------------------------------------------------------------------------

    def _first(self, sections: Sequence[Fields], read: Callable[[Fields], Value | None]) -> Value | None:
        """The first value that is there; every layer is read, so that a problem in a lower one is found too."""
        # A layer that loses may be wrong too, and its mistake would show when the winning one is taken out.
        values = [read(section) for section in sections]
        return next((value for value in values if value is not None), None)

    def _text(self, name: str, most: int) -> str | None:
        return self._first(self.tops, lambda top: top.maybe_text(name, most=most))

    def _id(self, name: str, kind: AnyKind) -> str | None:
        """The id in a field, when the library has it."""

        def read(top: Fields) -> str | None:
            value = top.get(name)
            return None if value is None else known_id(self.library, top, value, name, kind, name)

        return self._first(self.tops, read)

    def _sections(self, name: str) -> list[Fields]:
        return [section for top in self.tops if (section := top.inner(name)) is not None]

    # -- patient -----------------------------------------------------------------------------------------------------

    def patient(self, name_required: bool, date: dt.date) -> Patient:
        """The patient, with the conditions that follow from the age."""
        sections = self._sections("patient")
        name = self._first(sections, lambda patient: patient.maybe_text("name", most=200))
        patient_id = self._first(sections, lambda patient: patient.maybe_text("id", most=80, number=True))
        empty = next((section for section in sections if section.data.get("name", "") is None), None)
        if not name and name_required and empty is not None:
            hint = 'a name such as Null needs quotes: name: "Null"'
            empty.problem("the patient's name is empty: YAML reads Null, ~ and nothing as no value", "name", hint=hint)
        elif not name and name_required:
            where = AtTerminal("patient: {name: …}, or --patient NAME")
            self._main.problem("the patient's name is missing", hint=where)
        conditions = read_conditions(sections, self.library, date)
        # Whichever of the two the winning layer has: an age that is given now must not lose to an old date of birth.
        age, born = self._first(sections, lambda patient: self._age(patient, date)) or (None, None)
        if age is not None and age < ADULT and UNDER_AGE in self.library.conditions:
            given = {known.condition.id: known for known in conditions}
            conditions = (
                *{UNDER_AGE: PatientCondition(condition=self.library.conditions[UNDER_AGE]), **given}.values(),
            )
        helper = self._first(sections, lambda patient: patient.maybe_flag("helper")) or False
        for section in sections:
            section.done()
        return Patient(
            name=name or "",
            id=patient_id,
            conditions=conditions,
            age=age,
            born=born,
            helper=helper or any(known.condition.needs_helper for known in conditions),
        )

    def _age(self, patient: Fields, date: dt.date) -> tuple[int, dt.date | None] | None:
        """The age on the handout's date, and the date of birth that tells it; None when neither was given."""
        born = patient.date("born")
        if patient.get("age") is not None:
            if patient.has("born"):
                patient.problem("an age and a date of birth are one too many", "age", hint="give one of them")
            return patient.whole("age", ADULT, least=0, most=MOST_YEARS), None
        if born is None:
            return None
        years = date.year - born.year - ((date.month, date.day) < (born.month, born.day))
        if not 0 <= years <= MOST_YEARS:
            patient.problem(f"by the date of birth the patient is {years} on {date}", "born", hint="write YYYY-MM-DD")
        return years, born

    # -- clinic, packet, layout --------------------------------------------------------------------------------------

    def _clinic(self) -> Clinic:
        named = any(top.has("clinic") for top in self.tops)
        clinic_id = self._id("clinic", "clinics") or (None if named else self.library.default_clinic)
        try:
            return Clinic(id="") if clinic_id is None else self.library.clinic(clinic_id)
        except BadInput as error:
            self.problems.extend(error.problems)
            return Clinic(id="")

    def _start(self, start: Start) -> Start:
        packet_id = self._id("packet", "packets")
        if packet_id is None:
            self._unsure |= any(top.has("packet") for top in self.tops)
            return start
        try:
            packet = self.library.packet(packet_id)
            return Start(packet, packet_prescriptions(packet, self.library))
        except BadInput as error:
            self._unsure = True
            self.problems.extend(error.problems)
            return start

    def _chosen(self, patient: Patient, date: dt.date, choose: Choose) -> Start:
        """What `choose` finds; nothing when a packet is named too, or when not every condition could be read."""
        for top in self.tops:
            if top.has("packet"):
                top.problem("a packet and a choice by rule exclude each other", "packet", hint="give one of them")
        if not self.problems:
            lifted = any(section.has(AGE) for section in self._sections("overrides"))
            kept = tuple(one for one in patient.conditions if not (lifted and one.condition.id == UNDER_AGE))
            return Start(None, choose(replace(patient, conditions=kept), date))
        self._unsure = True
        return Start(None, ())

    def _layout(self, clinic: Clinic) -> Layout:
        sections = self._sections("print")

        def paper_of(section: Fields) -> Any:
            return section.maybe_choice("paper", get_args(Paper), PAPER_NAMES)

        def flag(name: str) -> bool:
            return self._first(sections, lambda section: section.maybe_flag(name)) or False

        def weeks_of(section: Fields) -> int | None:
            if section.get("log_weeks") is None:
                return None
            return section.whole("log_weeks", 4, least=0, most=MOST_LOG_WEEKS)

        weeks = self._first(sections, weeks_of)
        layout = Layout(
            paper=self._first(sections, paper_of) or clinic.paper,
            large_print=flag("large_print"),
            ink_saver=flag("ink_saver"),
            hole_punch=flag("hole_punch"),
            log_weeks=clinic.log_weeks if weeks is None else weeks,
        )
        for section in sections:
            section.done()
        return layout

    def _leaflets(self) -> tuple[str, ...]:
        found: list[str] = []
        for layer, top in zip(reversed(self.layers), reversed(self.tops), strict=True):
            for index, name in enumerate(top.texts("append", most=1000)):
                beside = as_on_disk(layer.home / name if layer.home else Path(name))
                # A file beside the program is what its writer means, also where the library has one of that name.
                if self.library.leaflet_path(name) and not beside.is_file():
                    found.append(name)
                    continue
                if not name.casefold().endswith(".pdf"):
                    what = "is not a PDF" if beside.suffix else "is no leaflet of the library and no PDF"
                    top.problem(f"'{name}' {what}", "append", index, hint="only PDF files can be appended")
                found.append(str(beside))
        return tuple(dict.fromkeys(found))

    # -- what must agree ---------------------------------------------------------------------------------------------

    def _check_dates(self, program: Program) -> None:
        at = next((top for top in self.tops if top.has("next_visit")), None)
        if at and program.next_visit and program.next_visit < program.date:
            at.problem(f"the next visit, {program.next_visit}, is before the date, {program.date}", "next_visit")
