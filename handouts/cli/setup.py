"""`handouts setup`: the clinic's own library and the configuration that every command then uses; can be run again.

Files that are there are changed field by field, so that what somebody wrote by hand stays. Nothing is written before a
sample handout could be made.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from handouts.branding import read_logo
from handouts.cli.config_file import usual_config
from handouts.cli.new import fill_library, with_values
from handouts.cli.output import put, say_notes, say_unless_quiet
from handouts.cli.session import Session, session_of
from handouts.errors import BadInput, FileTrouble, HandoutError, Problem, bad_input, file_trouble
from handouts.input_files import read_file
from handouts.library import Library
from handouts.library.clinics import build_clinic, names_file
from handouts.library.names import resolve
from handouts.library.starter_files import schema_address, starting_clinic
from handouts.library.yaml_fields import Fields
from handouts.library.yaml_reading import Where, parse_yaml, read_yaml
from handouts.model import PAPER_NAMES, Note, notes
from handouts.output_paths import make_folder
from handouts.pdf.files import is_handout, write_whole
from handouts.pdf.fonts import UnprintableText
from handouts.prescription import ProgramFields, build_program
from handouts.programs import open_library, screen
from handouts.proofreading import clinic_problems
from handouts.rendering import RenderedHandout, render
from handouts.resources import as_on_disk, content_folder
from handouts.screening import clinic_notes

QUESTIONS = {
    "name": "Name of the clinic",
    "language": "Language of most patients",
    "phone": "Phone that patients call",
    "address": "Address",
    "hours": "Opening hours",
    "web": "Web address",
    "logo": "Logo, an SVG, PNG, JPEG or WebP file",
    "colour": "Colour",
    "paper": "Paper, letter or a4",
    "emergency": "Emergency number",
}
_ANSWERS = (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT)
SAMPLE = "sample-handout.pdf"
SAMPLE_PACKET = "low-back-starter"
NOTHING = "-"


@dataclass
class Answers:
    """The clinic's fields as they are in its file, changed by what was asked or given; and which were changed.

    Says where a field is, as `yaml_fields.Places` does: an answer is named as its option.
    """

    path: str
    fields: dict[str, Any]
    changed: set[str] = field(default_factory=set)
    logo: Path | None = None
    """A new logo, where it lies now."""

    def locate(self, where: Where, *, key: bool = False) -> tuple[str, int, int]:  # noqa: ARG002 - a protocol's
        """The option of a changed field, else the clinic's file."""
        name = str(where[0]) if where else ""
        return (f"--{name}" if name in self.changed else self.path), 0, 0


def run(ctx: click.Context, *, yes: bool, country: str | None, **given: str | None) -> None:
    """Ask what was not given, then write the library, the clinic, the configuration and a sample handout."""
    session = session_of(ctx)
    config = session.config or usual_config()
    home = next(reversed(session.folders), config.parent / "library")
    library = open_library(*(folder for folder in session.folders if folder.is_dir()))
    # What the configuration says of every handout, such as the paper, is no answer about the clinic.
    given = {name: value for name, value in given.items() if ctx.get_parameter_source(name) in _ANSWERS}
    known = _clinic_file(home, session, given.get("name"))
    if yes and not known and not given.get("name"):
        raise click.UsageError("Give the clinic's --name.", ctx)
    start = content_folder() / "templates"
    data = read_file(known) if known else b""
    answers = Answers(str(known or "the clinic"), parse_yaml(data, str(known)).data or {} if known else {})
    text = data.decode()
    if country:
        answers.fields["country"] = country.upper()
        answers.changed.add("country")
    if not yes:
        click.echo(f"Enter keeps what stands in brackets, {NOTHING} leaves it out.", err=True)
    for name, question in QUESTIONS.items():
        _settle(name, given.get(name), None if yes else question, answers, library)
    if not known:
        first = starting_clinic(str(answers.fields["name"]), start)
        known, text = home / first.path, first.text
    written = {name: answers.fields.get(name) for name in sorted(answers.changed, key=[*QUESTIONS, "country"].index)}
    text = with_values(text, known, written)
    sample, sample_notes = _sample(session, home, known, text, answers)
    fill_library(home, start)
    _write_clinic(known, text, answers.logo)
    put(str(known))
    _write_config(config, home, known.stem)
    put(str(config))
    page = home / SAMPLE
    write_whole(page, sample.pdf, force=is_handout(page))
    put(str(page))
    say_notes(sample_notes)
    say_unless_quiet("Every command now uses this clinic. Run `handouts setup` again to change it.")
    say_unless_quiet("Your first patient: handouts build")


