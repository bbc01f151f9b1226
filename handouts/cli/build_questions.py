"""The questions of `handouts build` that take more than a line: what the patient has, which exercise, how much of it.

Each gives an answer and changes nothing. A line that Enter leaves empty is the answer None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from handouts.cli.build_screens import dose_screen, exercise_panel, finding_screen, read_picture
from handouts.cli.prompting import Fragments, Option, Prompter
from handouts.dose import DoseError
from handouts.drafting.draft import Draft, DraftCondition
from handouts.drafting.draft_changes import read_dose, usual_dose
from handouts.drafting.draft_program import printed_dose, worst_verdict
from handouts.drafting.typed_commands import read_condition
from handouts.layout.picture_file import Cell
from handouts.library import Library
from handouts.library.locale import read_locale
from handouts.library.search import Index, Kind, read_index
from handouts.model import Finding
from handouts.prescription.overrides import NOBODY, REASON_HINT, is_reason
from handouts.screening import refusals

HINT = "Type to search, arrows choose. Enter alone: go on. Ctrl-Z: undo. Ctrl-C: stop."
Settled = tuple[str, tuple[tuple[str, str], ...]]
"""An exercise or packet, and the conditions that are overridden for it, each with its reason."""
MARKS = {"contraindicated": "NOT for this patient: ", "caution": "with care: "}


class Questions:
    """Asks with the library at hand; what is read for one question serves the next."""

    def __init__(self, library: Library, prompter: Prompter) -> None:
        self._library, self._prompter = library, prompter
        self._indexes: dict[Kind, Index] = {}
        self._pictures: dict[str, list[list[Cell]]] = {}

    def condition(self, draft: Draft) -> DraftCondition | None:
        """What the patient has: `ID [left|right] [since when] [what is not allowed]`."""
        hint = "After it, when known: left or right, since when (YYYY-MM-DD), what is not allowed."

        def check(text: str) -> str | None:
            if not text or read_condition(text, draft.date).condition in self._library.conditions:
                return None
            if any(word in ("left", "right") or word[:1].isdigit() for word in text.split()):
                return "choose the condition first: left, right and dates come after its id"
            return self._fault("conditions", text, text)

        def panel(text: str) -> Fragments:
            known = self._library.conditions.get(read_condition(text, draft.date).condition) if text else None
            return [("bold", f"{known.text.name}\n{hint}" if known else HINT)]

        text = self._prompter.ask(
            "The patient has: ", options=lambda text: self._options("conditions", text), check=check, panel=panel
        )
        if not text:
            return None
        has = read_condition(text, draft.date)
        return (
            has
            if has.condition in self._library.conditions
            else DraftCondition(condition=self._meant("conditions", text))
        )

    def packet(self) -> str | None:
        """The standard packet to start from."""
        text = self._prompter.ask(
            "Start from the packet (Enter for none): ",
            options=lambda text: self._options("packets", text),
            check=lambda text: None if not text else self._fault("packets", text, text),
            panel=lambda _text: [("bold", HINT)],
        )
        return self._meant("packets", text) if text else None

    def exercise(self, draft: Draft, question: str) -> str | None:
        """An exercise of the library, seen with its picture and what the rules say of it before it is taken."""

        def panel(text: str) -> Fragments:
            if text not in self._library.exercise_ids():
                return [("bold", HINT)]
            exercise = self._library.exercise(text)
            return exercise_panel(draft, exercise, self._picture(text), self._library, self._prompter.width)

        text = self._prompter.ask(
            question,
            options=lambda text: self._exercise_options(draft, text),
            check=lambda text: None if not text else self._fault("exercises", text, text),
            panel=panel,
        )
        return self._meant("exercises", text) if text else None

    def dose(self, draft: Draft, exercise_id: str, default: str) -> str:
        """A dose, read while it is typed; what it leaves out is as usual."""
        exercise, locale = self._library.exercise(exercise_id), read_locale(self._library, "en")

        def check(text: str) -> str | None:
            try:
                read_dose(text, draft, exercise_id, self._library)
            except DoseError as error:
                return str(error)
            return None

        def panel(text: str) -> Fragments:
            try:
                dose = read_dose(text, draft, exercise_id, self._library)
            except DoseError:
                dose = usual_dose(draft, exercise_id, self._library)
                return dose_screen("usual", dose, exercise, locale, self._prompter.width)
            dose = printed_dose(draft, exercise_id, dose, self._library)
            return dose_screen("prints", dose, exercise, locale, self._prompter.width)

        question = f"Dose of {exercise_id}: "
        return self._prompter.ask(question, default=default, check=check, at_once=True, panel=panel)

    def settle(self, item: str, findings_of: Callable[[str], Sequence[Finding]]) -> Settled | None:
        """What to do about an exercise or packet that the rules speak about: it, or another one, or None.

        With it come the conditions that are overridden, each with its reason. Cautions are only shown.
        """
        while True:
            found = findings_of(item)
            for finding in found:
                self._prompter.show(finding_screen(finding, self._library, self._prompter.width))
            forbidding = refusals(found)
            if not forbidding:
                return item, ()
            offers = forbidding[0].alternatives
            # A red flag is settled by a doctor, never by a reason typed here.
            may_keep = not any(self._library.conditions[one.condition].blocks_all for one in forbidding)
            answers = [str(number) for number, _ in enumerate(offers, 1)] + ["k"] * may_keep
            answer = self._prompter.ask(_offer(offers, may_keep=may_keep), check=partial(_answer_fault, answers))
            if not answer:
                return None
            if answer.casefold() == "k":
                conditions = dict.fromkeys(one.condition for one in forbidding)
                return item, tuple((condition, self.reason(item, condition)) for condition in conditions)
            item = offers[int(answer) - 1]

    def reason(self, item: str, condition: str) -> str:
        """Why an exercise or a packet is printed in spite of a condition."""
        check = lambda text: None if is_reason(text) else f"{REASON_HINT}; Ctrl-Z takes the step back"  # noqa: E731
        return self._prompter.ask(f"Why {item} in spite of {condition}? ", check=check)

    def clinician(self) -> str:
        """Who decides what is printed in spite of a rule."""
        check = lambda text: None if any(map(str.isalpha, text)) else NOBODY  # noqa: E731
        return self._prompter.ask("Who decides this? The clinician's name: ", check=check)

    def _exercise_options(self, draft: Draft, text: str) -> Iterator[Option]:
        for option in self._options("exercises", text):
            if option.value not in draft.exercise_ids:
                exercise = self._library.exercise(option.value)
                mark = MARKS.get(worst_verdict(draft, exercise, self._library) or "", "")
                yield Option(option.value, f"{mark}{option.about} ({exercise.region}, {exercise.position})")

    def _options(self, kind: Kind, text: str) -> list[Option]:
        return [Option(one, self._library.name_of(kind, one) or "") for one in self._found(kind, text)]

    def _found(self, kind: Kind, text: str) -> list[str]:
        """What a search finds; everything while nothing has been typed, and ids by their beginning at first."""
        ids = sorted(self._library.ids(kind))
        first = [one for one in ids if one.startswith(text)]
        if len(text) < 3:
            return first
        if kind not in self._indexes:
            self._indexes[kind] = read_index(kind, ids, self._library)
        return list(dict.fromkeys([*first, *self._indexes[kind].find(text)]))

    def _meant(self, kind: Kind, text: str) -> str:
        """The one id that a line means, which `_fault` has seen to; said when it was not typed in full."""
        found = self._fitting(kind, text)[0]
        if found != text:
            self._prompter.show([("bold", f"  {found}: {self._library.name_of(kind, found) or ''}\n")])
        return found

    def _fitting(self, kind: Kind, text: str) -> list[str]:
        """The ids that a line may mean: itself, the only one that begins so, or what a search finds."""
        ids = self._library.ids(kind)
        begun = [one for one in ids if one.startswith(text)]
        return [text] if text in ids else begun if len(begun) == 1 else self._found(kind, text)

    def _fault(self, kind: Kind, name: str, text: str) -> str | None:
        """Why a line does not name one item: a search that finds several leaves the choice to the clinician."""
        if name in self._library.ids(kind):
            return None
        found = self._fitting(kind, text)
        if len(found) == 1:
            return None
        return f"{len(found)} fit: choose one with the arrows" if found else f"no {kind[:-1]} fits: try other words"

    def _picture(self, exercise_id: str) -> list[list[Cell]]:
        if not self._prompter.draws:
            return []
        if exercise_id not in self._pictures:
            exercise = self._library.exercise(exercise_id)
            self._pictures[exercise_id] = read_picture(exercise, colour=self._prompter.colour)
        return self._pictures[exercise_id]


def _offer(offers: Sequence[str], *, may_keep: bool) -> str:
    ways = [f"{number} {offer}" for number, offer in enumerate(offers, 1)]
    ways += ["k to keep it, with a reason"] * may_keep
    return f"Instead: {', '.join([*ways, 'Enter to leave it out'])}: "


def _answer_fault(answers: Sequence[str], text: str) -> str | None:
    return None if not text or text.casefold() in answers else f"{', '.join(answers)}, or Enter alone"
