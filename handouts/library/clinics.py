"""Clinic files → `Clinic`, and the emergency numbers of the countries."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from handouts.errors import BadInput, Problem
from handouts.library.notices import read_notices
from handouts.library.yaml_fields import Fields, read_as
from handouts.library.yaml_reading import read_yaml
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
    emergency = fields.maybe_text("emergency", most=20, number=True)
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
        {"skin": FIGURE_SKINS}.__getitem__,
        id=clinic_id,
        hours=_by_language(fields, "hours", languages),
        letterhead=_by_language(fields, "letterhead", languages),
        licences=_by_language(fields, "licences", languages),
        closing=_by_language(fields, "closing", languages),
        notices=read_notices(fields, notices_file),
        colour=_colour(fields, "colour", "#0F5B52"),
        accent=_colour(fields, "accent", "#C8460F"),
        country=country,
        emergency=emergency or "",
        paper=paper,
        language=_language(fields, languages),
        logo=_logo(fields),
    )
    fields.done()
    return clinic


_ADDRESS = re.compile(r"(https?://)?[\w-]+(\.[\w-]+)*\.[a-z]{2,}(:\d+)?([/?#]\S*)?", re.IGNORECASE | re.ASCII)


def web_address(web: str | None) -> str | None:
    """The clinic's page as an address that a phone opens; None for what is no web address, such as `ask us`."""
    if not web or not web.isascii() or not _ADDRESS.fullmatch(web):
        return None
    return web if web.casefold().startswith(("https://", "http://")) else f"https://{web}"


def _language(fields: Fields, languages: Collection[str]) -> str:
    language = fields.maybe_text("language", most=80)
    return "en" if language is None else fields.known(language, "language", languages, "language") or "en"


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


def _logo(fields: Fields) -> str | None:
    name = fields.maybe_text("logo", most=120)
    if name is not None and ("/" in name or "\\" in name or name.startswith(".")):
        fields.problem("the logo must lie beside the clinic's file", "logo", hint="write the file's name alone")
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
