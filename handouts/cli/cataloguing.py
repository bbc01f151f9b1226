"""`handouts catalogue`: the library as one PDF to choose from."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from handouts.branding import palette
from handouts.cli.delivery import open_in_viewer
from handouts.cli.options import filter_value, named
from handouts.cli.output import put, put_json, say_notes
from handouts.cli.session import session_of
from handouts.compose.catalogue_texts import compose_catalogue
from handouts.layout.catalogue import make_catalogue
from handouts.layout.pictures import exercise_pictures, logo_picture
from handouts.library import Library
from handouts.library.locale import read_locale
from handouts.model import Clinic, Layout, Prescription, Word, notes
from handouts.pdf.files import check_writable, write_whole
from handouts.pdf.kept_handouts import check_may_redraw
from handouts.reviewing import Item, Signatures, handout_review
from handouts.reviewing.items import translated


def run(
    ctx: click.Context, region: tuple[str, ...], clinic: str | None, language: str | None, output: Path, **options: Any
) -> None:
    """Compose the catalogue, lay it out and write it."""
    check_writable(output, force=True)
    if not options["force"]:
        check_may_redraw(output)
    library, date, ink_saver = session_of(ctx).library, options["date"], options["ink_saver"]
    asked = named("clinics", clinic, library, "--clinic") if clinic is not None else library.default_clinic
    whose = library.clinic(asked) if asked else Clinic(id="")
    locale = read_locale(library, named("languages", language or whose.language, library, "--language"))
    colours = palette(whose, ink_saver)
    regions = [filter_value("regions", one, library, "--region") or one for one in region]
    catalogue = compose_catalogue(library, locale, whose, regions, _reviews(library, locale.code))
    shown = {row.id for found in catalogue.regions for row in found.rows}
    usual = [Prescription(exercise=one, dose=one.dose) for one in library.exercises() if one.id in shown]
    pdf, pages = make_catalogue(
        catalogue,
        Layout(paper=options["paper"] or whose.paper, ink_saver=ink_saver, large_print=options["large_print"]),
        colours,
        exercise_pictures(usual, colours),
        logo=logo_picture(library.clinic_file(whose, "logo")),
        date=date.date() if date else dt.date.today(),
    )
    write_whole(output, pdf, force=True)
    all_notes = (*notes("missing", locale.notes), *notes("choice", colours.notes))
    say_notes(all_notes)
    if options["as_json"]:
        exercises = sum(len(one.rows) for one in catalogue.regions)
        put_json({"status": "made", "output": str(output), "pages": pages, "bytes": len(pdf), "exercises": exercises,
                  "notes": [asdict(note) for note in all_notes]})  # fmt: skip
    else:
        put(str(output))
    if options["open_"]:
        open_in_viewer(output)


def _reviews(library: Library, language: str) -> dict[str, Word]:
    """The exercises that are signed off, in English and in the catalogue's language."""
    signatures, today, found = Signatures(library), dt.date.today(), {}
    for item in signatures.signed_items():
        if item.kind == "exercise" and item.id in library.ids("exercises"):
            english = Item("exercise", item.id)
            parts = [english, *translated([english], language, library)] if language != "en" else [english]
            if review := handout_review([signatures.sign_off(one, today) for one in parts]):
                found[item.id] = review
    return found
