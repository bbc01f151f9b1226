"""Reads the texts of content in another language. Whether one can be used is decided by `stamps.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from handouts.errors import BadInput, Problem
from handouts.library.kinds import FILES, LISTED_KINDS, Kind
from handouts.library.protected import PROTECTED_TEXTS, keep_translation
from handouts.library.yaml_fields import Origin, mapping_of
from handouts.library.yaml_reading import read_yaml


class Translations:
    """The texts of some content folders in one other language; a file is read when an item of it is asked for."""

    def __init__(self, folders: Sequence[Path], code: str) -> None:
        self._homes = [folder / "translations" / code for folder in folders]
        self._lists: dict[Kind, tuple[Mapping[str, Origin], Sequence[Problem]]] = {}
        self._single: dict[tuple[Kind, str], Origin | None] = {}

    def find(self, kind: Kind, item_id: str) -> Origin | None:
        """The item as its file has it, fresh or not; the last folder that has it wins. Raises BadInput."""
        if kind in LISTED_KINDS:
            return self.listed(kind).get(item_id)
        if (kind, item_id) not in self._single:
            self._single[kind, item_id] = self._read_single(kind, item_id)
        return self._single[kind, item_id]

    def listed(self, kind: Kind) -> Mapping[str, Origin]:
        """Every item of a kind that is kept in lists. Raises BadInput."""
        # A broken file is asked for once for each of its items: it is read once all the same.
        if kind not in self._lists:
            self._lists[kind] = self._read_lists(kind)
        found, problems = self._lists[kind]
        if problems:
            raise BadInput(problems)
        return found

    def _read_lists(self, kind: Kind) -> tuple[Mapping[str, Origin], Sequence[Problem]]:
        found: dict[str, Origin] = {}
        built_in: dict[str, Origin] = {}
        problems: list[Problem] = []
        for path in self.files(kind):
            try:
                document = read_yaml(path)
            except BadInput as error:
                return found, error.problems
            for item_id, data in mapping_of(document.data).items():
                found[item_id] = Origin(document, (item_id,))
                if self._is_built_in(path):
                    built_in[item_id] = found[item_id]
                elif item_id in built_in and kind in PROTECTED_TEXTS:
                    keep_translation(kind, data, built_in[item_id].data, found[item_id].fields(problems))
        return found, problems

    def files(self, kind: Kind) -> list[Path]:
        """Every file with texts of a kind, those of the last folder last."""
        return [path for home in self._homes for path in sorted(home.glob(FILES[kind]))]

    def _read_single(self, kind: Kind, item_id: str) -> Origin | None:
        pattern = FILES[kind].replace("*.yaml", f"{item_id}.yaml")
        # A clinic's own folder comes last and wins, as it does for the English.
        path = next((path for home in reversed(self._homes) for path in home.glob(pattern)), None)
        return Origin(read_yaml(path)) if path else None

    def _is_built_in(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self._homes[0].resolve())
