"""Screened programs become files: all are rendered before the first is written; then each is named, opened, printed.

The password of a locked handout comes from a file or is asked for, never from the command line, where others see it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from handouts.cli.output import caution_lines, findings_text, put, put_records, say, say_notes, say_unless_quiet
from handouts.cli.session import session_of
from handouts.errors import BadInput, ExitCode, FileTrouble, Problem, file_trouble
from handouts.output_paths import make_folder, output_paths
from handouts.pdf.files import check_writable, write_whole
from handouts.pdf.finished_pdfs import checked_password, encrypt
from handouts.printing import print_file
from handouts.programs import ScreenedProgram
from handouts.rendering import RenderedHandout, render
from handouts.reports.program_report import Record, made_record, summary, unmade_record
from handouts.screening import refusals


def write_handouts(
    ctx: click.Context,
    screened: Sequence[ScreenedProgram],
    *,
    labels: Sequence[str] = (),
    printer: Printer | None = None,
) -> list[Record]:
    """Write one handout for each screened program, where `-o` says.

    Args:
        ctx: The command with its output options.
        screened: The programs; none of them is refused.
        labels: A part of each file's name that tells versions of one program apart.
        printer: Prints each file.

    Returns:
        The records for `--json`. Without `--json` the files are named on standard output.

    Raises:
        FileTrouble: A file cannot be written.
        BadInput, UnprintableText: A program cannot be printed; nothing is written.
    """
    params, session = ctx.params, session_of(ctx)
    output, force, as_json = params["output"], params["force"], params["as_json"]
    password = password_of(ctx)
    paths = output_paths([one.program for one in screened], output, labels)
    if output and paths != (Path(output),):
        make_folder(Path(output))
    # All of them before the first is drawn: half a set of handouts helps nobody.
    for path in paths:
        check_writable(path, force=force)
    rendered = [render(one, session.library) for one in screened]
    files = [encrypt(handout.pdf, password) if password else handout.pdf for handout in rendered]
    records: list[Record] = []
    for one, handout, path, pdf in zip(screened, rendered, paths, files, strict=True):
        write_whole(path, pdf, force=force, private=password is not None)
        for line in [findings_text(one.findings, session)] if session.verbose else caution_lines(one.findings):
            say_unless_quiet(line)
        say_notes(handout.notes, path.name if len(paths) > 1 else "", always=one.looser)
        if as_json:
            records.append(_record(one, handout, path, pdf, locked=password is not None))
        else:
            put(str(path))
            if params["summary"]:
                put("\n".join(summary(one.program, one.findings, one.looser)))
        if params["open_"]:
            click.launch(str(path))
        if printer:
            printer.print(path)
    return records


def refuse(ctx: click.Context, screened: Sequence[ScreenedProgram]) -> int:
    """Say why nothing is written, and return the exit code; one refused program stops all of them."""
    for one in screened:
        if one.refused:
            say(findings_text(refusals(one.findings), session_of(ctx)))
        say_notes(one.looser, always=one.looser)
    say("refused for safety: nothing was written", fg="red", bold=True)
    if ctx.params["as_json"]:
        put_records(
            [
                unmade_record("refused" if one.refused else "skipped", one.program, one.findings, one.notes)
                for one in screened
            ]
        )
    return ExitCode.REFUSED


def _record(one: ScreenedProgram, handout: RenderedHandout, path: Path, pdf: bytes, *, locked: bool) -> Record:
    record = made_record(one.program, one.findings, handout.notes, output=str(path), pdf=pdf, pages=handout.pages)
    return {**record, "locked": locked, "summary": list(summary(one.program, one.findings, one.looser))}


class Printer:
    """Prints the files of one run; after the first failure it prints no more, and reports it at the end."""

    def __init__(self, ctx: click.Context, *, duplex: bool = False) -> None:
        """Raises click.UsageError for options that do not go together."""
        params = ctx.params
        self._name: str | None = params["printer"]
        self._copies: int = 1 if params.get("merge") else params["copies"]
        self._duplex, self._wanted = duplex, bool(params["print_"])
        self._trouble: FileTrouble | None = None
        if self._name and not self._wanted:
            raise click.UsageError("--printer goes with --print.", ctx)
        if params["copies"] > 1 and not (self._wanted or params.get("merge")):
            also = " or --merge" if "merge" in params else ""
            raise click.UsageError(f"--copies goes with --print{also}.", ctx)

    def print(self, path: str | Path) -> None:
        """Print one file, if printing is asked for."""
        # A printer that failed once would fail for each of a hundred files.
        if not self._wanted or self._trouble:
            return
        try:
            print_file(Path(path), printer=self._name, copies=self._copies, duplex=self._duplex)
        except FileTrouble as trouble:
            self._trouble = trouble

    def finish(self) -> None:
        """Raise FileTrouble for what could not be printed; every PDF is kept."""
        if self._trouble:
            raise self._trouble


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
    if sys.stdin.isatty():
        return str(click.prompt("Password of the handout", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")


def _first_line(path: Path) -> str:
    try:
        with file_trouble(path):
            text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput([Problem(str(path), 0, 0, "the password is not text", "save the file as UTF-8")]) from error
    return next(iter(text.splitlines()), "")
