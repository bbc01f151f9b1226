"""Drafts on the disk: one private file for each program that is being built, deleted when it has been saved.

A draft names a patient: only the user can read its folder (mode 700) and each file (mode 600).
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from handouts.drafting.draft import QUESTIONS, Draft, DraftCondition, DraftExercise, DraftHistory, Step
from handouts.errors import FileTrouble, file_trouble
from handouts.input_files import read_file
from handouts.model import Override
from handouts.pdf.files import write_whole

ENDING = ".draft.json"


class DraftFile:
    """The file in which the history of one draft is kept, from its first step on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known = self._written()

    def save(self, history: DraftHistory) -> None:
        """Write the history, whole or not at all. Raises FileTrouble."""
        with file_trouble(self.path.parent):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(self.path, json.dumps(asdict(history), ensure_ascii=False).encode(), force=True, private=True)
        self._known = self._written()

    @property
    def changed_elsewhere(self) -> bool:
        """Whether another run has written the file since it was read or saved here."""
        return self._written() not in (None, self._known)

    def _written(self) -> int | None:
        return self.path.stat().st_mtime_ns if self.path.exists() else None

    def delete(self) -> None:
        """Delete the file."""
        self.path.unlink(missing_ok=True)


def new_draft_file(folder: Path, now: dt.datetime) -> DraftFile:
    """The file of a draft begun `now`; the process number tells two apart that begin at the same moment."""
    return DraftFile(folder / f"{now:%Y-%m-%d-%H%M%S}-{os.getpid()}{ENDING}")


def saved_drafts(folder: Path) -> list[tuple[DraftFile, DraftHistory]]:
    """Every draft in a folder that can be read, the latest first."""
    found = []
    for path in sorted(folder.glob(f"*{ENDING}"), reverse=True):
        try:
            data = json.loads(read_file(path))
            json.dumps(data, ensure_ascii=False).encode()  # half a letter, which JSON can spell, can be shown nowhere
            found.append((DraftFile(path), _history(data)))
        # A broken draft is passed over and left where it is: it may hold an hour's work for another version.
        except (FileTrouble, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            continue
    return found


def _history(data: Mapping[str, Any]) -> DraftHistory:
    def steps(name: str) -> tuple[Step, ...]:
        return tuple(Step(step["what"], _draft(step["draft"])) for step in data[name])

    earlier = data.get("earlier")
    if not isinstance(earlier, dict | None):
        raise ValueError("not a record")
    return DraftHistory(draft=_draft(data["draft"]), past=steps("past"), ahead=steps("ahead"), earlier=earlier)


def _draft(data: Mapping[str, Any]) -> Draft:
    parts = {
        "conditions": tuple(DraftCondition(**one) for one in data["conditions"]),
        "exercises": tuple(DraftExercise(**one) for one in data["exercises"]),
        "overrides": tuple(Override(**one) for one in data["overrides"]),
        "append": tuple(data.get("append", ())),
        "layout": dict(data.get("layout", {})),
    }
    draft = Draft(**{**data, **parts})
    dt.date.fromisoformat(draft.date)
    given = (draft.id, draft.born, draft.packet, draft.clinic, draft.clinician, draft.next_visit, draft.language)
    texts = (draft.name, *draft.exercise_ids, draft.goal or "", draft.note or "", *(one or "" for one in given))
    if draft.question not in QUESTIONS or not all(isinstance(one, str) for one in texts):
        raise ValueError("not a draft")
    return draft
