"""The next handout of a patient: an earlier one's program with this visit's changes, and what they were.

Pure: reads no file and asks for no date. Conditions and cautions of earlier visits stay, overrides only where they are
decided again. Nothing here screens the result: every program is screened before it is printed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from handouts.dose import Dose, format_dose
from handouts.errors import BadInput, Problem
from handouts.library import Library
from handouts.library.names import resolve
from handouts.library.nearest import did_you_mean
from handouts.model import AGE, UNDER_AGE, Change, Exercise, Override, Prescription, Program, TakenHome, Visit
from handouts.prescription.assembly import assemble
from handouts.prescription.layers import Layer, ProgramFields, options_layer
from handouts.prescription.overrides import NOBODY
from handouts.prescription.patient_conditions import condition_words
from handouts.prescription.prescribing import Direction, gentler, next_level
from handouts.prescription.record import (
    changes_since,
    home_before,
    open_record,
    program_from_record,
    taken_home,
    with_history,
)
from handouts.screening import adapt, verdict
from handouts.screening.rules import waits_for_clearance
from handouts.screening.windows import Standing, standing, together


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestedChanges:
    """The changes of one visit as they were written: `dose` "ID=DOSE", `add` "ID [DOSE]", `swap` "OLD=NEW".

    `keep_overrides`: this visit's clinician decides again what the earlier handout overrode.
    """

    dose: tuple[str, ...] = ()
    add: tuple[str, ...] = ()
    swap: tuple[str, ...] = ()
    level: Direction | None = None
    keep_overrides: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Revised:
    """The next program, the one of the earlier handout, and what `level` did to each exercise, for the clinician."""

    program: Program
    old: Program
    notes: tuple[str, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """What is other than the patient has at home."""
        return self.program.history[-1].changes

    @property
    def dropped(self) -> tuple[Override, ...]:
        """The overrides of the earlier handout that nobody has decided again."""
        decided = {(one.item, one.condition) for one in self.program.overrides}
        return tuple(one for one in self.old.overrides if (one.item, one.condition) not in decided)


def revise(
    record: dict[str, Any],
    requested: RequestedChanges,
    options: ProgramFields,
    library: Library,
    *,
    date: dt.date,
    below: Sequence[Layer] = (),
    path: str = "the handout's program",
    since: dict[str, Any] | None = None,
    since_path: str = "--since",
) -> Revised:
    """The recorded program with the `requested` changes and `make`'s `options`.

    Swaps come first, then the level, which leaves alone what is changed by name, then doses, additions and skips. An
    override was decided for one visit: it is dropped unless it is made anew or kept in this visit's clinician's name.

    Args:
        record: the program inside the old handout.
        options: `make`'s options, which win over the record.
        date: the new handout's date when nothing gives one; the old handout's where that is later.
        below: layers that the record wins over.
        path: names the record in problems.
        since: the program inside the handout that the patient last took home; else the old one, or where that is of
            the same day, the one before that day.
        since_path: names that record in problems.

    Raises:
        BadInput: with every problem at once.
    """
    if options.clinic:  # the earlier one need not be in the library any more
        record = {**record, "clinic": None}
    old = program_from_record(record, library, path=path)
    problems: list[Problem] = []
    plan = _Plan(old, library, problems)
    plan.swap(requested.swap)
    doses = plan.doses(requested.dose)
    added = plan.added(requested.add)
    with_dose = plan.named_once(doses, added, options)
    if problems:
        raise BadInput(problems)
    if requested.level:
        named = {*with_dose, *options.skip, *plan.came}
        plan.move(requested.level, named, _conditions(old, options, below, library, max(date, old.date)))
    kept = plan.overrides_kept() if requested.keep_overrides else {}
    if kept and not (options.clinician or any(layer.data.get("clinician") for layer in below)):
        problems.append(Problem("--keep-overrides", 0, 0, NOBODY, "this visit's: --clinician NAME"))
    # The date and the next visit belong to the old handout; its clinician counts where nobody is named for this visit.
    changed = {"date": None, "next_visit": None, "clinician": None, "overrides": kept}
    recorded, start, _ = open_record(record, changed, library, path, problems)
    layers = [
        options_layer(ProgramFields(exercise=added), problems, lambda _field: "--add"),
        options_layer(ProgramFields(exercise=doses), problems, lambda _field: "--dose"),
        options_layer(options, problems),
        recorded,
        *below,
        Layer({"clinician": record.get("clinician")}, recorded.places),
    ]
    start = start._replace(prescriptions=tuple(plan.prescriptions))
    new = assemble(layers, library, date=max(date, old.date), start=start, name_required=False, problems=problems)
    if new.date < old.date:
        raise BadInput([Problem("--date", 0, 0, f"{new.date} is before the handout that is revised, of {old.date}")])
    new = _on_the_side_of_today(_gentle_at_first(new, old, with_dose), old)
    before = _at_home(since, new, library, since_path) if since else home_before(old, new.date)
    return Revised(program=with_visit(old, new, plan.came, library, before), old=old, notes=tuple(plan.notes))


def with_visit(
    old: Program, new: Program, came: Mapping[str, str], library: Library, before: TakenHome | None = None
) -> Program:
    """The `new` program as the visit after the `old` one.

    Args:
        came: a new exercise, and the one that it replaced.
        before: what the patient has at home; what the history says, when not given.
    """
    before = before or home_before(old, new.date)
    # What is printed counts: a condition may set the side of an exercise, or a ceiling over its dose.
    changes = tuple(changes_since(before, old, adapt(new, library)[0], came))
    first = Visit(date=old.date, clinician=old.clinician, overrides=old.overrides)
    visit = Visit(date=new.date, clinician=new.clinician, changes=changes, overrides=new.overrides)
    return replace(with_history(new, (*(old.history or (first,)), visit), library), before=before)


def _at_home(record: dict[str, Any], new: Program, library: Library, path: str) -> TakenHome:
    """What a handout that the user names told the patient. Raises BadInput when it is not this patient's, or later."""
    program = program_from_record(record, library, path=path)
    named = program.patient.name or program.patient.id
    if named and not program.patient.is_same_as(new.patient):
        raise BadInput(
            [Problem(path, 0, 0, "is the handout of another patient", "--since takes one of this patient's")]
        )
    if program.date > new.date:
        raise BadInput([Problem(path, 0, 0, f"is of {program.date}, after the new handout, of {new.date}")])
    return taken_home(program)


