"""Screened programs become files: all are rendered before the first is written; then each is named, opened, printed.

The password of a locked handout comes from a file or is asked for, never from the command line, where others see it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

import click
from click.core import ParameterSource

from handouts.cli.output import caution_lines, findings_text, put, put_records, say, say_notes, say_unless_quiet
from handouts.cli.session import session_of
from handouts.errors import ExitCode, FileTrouble, bad_input, visible
from handouts.input_files import read_file, read_line_of_input
from handouts.model import Note, Program, notes
from handouts.output_paths import ENDINGS, PDF_ALONE, Format, in_format, make_folder, output_paths
from handouts.pdf.files import check_writable, sweep_unfinished, write_together
from handouts.pdf.finished_pdfs import checked_password, encrypt
from handouts.pdf.kept_handouts import (
    REFUSED,
    check_may_hold,
    check_may_name,
    handouts_of,
    move_aside,
    write_beside_others,
)
from handouts.printing import Sent, print_file
from handouts.programs import ScreenedProgram
from handouts.rendering import RenderedHandout, render
from handouts.reports.program_report import Record, made_record, screened_record, summary
from handouts.screening import refusals

MOST_NAMED = 3
"""Handouts that are named one by one where a note is about several, or many are printed."""
_MOST_LINE = 4096
"""Characters of a password's line that are read; far fewer are taken."""


def write_handouts(
    ctx: click.Context,
    screened: Sequence[ScreenedProgram],
    *,
    labels: Sequence[str] = (),
    printer: Printer | None = None,
    source: Path | None = None,
) -> list[Record]:
    """Write one handout for each screened program, where `-o` says.

    Args:
        ctx: The command with its output options.
        screened: The programs; none of them is refused.
        labels: A part of each file's name that tells versions of one program apart.
        printer: Prints each file, but in a dry run, which writes, opens and prints nothing.
        source: The earlier handout that is revised: it is never written over.

    Returns:
        The records for `--json`. Without it the files are named on standard output.

    Raises:
        FileTrouble: A file cannot be written, or the one that `-o` names holds something else.
        BadInput, UnprintableText: A program cannot be printed; nothing is written.
    """
    params, session = ctx.params, session_of(ctx)
    output, force, dry_run = params["output"], params["force"], params["dry_run"]
    formats, password = formats_of(ctx), password_of(ctx)
    paths = output_paths([one.program for one in screened], output, labels)
    is_named = output is not None and paths == (Path(output),)
    if not dry_run:
        if output and not is_named:
            make_folder(Path(output))
        for folder in dict.fromkeys(path.parent for path in paths):
            sweep_unfinished(folder)
    files = [{in_format(path, form): form for form in formats} for path in paths]
    # All of them before the first is drawn: half a set of handouts helps nobody.
    for path in (path for forms in files for path in forms):
        _check_place(path, source if is_named else None, force=force)
    both_sides = bool(params["duplex"])
    rendered = [render(one, session.library, both_sides=both_sides, formats=formats) for one in screened]
    written = [
        {path: handout.files[form] for path, form in forms.items()}
        for handout, forms in zip(rendered, files, strict=True)
    ]
    if password:
        written = [{path: encrypt(data, password) for path, data in forms.items()} for forms in written]
    if is_named and not force:
        for path, content in written[0].items():
            check_may_hold(path, content)
    _say_all_notes(rendered, paths)
    records: list[Record] = []
    for one, handout, wanted in zip(screened, rendered, written, strict=True):
        lines = findings_text(one.findings, session).splitlines() if session.verbose else caution_lines(one.findings)
        for line in lines:
            say(line)
        if dry_run:
            rehearsed = {"status": "not-begun", "output": str(next(iter(wanted))), "pages": handout.pages or None}
            records.append({**rehearsed, **screened_record(one.program, one.findings, handout.notes)})
            continue
        over = is_named or (force and not any(_is_same_file(path, source) for path in wanted))
        data = wanted if over else write_beside_others(wanted, private=password is not None)
        if over:
            write_together(wanted, force=True, private=password is not None)
        path = next(iter(data))
        if path not in wanted:
            say_unless_quiet(f"{next(iter(wanted))} holds another handout, which stays: this one is {path}")
        record = made_record(one.program, one.findings, handout.notes, files=data, pages=handout.pages)
        brief = summary(one.program, one.findings, one.looser)
        records.append({**record, "locked": password is not None, "summary": list(brief)})
        if not params["as_json"]:
            put("\n".join(map(str, data)))
            if params["summary"]:
                put("\n".join(brief))
        if params["open_"]:
            open_in_viewer(path)
        if printer:
            printer.print(path, [one.program.layout.paper])
    if dry_run and not params["as_json"]:
        for record in records:
            put(f"{record['output']}: {record['pages'] or 'no'} pages, not written")
    return records


