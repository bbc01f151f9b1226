"""The commands that a clinician types in `handouts build`, and the values that `set` sets. Pure."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Literal, cast

from handouts.drafting.draft import Draft, DraftCondition, ImpossibleChange
from handouts.drafting.draft_changes import drop_override
from handouts.drafting.draft_program import faults
from handouts.errors import bad_input
from handouts.library import Library
from handouts.library.nearest import did_you_mean
from handouts.model import AGE, UNDER_AGE, Side
from handouts.prescription.patient_conditions import MOST_WEEKS, SIDES

COMMANDS: dict[str, tuple[str, str]] = {
    "add": ("[EXERCISE]", "add an exercise"),
    "dose": ("N [DOSE]", "change the dose of exercise N"),
    "note": ("N [TEXT]", "a note to the patient on exercise N"),
    "move": ("N PLACE", "put exercise N in another place"),
    "swap": ("N [EXERCISE]", "another exercise in the place of N"),
    "keep": ("N", "print exercise N in spite of a condition, with a reason"),
    "remove": ("N", "take out exercise N, or a condition by its name"),
    "condition": ("[CONDITION]", "add what the patient has"),
    "clearance": ("C WHO, DATE", "who allows exercise with condition C, and when"),
    "packet": ("[PACKET]", "start from another packet; 'packet none' for none"),
    "set": ("FIELD [VALUE]", "name, id, age, clinic, clinician, visit, language, goal, message, paper, large …"),
    "undo": ("", "take the last step back (Ctrl-Z does the same)"),
    "redo": ("", "do it again"),
    "save": ("[FILE]", "write the program file"),
    "make": ("", "save, and make the handout"),
    "open": ("", "save, make the handout and open it"),
    "print": ("", "save, make the handout and print it"),
    "help": ("", "show this"),
    "quit": ("", "stop; what is not saved is kept as a draft"),
}
"""Every command: what is typed after it, and what it does."""

FIELDS = {
    "name": "name",
    "id": "id",
    "age": "age",
    "born": "born",
    "helper": "helper",
    "clinic": "clinic",
    "clinician": "clinician",
    "date": "date",
    "visit": "next_visit",
    "language": "language",
    "goal": "goal",
    "message": "note",
    "paper": "print.paper",
    "large": "print.large_print",
    "ink": "print.ink_saver",
    "punch": "print.hole_punch",
    "weeks": "print.log_weeks",
}
"""What `set` sets, by the word that is typed: the field of the draft."""

_ANSWERS = {"yes": True, "y": True, "on": True, "true": True, "no": False, "n": False, "off": False, "false": False}
_REQUIRED = ("name", "date")
_GIVE_AGE = ("age", "born", "date")
_TYPED = ("age", "helper")
_EMPTY = {"helper": False}


def read_command(text: str) -> tuple[str, str]:
    """The word in full, and what was typed after it; the first letters are enough when only one command begins so.

    Raises ImpossibleChange.
    """
    word, rest = clean(text).partition(" ")[::2]
    return _named(word.casefold(), COMMANDS, "command"), rest


def exercise_at(draft: Draft, word: str) -> str:
    """The exercise that a number, or its id, means. Raises ImpossibleChange."""
    if word.isdecimal() and 1 <= int(word) <= len(draft.exercises):
        return draft.exercises[int(word) - 1].exercise
    if word in draft.exercise_ids:
        return word
    count = len(draft.exercises)
    raise ImpossibleChange(
        f"which exercise? Give its number, 1 to {count}" if count else "the program has no exercise yet"
    )


def read_condition(text: str, date: str) -> DraftCondition:
    """A condition as it is typed: `ID [left|right|both] [[since] YYYY-MM-DD | week N] [what is not allowed]`.

    Side and time stand in any order; weeks count back from the handout's `date`.
    """
    name, *words = clean(text).split()
    side: Side | Literal["both"] | None = None
    since = None
    while words:
        first, second = [*words, ""][:2]
        if side is None and first.casefold() in SIDES:
            side = cast("Side", words.pop(0).casefold())
        elif since is None and first.casefold() == "week" and second.isdecimal() and int(second) <= MOST_WEEKS:
            since = (dt.date.fromisoformat(date) - dt.timedelta(weeks=int(second))).isoformat()
            del words[:2]
        elif since is None and (first.casefold() == "since" or first[:1].isdigit()):
            since = second if first.casefold() == "since" else first
            del words[: 2 if first.casefold() == "since" else 1]
        else:
            break
    return DraftCondition(condition=name, side=side, since=since, limits=" ".join(words) or None)


def new_draft(today: dt.date, given: Mapping[str, Any], library: Library) -> Draft:
    """An empty draft with what the options, the environment or the configuration say of clinic and layout.

    Raises BadInput, naming the option, for what cannot be.
    """
    draft = Draft(date=today.isoformat())
    for word, field in FIELDS.items():
        value = given.get(field.rpartition(".")[2])
        if value is not None:
            try:
                draft = set_value(draft, word, str(value), library)
            except ImpossibleChange as error:
                raise bad_input(f"--{word}", str(error)) from error
    return draft


def set_value(draft: Draft, word: str, text: str, library: Library) -> Draft:
    """The draft with one of `FIELDS` set; without a text it is as if never said. Raises ImpossibleChange."""
    field = FIELDS[_named(word, FIELDS, "field")]
    value = clean(text)
    if not value and field in _REQUIRED:
        raise ImpossibleChange(f"the {field} cannot be left out")
    *section, name = field.split(".")
    # Who lifted what the age forbids decided it for that age on that day.
    draft = drop_override(draft, AGE, UNDER_AGE) if field in _GIVE_AGE else draft
    typed = _typed(value) if section or field in _TYPED else value
    if section:
        kept = {key: known for key, known in draft.layout.items() if key != name}
        after = replace(draft, layout=kept | ({name: typed} if value else {}))
    else:
        after = replace(draft, **cast("Any", {name: typed if value else _EMPTY.get(name)}))
    return without_new_faults(draft, after, library)


def without_new_faults(before: Draft, after: Draft, library: Library) -> Draft:
    """`after`; raises ImpossibleChange when it has a fault for `handouts check` that `before` did not have."""
    # A draft under way lacks things; only what this step breaks is the clinician's to mend now.
    before = before if after.exercises else replace(before, exercises=())
    old = {(one.message, one.hint) for one in faults(before, library)}
    for fault in faults(after, library):
        if (fault.message, fault.hint) not in old:
            raise ImpossibleChange(fault.words)
    return after


def clean(text: str) -> str:
    """What was typed, without spaces to spare, in the form in which program files are read."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _typed(value: str) -> Any:
    return int(value) if value.isdecimal() else _ANSWERS.get(value.casefold(), value)


def _named(word: str, known: Collection[str], what: str) -> str:
    if word in known:
        return word
    begun = [one for one in known if word and one.startswith(word)]
    if len(begun) == 1:
        return begun[0]
    hint = f"{' or '.join(begun)}?" if begun else did_you_mean(word, known) or "'help' lists them"
    raise ImpossibleChange(f"no {what} '{word}': {hint}")
