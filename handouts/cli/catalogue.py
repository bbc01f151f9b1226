"""`handouts catalogue`: the library as one PDF to choose from."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli.examples import examples
from handouts.cli.ids import CLINIC, LANGUAGE
from handouts.cli.options import json_option, named
from handouts.cli.session import everywhere, session_of
from handouts.cli.streams import put, put_json
from handouts.cli.talk import note
from handouts.errors import BadInput, Problem

if TYPE_CHECKING:
    from handouts.library import Library
    from handouts.model import Clinic


@click.command(
    "catalogue",
    epilog=examples(
        "handouts catalogue -o exercises.pdf",
        "handouts catalogue --region knee --region hip --language es --paper a4",
    ),
)
@click.option("--region", multiple=True, metavar="ID", help="Only this part of the body. Repeatable.")
@click.option("--clinic", type=CLINIC, metavar="ID", help="Whose name and colour it has.")
@click.option("--language", type=LANGUAGE, metavar="CODE", help="The clinic's language when not given.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), help="The paper; the clinic's when not given.")
@click.option("--ink-saver", is_flag=True, help="Black on white, outlines only.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Its date; today when not given.")
@click.option("-o", "--output", callback=named, type=click.Path(path_type=Path), default=Path("catalogue.pdf"),
              show_default=True, metavar="FILE", help="The file.")  # fmt: skip
@click.option("--force", is_flag=True, help="Write over a file that is not a handout.")
@click.option("--open", "open_", is_flag=True, help="Open the PDF when it is made.")
@json_option
@everywhere
@click.pass_context
def command(
    ctx: click.Context,
    region: tuple[str, ...],
    clinic: str | None,
    language: str | None,
    paper: Any,
    date: dt.datetime | None,
    output: Path,
    *,
    ink_saver: bool,
    force: bool,
    open_: bool,
    as_json: bool,
) -> None:
    """Make one PDF of all exercises to choose from, by region, with an index and bookmarks."""
    from handouts.branding import palette
    from handouts.compose.catalogue import compose_catalogue
    from handouts.layout.catalogue import make_catalogue
    from handouts.layout.pictures import exercise_pictures, logo_picture
    from handouts.library.locale import read_locale
    from handouts.model import Layout, Prescription
    from handouts.pdf.document import check_writable, write_whole

    check_writable(output, force=force)
    library = session_of(ctx).library
    whose = _clinic(library, clinic)
    locale = read_locale(library, language or whose.language)
    colours = palette(whose, ink_saver)
    catalogue = compose_catalogue(library, locale, whose, region)
    shown = {row.id for found in catalogue.regions for row in found.rows}
    usual = [Prescription(exercise=one, dose=one.dose) for one in library.exercises() if one.id in shown]
    pdf, pages = make_catalogue(
        catalogue,
        locale,
        Layout(paper=paper or whose.paper, ink_saver=ink_saver),
        colours,
        exercise_pictures(usual, colours),
        logo=logo_picture(library.logo_path(whose)),
        date=date.date() if date else dt.date.today(),
    )
    write_whole(output, pdf, force=force)
    notes = (*locale.notes, *colours.notes)
    note(notes)
    if as_json:
        exercises = sum(len(one.rows) for one in catalogue.regions)
        put_json({"status": "made", "output": str(output), "pages": pages, "bytes": len(pdf), "exercises": exercises,
                  "notes": list(notes)})  # fmt: skip
    else:
        put(str(output))
    if open_:
        click.launch(str(output))


def _clinic(library: Library, clinic: str | None) -> Clinic:
    from handouts.library.nearest import did_you_mean
    from handouts.model import Clinic

    if clinic is None:
        return Clinic(id="")
    if clinic not in library.clinics:
        raise BadInput([Problem("--clinic", 0, 0, f"unknown clinic '{clinic}'", did_you_mean(clinic, library.clinics))])
    return library.clinic(clinic)
