"""What the last visit changed, in the patient's words: a line for each kind of change. Knows no page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handouts.layout.line_breaking import Piece, Text
from handouts.model import Change, ChangeKind, Exercise, Finding, Program
from handouts.sheet.words import Words, joined, labelled


def changes_for(words: Words, program: Program, findings: Sequence[Finding]) -> tuple[Text, ...]:
    """The lines of the box on page 1, what to stop doing first; empty for a first handout, or when nothing changed.

    The new doses stand in the list under the box, so the lines name exercises only. A note that changed is on its card.
    A new condition is named when a card has a caution about it.
    """
    if len(program.history) < 2:
        return ()
    changes = program.history[-1].changes
    names, told = _Names(words, program), {finding.condition for finding in findings}
    return tuple(
        line
        for line in (
            names.line("changed_gone", _of("taken-out", changes)),
            names.swaps(_of("swapped", changes)),
            names.line("changed_new", _of("added", changes)),
            names.line("changed_dose", _of("dose", changes)),
            names.cautions([change for change in _of("condition", changes) if change.item in told]),
        )
        if line
    )


def changes_head(words: Words, program: Program) -> Text:
    """The head of the box: since which handout."""
    if len(program.history) < 2:
        return ()
    return words.say("changed", date=words.locale.date(program.history[-2].date))


def _of(kind: ChangeKind, changes: Iterable[Change]) -> list[Change]:
    return [change for change in changes if change.kind == kind]


class _Names:
    """Calls exercises and conditions by the names that the sheet gives them."""

    def __init__(self, words: Words, program: Program) -> None:
        self._words = words
        self._exercises = {one.id: one for one in (*program.former, *(of.exercise for of in program.prescriptions))}
        self._conditions = {of.condition.id: of.condition for of in program.patient.conditions}

    def line(self, key: str, changes: list[Change]) -> Text:
        """'New: Bridge, Clamshell.'"""
        known = [self._exercises[change.item] for change in changes if change.item in self._exercises]
        return labelled(self._words.say(key), _listed([self._name(one) for one in known]))

    def swaps(self, changes: list[Change]) -> Text:
        """'Instead: Clamshell in place of Bridge.'"""
        pairs = [(self._exercises.get(one.item), self._exercises.get(one.instead_of or "")) for one in changes]
        said = [
            joined(self._name(new), self._words.say("changed_in_place_of"), self._name(old))
            for new, old in pairs
            if new and old
        ]
        return labelled(self._words.say("changed_swap"), _listed(said))

    def cautions(self, changes: list[Change]) -> Text:
        """'New caution: weak bones. Read each "For you" box.'"""
        texts = [self._words.locale.condition(self._conditions[one.item]) for one in changes]
        names = [self._words.plain(text.name, "condition.name", text.lang) for text in texts]
        said = _listed(names)
        return labelled(
            self._words.say("changed_caution"), joined(said, self._words.say("changed_read")) if said else ()
        )

    def _name(self, exercise: Exercise) -> Text:
        text = self._words.locale.exercise(exercise)
        return self._words.plain(text.name, f"{exercise.id}.name", text.lang)


def _listed(names: list[Text]) -> Text:
    """'One, two, three.'"""
    found: Text = ()
    for name in names:
        found = (*found, *((Piece(", "),) if found else ()), *name)
    return (*found, Piece(".")) if found else ()
