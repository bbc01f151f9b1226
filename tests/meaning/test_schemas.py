"""The JSON Schemas for editors know every field that the program reads, and the page of program fields shows them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from handouts.library import read_library
from handouts.library.yaml_fields import Fields
from handouts.programs import read_program
from handouts.resources import content_folder

ROOT = Path(__file__).parent.parent.parent


def schema(name: str) -> Any:
    return json.loads((content_folder() / "schemas" / f"{name}.json").read_text(encoding="utf-8"))


FILES = {
    "program": "samples/maria.yaml",
    "clinic": "clinics/palm-wellness.yaml",
    "exercise": "exercises/low-back/bridge.yaml",
    "packet": "packets/neck-pain.yaml",
}


@pytest.mark.parametrize("name", FILES)
def test_every_field_that_is_read_is_in_the_schema(name, monkeypatch):
    read: dict[tuple[Any, ...], set[str]] = {}
    done, path = Fields.done, content_folder() / FILES[name]

    def record(self: Fields, *sections: Any) -> None:
        if self.places.locate(())[0] == str(path):
            read.setdefault(self.where, set()).update(self.read)
        done(self, *sections)

    monkeypatch.setattr(Fields, "done", record)
    library = read_library([content_folder()])
    {
        "program": lambda: read_program(path, library),
        "clinic": lambda: library.clinic("palm-wellness"),
        "exercise": lambda: library.exercise("bridge"),
        "packet": lambda: library.packet("neck-pain"),
    }[name]()
    known = schema(name)["properties"]
    assert read[()] <= set(known)
    for section, field in known.items():
        if "properties" in field:
            assert read[section,] <= set(field["properties"])


def test_the_page_shows_every_field_of_a_program():
    page = (ROOT / "docs/program-fields.md").read_text(encoding="utf-8")
    for name, field in schema("program")["properties"].items():
        for shown in [f"{name}: {inner}" for inner in field.get("properties", ())] or [name]:
            assert f"| `{shown}` |" in page
