"""Warnings and pain scales: list entries → model values, in English and in other languages; what a line asks for.

A line must ask for what its heading says, and nothing else. Simple patterns find a line that was filed under the wrong
action or says its heading again. A language without patterns is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from handouts.library.exercises import ENGLISH_TAG, is_id
from handouts.library.yaml_fields import Fields, Known, read_as
from handouts.model import (
    Action,
    AppliesTo,
    ItemText,
    PainScale,
    PainScaleText,
    ScaleCondition,
    Warning,  # noqa: A004 - the field's own word
    WarningItem,
    WarningText,
    ZoneKind,
)

ACTIONS: tuple[Action, ...] = get_args(Action)
"""Most urgent first."""
ZONES: tuple[ZoneKind, ...] = get_args(ZoneKind)
BLANKS = {"{emergency}", "{phone}"}
"""What the sheet fills into a warning's lines."""


def build_warning(item_id: str, fields: Fields, known: Known) -> Warning:
    """A warning; it must say to whom it applies, with known names."""
    shown = fields.inner("applies_to", required=True)
    applies_to = AppliesTo(everyone=True)
    if shown is not None:
        applies_to = read_as(AppliesTo, shown, known)
        shown.done()
    if applies_to == AppliesTo():
        fields.problem("applies to nobody", "applies_to", hint="write {everyone: true}, or name whom it is for")
    title = fields.maybe_text("title", most=60)
    items: list[WarningItem] = []
    texts: list[ItemText] = []
    for entry in fields.entries("items", required=True):
        item, text = _item(entry)
        if item.id in {other.id for other in items}:
            entry.problem(f"'{item.id}' appears twice", "id")
        items.append(item)
        texts.append(text)
    if title:
        _check_blanks(fields, title, "title")
    words = WarningText(lang=ENGLISH_TAG, title=title, items=tuple(texts))
    return read_as(Warning, fields, known, id=item_id, applies_to=applies_to, items=tuple(items), text=words)


def _item(entry: Fields) -> tuple[WarningItem, ItemText]:
    name = entry.text("id", most=80)
    if name and not is_id(name):
        entry.problem(f"'{name}' is not an id", "id", hint="use a-z, 0-9 and single hyphens")
    sign = entry.maybe_text("sign", most=80) or name
    item, text = read_as(WarningItem, entry, id=name, sign=sign), _item_text(name, entry)
    # Such a line is never left out for want of room: only what saves a life may claim that.
    if item.always and (text.page1 is None or item.action != "call-911"):
        entry.problem("only an emergency with its line for page 1 can always stand there", "always")
    if text.page1 is not None and item.action == "know":
        entry.problem("a line of action 'know' has no place on page 1", "page1", hint="remove page1")
    return item, text


def _item_text(name: str, entry: Fields) -> ItemText:
    text = read_as(ItemText, entry, id=name)
    _check_blanks(entry, text.text, "text")
    _check_blanks(entry, text.page1 or "", "page1")
    return text


def _check_blanks(fields: Fields, line: str, name: str) -> None:
    for blank in set(re.findall(r"\{.*?\}|[{}]", line)) - BLANKS:
        fields.problem(f"'{blank}' cannot be filled in", name, hint=f"known: {', '.join(sorted(BLANKS))}")


def build_warning_text(fields: Fields, lang: str) -> WarningText:
    """A warning in another language: its items by their ids."""
    items = []
    for name, entry in fields.named("items", required=True):
        items.append(_item_text(name, entry))
        entry.done()
    return read_as(WarningText, fields, lang=lang, items=tuple(items))


def build_pain_scale(item_id: str, fields: Fields, known: Known) -> PainScale:
    """A pain scale; a condition may say for how many weeks since it began it asks for it: `{}`, as long as it lasts."""
    shown = fields.inner("applies_to", required=True)
    everyone = False
    named: list[ScaleCondition] = []
    if shown is not None:
        everyone = shown.flag("everyone")
        conditions = frozenset(known("condition"))
        asked = shown.inner("conditions")
        for condition in asked.data if asked else ():
            if asked and asked.known(condition, "condition", conditions, condition, key=True):
                entry = asked.at(asked.data[condition], condition)
                named.append(read_as(ScaleCondition, entry, condition=condition))
                entry.done()
        shown.done()
        if not everyone and not named:
            fields.problem("applies to nobody", "applies_to", hint="write {everyone: true}, or name the conditions")
    text = build_pain_scale_text(fields, ENGLISH_TAG)
    return read_as(PainScale, fields, known, id=item_id, everyone=everyone, conditions=tuple(named), text=text)


def build_pain_scale_text(fields: Fields, lang: str) -> PainScaleText:
    """What a patient reads of a pain scale."""
    text = read_as(PainScaleText, fields, lang=lang)
    covered = [number for zone in text.zones for number in range(zone.low, zone.high + 1)]
    if text.zones and covered != list(range(11)):
        fields.problem("the zones must cover 0 to 10 once each, in order", "zones")
    if text.zones and "stop" not in {zone.kind for zone in text.zones}:
        fields.problem("no zone says when to stop", "zones")
    return text


ASKS: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "en": {
        "call-911": re.compile(r"\{emergency\}|\bcall 911\b|\bemergency room\b|\bget emergency care\b", re.I),
        "call-doctor-today": re.compile(
            r"\bsee a doctor\b|\b(doctor|maternity|cancer team) (today|the same day)\b|\bcall today\b", re.I
        ),
        "stop-and-call": re.compile(r"\bcall us\b|\bcall \{phone\}|\bstop (and|that one|at once)\b", re.I),
        "know": re.compile(r"\bkeep going\b|\bgood sign\b", re.I),
    },
    "es": {
        "call-911": re.compile(r"\{emergency\}|\bllam\w+ al 911\b|\bsala de emergencias\b", re.I),
        "call-doctor-today": re.compile(
            r"\bmédico hoy\b|\bvaya (hoy |pronto )?al médico\b|\bhoy a(l médico| maternidad| su equipo)\b"
            r"|\bllame hoy\b",
            re.I,
        ),
        "stop-and-call": re.compile(r"\bllámenos\b|\bllame al \{phone\}|\bpare y\b|\bdeje ese ejercicio\b", re.I),
        "know": re.compile(r"\bsiga adelante\b|\bbuena señal\b", re.I),
    },
}


def misfiled(code: str, action: str, line: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each field of a line, `text` or `page1`, that asks for another action than its own, or says its heading again."""
    patterns = ASKS.get(code)
    if patterns is None:
        return
    for name in ("text", "page1"):
        words = line.get(name)
        if not isinstance(words, str):
            continue
        asked = [other for other in ACTIONS if patterns[other].search(words)]
        for other in asked:
            if other != action:
                yield name, f"asks for '{other}', but its action is '{action}'"
            # "Know" has no order in its heading that a line could repeat.
            elif action != "know":
                yield name, f"says the heading of '{action}' again"
