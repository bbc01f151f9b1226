"""Judged programs → files: all checked first, then each written whole, told about and opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli import collecting
from handouts.cli.paper import Printer
from handouts.cli.password import password_of
from handouts.cli.session import session_of
from handouts.cli.streams import put
from handouts.cli.talk import caution_lines, findings_text, note, remark
from handouts.errors import FileTrouble

if TYPE_CHECKING:
    from handouts.render import Judged, Made


def write_handouts(
    ctx: click.Context,
    judged: Sequence[Judged],
    output: str | None,
    *,
    force: bool,
    open_: bool,
    labels: Sequence[str] = (),
    printer: Printer | None = None,
) -> list[dict[str, Any]]:
    """One handout per judged program, and its record for `--json`; without that the files are named on standard output.

    Every handout is set, and locked when a password is given, before the first is written; each is printed when there
    is a `printer`. `labels` tell versions of one program apart. Raises FileTrouble, BadInput, UnprintableText.
    """
    from handouts.output_paths import output_paths
    from handouts.pdf.document import check_writable, encrypt, write_whole
    from handouts.render import Press

    session = session_of(ctx)
    password = password_of(ctx)
    paths = output_paths([one.program for one in judged], output, labels)
    if output and paths != (Path(output),):
        make_folder(Path(output))
    for path in paths:
        check_writable(path, force=force)
    if len(judged) > 1:
        collecting.as_always()
    press = Press(session.library)
    made = [press.make(one) for one in judged]
    files = [encrypt(handout.pdf, password) if password else handout.pdf for handout in made]
    records = []
    for one, handout, path, pdf in zip(judged, made, paths, files, strict=True):
        write_whole(path, pdf, force=force, private=password is not None)
        for line in [findings_text(one.findings, session)] if session.verbose else caution_lines(one.findings):
            remark(line)
        note(handout.notes, path.name if len(paths) > 1 else "")
        if ctx.params["as_json"]:
            records.append(_record(one, handout, path, pdf, locked=password is not None))
        else:
            put(str(path))
            if ctx.params["summary"]:
                put("\n".join(_summary(one)))
        if open_:
            click.launch(str(path))
        if printer:
            printer.print(path)
    return records


def _record(one: Judged, handout: Made, path: Path, pdf: bytes, *, locked: bool) -> dict[str, Any]:
    from handouts.reports.program_report import made_record

    record = made_record(one.program, one.findings, handout.notes, output=str(path), pdf=pdf, pages=handout.pages)
    return {**record, "locked": locked, "summary": list(_summary(one))}


def _summary(one: Judged) -> tuple[str, ...]:
    from handouts.reports.program_report import summary

    return summary(one.program, one.findings)


def make_folder(folder: Path) -> None:
    """The folder and those above it. Raises FileTrouble."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise FileTrouble(str(folder), (trouble.strerror or str(trouble)).lower()) from trouble
