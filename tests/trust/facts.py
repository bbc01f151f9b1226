"""The clinical content read a second time, by PyYAML and a few lines of its own: what the program is measured by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parents[2] / "content"


@cache
def exercises() -> dict[str, dict[str, Any]]:
    """Every exercise's fields by id."""
    return {path.stem: _read(path) for path in sorted(CONTENT.glob("exercises/*/*.yaml"))}


@cache
def packets() -> dict[str, dict[str, Any]]:
    """Every packet's fields by id."""
    return {path.stem: _read(path) for path in sorted(CONTENT.glob("packets/*.yaml"))}


@cache
def conditions() -> dict[str, dict[str, Any]]:
    """Every condition's fields by id."""
    return {one["id"]: one for one in _read(CONTENT / "conditions.yaml")["conditions"]}


@cache
def rules() -> dict[str, list[dict[str, Any]]]:
    """The rules by condition."""
    found: dict[str, list[dict[str, Any]]] = {}
    for rule in _read(CONTENT / "rules.yaml")["rules"]:
        found.setdefault(rule["condition"], []).append(rule)
    return found


@cache
def warnings() -> list[dict[str, Any]]:
    """Every warning's fields."""
    return [one for path in sorted(CONTENT.glob("warnings/*.yaml")) for one in _read(path)["warnings"]]


@cache
def pain_scales() -> list[dict[str, Any]]:
    """Every pain scale's fields."""
    found: list[dict[str, Any]] = _read(CONTENT / "pain-scales.yaml")["pain-scales"]
    return found


def warns(where: dict[str, Any], names: Iterable[str], conditions: Iterable[str], packet: str | None) -> bool:
    """Whether a warning that applies so must be told: by the patient's own conditions, exercises and region.

    The region is the packet's, or that of most exercises when no other has as many. A packet made for conditions is
    printed for a patient who has one of them, even when the patient's list names none: what these except is not told.
    """
    often = Counter(exercises()[name]["region"] for name in names).most_common(2)
    regions = {packets()[packet]["region"]} if packet else {one for one, times in often if times == often[0][1]}
    lone = packet is not None or len(often) == 1 or often[0][1] > often[1][1]
    own = set(conditions)
    made_for = set(packets()[packet].get("target_conditions") or []) if packet else set()
    assumed = own | made_for if own.isdisjoint(made_for) else own

    def named(name: str) -> set[str]:
        return set(where.get(name) or [])

    if assumed & named("except_conditions") or named("except_regions") or named("only_regions"):
        return False  # these are held by tests of their own
    by_region = lone and bool(regions & named("regions"))
    by_own = own & (named("conditions") | named("own_conditions")) or set(names) & named("exercises")
    everyone = where.get("everyone") or set(where) == {"except_conditions"}
    return bool(everyone or by_region or by_own)


def windows(condition: str) -> list[tuple[int, int]]:
    """The weeks of a condition's rules, from the first on."""
    timed = [rule["weeks"] for rule in rules().get(condition, []) if "weeks" in rule]
    return sorted({(weeks["from"], weeks["to"]) for weeks in timed})


def speaking(
    exercise: str, condition: str, week: int | None = None, beside: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """The rules of a condition that speak about an exercise: those that always hold, and those of the week. When nobody
    knows since when, those of the window that is the strictest, the first of equals. A rule for two conditions holds
    for who has the other `beside`, and silences the condition's other cautions without `needs`."""
    every = [rule for rule in rules().get(condition, []) if "also" not in rule]
    found = _of_a_time(exercise, [rule for rule in every if "weeks" not in rule])
    timed = [rule for rule in every if "weeks" in rule]
    told = [
        _of_a_time(exercise, [rule for rule in timed if rule["weeks"]["from"] <= at < rule["weeks"]["to"]])
        for at in (sorted({rule["weeks"]["from"] for rule in timed}) if week is None else [week])
    ]
    found += max(told, key=_weight, default=[])
    of_two = [
        rule
        for rule in rules().get(condition, [])
        if set(rule.get("also") or []) & set(beside) and _of_a_time(exercise, [rule])
    ]
    if of_two:
        found = [rule for rule in found if rule["verdict"] == "contraindicated" or "needs" in rule]
    return found + of_two


def _weight(told: list[dict[str, Any]]) -> int:
    if any(rule["verdict"] == "contraindicated" for rule in told):
        return 3
    return 2 if any("needs" in rule for rule in told) else int(bool(told))


def _of_a_time(exercise: str, held: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of rules that hold at one time those that speak about an exercise: one that names it silences those by movement,
    save a contraindication of everything."""
    movements = set(exercises()[exercise]["movements"])
    met = [
        rule
        for rule in held
        if exercise not in (rule.get("except") or [])
        and (
            rule.get("every")
            or exercise in (rule.get("exercises") or [])
            or movements & set(rule.get("movements") or [])
        )
    ]
    named = [rule for rule in met if exercise in (rule.get("exercises") or [])]
    forbids_all = [rule for rule in met if rule.get("every") and rule["verdict"] == "contraindicated"]
    return [rule for rule in met if rule in named or rule in forbids_all] if named else met


def forbidden(exercise: str, condition: str, beside: Iterable[str] = ()) -> bool:
    """Whether a condition forbids an exercise."""
    blocks = bool(conditions()[condition].get("blocks_all"))
    return blocks or any(rule["verdict"] == "contraindicated" for rule in speaking(exercise, condition, beside=beside))


def waits(condition: str) -> bool:
    """Whether nothing may be printed with a condition before somebody has given a clearance."""
    found = conditions()[condition]
    return found["urgency"] == "clearance" and not found.get("blocks_all")


def lifted(exercise: str, condition: str, overridden: set[tuple[str, str]]) -> bool:
    """Whether a clinician's override lets an exercise be printed all the same."""
    return (exercise, condition) in overridden and not conditions()[condition].get("blocks_all")


def advice(exercise: str, condition: str) -> list[str]:
    """What must stand on the card of an exercise that is printed for a patient with this condition, in English."""
    return [rule["advice"].replace("**", "") for rule in speaking(exercise, condition)]


def packet_refused(packet: str, condition: str) -> bool:
    """Whether a packet as a whole is not for a condition."""
    return any(one["condition"] == condition for one in packets()[packet].get("not_for") or [])


@cache
def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return found
