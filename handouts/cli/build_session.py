"""The session of `handouts build`: asks, changes the draft, saves it after every step, shows the result.

A new program is asked for question by question; after that the clinician types commands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Literal

from handouts.cli.build_questions import Questions, Settled
from handouts.cli.build_screens import STOP, help_screen, program_screen, wrapped_lines
from handouts.cli.prompting import Option, Prompter, StepBack
from handouts.dose import DoseError, format_dose
from handouts.drafting import draft_changes
from handouts.drafting.draft import Draft, DraftCondition, DraftHistory, ImpossibleChange
from handouts.drafting.draft_files import DraftFile
from handouts.drafting.draft_program import (
    build_program,
    dose_in_place,
    faults,
    findings,
    findings_of,
    program_fields,
    unreadable,
)
from handouts.drafting.typed_commands import (
    COMMANDS,
    FIELDS,
    clean,
    exercise_at,
    read_command,
    read_condition,
    set_value,
    without_new_faults,
)
from handouts.errors import FileTrouble
from handouts.library import Library
from handouts.library.names import resolve
from handouts.model import Finding
from handouts.output_paths import file_stem
from handouts.pdf.files import write_whole
from handouts.prescription.program_file import program_text
from handouts.screening import refusal_words, refusals


@dataclass(kw_only=True)
class BuildSession:
    """One program from the first question to the saved file."""

    library: Library
    prompter: Prompter
    draft_file: DraftFile
    history: DraftHistory
    output: Path | None
    """The program file's name, where it was given."""
    force: bool
    make: Callable[..., None]
    """Makes the handout of a saved program."""
    saved: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._questions = Questions(self.library, self.prompter)
        self._open = True
        self._unsaved = bool(self.history.past)
        self._shown: Draft | None = None

    @property
    def draft(self) -> Draft:
        """The program as it stands."""
        return self.history.draft

    def run(self) -> None:
        """Ask until the clinician stops. Ctrl-C raises KeyboardInterrupt: the draft has been saved by then."""
        steps = {
            "name": self._name,
            "id": self._id,
            "conditions": self._conditions,
            "packet": self._packet,
            "exercises": self._exercises,
            "command": self._command,
        }
        while self._open:
            self.prompter.asked = 0
            try:
                self._step(steps[self.draft.question])
            except (ImpossibleChange, DoseError, FileTrouble) as error:
                self._complain(str(error))

    def _step(self, ask: Callable[[], None]) -> None:
        """One question and what follows. Ctrl-Z leaves a question that followed, or takes the last step back."""
        try:
            ask()
        except StepBack:
            if self.prompter.asked > 1:
                self._say("Left as it was.")
            else:
                self._step_along(draft_changes.undo)

    def say_where_the_draft_is(self) -> None:
        """Say where the draft is, unless the program has been saved."""
        if self._unsaved:
            kept = f"The draft is kept in {self.draft_file.path}: only you can read it."
            self._say(f"{kept} `handouts build` offers it again.")

    # -- the questions of a new program ------------------------------------------------------------------------------

    def _name(self) -> None:
        name = self.prompter.ask(
            "The patient's name: ",
            default=self.draft.name,
            check=lambda text: None if text else "the sheet needs a name",
            panel=lambda _text: [("bold", "Ctrl-Z takes the last step back. Ctrl-C stops, and nothing is lost.")],
        )
        self._do("the name", draft_changes.next_question(replace(self.draft, name=clean(name))))

    def _id(self) -> None:
        number = self.prompter.ask("The clinic's number (Enter for none): ", default=self.draft.id or "")
        self._do("the number", draft_changes.next_question(replace(self.draft, id=clean(number) or None)))

    def _conditions(self) -> None:
        if has := self._questions.condition(self.draft):
            self._add_condition(has)
        else:
            self._do("the end of the conditions", draft_changes.next_question(self.draft))

    def _packet(self) -> None:
        if packet := self._questions.packet():
            self._start_from(packet, draft_changes.next_question)
        else:
            self._do("no packet", draft_changes.next_question(self.draft))

    def _exercises(self) -> None:
        self._show_program()
        if exercise := self._questions.exercise(self.draft, "Add the exercise (Enter when done): "):
            self._add_exercise(exercise)
        else:
            self._do("the end of the exercises", draft_changes.next_question(self.draft))

    # -- commands ----------------------------------------------------------------------------------------------------

    def _command(self) -> None:
        self._show_program()
        text = self.prompter.ask(
            "What next? ",
            options=lambda text: [
                Option(word, f"{after}  {what}".strip())
                for word, (after, what) in COMMANDS.items()
                if word.startswith(text)
            ],
            panel=lambda _text: [("bold", "add, dose, move, swap, remove, undo, save, make, open, print, help, quit")],
        )
        if not text:
            return
        word, rest = read_command(text)
        commands: dict[str, Callable[[str], None]] = {
            "add": self._add,
            "dose": self._dose,
            "note": self._note,
            "move": self._move,
            "swap": self._swap,
            "keep": self._keep,
            "remove": self._remove,
            "clearance": self._clearance,
            "condition": self._condition,
            "packet": self._other_packet,
            "set": self._set,
            "undo": lambda _rest: self._step_along(draft_changes.undo),
            "redo": lambda _rest: self._step_along(draft_changes.redo),
            "save": lambda rest: self._save(Path(rest) if rest else None),
            "make": lambda _rest: self._print(),
            "open": lambda _rest: self._print("--open"),
            "print": lambda _rest: self._print("--print"),
            "help": lambda _rest: self.prompter.show(help_screen(self.prompter.width)),
            "quit": lambda _rest: self._quit(),
        }
        commands[word](rest)

    def _add(self, rest: str) -> None:
        if rest:
            self._add_exercise(*self._named_exercise(rest))
        elif exercise := self._questions.exercise(self.draft, "Add the exercise: "):
            self._add_exercise(exercise)

    def _dose(self, rest: str) -> None:
        which, text = rest.partition(" ")[::2]
        exercise = exercise_at(self.draft, which)
        text = text or self._questions.dose(self.draft, exercise, draft_changes.chosen(self.draft, exercise).dose)
        dose = format_dose(draft_changes.read_dose(text, self.draft, exercise, self.library))
        self._do(f"the dose of {exercise}", draft_changes.set_dose(self.draft, exercise, dose))

    def _note(self, rest: str) -> None:
        which, text = rest.partition(" ")[::2]
        exercise = exercise_at(self.draft, which)
        text = text or self.prompter.ask(
            f"Note on {exercise}: ", default=draft_changes.chosen(self.draft, exercise).note or ""
        )
        self._do(f"the note on {exercise}", draft_changes.set_note(self.draft, exercise, clean(text)))

    def _move(self, rest: str) -> None:
        which, place = rest.partition(" ")[::2]
        exercise = exercise_at(self.draft, which)
        if not place.isdecimal():
            raise ImpossibleChange(f"where to? Write: move {which} PLACE")
        self._do(f"the move of {exercise}", draft_changes.move(self.draft, exercise, int(place)))

    def _swap(self, rest: str) -> None:
        which, name = rest.partition(" ")[::2]
        old = exercise_at(self.draft, which)
        new = self._named_exercise(name)[0] if name else self._questions.exercise(self.draft, f"Instead of {old}: ")
        if new:
            without = draft_changes.drop_exercise(self.draft, old)
            if settled := self._settled_exercise(without, new):
                act = partial(draft_changes.swap, self.draft, old)
                self._finish(settled, f"{settled[0]} instead of {old}", act, instead_of=old)

    def _keep(self, rest: str) -> None:
        item = rest if rest and rest == self.draft.packet else exercise_at(self.draft, rest)
        forbidding = [one for one in refusals(findings(self.draft, self.library)) if item in (one.exercise, one.packet)]
        if not forbidding:
            raise ImpossibleChange(f"nothing forbids {item}")
        draft = self.draft
        for condition in dict.fromkeys(one.condition for one in forbidding):
            if self.library.conditions[condition].blocks_all:
                raise ImpossibleChange(f"nothing may be printed with {condition}: remove it once it is ruled out")
            draft = self._overridden(draft, item, condition, self._questions.reason(item, condition))
        draft = draft_changes.begin_gently(draft, item, self.library)
        self._do(f"the override of {item}", draft)

    def _remove(self, rest: str) -> None:
        if rest in [one.condition for one in self.draft.conditions]:
            self._do(f"the removal of {rest}", draft_changes.drop_condition(self.draft, rest))
        else:
            exercise = exercise_at(self.draft, rest)
            self._do(f"the removal of {exercise}", draft_changes.drop_exercise(self.draft, exercise))

    def _condition(self, rest: str) -> None:
        has = read_condition(rest, self.draft.date) if rest else self._questions.condition(self.draft)
        if has:
            self._add_condition(has)

    def _clearance(self, rest: str) -> None:
        name, words = rest.partition(" ")[::2]
        has = next((one for one in self.draft.conditions if one.condition == name), None)
        if has is None:
            raise ImpossibleChange(f"the patient does not have '{name}': write CONDITION WHO, YYYY-MM-DD")
        who, _, day = (part.strip() for part in words.rpartition(","))
        cleared = replace(has, clearance=f"{who}, {day}")
        self._do(f"the clearance of {name}", draft_changes.add_condition(self.draft, cleared))

    def _other_packet(self, rest: str) -> None:
        packet = rest or self._questions.packet()
        if packet == "none":
            self._do("no packet", draft_changes.choose_packet(self.draft, None, self.library))
        elif packet and (found := resolve("packets", packet, self.library)):
            self._start_from(found, lambda draft: draft)
        elif packet:
            raise self._unknown("packets", packet)

    def _set(self, rest: str) -> None:
        word, text = rest.partition(" ")[::2]
        if not word:
            raise ImpossibleChange(f"set what? One of {', '.join(FIELDS)}")
        text = text or self.prompter.ask(f"{word} (Enter for none): ")
        self._do(f"the {word}", set_value(self.draft, word, text, self.library))

    def _step_along(self, step: Callable[[DraftHistory], tuple[str, DraftHistory]]) -> None:
        message, history = step(self.history)
        if why := unreadable(history.draft, self.library):
            raise ImpossibleChange(f"that step cannot be read: {why}")
        self._take(history)
        self._say(message)

    def _print(self, *extra: str) -> None:
        if self._unsaved or not self.saved:
            self._save(None)
        self.make(self.saved[-1], *extra)

    def _quit(self) -> None:
        self.say_where_the_draft_is()
        self._open = False

    # -- acting ------------------------------------------------------------------------------------------------------

    def _add_condition(self, has: DraftCondition) -> None:
        self._do(f"the condition {has.condition}", draft_changes.add_condition(self.draft, has))
        condition = self.library.conditions[has.condition]
        if condition.blocks_all:
            self._complain(f"No exercise may be printed with {condition.id}. {condition.note or ''}".rstrip())
        if condition.ask_clinician:
            self._say(f"To settle: {condition.ask_clinician}")

    def _start_from(self, packet: str, then: Callable[[Draft], Draft]) -> None:
        def found(packet: str) -> list[Finding]:
            trial = draft_changes.choose_packet(self.draft, packet, self.library)
            return [one for one in findings(trial, self.library) if one.packet]

        if settled := self._questions.settle(packet, found):
            packet, overrides = settled
            draft = draft_changes.choose_packet(self.draft, packet, self.library)
            for condition, reason in overrides:
                draft = self._overridden(draft, packet, condition, reason)
            self._do(f"the packet {packet}", then(draft))

    def _add_exercise(self, exercise: str, dose: str = "") -> None:
        if exercise in self.draft.exercise_ids:
            raise ImpossibleChange(f"{exercise} is in the program already")
        if settled := self._settled_exercise(self.draft, exercise):
            self._finish(settled, f"the exercise {settled[0]}", partial(draft_changes.add_exercise, self.draft), dose)

    def _settled_exercise(self, draft: Draft, exercise: str) -> Settled | None:
        def found(one: str) -> Sequence[Finding]:
            usual = format_dose(draft_changes.usual_dose(self.draft, one, self.library))
            return findings_of(draft, one, usual, self.library)

        return self._questions.settle(exercise, found)

    def _finish(
        self, settled: Settled, what: str, act: Callable[[str, str], Draft], dose: str = "", instead_of: str = ""
    ) -> None:
        """Asks for the dose unless it was given, then acts; one step for all of it."""
        exercise, overrides = settled
        usual = draft_changes.gentle_dose if overrides else draft_changes.usual_dose
        default = usual(self.draft, exercise, self.library)
        if instead_of:
            default = dose_in_place(self.draft, instead_of, exercise, default, self.library)
        dose = dose or self._questions.dose(self.draft, exercise, format_dose(default))
        draft = act(exercise, format_dose(draft_changes.read_dose(dose, self.draft, exercise, self.library)))
        for condition, reason in overrides:
            draft = self._overridden(draft, exercise, condition, reason)
        self._do(what, draft)

    def _overridden(self, draft: Draft, item: str, condition: str, reason: str) -> Draft:
        """The draft with an override, in the clinician's name, which is asked for once."""
        if not draft.clinician:
            draft = replace(draft, clinician=clean(self._questions.clinician()))
        return draft_changes.override(draft, item, condition, clean(reason))

    def _named_exercise(self, text: str) -> tuple[str, str]:
        """The exercise that a line begins with, by any of its names, and the dose after it."""
        if found := self.library.names.leading("exercises", text):
            return found
        raise self._unknown("exercises", text.partition(" ")[0])

    def _unknown(self, kind: Literal["exercises", "packets"], name: str) -> ImpossibleChange:
        near = " or ".join(self.library.names.nearest(kind, name))
        return ImpossibleChange(f"no {kind[:-1]} '{name}'" + (f": {near}?" if near else ""))

    def _do(self, what: str, draft: Draft) -> None:
        """One more step, kept at once; a step that makes a program nobody could read is refused with its reason."""
        self._take(draft_changes.take_step(self.history, what, without_new_faults(self.draft, draft, self.library)))

    def _take(self, history: DraftHistory) -> None:
        # A step that changes nothing is not kept, and writes no file.
        if history is not self.history:
            self.history, self._unsaved = history, True
            self.draft_file.save(history)

    def _save(self, path: Path | None) -> None:
        """Writes the program file and deletes the draft. Raises ImpossibleChange for one that could not be printed."""
        if wrong := faults(self.draft, self.library, name_required=True):
            raise ImpossibleChange("not saved: " + "; ".join(one.words for one in wrong))
        if forbidden := refusals(findings(self.draft, self.library)):
            pairs = ", ".join(map(refusal_words, forbidden))
            raise ImpossibleChange(f"not saved: {pairs}. Swap, keep, clear or remove it first")
        program = build_program(self.draft, self.library)
        path = path or (self.saved[-1] if self.saved else self.output) or Path(f"{file_stem(program)}.yaml")
        path = path if path.suffix else path.with_suffix(".yaml")
        content = program_text(program_fields(self.draft, self.library))
        write_whole(path, content.encode(), force=self.force or path in self.saved)
        # The draft names the patient: nothing of it stays once the program file is there.
        self.draft_file.delete()
        self._unsaved = False
        self.saved = [*(one for one in self.saved if one != path), path]
        self._say(f"Saved as {path}. The draft is deleted.")

    # -- showing -----------------------------------------------------------------------------------------------------

    def _show_program(self) -> None:
        if self._shown != self.draft:
            self.prompter.show(program_screen(self.draft, self.library, self.prompter.width))
            self._shown = self.draft

    def _say(self, text: str) -> None:
        self.prompter.show(wrapped_lines("", text, self.prompter.width))

    def _complain(self, text: str) -> None:
        self.prompter.show(wrapped_lines(STOP, text, self.prompter.width))
