"""The programs that every engine sets. Imports no engine, so that each is started with nothing but itself."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DATE = dt.date(2026, 11, 22)
NUMBER = "0000"
"""Stands in the patient's name and is another in every handout, so that none is made from memory alone."""
SCALES = {"typst": 0.84, "weasyprint": 0.66, "platypus": 0.8}
"""The others set type this much smaller, so that plain flowing text takes about as many pages as the designed sheet."""

_EXERCISES = (
    "bridge", "knee-to-chest", "lumbar-rotation-supine", "pelvic-tilt", "partial-curl", "side-leg-lift", "superman",
    "lumbar-rotation-seated", "cat-stretch", "hip-bridge-march", "quad-set", "heel-raise", "sit-to-stand", "chin-tuck",
    "scapular-squeeze", "ankle-alphabet", "hamstring-stretch-supine", "wall-slide", "heel-slide", "clamshell",
)  # fmt: skip
_COUNTS = (1, 8, 14)
CASES = {f"{count}{' ink' if ink else ''}": (count, ink) for count in _COUNTS for ink in (False, True)}
"""Name → number of exercises, and whether to save ink."""


def program_file(name: str, folder: Path, exercise_ids: Sequence[str]) -> Path:
    """The program of a case as a file."""
    count, ink = CASES[name]
    known = [exercise for exercise in _EXERCISES if exercise in exercise_ids]
    known += [exercise for exercise in exercise_ids if exercise not in known]
    program = {
        "patient": {"name": f"Patient {NUMBER}", "conditions": ["glaucoma"]},
        "clinic": "palm-wellness",
        "clinician": "Dana Reyes, LMT",
        "date": DATE.isoformat(),
        "exercises": known[:count],
        "print": {"paper": "letter", "log_weeks": 4, "ink_saver": ink},
    }
    path = folder / "program.yaml"
    path.write_text(json.dumps(program))  # JSON is YAML
    return path
