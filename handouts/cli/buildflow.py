"""The conversation of `handouts build`: asks, acts on the draft, keeps it after every step, shows what came of it.

The questions come one after the other for a new program; at the desk any order can be given.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from handouts.cli.buildask import Questions
from handouts.cli.buildviews import STOP, desk_view, help_view, said_view
from handouts.cli.prompting import Asker, Option, TakeBack
from handouts.dose import DoseError, format_dose
from handouts.drafting import actions
from handouts.drafting.actions import CannotDo
from handouts.drafting.desk import FIELDS, ORDERS, clean, exercise_at, read_has, read_order, set_value, sound
from handouts.drafting.draft import Draft, Has, Work, do, next_step, redo, undo
from handouts.drafting.judging import build_program, faults, findings, findings_of, program_fields
from handouts.drafting.keeping import Keeper
from handouts.errors import FileTrouble, Problem
from handouts.library import Library
from handouts.model import Finding
from handouts.output_paths import file_stem
from handouts.pdf.document import write_whole
from handouts.prescription.program_file import program_text
from handouts.screening import refusals


class Flow:
    """One program from the first question to the saved file. `make` makes the handout of a saved program."""

    def __init__(
        self,
        *,
        library: Library,
        asker: Asker,
        keeper: Keeper,
        work: Work,
        output: Path | None,
        force: bool,
        make: Callable[..., None],
    ) -> None:
        self.saved: list[Path] = []
        self._library, self._asker, self._keeper, self._work = library, asker, keeper, work
        self._output, self._force, self._make = output, force, make
        self._questions = Questions(library, asker)
        self._open = True
        self._unsaved = bool(work.past)
        self._shown: Draft | None = None

    @property
    def draft(self) -> Draft:
        """The program as it stands."""
        return self._work.draft

    def run(self) -> None:
        """Asks until the clinician stops. Ctrl-C raises KeyboardInterrupt: the draft has been kept by then."""
        steps = {
            "name": self._name,
            "id": self._id,
            "conditions": self._conditions,
            "packet": self._packet,
            "exercises": self._exercises,
            "desk": self._desk,
        }
        while self._open:
            self._asker.asked = 0
            try:
                self._step(steps[self.draft.step])
            except (CannotDo, DoseError, FileTrouble) as error:
                self._complain(str(error))

    def _step(self, ask: Callable[[], None]) -> None:
        """One question and what follows. Ctrl-Z leaves a question that followed, or takes the last step back."""
        try:
            ask()
        except TakeBack:
            if self._asker.asked > 1:
                self._tell("Left as it was.")
            else:
                self._undo("")

    def tell_where_it_is_kept(self) -> None:
        """Says where the unsaved draft lies, if there is one."""
        if self._unsaved:
            self._tell(
                f"The draft is kept in {self._keeper.path}: only you can read it. `handouts build` offers it again."
            )

    # -- the questions of a new program ------------------------------------------------------------------------------

    def _name(self) -> None:
        name = self._asker.ask(
            "The patient's name: ",
            default=self.draft.name,
            check=lambda text: None if text else "the sheet needs a name",
            panel=lambda _text: [("bold", "Ctrl-Z takes the last step back. Ctrl-C stops, and nothing is lost.")],
        )
        self._do("the name", next_step(replace(self.draft, name=clean(name))))

    def _id(self) -> None:
        number = self._asker.ask("The clinic's number (Enter for none): ", default=self.draft.id or "")
        self._do("the number", next_step(replace(self.draft, id=clean(number) or None)))

    def _conditions(self) -> None:
        has = self._questions.condition()
        if has is None:
            self._do("the end of the conditions", next_step(self.draft))
        else:
            self._add_condition(has)

    def _packet(self) -> None:
        packet = self._questions.packet()
        if packet is None:
            self._do("no packet", next_step(self.draft))
        else:
            self._start_from(packet, next_step)

    def _exercises(self) -> None:
        self._show_program()
        exercise = self._questions.exercise(self.draft, "Add the exercise (Enter when done): ")
        if exercise is None:
            self._do("the end of the exercises", next_step(self.draft))
        else:
            self._add_exercise(exercise)

    # -- the desk ----------------------------------------------------------------------------------------------------

    def _desk(self) -> None:
        self._show_program()
        text = self._asker.ask(
            "What next? ",
            options=lambda text: [
                Option(word, f"{after}  {what}".strip())
                for word, (after, what) in ORDERS.items()
                if word.startswith(text)
            ],
            panel=lambda _text: [("bold", "add, dose, move, swap, remove, undo, save, make, open, print, help, quit")],
        )
        if not text:
            return
        word, rest = read_order(text)
        orders: dict[str, Callable[[str], None]] = {
            "add": self._add,
            "dose": self._dose,
            "note": self._note,
            "move": self._move,
            "swap": self._swap,
            "keep": self._keep,
            "remove": self._remove,
            "condition": self._condition,
            "packet": self._other_packet,
            "set": self._set,
            "undo": self._undo,
            "redo": self._redo,
            "save": self._save_as,
            "make": lambda _rest: self._print(),
            "open": lambda _rest: self._print("--open"),
            "print": lambda _rest: self._print("--print"),
            "help": lambda _rest: self._asker.tell(help_view(self._asker.width)),
            "quit": lambda _rest: self._quit(),
        }
        orders[word](rest)

    def _add(self, rest: str) -> None:
        name, dose = rest.partition(" ")[::2]
        exercise = self._known_exercise(name) if name else self._questions.exercise(self.draft, "Add the exercise: ")
        if exercise:
            self._add_exercise(exercise, dose)

    def _dose(self, rest: str) -> None:
        which, text = rest.partition(" ")[::2]
        exercise = exercise_at(self.draft, which)
        text = text or self._questions.dose(self.draft, exercise, actions.chosen(self.draft, exercise).dose)
        dose = format_dose(actions.read_dose(text, self.draft, exercise, self._library))
        self._do(f"the dose of {exercise}", actions.set_dose(self.draft, exercise, dose))

    def _note(self, rest: str) -> None:
        which, text = rest.partition(" ")[::2]
        exercise = exercise_at(self.draft, which)
        text = text or self._asker.ask(f"Note on {exercise}: ", default=actions.chosen(self.draft, exercise).note or "")
        self._do(f"the note on {exercise}", actions.set_note(self.draft, exercise, clean(text)))

    def _move(self, rest: str) -> None:
        which, place = rest.partition(" ")[::2]
        exercise = exercise_at(self.draft, which)
        if not place.isdecimal():
            raise CannotDo(f"where to? Write: move {which} PLACE")
        self._do(f"the move of {exercise}", actions.move(self.draft, exercise, int(place)))

    def _swap(self, rest: str) -> None:
        which, name = rest.partition(" ")[::2]
        old = exercise_at(self.draft, which)
        new = self._known_exercise(name) if name else self._questions.exercise(self.draft, f"Instead of {old}: ")
        if new:
            without = actions.drop_exercise(self.draft, old)
            if settled := self._settled_exercise(without, new):
                self._finish(settled, f"{settled[0]} instead of {old}", lambda new, dose: actions.swap(
                    self.draft, old, new, dose
                ))  # fmt: skip

    def _keep(self, rest: str) -> None:
        item = rest if rest and rest == self.draft.packet else exercise_at(self.draft, rest)
        forbidding = [
            one for one in refusals(findings(self.draft, self._library)) if item in (one.exercise, one.packet)
        ]
        if not forbidding:
            raise CannotDo(f"nothing forbids {item}")
        draft = self.draft
        for condition in dict.fromkeys(one.condition for one in forbidding):
            if self._library.conditions[condition].blocks_all:
                raise CannotDo(f"nothing may be printed with {condition}: remove it once it is ruled out")
            draft = actions.excuse(draft, item, condition, clean(self._questions.reason(item, condition)))
        self._do(f"the override of {item}", draft)

    def _remove(self, rest: str) -> None:
        if rest in [one.condition for one in self.draft.conditions]:
            self._do(f"the removal of {rest}", actions.drop_condition(self.draft, rest))
        else:
            exercise = exercise_at(self.draft, rest)
            self._do(f"the removal of {exercise}", actions.drop_exercise(self.draft, exercise))

    def _condition(self, rest: str) -> None:
        has = read_has(rest) if rest else self._questions.condition()
        if has:
            self._add_condition(has)

    def _other_packet(self, rest: str) -> None:
        packet = rest or self._questions.packet()
        if packet == "none":
            self._do("no packet", actions.choose_packet(self.draft, None, self._library))
        elif packet and packet not in self._library.packets:
            raise CannotDo(f"no packet '{packet}': {' or '.join(self._library.nearest('packets', packet))}?")
        elif packet:
            self._start_from(packet, lambda draft: draft)

    def _set(self, rest: str) -> None:
        word, text = rest.partition(" ")[::2]
        if not word:
            raise CannotDo(f"set what? One of {', '.join(FIELDS)}")
        text = text or self._asker.ask(f"{word} (Enter for none): ")
        self._do(f"the {word}", set_value(self.draft, word, text, self._library))

    def _undo(self, _rest: str) -> None:
        if not self._work.past:
            raise CannotDo("there is no step to take back")
        what = self._work.past[-1].what
        self._take(undo(self._work))
        self._tell(f"Taken back: {what}.")

    def _redo(self, _rest: str) -> None:
        if not self._work.ahead:
            raise CannotDo("there is no step to do again")
        what = self._work.ahead[-1].what
        self._take(redo(self._work))
        self._tell(f"Done again: {what}.")

    def _save_as(self, rest: str) -> None:
        self._save(Path(rest) if rest else None)

    def _print(self, *extra: str) -> None:
        if self._unsaved or not self.saved:
            self._save(None)
        self._make(self.saved[-1], *extra)

    def _quit(self) -> None:
        self.tell_where_it_is_kept()
        self._open = False

    # -- acting ------------------------------------------------------------------------------------------------------

    def _add_condition(self, has: Has) -> None:
        self._do(f"the condition {has.condition}", actions.add_condition(self.draft, has))
        condition = self._library.conditions[has.condition]
        if condition.blocks_all:
            self._complain(f"No exercise may be printed with {condition.id}. {condition.note or ''}".rstrip())
        if condition.ask_clinician:
            self._tell(f"To settle: {condition.ask_clinician}")

    def _start_from(self, packet: str, then: Callable[[Draft], Draft]) -> None:
        def found(packet: str) -> list[Finding]:
            trial = actions.choose_packet(self.draft, packet, self._library)
            return [one for one in findings(trial, self._library) if one.packet]

        if settled := self._questions.settle(packet, found):
            packet, excuses = settled
            draft = actions.choose_packet(self.draft, packet, self._library)
            for condition, reason in excuses:
                draft = actions.excuse(draft, packet, condition, clean(reason))
            self._do(f"the packet {packet}", then(draft))

    def _add_exercise(self, exercise: str, dose: str = "") -> None:
        if exercise in self.draft.exercise_ids:
            raise CannotDo(f"{exercise} is in the program already")
        if settled := self._settled_exercise(self.draft, exercise):
            self._finish(settled, f"the exercise {settled[0]}", partial(actions.add_exercise, self.draft), dose)

    def _settled_exercise(self, draft: Draft, exercise: str) -> tuple[str, tuple[tuple[str, str], ...]] | None:
        return self._questions.settle(exercise, lambda one: findings_of(draft, one, self._usual(one), self._library))

    def _finish(
        self,
        settled: tuple[str, tuple[tuple[str, str], ...]],
        what: str,
        act: Callable[[str, str], Draft],
        dose: str = "",
    ) -> None:
        """Asks for the dose unless it was given, then acts; one step for all of it."""
        exercise, excuses = settled
        dose = dose or self._questions.dose(self.draft, exercise, self._usual(exercise))
        draft = act(exercise, format_dose(actions.read_dose(dose, self.draft, exercise, self._library)))
        for condition, reason in excuses:
            draft = actions.excuse(draft, exercise, condition, clean(reason))
        self._do(what, draft)

    def _usual(self, exercise: str) -> str:
        return format_dose(actions.usual_dose(self.draft, exercise, self._library))

    def _known_exercise(self, name: str) -> str:
        if name in self._library.exercise_ids():
            return name
        near = self._library.nearest("exercises", name)
        raise CannotDo(f"no exercise '{name}'" + (f": {' or '.join(near)}?" if near else ""))

    def _do(self, what: str, draft: Draft) -> None:
        """One more step, kept at once; a step that makes a program nobody could read is refused with its reason."""
        self._take(do(self._work, what, sound(self.draft, draft, self._library)))

    def _take(self, work: Work) -> None:
        if work is not self._work:
            self._work, self._unsaved = work, True
            self._keeper.keep(work)

    def _save(self, path: Path | None) -> None:
        """Writes the program file and deletes the draft. Raises CannotDo for one that could not be printed."""
        if wrong := faults(self.draft, self._library, name_required=True):
            raise CannotDo("not saved: " + "; ".join(_said(one) for one in wrong))
        if forbidden := refusals(findings(self.draft, self._library)):
            pairs = ", ".join(f"{one.exercise or one.packet} with {one.condition}" for one in forbidden)
            raise CannotDo(f"not saved: {pairs}. Swap, keep or remove it first")
        program = build_program(self.draft, self._library)
        path = path or (self.saved[-1] if self.saved else self._output) or Path(f"{file_stem(program)}.yaml")
        path = path if path.suffix else path.with_suffix(".yaml")
        content = program_text(program_fields(self.draft, self._library))
        write_whole(path, content.encode(), force=self._force or path in self.saved)
        self._keeper.forget()
        self._unsaved = False
        self.saved = [*(one for one in self.saved if one != path), path]
        self._tell(f"Saved as {path}. The draft is deleted.")

    # -- telling -----------------------------------------------------------------------------------------------------

    def _show_program(self) -> None:
        if self._shown != self.draft:
            self._asker.tell(desk_view(self.draft, self._library, self._asker.width))
            self._shown = self.draft

    def _tell(self, text: str) -> None:
        self._asker.tell(said_view("", text, self._asker.width))

    def _complain(self, text: str) -> None:
        self._asker.tell(said_view(STOP, text, self._asker.width))


def _said(problem: Problem) -> str:
    return problem.message + (f" ({problem.hint})" if problem.hint else "")
