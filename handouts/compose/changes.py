"""What the last visit changed, in the patient's words: a line for each kind of change."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.compose.handout import Changes
from handouts.compose.text import Text, joined, labelled
from handouts.compose.words import Words
from handouts.model import Change, Exercise, Finding, Program


def compose_changes(words: Words, program: Program, findings: Sequence[Finding]) -> Changes | None:
    """The box on page 1, what to stop doing first; None for a first handout, or when nothing changed.

    The new doses stand in the list under the box, so the lines name exercises only. A note that changed is on its card.
    A new condition is named when a card has a caution about it.
    """
    if len(program.history) < 2:
        return None
    of_kind: dict[str, list[Change]] = {}
    for change in program.history[-1].changes:
        of_kind.setdefault(change.kind, []).append(change)
    names, judged = _Names(words, program), {finding.condition for finding in findings}
    lines = (
        names.line("changed_gone", of_kind.get("taken-out", [])),
        names.swaps(of_kind.get("swapped", [])),
        names.line("changed_new", of_kind.get("added", [])),
        names.line("changed_dose", of_kind.get("dose", [])),
        names.cautions([change for change in of_kind.get("condition", []) if change.item in judged]),
    )
    said = tuple(line for line in lines if line)
    if not said:
        return None
    since = program.before.date if program.before else program.history[-2].date
    return Changes(title=words.say("changed", date=words.locale.date(since)), lines=said)


class _Names:
    """Calls exercises and conditions by the names that the sheet gives them."""

    def __init__(self, words: Words, program: Program) -> None:
        self._words = words
        self._exercises = {one.id: one for one in (*program.former, *(of.exercise for of in program.prescriptions))}
        self._conditions = {of.condition.id: of.condition for of in program.patient.conditions}

    def line(self, key: str, changes: Sequence[Change]) -> Text:
        """'New: Bridge, Clamshell.'"""
        # An exercise that the library has no more has no name in the patient's language.
        known = [self._exercises[change.item] for change in changes if change.item in self._exercises]
        return labelled(self._words.say(key), _list([self._name(one) for one in known]))

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
        texts = [self._words.locale.condition(self._conditions[one.item]) for one in changes]
        names = _list([self._words.plain(text.name, "condition.name", text.lang) for text in texts])
        return (
            labelled(self._words.say("changed_caution"), joined(names, self._words.say("changed_read")))
            if names
            else ()
        )

    def _name(self, exercise: Exercise) -> Text:
        text = self._words.locale.exercise(exercise)
        return self._words.plain(text.name, f"{exercise.id}.name", text.lang)


def _list(names: Sequence[Text]) -> Text:
    """'One, two, three.'"""
    if not names:
        return ()
    *first, last = joined(*names, by=", ")
    return (*first, last._replace(text=last.text + "."))
