"""`handouts review`: what a licensed clinician has signed off, what is still to sign, and what has changed since."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from handouts.branding import palette
from handouts.cli.options import filter_value, named
from handouts.cli.output import put, put_json, say_unless_quiet
from handouts.cli.session import session_of
from handouts.compose.review_texts import compose_review
from handouts.errors import BadInput, Problem, bad_input
from handouts.layout.pictures import exercise_pictures
from handouts.layout.review_sheet import make_review_sheet
from handouts.library import Library
from handouts.library.locale import read_locale
from handouts.library.nearest import did_you_mean
from handouts.library.yaml_fields import YEARS
from handouts.model import Clinic, Layout, Prescription
from handouts.output_paths import make_folder
from handouts.pdf.files import check_writable, write_whole
from handouts.reports.program_report import Record
from handouts.reviewing import Item, Signatures, SignOff, every_item, find_items
from handouts.reviewing.items import KIND_NAMES, TRANSLATION, is_there, kind_named, name_of, regions_of
from handouts.reviewing.signatures import (
    SHOWN_DIGITS,
    content_of,
    differences,
    name_fault,
    path_of,
    read_signatures,
    sign_off_record,
    signatures_text,
    signed,
)

GOES_WITH = {
    "by": ("sign",),
    "on": ("sign",),
    "until": ("sign",),
    "output": ("sheet",),
    "paper": ("sheet",),
    "force": ("sheet",),
    "every": ("list", "sheet"),
    "kind": ("list", "sheet", "changed"),
    "region": ("list", "sheet", "changed"),
    "language": ("list", "sheet", "changed"),
}
"""The actions that each option belongs to."""
GIVEN = (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT)


def run(ctx: click.Context, action: str, items: tuple[str, ...], **options: Any) -> None:
    """Do one of the four."""
    for name, actions in GOES_WITH.items():
        # The configuration's language, region or file is of the handouts: it must not hide what waits for review.
        if name != "paper" and ctx.get_parameter_source(name) is ParameterSource.DEFAULT_MAP:
            options[name] = None
        elif options[name] and action not in actions and ctx.get_parameter_source(name) in GIVEN:
            option = "--all" if name == "every" else f"--{name}"
            raise click.UsageError(f"{option} goes with review {' and '.join(actions)}.", ctx)
    {"list": _list, "sheet": _sheet, "sign": _sign, "changed": _changed}[action](ctx, items, options)


def _list(ctx: click.Context, items: tuple[str, ...], options: dict[str, Any]) -> None:
    library = session_of(ctx).library
    found = _sign_offs(library, items, options)
    if options["as_json"]:
        put_json([_record(one, library) for one in found])
        return
    width = max((len(str(one.item)) for one in found), default=0)
    for one in found:
        signature = one.signature
        who = f"{signature.by}, {signature.on} to {signature.until}" if signature else name_of(one.item, library)
        put(f"{str(one.item).ljust(width)}  {one.state.ljust(8)}  {who}".rstrip())
    counts = Counter(one.state for one in found)
    say_unless_quiet(", ".join(f"{number} {state}" for state, number in counts.items()) or "nothing waits for review")


def _sheet(ctx: click.Context, items: tuple[str, ...], options: dict[str, Any]) -> None:
    output = options["output"] or Path("review.pdf")
    check_writable(output, force=options["force"])
    library = session_of(ctx).library
    found = _sign_offs(library, items, options)
    if not found:
        raise bad_input("review sheet", "nothing waits for review", "name it, or give --all")
    colours = palette(Clinic(id=""))
    sheet = compose_review(found, library, read_locale(library, "en"))
    drawn = [library.exercise(one.item.id) for one in found if one.item.kind == "exercise"]
    pdf, pages = make_review_sheet(
        sheet,
        Layout(paper=options["paper"] or "letter"),
        colours,
        exercise_pictures([Prescription(exercise=one, dose=one.dose) for one in drawn], colours),
        date=dt.date.today(),
    )
    write_whole(output, pdf, force=options["force"])
    if options["as_json"]:
        put_json({"status": "made", "output": str(output), "pages": pages, "bytes": len(pdf),
                  "items": [str(one.item) for one in found]})  # fmt: skip
    else:
        put(str(output))


def _sign(ctx: click.Context, items: tuple[str, ...], options: dict[str, Any]) -> None:
    session = session_of(ctx)
    if not items or not options["by"]:
        raise click.UsageError('Say what and who: handouts review sign KIND/ID ... --by "NAME, LICENCE".', ctx)
    if not session.folders:
        hint = "a signature lies in the clinic's own library: make one with `handouts new library our-clinic`"
        raise bad_input("--library", "no library of your own", f"{hint}, then add --library our-clinic")
    by, on, until = _signer(options)
    library, home = session.library, list(session.folders)[-1]
    records = []
    files: dict[Path, str] = {}
    for item in find_items(items, library):
        path = path_of(item, home)
        earlier = read_signatures(path, item) if path.is_file() else []
        signature = signed(content_of(item, library), by, on, until)
        files[path] = signatures_text(item, [*earlier, signature])
        record = sign_off_record(SignOff(item=item, state="signed", signature=signature))
        records.append({"item": str(item), **record, "digest": signature.digest, "output": str(path)})
    # All are read before one is written, so that a mistake in the last leaves nothing half signed.
    for path, text in files.items():
        make_folder(path.parent)
        write_whole(path, text.encode(), force=True)
    if options["as_json"]:
        put_json(records)
        return
    for record in records:
        put(record["output"])
        version = record["digest"][:SHOWN_DIGITS]
        say_unless_quiet(f"{record['item']}, version {version}: signed by {by} on {on}, until {record['until']}")


def _changed(ctx: click.Context, items: tuple[str, ...], options: dict[str, Any]) -> None:
    library, today = session_of(ctx).library, dt.date.today()
    signatures = Signatures(library)
    asked = (
        find_items(items, library) if items else [one for one in signatures.signed_items() if is_there(one, library)]
    )
    found = [signatures.sign_off(one, today) for one in _filtered(asked, library, options)]
    found = [one for one in found if one.state == "changed"]
    found += [] if items else signatures.gone
    records = []
    for one in found:
        before = one.signature.content if one.signature else {}
        now = {} if one in signatures.gone else content_of(one.item, library)
        records.append({"item": str(one.item), **sign_off_record(one), "lines": differences(before, now)})
    if options["as_json"]:
        put_json(records)
        return
    for record in records:
        put(click.style(f"{record['item']}: not what {record['by']} signed on {record['on']}", bold=True))
        for line in record["lines"][2:]:
            put(click.style(f"  {line}", fg={"+": "green", "-": "red"}.get(line[:1])))
    if not records:
        say_unless_quiet("nothing that was signed has changed")


def _signer(options: dict[str, Any]) -> tuple[str, dt.date, dt.date | None]:
    """Who signs, when and until when. Raises BadInput."""
    today = dt.date.today()
    problems: list[Problem] = []
    by = " ".join(options["by"].split())
    on = options["on"].date() if options["on"] else today
    until = options["until"].date() if options["until"] else None
    if not by.isprintable():
        problems.append(Problem("--by", 0, 0, "an invisible control character", "remove it"))
    if fault := name_fault(by):
        problems.append(Problem("--by", 0, 0, fault))
    if on.year < YEARS[0]:
        problems.append(Problem("--on", 0, 0, f"'{on}' is not a date", "write YYYY-MM-DD, such as 2026-11-22"))
    if on > today:
        problems.append(Problem("--on", 0, 0, f"{on} is after today", "give the day on which it was signed"))
    if until and until < on:
        problems.append(Problem("--until", 0, 0, f"{until} is before the signature of {on}"))
    if problems:
        raise BadInput(problems)
    return by, on, until


def _sign_offs(library: Library, items: tuple[str, ...], options: dict[str, Any]) -> list[SignOff]:
    """How the asked items stand; without any, every item that waits for a signature."""
    asked = find_items(items, library) if items else every_item(library)
    signatures, today = Signatures(library), dt.date.today()
    found = [signatures.sign_off(one, today) for one in _filtered(asked, library, options)]
    return [one for one in found if items or options["every"] or one.state != "signed"]


def _filtered(items: Iterable[Item], library: Library, options: dict[str, Any]) -> list[Item]:
    """The items that the filters let through. Raises BadInput for a kind, region or language that nothing has."""
    asked = options["kind"]
    kind = kind_named(asked) if asked else None
    if asked and kind is None:
        raise bad_input("--kind", f"unknown kind '{asked}'", did_you_mean(asked, KIND_NAMES))
    code = named("languages", options["language"], library, "--language") if options["language"] else None
    region = filter_value("regions", options["region"], library, "--region")
    return [
        one
        for one in items
        if kind in (None, TRANSLATION if one.is_translation else one.kind)
        and code in (None, one.language)
        and (region is None or region in regions_of(one, library))
    ]


def _record(one: SignOff, library: Library) -> Record:
    item = one.item
    return {
        "item": str(item),
        "kind": TRANSLATION if item.is_translation else item.kind,
        "id": item.id,
        "language": item.language,
        "name": name_of(item, library),
        **sign_off_record(one),
    }
