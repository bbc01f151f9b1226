"""Warnings and pain scales: list entries → model values, in English and in other languages."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, get_args

from handouts.library.exercises import ENGLISH_TAG, is_id
from handouts.library.safety_facts import CATEGORIES
from handouts.library.yaml_fields import Fields
from handouts.model import (
    Action,
    AppliesTo,
    ItemText,
    PainScale,
    PainScaleText,
    PainZone,
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
MOST_LINE = 160
MOST_PAGE1 = 60


def build_warning(item_id: str, fields: Fields, conditions: Collection[str], exercises: Collection[str]) -> Warning:
    """A warning; it must say to whom it applies, with known names."""
    shown = fields.inner("applies_to", required=True)
    applies_to = _applies_to(shown, conditions, exercises) if shown is not None else AppliesTo(everyone=True)
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
    return Warning(
        id=item_id,
        applies_to=applies_to,
        sources=fields.texts("sources", required=True),
        items=tuple(items),
        text=WarningText(lang=ENGLISH_TAG, title=title, items=tuple(texts)),
    )


def _applies_to(shown: Fields, conditions: Collection[str], exercises: Collection[str]) -> AppliesTo:
    applies_to = AppliesTo(
        everyone=shown.flag("everyone"),
        regions=shown.texts("regions"),
        conditions=shown.all_known("conditions", "condition", conditions),
        own_conditions=shown.all_known("own_conditions", "condition", conditions),
        categories=shown.all_known("categories", "category", CATEGORIES),
        exercises=shown.all_known("exercises", "exercise", exercises),
        except_conditions=shown.all_known("except_conditions", "condition", conditions),
        except_regions=shown.texts("except_regions"),
        only_regions=shown.texts("only_regions"),
    )
    shown.done()
    return applies_to


def _item(entry: Fields) -> tuple[WarningItem, ItemText]:
    name = entry.text("id", most=80)
    if name and not is_id(name):
        entry.problem(f"'{name}' is not an id", "id", hint="use a-z, 0-9 and single hyphens")
    action: Any = entry.choice("action", ACTIONS)
    item = WarningItem(
        id=name,
        action=action,
        sign=entry.maybe_text("sign", most=80) or name,
        spare=entry.flag("spare"),
        always=entry.flag("always"),
    )
    text = _item_text(name, entry)
    # Such a line is never left out for want of room: only what saves a life may claim that.
    if item.always and (text.page1 is None or action != "call-911"):
        entry.problem("only an emergency with its line for page 1 can always stand there", "always")
    if text.page1 is not None and action == "know":
        entry.problem("a line of action 'know' has no place on page 1", "page1", hint="remove page1")
    return item, text


def _item_text(name: str, entry: Fields) -> ItemText:
    text = ItemText(id=name, text=entry.text("text", most=MOST_LINE), page1=entry.maybe_text("page1", most=MOST_PAGE1))
    _check_blanks(entry, text.text, "text")
    _check_blanks(entry, text.page1 or "", "page1")
    return text


def _check_blanks(fields: Fields, line: str, name: str) -> None:
    for blank in set(re.findall(r"\{.*?\}|[{}]", line)) - BLANKS:
        fields.problem(f"'{blank}' cannot be filled in", name, hint=f"known: {', '.join(sorted(BLANKS))}")


def build_warning_text(fields: Fields, lang: str) -> WarningText:
    """A warning in another language: its items by their ids."""
    title = fields.maybe_text("title", most=80)
    items = []
    for name, entry in fields.named("items", required=True):
        items.append(_item_text(name, entry))
        entry.done()
    return WarningText(lang=lang, title=title, items=tuple(items))


def build_pain_scale(item_id: str, fields: Fields, conditions: Collection[str]) -> PainScale:
    """A pain scale; a condition may say for how many weeks it asks for it."""
    shown = fields.inner("applies_to", required=True)
    everyone = False
    named: list[ScaleCondition] = []
    if shown is not None:
        everyone = shown.flag("everyone")
        asked = shown.inner("conditions")
        if asked is not None:
            named = [
                ScaleCondition(condition=condition, weeks=_weeks(asked, condition))
                for condition in asked.data
                if asked.known(condition, "condition", conditions, condition, key=True)
            ]
        shown.done()
        if not everyone and not named:
            fields.problem("applies to nobody", "applies_to", hint="write {everyone: true}, or name the conditions")
    return PainScale(
        id=item_id,
        everyone=everyone,
        conditions=tuple(named),
        sources=fields.texts("sources", required=True),
        text=build_pain_scale_text(fields, ENGLISH_TAG),
    )


def _weeks(asked: Fields, condition: str) -> int | None:
    """Weeks since the condition began, after which the scale is not asked for; `{}` is for as long as it lasts."""
    entry = asked.at(asked.data[condition], condition)
    weeks = entry.whole("weeks", 0, least=1, most=520) if entry.has("weeks") else None
    entry.done()
    return weeks


def build_pain_scale_text(fields: Fields, lang: str) -> PainScaleText:
    """What a patient reads of a pain scale."""
    return PainScaleText(
        lang=lang,
        zones=_zones(fields),
        next_day=fields.text("next_day", most=100),
        page1=fields.text("page1", most=MOST_PAGE1),
    )


def _zones(fields: Fields) -> tuple[PainZone, ...]:
    found = []
    for zone in fields.entries("zones", required=True):
        kind: Any = zone.choice("kind", ZONES)
        low, high = zone.whole("low", 0, least=0, most=10), zone.whole("high", 10, least=0, most=10)
        word, action = zone.text("word", most=40), zone.text("action", most=100)
        more = zone.maybe_text("more", most=200)
        found.append(PainZone(kind=kind, low=low, high=high, word=word, action=action, more=more))
    covered = [number for zone in found for number in range(zone.low, zone.high + 1)]
    if found and covered != list(range(11)):
        fields.problem("the zones must cover 0 to 10 once each, in order", "zones")
    if found and "stop" not in {zone.kind for zone in found}:
        fields.problem("no zone says when to stop", "zones")
    return tuple(found)