def _say_all_notes(rendered: Sequence[RenderedHandout], paths: Sequence[Path]) -> None:
    """The notes of every handout; what is said of several is said once."""
    about: dict[Note, list[str]] = {}
    for handout, path in zip(rendered, paths, strict=True):
        for note in handout.notes:
            about.setdefault(note, []).append(path.name)
    for note, names in about.items():
        some = ", ".join(names) if len(names) <= MOST_NAMED else f"{len(names)} handouts"
        say_notes([note], some if len(paths) > 1 else "")


def _check_place(path: Path, source: Path | None, *, force: bool) -> None:
    """Raise FileTrouble when no handout may be written there; `source` is never written over."""
    if _is_same_file(path, source):
        raise FileTrouble(str(path), "is the handout that is revised, which stays as it is: choose another name")
    if force:
        check_writable(path, force=True)
    else:
        check_may_name(path)


def _is_same_file(path: Path, source: Path | None) -> bool:
    return source is not None and path.exists() and path.samefile(source)


def refuse(ctx: click.Context, screened: Sequence[ScreenedProgram], source: Path | None = None) -> int:
    """Say why nothing is written, and return the exit code; one refused program stops all of them.

    Earlier handouts of a refused patient are moved out of the output folder, but for the `source` of a revision.
    """
    records = []
    for one in screened:
        screening = screened_record(one.program, one.findings, one.notes)
        record: Record = {"status": "refused" if one.refused else "skipped", **screening}
        if one.refused:
            say(findings_text(refusals(one.findings), session_of(ctx)))
            outdated = [] if ctx.params["dry_run"] else _outdated(ctx, one.program, source)
            moved = [move_aside(path, REFUSED) for path in outdated]
            for path in moved:
                say(f"an earlier handout of this patient is now {path}", fg="red")
            record["moved"] = [str(path) for path in moved]
        say_notes(notes("safety", one.looser))
        records.append(record)
    say("refused for safety: nothing was written", fg="red", bold=True)
    if ctx.params["as_json"]:
        put_records(records)
    return ExitCode.REFUSED


def _outdated(ctx: click.Context, program: Program, source: Path | None) -> list[Path]:
    """The handouts of a refused program's patient where its own would be written."""
    (path,) = output_paths([program], ctx.params["output"])
    (found,) = handouts_of([program.patient], path.parent)
    found = [one for one in found if not _is_same_file(one, source)]
    if ctx.params["output"] == str(path):
        beside = {in_format(path, form) for form in ENDINGS}
        return [one for one in found if one in beside]
    # A change that is refused says nothing against the handouts of earlier visits.
    return [one for one in found if source is None or one.stem.startswith(path.stem)]


def formats_of(ctx: click.Context) -> tuple[Format, ...]:
    """What the handouts are written as, the PDF first.

    Raises click.UsageError for what does not go together with a page or a text.
    """
    params = ctx.params
    formats = tuple(form for form in ENDINGS if form in params["formats"])
    if formats != PDF_ALONE and params.get("password_file") is not None:
        raise click.UsageError(
            "--password-file locks a PDF; a page or a text cannot be locked: leave out --format.", ctx
        )
    if "pdf" not in formats and (params.get("print_") or params.get("merge")):
        raise click.UsageError("--print and --merge need the PDF: add --format pdf.", ctx)
    if formats != PDF_ALONE and params.get("merge") and not params["output"]:
        raise click.UsageError("--merge makes one PDF: give -o for the pages and texts.", ctx)
    ending = Path(params["output"] or "").suffix.lower()
    for form, its in ENDINGS.items():
        if form != "pdf" and ending == its and form not in formats:
            raise click.UsageError(f"-o names a {its} file: add --format {form}.", ctx)
    return formats


