"""A clinic's notices of help with language and communication: one text for each language, from its file or beside it.

In a text, blank lines part paragraphs, and a line that begins with `# ` is a heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from handouts.errors import Problem, file_trouble
from handouts.library.yaml_fields import Fields
from handouts.library.yaml_reading import Where, read_yaml
from handouts.model import Clinic

MOST_LANGUAGES = 40
MOST_PARAGRAPHS, MOST_PARAGRAPH, MOST_HEADING = 20, 900, 120
"""Paragraphs of one language and their characters: so many still go on a page in large print."""
MOST_BYTES = 50_000
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_PARAGRAPH = re.compile(r"^# .*|(?:^(?!# ).*\S.*\n?)+", re.MULTILINE)
"""A heading, or lines up to a blank one or a heading."""


class _TextFile(NamedTuple):
    """Where the paragraphs of a plain text file are, by their numbers."""

    path: Path
    lines: list[int]

    def locate(self, where: Where, *, key: bool = False) -> tuple[str, int, int]:  # noqa: ARG002
        return str(self.path), self.lines[int(where[0])] if where else 1, 1


def read_notices(fields: Fields, beside: Path) -> dict[str, tuple[str, ...]]:
    """The paragraphs of each language in a clinic's `notices`, headings with their `# `.

    `beside` is the clinic's file: plain text files that it names lie beside it.
    """
    texts = fields.inner("notices")
    if texts is None:
        return {}
    if len(texts.data) > MOST_LANGUAGES:
        texts.problem(f"{len(texts.data)} languages, at most {MOST_LANGUAGES} are allowed")
        return {}
    found = {}
    for code, value in texts.data.items():
        if not _LANGUAGE.fullmatch(code):
            texts.problem(f"'{code}' is no language tag", code, key=True, hint="write one such as es, vi or pt-BR")
        elif not isinstance(value, str) or not value.strip():
            texts.as_text(value, code)
        elif names_file(value):
            found[code] = _from_file(texts, code, beside.with_name(value))
        else:
            parts = [part[0] for part in _PARAGRAPH.finditer(value)]
            found[code] = _checked(texts, [(part, (code,)) for part in parts], code)
    return found


def notice_problems(
    clinic: Clinic, file_of: Callable[[str], Path], fault_of: Callable[[str], str | None]
) -> Iterator[Problem]:
    """What keeps a clinic's notices from being printed; `file_of` is the file that has those of a clinic's id.

    `fault_of` says what is wrong with a text, such as a letter that no font has; the library knows no font.
    """
    for code, paragraphs in clinic.notices.items():
        if fault := fault_of(" ".join(paragraphs)):
            file = file_of(clinic.id)
            document = read_yaml(file)
            value, place = document.data["notices"][code], document.place(("notices", code))
            path, place = (file.with_name(value), (1, 1)) if names_file(value) else (file, place)
            sign = next((sign for sign in " ".join(paragraphs) if fault_of(sign)), "\n")
            why, hint = fault.split(" (")[0], "give out this language as a leaflet: --append FILE.pdf"
            yield Problem(str(path), *_place_of(sign, path, place), f"notices in '{code}': {why}", hint)


def names_file(value: Any) -> bool:
    """Whether a notice is the name of a plain text file beside the clinic's."""
    return isinstance(value, str) and value.endswith(".txt") and value == Path(value).name


def _from_file(texts: Fields, code: str, path: Path) -> tuple[str, ...]:
    # A link could put any file of the machine on a patient's sheet.
    if not path.is_file() or path.resolve().parent != path.parent.resolve():
        texts.problem(f"no file '{path.name}' beside it", code)
        return ()
    with file_trouble(path), path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        texts.problem(f"'{path.name}' is not UTF-8", code, hint="save the file as UTF-8")
        return ()
    if len(content) > MOST_BYTES:
        texts.problem(f"'{path.name}' is larger than {MOST_BYTES // 1000} kB", code)
        return ()
    parts = list(_PARAGRAPH.finditer(text))
    place = _TextFile(path, [text.count("\n", 0, part.start()) + 1 for part in parts])
    fields = Fields({}, place, texts.problems)
    return _checked(fields, [(part[0], (number,)) for number, part in enumerate(parts)])


def _checked(fields: Fields, parts: list[tuple[str, Where]], *whole: str) -> tuple[str, ...]:
    if not parts or parts[-1][0].startswith("# "):
        fields.problem("no paragraph at its end", *whole)
    if len(parts) > MOST_PARAGRAPHS:
        fields.problem(f"{len(parts)} paragraphs, at most {MOST_PARAGRAPHS} are allowed", *whole)
        return ()
    return tuple(
        fields.as_text(part, *where, most=MOST_HEADING if part.startswith("# ") else MOST_PARAGRAPH)
        for part, where in parts
    )


def _place_of(sign: str, path: Path, start: tuple[int, int]) -> tuple[int, int]:
    """Line and column where a sign first stands from `start` on; `start` where it is written in another way."""
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        if number >= start[0] and (at := line.find(sign)) >= 0:
            return number, at + 1
    return start
