"""Clinic files → `Clinic`, and the emergency numbers of the countries.

A clinic's notices of help with language and communication are one text for each language, from its file or beside it.
In a text, blank lines part paragraphs, and a line that begins with `# ` is a heading. For languages that no bundled
font has, a clinic gives its notices as it prints them besides, in a PDF.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args

from handouts.errors import BadInput, Problem
from handouts.input_files import read_start
from handouts.library.yaml_fields import Fields, read_as
from handouts.library.yaml_reading import Where, read_yaml
from handouts.model import FIGURE_SKINS, PAPER_NAMES, Clinic, Paper


def build_clinic(
    clinic_id: str,
    fields: Fields,
    languages: Collection[str],
    emergency_numbers: Callable[[], Mapping[str, Sequence[str]]],
    notices_file: Path,
) -> Clinic:
    """The clinic that `fields` describe; every fault goes to the fields' problems.

    `notices_file` is the clinic's file that has its `notices`.

    A clinic without an emergency number takes its country's. A number of its own must be one of its country's; a
    country that the library does not know needs one.
    """
    paper: Any = fields.choice("paper", get_args(Paper), "letter", PAPER_NAMES)
    country = (fields.maybe_text("country", most=2) or "US").upper()
    if not _COUNTRY.fullmatch(country):
        fields.problem(f"'{country}' is no country", "country", hint="its two letters, such as US")
    emergency = fields.maybe_text("emergency", most=20, number=True)
    _check_number(fields, emergency)
    if emergency is None:
        emergency = next(iter(emergency_numbers().get(country, ())), None)
        if emergency is None:
            fields.problem(f"no emergency number is known for country '{country}'", hint='add emergency: "…"')
    # A wrong number on page 1 may cost a life; a country that is not known cannot be checked.
    elif (known := emergency_numbers().get(country)) and emergency not in known:
        hint = f"in {country} it is {' or '.join(known)}"
        fields.problem(f"'{emergency}' is not the emergency number of country '{country}'", "emergency", hint=hint)
    clinic = read_as(
        Clinic,
        fields,
        {"skin": FIGURE_SKINS, "language": languages}.__getitem__,
        id=clinic_id,
        hours=_by_language(fields, "hours", languages),
        letterhead=_by_language(fields, "letterhead", languages),
        licences=_by_language(fields, "licences", languages),
        closing=_by_language(fields, "closing", languages),
        notices=read_notices(fields, notices_file),
        notices_pdf=_beside(fields, "notices_pdf", "the notices"),
        colour=_colour(fields, "colour", "#0F5B52"),
        accent=_colour(fields, "accent", "#C8460F"),
        country=country,
        emergency=emergency or "",
        paper=paper,
        logo=_beside(fields, "logo", "the logo"),
    )
    if clinic.notices_pdf and not clinic.notices:
        hint = "give the same words as notices, for the page and the text"
        fields.problem("printed notices without their words", "notices_pdf", hint=hint)
    fields.done()
    return clinic


_COUNTRY = re.compile("[A-Z]{2}")
_NUMBER = re.compile(r"[+\d][\d ()-]*", re.ASCII)


def _check_number(fields: Fields, emergency: str | None) -> None:
    """A problem with an emergency number that no phone dials."""
    if emergency and not _NUMBER.fullmatch(emergency):
        fields.problem(f"'{emergency}' is no number to call", "emergency", hint="digits, such as 911")


_ADDRESS = re.compile(r"(https?://)?[\w-]+(\.[\w-]+)*\.[a-z]{2,}(:\d+)?([/?#]\S*)?", re.IGNORECASE | re.ASCII)


def web_address(web: str | None) -> str | None:
    """The clinic's page as an address that a phone opens; None for what is no web address, such as `ask us`."""
    if not web or not web.isascii() or not _ADDRESS.fullmatch(web):
        return None
    return web if web.casefold().startswith(("https://", "http://")) else f"https://{web}"


def _by_language(fields: Fields, name: str, languages: Collection[str]) -> dict[str, str]:
    value = fields.get(name)
    if isinstance(value, str):
        return {"en": fields.as_text(value, name, most=600)}
    texts = fields.inner(name)
    if texts is None:
        return {}
    for code in texts.data:
        texts.known(code, "language", languages, code, key=True)
    return {code: texts.as_text(text, code, most=600) for code, text in texts.data.items() if text is not None}


def _colour(fields: Fields, name: str, default: str) -> str:
    value = fields.maybe_text(name, most=7)
    if value is not None and not re.fullmatch("#[0-9a-fA-F]{6}", value):
        fields.problem(f"'{value}' is not a colour", name, hint='write it in quotes, such as "#0F5B52"')
    return value or default


def _beside(fields: Fields, field: str, what: str) -> str | None:
    name = fields.maybe_text(field, most=120)
    if name is not None and ("/" in name or "\\" in name or name.startswith(".")):
        fields.problem(f"{what} must lie beside the clinic's file", field, hint="write the file's name alone")
    return name


def read_emergency_numbers(files: Iterable[Path]) -> dict[str, tuple[str, ...]]:
    """The emergency numbers by country (ISO 3166), the one to print first: a later file adds countries.

    Raises BadInput, also when a later file has another number for a country of the first one.
    """
    found: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    first: dict[str, tuple[str, ...]] = {}
    for path in files:
        document = read_yaml(path)
        top = Fields(document.data, document, problems)
        top.maybe_text("source", most=80)
        for entry in top.entries("numbers", required=True):
            numbers = (entry.text("emergency", most=20), *entry.texts("also", most=20))
            country = entry.text("country", most=2).upper()
            _check_number(entry, next((one for one in numbers if one and not _NUMBER.fullmatch(one)), None))
            found[country] = numbers
            if wrong := set(numbers) - set(first.get(country, numbers)):
                hint = f"in {country} it is {' or '.join(first[country])}; a clinic elsewhere names its own country"
                entry.problem(f"'{min(wrong)}' is not the emergency number of '{country}'", hint=hint)
            entry.maybe_text("name"), entry.maybe_text("urgent_advice")
        top.done()
        first = first or dict(found)
    if problems:
        raise BadInput(problems)
    return found


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

    `fault_of` says what is wrong with a text, such as a letter that no font has; the library knows no font. A PDF of
    the clinic's own has any letter, and so have pages and texts.
    """
    for code, paragraphs in clinic.notices.items() if clinic.notices_pdf is None else ():
        if fault := fault_of(" ".join(paragraphs)):
            file = file_of(clinic.id)
            document = read_yaml(file)
            value, place = document.data["notices"][code], document.place(("notices", code))
            path, place = (file.with_name(value), (1, 1)) if names_file(value) else (file, place)
            sign = next((sign for sign in " ".join(paragraphs) if fault_of(sign)), "\n")
            why, hint = fault.split(" (")[0], "add the notices as you print them: notices_pdf: FILE.pdf"
            yield Problem(str(path), *_place_of(sign, path, place), f"notices in '{code}': {why}", hint)


def names_file(value: Any) -> bool:
    """Whether a notice is the name of a plain text file beside the clinic's."""
    return isinstance(value, str) and value.endswith(".txt") and value == Path(value).name


def _from_file(texts: Fields, code: str, path: Path) -> tuple[str, ...]:
    # A link could put any file of the machine on a patient's sheet.
    if not path.is_file() or path.resolve().parent != path.parent.resolve():
        texts.problem(f"no file '{path.name}' beside it", code)
        return ()
    content = read_start(path, MOST_BYTES + 1)
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
