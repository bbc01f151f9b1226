"""A patient's condition as it is written, `ID [since DATE | week N] [left|right|both]`, and who has said what of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from handouts.errors import AtTerminal, BadInput
from handouts.library import AnyKind, Library
from handouts.library.names import resolve
from handouts.library.yaml_fields import Fields, day_of
from handouts.model import Condition, PatientCondition, Word
from handouts.screening.windows import is_over, is_past, last_week, standing

SIDES = ("left", "right", "both")
_TIME_AND_SIDE = {*SIDES, "since", "week"}
MOST_CONDITIONS = 20
MOST_WEEKS = 5200
HINT = 'write "ID since YYYY-MM-DD left", such as "knee-replacement-recent since 2026-11-01 left", or "ID week 3"'
WORD_HINT = AtTerminal(
    'write CONDITION="WHO, YYYY-MM-DD", such as cardiac-event-recent="Dr. Lee, 2026-11-20"', "give the name and the day"
)


def read_conditions(sections: Sequence[Fields], library: Library, date: dt.date) -> tuple[PatientCondition, ...]:
    """The conditions of every layer, the layer that wins first; problems go to the layers.

    `date` is the handout's. What one layer says of a condition wins over what a lower one says; what it leaves out
    stays, unless it speaks of another event: of another day, or of the other side.
    """
    found: dict[str, PatientCondition] = {}
    places: dict[str, Fields] = {}
    for patient in reversed(sections):
        named: set[str] = set()
        for index, value in enumerate(patient.list("conditions", most=MOST_CONDITIONS)):
            given = _condition(patient, value, index, library, date)
            if given is None:
                continue
            now, details = given
            condition_id = now.condition.id
            if condition_id in named:
                patient.problem(f"'{condition_id}' is named twice", "conditions", index)
            named.add(condition_id)
            for other in _other_stages(now.condition, library):
                if other in named:
                    message = f"'{other}' and '{condition_id}' exclude each other"
                    patient.problem(message, "conditions", index, hint="leave one of them out")
                found.pop(other, None)
            if details or condition_id not in found:
                found[condition_id] = _same_event(found.get(condition_id), now)
                places[condition_id] = details or patient
    for patient in reversed(sections):
        _add_words(patient, found, library, date)
    for condition_id, known in tuple(found.items()):
        _check_stage(places[condition_id], known, library, date)
        left, of, rules = known.condition.leaves, standing(known, date), library.rules_for(condition_id)
        if left in library.conditions and (is_over(of, rules) or is_past(of, rules)):
            found.setdefault(left, PatientCondition(condition=library.conditions[left]))
    return tuple(found.values())


def _condition(
    patient: Fields, value: Any, index: int, library: Library, date: dt.date
) -> tuple[PatientCondition, Fields | None] | None:
    """A condition as one layer gives it, and where it says more than the name."""
    where: tuple[str | int, ...] = ("conditions", index)
    more: Any = None
    if isinstance(value, dict) and len(value) == 1:
        value, more = next(iter(value.items()))
        where = (*where, value)
    elif not isinstance(value, str):
        patient.problem("expected one condition", *where, hint=HINT)
        return None
    elif not library.names.meanings("conditions", value).ids:
        value, written = condition_words(value)
        more = written or None
        if not resolve("conditions", value, library) and _TIME_AND_SIDE & set(value.casefold().split()):
            patient.problem(f"'{value}' cannot be read: give one date or week, and one side", *where, hint=HINT)
            return None
    try:
        known = known_id(library, patient, value, "condition", "conditions", *where, key=True)
    except BadInput as error:
        patient.problems.extend(error.problems)
        return None
    if known is None:
        return None
    condition = library.conditions[known]
    if more is None:
        return PatientCondition(condition=condition), None
    details = patient.at(more, *where)
    side: Any = details.maybe_choice("side", SIDES)
    if side and condition.no_side:
        details.problem(f"'{known}' is on no side of the body", "side", hint=f"leave '{side}' out")
    has = PatientCondition(
        condition=condition,
        side=side,
        since=read_since(details, date),
        limits=details.maybe_text("limits", most=200),
        clearance=read_word(details, "clearance", date),
        healed=read_word(details, "healed", date),
    )
    for name, word in (("clearance", has.clearance), ("healed", has.healed)):
        _check_later(details, has, word, name)
    if has.healed:
        _check_heals(details, condition, library, "healed")
    details.done()
    return has, details


def _same_event(before: PatientCondition | None, now: PatientCondition) -> PatientCondition:
    """The condition as it is given now, with what was said of it before, unless it has happened anew since then."""
    # A new event needs a new word: the old one was about the earlier operation, or about the other knee.
    if before is None or any(
        then and then != here for then, here in ((before.since, now.since), (before.side, now.side)) if here
    ):
        return now
    clearance, healed = (None if _is_older(word, now) else word for word in (before.clearance, before.healed))
    return replace(
        now,
        side=now.side or before.side,
        since=now.since or before.since,
        limits=now.limits or before.limits,
        clearance=now.clearance or clearance,
        healed=now.healed or healed,
    )


def _is_older(word: Word | None, known: PatientCondition) -> bool:
    """Whether a word was given before the operation, injury or illness that it would be about."""
    return bool(word and known.since and word.on < known.since)


def _check_later(fields: Fields, known: PatientCondition, word: Word | None, *where: str | int) -> None:
    if word and _is_older(word, known):
        message = f"{word.on} is before '{known.condition.id}' itself, since {known.since}"
        fields.problem(message, *where, hint="give the day of a word that was said after it")


def _along(condition: Condition, way: str, library: Library) -> Iterator[Condition]:
    """The conditions that stand for ever earlier, or later, weeks than this one."""
    seen: set[str | None] = {None, condition.id}
    while condition.stage and (name := getattr(condition.stage, way)) not in seen and name in library.conditions:
        seen.add(name)
        condition = library.conditions[name]
        yield condition


def _other_stages(condition: Condition, library: Library) -> set[str]:
    """The stages of the same course, of which a patient is in one: the other trimesters of a pregnancy, and its end."""

    def after(one: Condition) -> set[str]:
        return {other.id for other in _along(one, "later", library)}

    before = {one.id for one in library.conditions.values() if one.stage and condition.id in after(one)}
    return before | after(condition)


def _check_stage(fields: Fields, known: PatientCondition, library: Library, on: dt.date) -> None:
    """A time outside the weeks that the condition stands for names another condition, or cannot be meant."""
    stage, condition = known.condition.stage, known.condition
    if stage is None or known.since is None or stage.holds(week := (on - known.since).days // 7):
        return
    way = "earlier" if week < stage.first else "later"
    fits = (one.id for one in _along(condition, way, library) if not one.stage or one.stage.holds(week))
    weeks = f"from week {stage.first}" if stage.end is None else f"for weeks {stage.first} to {stage.end - 1}"
    message = f"'{condition.id}' is {weeks}: {on} is in week {week} since {known.since}"
    other = next(fits, None)
    hint = f"write {other}, or leave the date out" if other else "mend the date, or leave it out"
    fields.problem(message, "since", hint=hint)


def _add_words(patient: Fields, found: dict[str, PatientCondition], library: Library, date: dt.date) -> None:
    """The clearances and healings that a layer gives by themselves, `CONDITION=WHO, DATE`."""
    for name, field in (("clearances", "clearance"), ("healed", "healed")):
        for index, text in enumerate(patient.texts(name, most=MOST_CONDITIONS)):
            written, _, who = text.partition("=")
            condition_id = one_of(library, list(found), written.strip(), "conditions")
            if not patient.known(condition_id, "condition of this patient", found, name, index):
                continue
            if word := word_of(patient, who.strip(), date, name, index):
                _check_later(patient, found[condition_id], word, name, index)
                changes: dict[str, Any] = {field: word}
                found[condition_id] = replace(found[condition_id], **changes)
            if field == "healed":
                _check_heals(patient, found[condition_id].condition, library, name, index)


def _check_heals(fields: Fields, condition: Condition, library: Library, *where: str | int) -> None:
    """What has no end by time, such as a red flag or osteoporosis, cannot be called healed."""
    ends = condition.unhealed or last_week(condition, library.rules_for(condition.id)) is not None
    if condition.blocks_all or not ends:
        fields.problem(f"'{condition.id}' is nothing that heals with time", *where, hint="leave it out")


def known_id(
    library: Library, fields: Fields, value: Any, what: str, kind: AnyKind, *where: str | int, key: bool = False
) -> str | None:
    """The id that `value` is or names; else None, and a problem with the nearest ids."""
    if found := resolve(kind, str(value), library):
        return found
    message, hint = library.names.fault(kind, what, str(value))
    fields.problem(message, *where, hint=hint, key=key)
    return None


def one_of(library: Library, known: Sequence[str], name: str, *kinds: AnyKind) -> str:
    """The id among `known` that `name` is or names; `name` itself when it is none of them."""
    if name in known:
        return name
    named = (resolve(kind, name, library) for kind in kinds)
    return next((one for one in named if one in known), None) or name


class ConditionWords(NamedTuple):
    """What stands in the text of a condition: its name, and the other words by the field of the mapping."""

    name: str
    details: dict[str, Any]


def condition_words(text: str) -> ConditionWords:
    """The text in its parts; what is not a known word is part of the name."""
    words = text.replace(",", " ").split()
    details: dict[str, Any] = {}
    while len(words) > 1:
        if words[-1].casefold() in SIDES and "side" not in details:
            details["side"] = words.pop().casefold()
        elif len(words) > 2 and words[-2].casefold() in ("since", "week") and not {"since", "week"} & set(details):
            field, value = words[-2].casefold(), words[-1]
            details[field] = int(value) if field == "week" and value.isdecimal() else value
            del words[-2:]
        else:
            break
    return ConditionWords(" ".join(words), details)


def read_since(fields: Fields, on: dt.date) -> dt.date | None:
    """Since when: a date, or a number of weeks before the handout's date `on`; not after that."""
    since = fields.date("since")
    if fields.get("week") is not None:
        if fields.has("since"):
            fields.problem("a date and a week are one too many", "week", hint="give one of them")
        weeks = fields.whole("week", 0, least=0, most=MOST_WEEKS)
        # A clock that is wrong by ages must not end in a day before the calendar.
        since = on - min(dt.timedelta(weeks=weeks), on - dt.date.min)
    if since and since > on:
        fields.problem(f"since {since} is after the date, {on}", "since")
    return since


