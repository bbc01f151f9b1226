"""A patient's condition as it is written, `ID [since DATE | week N] [left|right|both]`, and who has said what of it."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from handouts.library.yaml_fields import Fields
from handouts.model import Word

SIDES = ("left", "right", "both")
MOST_WEEKS = 5200
HINT = 'write "ID since YYYY-MM-DD left", such as "knee-replacement-recent since 2026-11-01 left", or "ID week 3"'
WORD_HINT = 'write CONDITION="WHO, YYYY-MM-DD", such as cardiac-event-recent="Dr. Lee, 2026-11-20"'


class ConditionWords(NamedTuple):
    """What stands in the text of a condition: its name, and the other words by the field of the mapping."""

    name: str
    details: dict[str, Any]


def condition_words(text: str) -> ConditionWords:
    """The text in its parts; what is not a known word is part of the name."""
    words = text.split()
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
        since = on - dt.timedelta(weeks=fields.whole("week", 0, least=0, most=MOST_WEEKS))
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
        return _checked(fields, by, dt.date.fromisoformat(day if len(day) == 10 else ""), on, *where)
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
