"""What the last visit changed, in the patient's words: a line for each kind of change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handouts.compose.cautions import in_order
from handouts.compose.handout import Changes
from handouts.compose.line import card_line, dose_with_times
from handouts.compose.text import Text, joined, labelled, wording
from handouts.compose.words import Words
from handouts.dose import DoseError, parse_dose
from handouts.model import Change, Exercise, Finding, Program

MOST_DETAILED = 3
"""Up to so many changes new doses are told on page 1 with what they were; more would take the room of the signs."""


def compose_changes(
    words: Words, program: Program, findings: Sequence[Finding], before: Mapping[str, Text]
) -> Changes | None:
    """The box on page 1, what to stop doing first; None for a first handout, or when nothing changed.

    A few new doses stand beside the old ones, which are `before`; of more, each card says what its dose was. A note
    that changed is on its card. A new condition is named when a card has a caution about it.
    """
    if len(program.history) < 2:
        return None
    of_kind: dict[str, list[Change]] = {}
    place = {of.exercise.id: number for number, of in enumerate(in_order(program))}
    for change in sorted(program.history[-1].changes, key=lambda one: place.get(one.item, 0)):  # as the list below it
        of_kind.setdefault(change.kind, []).append(change)
    names, judged = _Names(words, program), {finding.condition for finding in findings}
    lines = (
        names.line("changed_gone", of_kind.get("taken-out", [])),
        names.swaps(of_kind.get("swapped", [])),
        names.line("changed_new", of_kind.get("added", [])),
        *names.doses(of_kind.get("dose", []), before),
        names.cautions([change for change in of_kind.get("condition", []) if change.item in judged]),
    )
    shown = tuple(line for line in lines if line)
    if not shown:
        return None
    since = program.before.date if program.before else program.history[-2].date
    return Changes(title=words.say("changed", date=words.locale.date(since)), lines=shown)


def doses_before(words: Words, program: Program) -> dict[str, Text]:
    """Of each exercise whose dose the last visit changed, what it was: 'Before: 3 sets of 12.'."""
    found: dict[str, Text] = {}
    changes = program.history[-1].changes if len(program.history) > 1 else ()
    changed = {change.item: change.before for change in changes if change.kind == "dose" and change.before}
    for now in program.prescriptions:
        exercise = now.exercise
        if exercise.id not in changed:
            continue
        try:
            before = parse_dose(changed[exercise.id] or "")
        except DoseError:  # a notation that today's version no longer takes
            continue
        line_of = dose_with_times if before.per_day != now.dose.per_day else card_line
        line = line_of(before, exercise, words.locale)
        if text := labelled(words.say("changed_before"), words.plain(line, f"{exercise.id}.dose")):
            found[exercise.id] = text
    return found


class _Names:
    """Calls exercises and conditions by the names that the sheet gives them."""

    def __init__(self, words: Words, program: Program) -> None:
        self._words = words
        self._few = len(program.history[-1].changes) <= MOST_DETAILED
        self._doses = {
            of.exercise.id: words.plain(card_line(of.dose, of.exercise, words.locale), f"{of.exercise.id}.dose")
            for of in program.prescriptions
        }
        self._exercises = {one.id: one for one in (*program.former, *(of.exercise for of in program.prescriptions))}
        self._conditions = {of.condition.id: of.condition for of in program.patient.conditions}

    def line(self, key: str, changes: Sequence[Change]) -> Text:
        """'New: Bridge, Clamshell.'"""
        # An exercise that the library has no more has no name in the patient's language.
        known = [self._exercises[change.item] for change in changes if change.item in self._exercises]
        return labelled(self._words.say(key), _list([self._name(one) for one in known]))

    def doses(self, changes: Sequence[Change], before: Mapping[str, Text]) -> list[Text]:
        """'New numbers: Bridge. 2 sets of 10. Before: 3 sets of 12.', or the names alone of many."""
        changed = [change for change in changes if change.item in before]
        if not changed or not self._few:
            return [self.line("changed_dose", changes)]
        others = [change for change in changes if change.item not in before]
        lines = [
            joined(self.line("changed_dose", [change]), self._doses[change.item], before[change.item])
            for change in changed
        ]
        return [*lines, self.line("changed_dose", others)]

    def swaps(self, changes: Sequence[Change]) -> Text:
        """'Instead: Clamshell in place of Bridge.'"""
        pairs = [(self._exercises.get(one.item), self._exercises.get(one.instead_of or "")) for one in changes]
        lines = [
            joined(self._name(new), self._words.say("changed_in_place_of"), self._name(old))
            for new, old in pairs
            if new and old
        ]
        return labelled(self._words.say("changed_swap"), _list(lines))

    def cautions(self, changes: Sequence[Change]) -> Text:
        """'New caution: weak bones. Read each "For you" box.'"""
        texts = [self._words.locale.text(self._conditions[one.item]) for one in changes]
        names = _list([self._words.plain(text.name, "condition.name", text.lang) for text in texts])
        return (
            labelled(self._words.say("changed_caution"), joined(names, self._words.say("changed_read")))
            if names
            else ()
        )

    def _name(self, exercise: Exercise) -> Text:
        text = self._words.locale.text(exercise)
        return self._words.plain(text.name, f"{exercise.id}.name", text.lang)


def _list(names: Sequence[Text]) -> Text:
    """'One, two, three.', or 'Calf stretch, knee straight; Bridge.' where a name has a comma of its own."""
    if not names:
        return ()
    by = "; " if any("," in wording(name) for name in names) else ", "
    *first, last = joined(*names, by=by)
    return (*first, last._replace(text=last.text + "."))