def _clinic_file(home: Path, session: Session, name: str | None) -> Path | None:
    """The file of the clinic to change: the one that is named, the configuration's or the only one; None for a new one.

    Raises click.UsageError when there are several and nothing says which.
    """
    files = {path.stem: path for path in sorted((home / "clinics").glob("*.yaml"))}
    usual = session.settings.default_map.get("clinic") if session.settings else None
    if name is not None:
        for path in files.values():
            data = read_yaml(path).data
            if name.casefold() in (path.stem, str(data.get("name") if isinstance(data, dict) else "").casefold()):
                return path
    if usual in files:
        return files[usual]
    if len(files) > 1 and name is None:
        raise click.UsageError(f"Say which clinic to change, with --name: {', '.join(files)}.")
    return next(iter(files.values())) if len(files) == 1 else None


def _settle(name: str, given: str | None, question: str | None, answers: Answers, library: Library) -> None:
    """Take one field's value from its option, from an answer, or leave it; ask again while an answer will not do."""
    while True:
        value = before = _shown(name, answers.fields, library)
        if given is not None:
            value = given
        elif question:
            value = str(click.prompt(question, default=before, show_default=bool(before), err=True)).strip()
        if given is None and value == before and (value or name != "name"):
            return
        try:
            _put(name, value.strip(), answers, library)
        except HandoutError as error:
            if given is not None or question is None:
                raise
            click.echo(error, err=True)
        else:
            return


def _shown(name: str, fields: Mapping[str, Any], library: Library) -> str:
    """A field as it is offered: hours in the clinic's language, a default where the file says nothing."""
    value = fields.get(name)
    if isinstance(value, Mapping):
        value = value.get(fields.get("language", "en"), "")
    if name == "emergency" and not value:
        value = next(iter(library.emergency_numbers.get(str(fields.get("country") or "US").upper(), ())), "")
    return str(value or {"paper": "letter", "language": "en", "colour": "#0F5B52"}.get(name, ""))


def _put(name: str, value: str, answers: Answers, library: Library) -> None:
    """Put a value among the answers. Raises BadInput, naming the option, when it will not do."""
    trial = Answers(answers.path, dict(answers.fields), {*answers.changed, name}, answers.logo)
    if value in ("", NOTHING):
        if name == "name":
            raise bad_input("--name", "the clinic has no name", "give --name")
        if name not in answers.fields:
            return
        trial.fields[name] = None
    else:
        _take(name, value, trial, library)
    problems: list[Problem] = []
    fields = Fields(trial.fields, trial, problems)
    build_clinic("clinic", fields, library.languages(), lambda: library.emergency_numbers, Path(trial.path))
    problems = [one for one in problems if one.path.startswith("--")]
    if problems:
        raise BadInput(problems)
    answers.fields, answers.changed, answers.logo = trial.fields, trial.changed, trial.logo


def _take(name: str, value: str, trial: Answers, library: Library) -> None:
    """Bring a value into the form of a clinic's file."""
    fields = trial.fields
    match name:
        case "logo":
            trial.logo = as_on_disk(Path(value).expanduser())
            read_logo(trial.logo)
            fields[name] = trial.logo.name
        case "hours":
            there = fields.get(name)
            others = there if isinstance(there, dict) else {"en": there} if there else {}
            fields[name] = {**others, fields.get("language") or "en": value}
        case "colour":
            fields[name] = f"#{value}" if re.fullmatch(r"[0-9A-Fa-f]{6}", value) else value
        case "paper":
            fields[name] = PAPER_NAMES.get(value.casefold(), value.casefold())
        case "language":
            fields[name] = resolve("languages", value, library) or value
        case "emergency":
            fields[name] = value
            if "country" not in trial.changed:
                _find_country(value, trial, library)
        case _:
            fields[name] = value