def change_line(change: Change) -> str:
    """One change for the clinician, in one line."""
    match change.kind:
        case "added":
            return f"added {change.item}: {change.after}"
        case "swapped":
            return f"swapped {change.instead_of} for {change.item}: {change.after}"
        case "dose":
            return f"{change.item}: {change.before} -> {change.after}"
        case "note":
            return f"{change.item}: another note"
        case "taken-out":
            return f"took out {change.item}"
        case "condition":
            return f"condition {change.item} is new"


class _Plan:
    """The next program's exercises while they are changed. `came` maps a new exercise to the one that it replaced."""

    def __init__(self, old: Program, library: Library, problems: list[Problem]) -> None:
        self.library, self.problems, self._old = library, problems, old
        self.prescriptions = list(old.prescriptions)
        self.came: dict[str, str] = {}
        self.notes: list[str] = []

    @property
    def ids(self) -> list[str]:
        return [prescription.exercise.id for prescription in self.prescriptions]

    def swap(self, texts: Sequence[str]) -> None:
        """OLD=NEW: the new exercise with its usual dose, in the old one's place and on its side."""
        for text in texts:
            old, new = map(self._named, _pair(text))
            if not new:
                self._problem("--swap", f"'{text}' is not a swap", "write OLD=NEW, such as bridge=single-leg-bridge")
            elif self._has("--swap", old) and self._is_new("--swap", new):
                self._put(old, self._beginning(self._of(old), self.library.exercise(new), None))

    def doses(self, texts: Sequence[str]) -> tuple[str, ...]:
        """ID=DOSE as `make` writes it, for exercises that the program has."""
        found = []
        for text in texts:
            written, dose = _pair(text)
            exercise = self._named(written)
            if not dose:
                self._problem("--dose", f"'{text}' is not a dose", 'write ID=DOSE, such as "bridge=3x12 rest 60s"')
            elif self._has("--dose", exercise):
                found.append(f"{exercise} {dose}")
        return tuple(found)

    def added(self, texts: Sequence[str]) -> tuple[str, ...]:
        """ID [DOSE], for exercises that the program does not have."""
        found = []
        for text in texts:
            exercise, dose = self.library.names.leading("exercises", text) or ((text.split() or [""])[0], text)
            if not text.strip() or self._is_new("--add", exercise):
                found.append(f"{exercise} {dose}".strip() if exercise != (text.split() or [""])[0] else text)
        return tuple(found)

    def named_once(self, doses: Sequence[str], added: Sequence[str], options: ProgramFields) -> set[str]:
        """The exercises whose dose is written; one that two options name is a problem: which of them is meant?"""
        leading = partial(self.library.names.leading, "exercises")
        written = {"--dose": doses, "--add": added, "--exercise": options.exercise}
        by = {option: {found[0] for found in map(leading, texts) if found} for option, texts in written.items()}
        with_dose, skipped = set().union(*by.values()), set(map(self._named, options.skip))
        by |= {"--skip": skipped, "--swap": {*self.came.values(), *(skipped & self.came.keys())}}
        for name in sorted(with_dose | skipped):
            first, *more = (option for option, names in by.items() if name in names)
            if more:
                self._problem(first, f"'{name}' is named by {' and '.join(more)} too", "say it once, as it is meant")
        return with_dose

    def move(self, direction: Direction, named: Collection[str], conditions: Sequence[Standing]) -> None:
        """Each exercise but the `named` ones one level on, or its neighbour in its place where the levels end."""
        for before in [one for one in self.prescriptions if one.exercise.id not in named]:
            exercise = before.exercise
            if direction == "up" and (why := self._why_it_stays(exercise, conditions)):
                self.notes.append(f"{exercise.id}: stays, because {why}: raise it by name, with --dose")
                continue
            if not _stated(before.dose):
                self.notes.append(f"{exercise.id}: its dose is left open, so it stays")
                continue
            if dose := next_level(before, direction):
                self._put(exercise.id, replace(before, dose=dose))
                self.notes.append(f"{exercise.id}: {direction} to {format_dose(dose)}")
            else:
                self.notes.append(self._neighbour(before, direction, conditions))

    def overrides_kept(self) -> dict[str, dict[str, str]]:
        """Why the earlier handout overrode what is still in the program, for this visit's clinician to sign."""
        # An override was for one exercise; its successor must be judged anew.
        gone = set(self.came.values())
        kept: dict[str, dict[str, str]] = {}
        for one in self._old.overrides:
            if one.item not in gone:
                kept.setdefault(one.item, {})[one.condition] = one.reason
        return kept

    def _why_it_stays(self, exercise: Exercise, conditions: Sequence[Standing]) -> str | None:
        """Why an exercise is not made harder unasked: a rule speaks about it, or it was overridden."""
        judged = verdict(exercise, conditions, self.library)
        if judged == "contraindicated" or exercise.id in {one.item for one in self._old.overrides}:
            return "it is printed in spite of a rule"
        if wrong := next((of.condition.id for of in conditions if of.condition.no_progression), None):
            return f"doing more by a plan is wrong with {wrong}"
        return "it is to be done with care" if judged else None

    def _neighbour(self, before: Prescription, direction: Direction, conditions: Sequence[Standing]) -> str:
        exercise = before.exercise
        word = "harder" if direction == "up" else "easier"
        name = exercise.harder if direction == "up" else exercise.easier
        if name is None:
            return f"{exercise.id}: stays, there is nothing {word}"
        if name in self.ids:
            return f"{exercise.id}: stays, because {name}, the {word} one, is in the program"
        other = self.library.exercise(name)
        waits = waits_for_clearance(other, conditions, self.library)
        judged = verdict(other, conditions, self.library)
        if waits or judged == "contraindicated" or (judged and direction == "up"):
            forbidden = "is contraindicated for this patient" if judged == "contraindicated" else "takes care"
            why = "waits for clearance" if waits else forbidden
            return f"{exercise.id}: stays, because {name}, the {word} one, {why}"
        self._put(exercise.id, self._beginning(before, other, "gentle" if direction == "up" else "strong"))
        return f"{exercise.id}: {direction} to {name}, {format_dose(self._of(name).dose)}"

    def _beginning(self, before: Prescription, other: Exercise, level: str | None) -> Prescription:
        """Another exercise at a level, or at its usual dose, on the side of the one it replaces."""
        dose = other.dose_levels.get(level or "", other.dose)
        # The patient's bad side stays the same, whichever exercise is done for it.
        if other.sides != "none" and before.dose.side in ("left", "right"):
            dose = replace(dose, side=before.dose.side)
        return Prescription(exercise=other, dose=dose)

    def _put(self, old: str, new: Prescription) -> None:
        self.prescriptions[self.ids.index(old)] = new
        if new.exercise.id != old:
            self.came[new.exercise.id] = self.came.pop(old, old)

    def _of(self, exercise: str) -> Prescription:
        return self.prescriptions[self.ids.index(exercise)]

    def _has(self, option: str, exercise: str) -> bool:
        if exercise in self.ids:
            return True
        hint = did_you_mean(exercise, self.ids) or f"it has {', '.join(self.ids)}"
        self._problem(option, f"the program has no exercise '{exercise}'", hint)
        return False

    def _is_new(self, option: str, exercise: str) -> bool:
        if exercise in self.ids:
            self._problem(option, f"the program has '{exercise}' already", f'change it with --dose "{exercise}=…"')
            return False
        if exercise not in self.library.ids("exercises"):
            self._problem(option, *self.library.names.fault("exercises", "exercise", exercise))
            return False
        return True

    def _named(self, written: str) -> str:
        """The exercise that a name stands for; the name itself when it stands for none, or for several."""
        return resolve("exercises", written, self.library) or written

    def _problem(self, option: str, message: str, hint: str) -> None:
        self.problems.append(Problem(option, 0, 0, message, hint))


