"""A clinic's own content folder for a test: one exercise, packet, condition, rule, warning and clinic of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.trust import facts


def write(path: Path, data: Any) -> Path:
    """A YAML file: JSON is YAML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = json.dumps(data, ensure_ascii=False)
    path.write_text(plain if plain.isprintable() else json.dumps(data), encoding="utf-8")
    return path


def in_a_sign(text: str) -> bool:
    """Whether a warning may hold it: warnings alone have fields to fill in, and no line may be long."""
    return not set("{}") & set(text) and len(text) <= 50


def own_library(folder: Path, text: str = "") -> Path:
    """The folder, with `text` at the end of everything that a patient reads."""

    def said(words: str) -> str:
        return f"{words} {text}".strip()

    exercise = {
        **facts.exercises()["bridge"],
        "name": said("Own lift"),
        "purpose": said("Own purpose"),
        "setup": said("Own setup"),
        "steps": [said("Own step")],
        "feel": said("Own feeling"),
        "breathing": said("Own breath"),
        "mistakes": [{"sign": said("Own mistake"), "mend": said("Own way")}],
        "make_easier": said("Own easier"),
        "make_harder": said("Own harder"),
        "easier": None,
        "harder": None,
    }
    write(folder / "exercises/low-back/own-lift.yaml", exercise)
    packet = {
        "title": said("Own packet"), "purpose": said("Own aim"), "for_whom": "Anyone", "region": "low-back",
        "phase": "single", "course_weeks": 6,
        "exercises": [{"own-lift": {"dose": "2x10 1/day", "note": said("Own note")}}],
        "progression": said("Own progress"), "advice": [said("Own advice")], "sources": ["palm-wellness-back"],
    }  # fmt: skip
    write(folder / "packets/own-packet.yaml", packet)
    clinic = {
        "name": said("Own clinic"), "address": said("Own street"), "phone": "555", "web": said("own.example"),
        "hours": {"en": said("Own hours")}, "closing": {"en": said("Own closing")},
        "licences": {"en": said("Own licence")}, "letterhead": {"en": said("Own head")},
    }  # fmt: skip
    write(folder / "clinics/own-clinic.yaml", clinic)
    condition = {
        **facts.conditions()["osteoporosis"], "id": "own-condition", "name": said("own bones"),
        "for_you": said("You have own bones."), "aliases": [],
    }  # fmt: skip
    write(folder / "conditions.yaml", {"conditions": [condition]})
    rule = {
        "id": "own-rule", "condition": "own-condition", "verdict": "caution", "exercises": ["own-lift"],
        "reason": "Own reason", "advice": said("Own care"), "source": "palm-wellness-back",
    }  # fmt: skip
    write(folder / "rules.yaml", {"rules": [rule]})
    sign = said("Own sign") if in_a_sign(text) else "Own sign"
    warning = {
        "id": "own-warning", "title": sign, "items": [{"id": "own-sign", "action": "stop-and-call", "text": sign}],
        "applies_to": {"everyone": True}, "sources": ["palm-wellness-back"],
    }  # fmt: skip
    write(folder / "warnings/own.yaml", {"warnings": [warning]})
    return folder


OWN = (
    "Own lift", "Own setup", "Own step", "Own breath", "Own mistake", "Own way", "Own easier", "Own packet", "Own aim",
    "Own note", "Own progress", "Own advice", "Own clinic", "Own street", "Own hours", "Own closing", "Own licence",
    "You have own bones.", "Own care", "Own sign",
)  # fmt: skip
"""How the texts of the own library begin that must be found on paper."""