def _find_country(number: str, trial: Answers, library: Library) -> None:
    """A number of another country than the file's says which country it is, when it is the first one of only one."""
    numbers = library.emergency_numbers
    if number in numbers.get(str(trial.fields.get("country") or "US").upper(), ()):
        return
    countries = [code for code, known in numbers.items() if known[0] == number]
    if len(countries) == 1:
        trial.fields["country"] = countries[0]
        trial.changed.add("country")
    elif countries:
        hint = f"add --country, such as --country {countries[0]}"
        raise bad_input("--emergency", f"{number} is the number of {', '.join(countries)}", hint)


def _sample(
    session: Session, home: Path, clinic: Path, text: str, answers: Answers
) -> tuple[RenderedHandout, tuple[Note, ...]]:
    """A handout of the clinic as it will be, and the notes that are about the clinic and not about its exercises.

    Made in a folder that is thrown away: what fails here changes nothing.
    """
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / "clinics"
        notices = answers.fields.get("notices")
        named = [*filter(names_file, notices.values() if isinstance(notices, dict) else ())]
        others = (answers.fields.get(field) for field in ("logo", "notices_pdf"))
        named += [name for name in others if isinstance(name, str) and name == Path(name).name != ""]  # no path
        with file_trouble(trial):
            trial.mkdir()
            for path in (as_on_disk(clinic.with_name(name)) for name in named):
                if path.is_file():
                    (trial / path.name).write_bytes(read_file(path))
            if answers.logo:
                (trial / answers.logo.name).write_bytes(read_file(answers.logo))
            (trial / clinic.name).write_text(text, encoding="utf-8")
        try:
            library = open_library(*(one for one in (*session.folders, home) if one.is_dir()), Path(folder))
            faults = clinic_problems(library.clinic(clinic.stem), library)
            program = build_program(
                ProgramFields(packet=SAMPLE_PACKET, clinic=clinic.stem),
                library,
                date=dt.date.today(),
                name_required=False,
            )
            screened = screen(program, library)
            made = render(screened, library)
        except UnprintableText as error:
            faults = (str(error),)
        except BadInput as error:  # told of the place where the file will be
            moved = [replace(one, path=one.path.replace(folder, str(home))) for one in error.problems]
            raise BadInput(moved) from None
        if faults:
            raise BadInput([Problem("the clinic's sheet", 0, 0, fault) for fault in faults])
        about_clinic = (
            *notes("missing", clinic_notes(program.clinic, program.language)),
            *(one for one in made.notes if one not in screened.notes),
        )
        return made, about_clinic


def _write_clinic(clinic: Path, text: str, logo: Path | None) -> None:
    """The clinic's file, and its logo beside it."""
    if logo:
        data = read_file(logo)
        place = clinic.with_name(logo.name)
        if place.exists() and read_file(place) != data and place.resolve() != logo.resolve():
            raise FileTrouble(str(place), "is there already and is another picture: rename yours")
        write_whole(place, data, force=True)
    write_whole(clinic, text.encode(), force=True)


def _write_config(config: Path, home: Path, clinic: str) -> None:
    """Name the library and the clinic in the configuration; what else stands in it stays."""
    begin = f"# yaml-language-server: $schema={schema_address('config')}\n# `handouts config` shows all settings.\n"
    text = config.read_text(encoding="utf-8") if config.exists() else begin
    data = parse_yaml(text.encode(), str(config)).data or {}
    there = data.get("library") or []
    folders = there if isinstance(there, list) else [there]
    fields: dict[str, Any] = {"clinic": clinic}
    if home.resolve() not in [(config.parent / str(one)).resolve() for one in folders]:
        near = home.resolve().is_relative_to(config.parent.resolve())
        place = home.resolve().relative_to(config.parent.resolve()).as_posix() if near else str(home.resolve())
        fields["library"] = [*folders, place] if folders else place
    make_folder(config.parent)
    write_whole(config, with_values(text, config, fields).encode(), force=True)
