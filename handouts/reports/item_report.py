"""Everything the library knows of one item, as a plain record: its facts, its texts, its sources, its rules."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Literal

from handouts.dose import format_dose
from handouts.library import Library
from handouts.library.locale import Locale
from handouts.screening import judged_by

Kind = Literal["exercises", "packets", "conditions", "clinics"]


def describe(kind: Kind, item_id: str, library: Library, locale: Locale) -> dict[str, Any]:
    """The whole record of an exercise, packet, condition or clinic; patient texts in the locale's language."""
    reports = {"exercises": _exercise, "packets": _packet, "conditions": _condition, "clinics": _clinic}
    return reports[kind](item_id, library, locale)


def _exercise(item_id: str, library: Library, locale: Locale) -> dict[str, Any]:
    exercise = library.exercise(item_id)
    text = _plain(locale.text(exercise))
    facts = {name: value for name, value in _plain(exercise).items() if name not in ("text", "picture")}
    levels = {level: format_dose(dose) for level, dose in exercise.dose_levels.items()}
    movements = {tag: library.movements[tag].text.name for tag in exercise.movements}
    return {
        "id": item_id,
        "name": text.pop("name"),
        **facts,
        "dose": format_dose(exercise.dose),
        "dose_levels": levels,
        "dose_source": _source(exercise.dose_source, library),
        "movements": movements,
        "text": text,
        "screening": judged_by(exercise, library),
        "packets": [one for one in library.packets if item_id in [of.exercise for of in library.packet(one).items]],
    }


def _packet(item_id: str, library: Library, locale: Locale) -> dict[str, Any]:
    packet = library.packet(item_id)
    text = _plain(locale.text(packet))
    facts = {name: value for name, value in _plain(packet).items() if name not in ("text", "items", "sources")}
    exercises = [
        {"id": item.exercise, "dose": format_dose(item.dose), "dose_source": item.dose_source} for item in packet.items
    ]
    return {
        "id": item_id,
        "name": text.pop("title"),
        **facts,
        "exercises": exercises,
        "text": text,
        "sources": [_source(one, library) for one in packet.sources],
    }


def _condition(item_id: str, library: Library, locale: Locale) -> dict[str, Any]:
    condition = library.conditions[item_id]
    text = _plain(locale.text(condition))
    facts = {name: value for name, value in _plain(condition).items() if name != "text"}
    rules = library.rules_for(item_id)
    packets = library.items("packets")
    refused = [packet.id for packet in packets if item_id in [no.condition for no in packet.not_for]]
    return {
        "id": item_id,
        "name": text.pop("name"),
        **facts,
        "text": text,
        "rules": [{**_plain(rule), "text": _plain(locale.text(rule))} for rule in rules],
        "packets_refused": refused,
        "sources": [_source(one, library) for one in dict.fromkeys(rule.source for rule in rules)],
    }


def _clinic(item_id: str, library: Library, _locale: Locale) -> dict[str, Any]:
    clinic = library.clinic(item_id)
    return {**_plain(clinic), "logo": str(library.clinic_file(clinic, "logo") or "") or None}


def _source(name: str, library: Library) -> dict[str, Any] | str:
    return _plain(library.sources[name]) if name in library.sources else name


def _plain(value: Any) -> dict[str, Any]:
    """The value as JSON has it: dates as text, lists for tuples."""
    # Through JSON and back: so the record holds only what JSON can hold.
    found: dict[str, Any] = json.loads(json.dumps(asdict(value), default=str))
    return found
