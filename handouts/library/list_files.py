"""Files that list items: each entry with its id, and a clinic's removals. Knows no kind of item."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from handouts.errors import AtTerminal, BadInput, Problem
from handouts.library.exercises import is_id
from handouts.library.kinds import Kind
from handouts.library.protected import Keep
from handouts.library.yaml_fields import Fields, Origin
from handouts.library.yaml_reading import Document, read_yaml

Item = TypeVar("Item")


def read_items(
    kind: Kind,
    files: Sequence[Path],
    build: Callable[[str, Fields], Item],
    keep: Keep[Item],
    is_built_in: Callable[[Path], bool],
) -> tuple[dict[str, Item], dict[str, Origin]]:
    """The items of list files by id and where each is; a later file's item replaces an earlier one, if `keep` lets it.

    Raises BadInput with the problems of all files.
    """
    found: dict[str, Item] = {}
    built_in: dict[str, Item] = {}
    origins: dict[str, Origin] = {}
    problems: list[Problem] = []
    for path in files:
        of_built_in = is_built_in(path)
        try:
            document = read_yaml(path)
        except BadInput as error:
            problems.extend(error.problems)
            continue
        for item_id, fields in list_entries(kind, document, problems):
            # A clinic takes a rule out by name and with a reason; leaving it out of its own file changes nothing.
            if kind == "rules" and fields.has("removed"):
                fields.text("removed", most=400)
                fields.done()
                if found.pop(item_id, None) is None:
                    hint = AtTerminal("take the id from `handouts show CONDITION`")
                    fields.problem(f"there is no rule '{item_id}' to remove", "id", hint=hint)
                continue
            origins[item_id] = Origin(document, fields.where)
            found[item_id] = build(item_id, fields)
            if of_built_in:
                built_in[item_id] = found[item_id]
            else:
                keep(found[item_id], built_in, fields)
            fields.done()
    if problems:
        raise BadInput(problems)
    return found, origins


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
