"""What the page's forms do to a draft. Each takes the draft and the form, and says in a few words what it did.

Judges nothing: `drafting` refuses what cannot be, screening what must not be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from handouts.dose import DoseError, format_dose, merge_dose, parse_dose
from handouts.drafting import draft_changes
from handouts.drafting.draft import Draft, ImpossibleChange
from handouts.drafting.draft_program import condition_in, dose_in_place
from handouts.drafting.typed_commands import FIELDS, clean, set_value
from handouts.errors import Problem, on_page
from handouts.library import AnyKind, Library
from handouts.library.names import resolve
from handouts.model import AGE, UNDER_AGE
from handouts.prescription.overrides import NOBODY, SIGN_HINT, is_same_clinician

Form = Mapping[str, str]
Action = Callable[[Draft, Form, Library], tuple[str, Draft]]


def set_fields(draft: Draft, form: Form, library: Library) -> tuple[str, Draft]:
    """The values of the form that differ; a box that is not ticked is not sent, so that `flags` names them all."""
    flags = form.get("flags", "").split()
    given = {word: form[word] for word in FIELDS if word in form}
    given |= {word: "yes" if word in form else "no" for word in flags if word in FIELDS}
    changed = []
    # An age takes the place of a date of birth and the other way round: what is emptied comes first.
    for word, value in sorted(given.items(), key=lambda pair: bool(pair[1].strip())):
        if clean(value) != value_of(draft, word):
            try:
                draft = set_value(draft, word, value, library)
            except ImpossibleChange as error:
                raise ImpossibleChange(f"{word}: {on_page(error.words)}") from error
            changed.append(word)
    return " and ".join(changed), draft


def value_of(draft: Draft, word: str) -> str:
    """What the draft says of one of `FIELDS`, as a form shows it."""
    *section, name = FIELDS[word].split(".")
    value = draft.layout.get(name) if section else getattr(draft, name)
    if isinstance(value, bool) or (value is None and word in ("large", "ink", "punch")):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def add_condition(draft: Draft, form: Form, library: Library) -> tuple[str, Draft]:
    """A condition in its text form, with what else is known of it in fields of their own."""
    since, side = form.get("since", ""), form.get("side", "")
    text = " ".join(filter(None, (form.get("condition", ""), since and f"since {since}", side)))
    has = condition_in(text, library, draft.date)
    has = replace(
        has,
        limits=clean(form.get("limits", "")) or None,
        clearance=_who_and_when(form, "clearance") or None,
        healed=_who_and_when(form, "healed") or None,
    )
    return f"condition {has.condition}", draft_changes.add_condition(draft, has)


def _who_and_when(form: Form, word: str) -> str:
    return ", ".join(filter(None, (clean(form.get(word, "")), form.get(f"{word}-on", ""))))


def drop_condition(draft: Draft, form: Form, _library: Library) -> tuple[str, Draft]:
    """Take a condition out."""
    condition = form.get("condition", "")
    return f"no more {condition}", draft_changes.drop_condition(draft, condition)


def choose_packet(draft: Draft, form: Form, library: Library) -> tuple[str, Draft]:
    """Start from a packet, or from none."""
    packet = _named("packets", form.get("packet", ""), library) if form.get("packet") else None
    return f"packet {packet or 'none'}", draft_changes.choose_packet(draft, packet, library)


def add(draft: Draft, form: Form, library: Library) -> tuple[str, Draft]:
    """Add an exercise with its usual dose."""
    exercise = _named("exercises", form.get("exercise", ""), library)
    dose = format_dose(draft_changes.usual_dose(draft, exercise, library))
    return f"added {exercise}", draft_changes.add_exercise(draft, exercise, dose)


def drop(draft: Draft, form: Form, _library: Library) -> tuple[str, Draft]:
    """Take an exercise out."""
    exercise = draft_changes.chosen(draft, form.get("exercise", "")).exercise
    return f"took out {exercise}", draft_changes.drop_exercise(draft, exercise)


def swap(draft: Draft, form: Form, library: Library) -> tuple[str, Draft]:
    """Another exercise, with its usual dose, in the place of one and on its side."""
    old, new = form.get("exercise", ""), _named("exercises", form.get("instead", ""), library)
    dose = dose_in_place(draft, old, new, draft_changes.usual_dose(draft, new, library), library)
    return f"{new} in place of {old}", draft_changes.swap(draft, old, new, format_dose(dose))


def move(draft: Draft, form: Form, _library: Library) -> tuple[str, Draft]:
    """Put an exercise at a place, counted from 1."""
    exercise, place = form.get("exercise", ""), form.get("place", "")
    if not place.isdecimal():
        raise ImpossibleChange("a place is a number")
    return f"{exercise} moved to place {place}", draft_changes.move(draft, exercise, int(place))


def set_dose(draft: Draft, form: Form, library: Library) -> tuple[str, Draft]:
    """Another dose; what it leaves out is as usual. A side alone changes the side alone."""
    exercise, text = draft_changes.chosen(draft, form.get("exercise", "")), form.get("dose", "")
    try:
        if "side" in form:
            text = format_dose(merge_dose(parse_dose(exercise.dose), parse_dose(form["side"])))
        dose = format_dose(draft_changes.read_dose(text, draft, exercise.exercise, library))
    except DoseError as error:
        raise ImpossibleChange(f"dose of {exercise.exercise}: {error}") from error
    return f"dose of {exercise.exercise}: {dose}", draft_changes.set_dose(
        draft, exercise.exercise, dose, side_given="side" in form
    )


def set_note(draft: Draft, form: Form, _library: Library) -> tuple[str, Draft]:
    """A note to the patient on an exercise."""
    exercise = form.get("exercise", "")
    return f"note on {exercise}", draft_changes.set_note(draft, exercise, clean(form.get("note", "")))


def override(draft: Draft, form: Form, library: Library) -> tuple[str, Draft]:
    """Print an exercise or a packet in spite of a condition: who decides it, and why. It begins gently."""
    item, condition, by = form.get("item", ""), form.get("condition", ""), clean(form.get("by", ""))
    if item not in (*draft.exercise_ids, draft.packet, AGE):
        raise ImpossibleChange(f"{item} is not in the program")
    known = library.conditions.get(condition)
    if known is None or known.blocks_all:
        raise ImpossibleChange(f"nothing may be printed with {condition}: remove it once it is ruled out")
    if not any(map(str.isalpha, by)):
        raise ImpossibleChange(f"{NOBODY}: give the name of the clinician")
    if draft.clinician and not is_same_clinician(by, draft.clinician):
        raise ImpossibleChange(f"{by} is not this program's clinician: {SIGN_HINT}")
    draft = draft_changes.override(draft, item, condition, clean(form.get("reason", "")), by)
    # The name of who decides stands for the program when it has none.
    draft = draft if draft.clinician else replace(draft, clinician=by)
    for one in draft.exercise_ids if item == AGE and condition == UNDER_AGE else (item,):
        draft = draft_changes.begin_gently(draft, one, library)
    return f"{item} in spite of {condition}", draft


def drop_override(draft: Draft, form: Form, _library: Library) -> tuple[str, Draft]:
    """Take an override back."""
    item, condition = form.get("item", ""), form.get("condition", "")
    return f"no override of {item}", draft_changes.drop_override(draft, item, condition)


ACTIONS: dict[str, Action] = {
    "set": set_fields,
    "condition": add_condition,
    "drop-condition": drop_condition,
    "packet": choose_packet,
    "add": add,
    "drop": drop,
    "swap": swap,
    "move": move,
    "dose": set_dose,
    "note": set_note,
    "override": override,
    "drop-override": drop_override,
}


def _named(kind: AnyKind, asked: str, library: Library) -> str:
    if found := resolve(kind, asked, library):
        return found
    message, hint = library.names.fault(kind, kind.removesuffix("s"), asked)
    raise ImpossibleChange(Problem(kind, 0, 0, message, hint).words)
