"""The clinical content read a second time, by PyYAML and a few lines of its own: what the program is measured by."""

from __future__ import annotations

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


def speaking(exercise: str, condition: str) -> list[dict[str, Any]]:
    """The rules of a condition that speak about an exercise: one that names it silences those by movement, save a
    contraindication of everything."""
    movements = set(exercises()[exercise]["movements"])
    met = [
        rule
        for rule in rules().get(condition, [])
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


def forbidden(exercise: str, condition: str) -> bool:
    """Whether a condition forbids an exercise."""
    blocks = bool(conditions()[condition].get("blocks_all"))
    return blocks or any(rule["verdict"] == "contraindicated" for rule in speaking(exercise, condition))


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