def _gentle_at_first(new: Program, old: Program, with_dose: Collection[str]) -> Program:
    """The program in which an exercise that is overridden for the first time is gentle, unless its dose was written."""
    before = {one.item for one in old.overrides}
    now = {one.item for one in new.overrides} - before
    of_a_child = AGE in now and any(known.condition.id == UNDER_AGE for known in new.patient.conditions)
    prescriptions = (
        gentler(one) if (one.exercise.id in now or of_a_child) and one.exercise.id not in with_dose else one
        for one in new.prescriptions
    )
    return replace(new, prescriptions=tuple(prescriptions))


def _on_the_side_of_today(new: Program, old: Program) -> Program:
    """The program with no side left over from a condition that is said to be on another side than it was."""
    now = {known.condition.id: known.side for known in new.patient.conditions}
    moved = [known for known in old.patient.conditions if known.side and known.side != now.get(known.condition.id)]

    def left_over(one: Prescription) -> bool:
        region, side = one.exercise.region, one.dose.side
        return not one.side_given and any(region in of.condition.one_sided and side == of.side for of in moved)

    prescriptions = (
        replace(one, dose=replace(one.dose, side="each")) if left_over(one) else one for one in new.prescriptions
    )
    return replace(new, prescriptions=tuple(prescriptions))


def _pair(text: str) -> tuple[str, str]:
    left, _, right = text.partition("=")
    return left.strip(), right.strip()


def _stated(dose: Dose) -> bool:
    """Whether the dose says how much; one that was left blank for a pen has no level."""
    return bool(dose.reps or dose.duration_s or dose.hold_s)


def _conditions(
    old: Program, options: ProgramFields, below: Sequence[Layer], library: Library, date: dt.date
) -> Sequence[Standing]:
    """Every condition that the next handout will be screened for; of new ones nothing is known here."""
    found = {known.condition.id: standing(known, date) for known in old.patient.conditions}
    lower = (written for layer in below for written in layer.data.get("patient", {}).get("conditions", ()))
    for written in (*options.condition, *lower):
        name = resolve("conditions", written, library) or resolve("conditions", condition_words(written).name, library)
        if name:
            found[name] = Standing(condition=library.conditions[name])
    return together(found.values(), library)