def password_of(ctx: click.Context) -> str | None:
    """The password that `--password-file` gives, read once a run; None without the option.

    `-` asks twice at a terminal, and reads one line where there is none.

    Raises:
        FileTrouble: The file cannot be read.
        BadInput: The password is empty, too long or no text.
    """
    source: str | None = ctx.params.get("password_file")
    if source is None:
        return None
    # `revise` opens one file and locks another: the user is asked once.
    if "handouts.password" not in ctx.meta:
        given = _ask() if source == "-" else _first_line(Path(source))
        hint = "write it on the first line of the file"
        ctx.meta["handouts.password"] = checked_password(given, "--password-file", hint)
    password: str = ctx.meta["handouts.password"]
    return password


def _ask() -> str:
    if sys.stdin is not None and sys.stdin.isatty():
        return str(click.prompt("Password of the handout", hide_input=True, confirmation_prompt=True, err=True))
    return read_line_of_input(_MOST_LINE)


def _first_line(path: Path) -> str:
    try:
        text = read_file(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise bad_input(path, "the password is not text", "save the file as UTF-8") from error
    return next(iter(text.splitlines()), "")


# -- finished files ----------------------------------------------------------------------------------------------------


class Printer:
    """Prints the files of one run; after the first failure it prints no more, and reports it at the end."""

    def __init__(self, ctx: click.Context) -> None:
        """Raises click.UsageError for options that do not go together."""
        params = ctx.params
        self._wanted, self._merged = bool(params["print_"]), params.get("merge") is not None
        self._name: str | None = params["printer"]
        self._copies: int = 1 if self._merged else params["copies"]
        duplex: bool | None = params["duplex"]
        # A print file is laid out for the sides that it was asked for: two patients must not share a sheet.
        self._duplex = bool(duplex) if self._merged else duplex
        self._sent: dict[Sent, list[str]] = {}
        self._trouble: FileTrouble | None = None
        typed = {name for name in params if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE}
        if "printer" in typed and not self._wanted:
            raise click.UsageError("--printer goes with --print.", ctx)
        also = " or --merge" if "merge" in params else ""
        for name in ("copies", "duplex"):
            if name in typed and not (self._wanted or self._merged):
                raise click.UsageError(f"--{name} goes with --print{also}.", ctx)
        if self._wanted and params.get("password_file"):
            raise click.UsageError("a locked handout cannot be printed: leave out --password-file or --print.", ctx)

    def print(self, path: str | Path, papers: Collection[str]) -> None:
        """Print one file with pages of these `papers`, if printing is asked for."""
        # A printer that failed once would fail for each of a hundred files.
        if not self._wanted or self._trouble:
            return
        paper = next(iter(papers)) if len(papers) == 1 else None
        try:
            sent = print_file(Path(path), printer=self._name, copies=self._copies, duplex=self._duplex, paper=paper)
        except FileTrouble as trouble:
            self._trouble = trouble
        else:
            self._sent.setdefault(sent, []).append(str(path))

    def finish(self) -> None:
        """Say what went where. Raises FileTrouble for what could not be printed; every PDF is kept."""
        for sent, paths in self._sent.items():
            more = f" and {len(paths) - MOST_NAMED} more" if len(paths) > MOST_NAMED else ""
            each = "each " if len(paths) > 1 else ""
            named = visible(", ".join(paths[:MOST_NAMED]))
            say_unless_quiet(f"sent to {visible(sent.printer)}: {named}{more} ({each}{sent.how})")
        if self._trouble:
            raise self._trouble


def open_in_viewer(path: Path) -> None:
    """Open a PDF in the program that the system opens PDFs with; where there is none, that is said."""
    failed = click.launch(str(path))
    screen = not sys.platform.startswith("linux") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if failed or not screen:
        say(f"{visible(str(path))} is made, but this machine has no program that opens it", fg="yellow")