def read_word(fields: Fields, name: str, on: dt.date) -> Word | None:
    """`{by, on}`, or the same as text: who has said so, and when; None when missing."""
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, str):
        return word_of(fields, fields.as_text(value, name, most=240), on, name)
    inner = fields.at(value, name)
    by, day = inner.text("by", most=200), inner.date("on")
    if not inner.has("on"):
        inner.problem("'on' is missing", hint="the day on which it was said, YYYY-MM-DD")
    inner.done()
    return _checked(fields, by, day, on, name)


def word_of(fields: Fields, text: str, on: dt.date, *where: str | int) -> Word | None:
    """The word in `WHO, DATE`, parted at the last comma."""
    by, _, day = (part.strip() for part in text.rpartition(","))
    try:
        return _checked(fields, by, day_of(day), on, *where)
    except ValueError:
        fields.problem(f"'{text}' does not say who and when", *where, hint=WORD_HINT)
        return None


def _checked(fields: Fields, by: str, day: dt.date | None, on: dt.date, *where: str | int) -> Word | None:
    if not any(sign.isalpha() for sign in by):
        fields.problem("nobody is named", *where, hint=WORD_HINT)
        return None
    if day is None:
        return None
    if day > on:
        fields.problem(f"{day} is after the handout's date, {on}", *where)
    return Word(by=by, on=day)
