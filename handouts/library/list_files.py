"""Files that list items: each entry with its id, and a clinic's removals. Knows no kind of item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handouts.errors import Problem
from handouts.library.exercises import is_id
from handouts.library.yaml_fields import Fields
from handouts.library.yaml_reading import Document


def list_entries(kind: str, document: Document, problems: list[Problem]) -> Iterator[tuple[str, Fields]]:
    """The entries of one list file by id; faults go to `problems`."""
    top = Fields(document.data, document, problems)
    first: dict[str, int] = {}
    for index, value in enumerate(top.list(kind, required=True)):
        fields = top.at(value, kind, index)
        item_id = fields.text("id", most=80)
        if not item_id:
            continue
        if not is_id(item_id):
            fields.problem(f"'{item_id}' is not an id", "id", hint="use a-z, 0-9 and single hyphens")
        if item_id in first:
            line, _ = document.place((kind, first[item_id]))
            fields.problem(f"'{item_id}' appears twice", "id", hint=f"first on line {line}")
        # The first one counts in the message, so that every later one points to the same line.
        first.setdefault(item_id, index)
        yield item_id, fields
    top.done()


def remove_rule(item_id: str, fields: Fields, found: dict[str, Any]) -> None:
    """A clinic's decision against a rule of an earlier folder, with its reason."""
    fields.text("removed", most=400)
    fields.done()
    if found.pop(item_id, None) is None:
        fields.problem(
            f"there is no rule '{item_id}' to remove", "id", hint="take the id from `handouts show CONDITION`"
        )
