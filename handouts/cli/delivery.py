"""Screened programs become files: all are rendered before the first is written; then each is named, opened, printed.

The password of a locked handout comes from a file or is asked for, never from the command line, where others see it.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from handouts.cli.output import caution_lines, findings_text, put, put_records, say, say_notes, say_unless_quiet
from handouts.cli.session import session_of
from handouts.errors import BadInput, ExitCode, FileTrouble, Problem, file_trouble
from handouts.output_paths import ENDINGS, PDF_ALONE, Format, in_format, make_folder, output_paths
from handouts.pdf.files import check_writable, write_together
from handouts.pdf.finished_pdfs import encrypt
from handouts.printing import print_file
from handouts.programs import ScreenedProgram
from handouts.rendering import RenderedHandout, render
from handouts.reports.program_report import Record, made_record, summary, unmade_record
from handouts.screening import refusals

MOST_PASSWORD_BYTES = 127
"""The limit of AES-256 in PDF."""


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
    formats, password = formats_of(ctx), password_of(ctx)
    named = output_paths([one.program for one in screened], output, labels)
    if output and named != (Path(output),):
        make_folder(Path(output))
    files = [{in_format(path, form): form for form in formats} for path in named]
    # All of them before the first is drawn: half a set of handouts helps nobody.
    for path in (path for forms in files for path in forms):
        check_writable(path, force=force)
    rendered = [render(one, session.library, formats=formats) for one in screened]
    written = [
        {path: _locked(handout.files[form], password) for path, form in forms.items()}
        for handout, forms in zip(rendered, files, strict=True)
    ]
    records: list[Record] = []
    for one, handout, data in zip(screened, rendered, written, strict=True):
        write_together(data, force=force, private=password is not None)
        path = next(iter(data))
        for line in [findings_text(one.findings, session)] if session.verbose else caution_lines(one.findings):
            say_unless_quiet(line)
        say_notes(handout.notes, path.name if len(named) > 1 else "", always=one.looser)
        if as_json:
            records.append(_record(one, handout, data, locked=password is not None))
        else:
            put("\n".join(map(str, data)))
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


def _locked(data: bytes, password: str | None) -> bytes:
    return encrypt(data, password) if password else data


def _record(one: ScreenedProgram, handout: RenderedHandout, data: Mapping[Path, bytes], *, locked: bool) -> Record:
    record = made_record(one.program, one.findings, handout.notes, files=data, pages=handout.pages)
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
        ctx.meta["handouts.password"] = _checked_password(_ask() if source == "-" else _first_line(Path(source)))
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


def _checked_password(password: str) -> str:
    """The password in NFKC, the form in which every PDF reader takes what is typed."""
    normal = unicodedata.normalize("NFKC", password)
    option = "--password-file"
    if not normal.strip():
        raise BadInput([Problem(option, 0, 0, "the password is empty", "write it on the first line of the file")])
    if len(normal.encode()) > MOST_PASSWORD_BYTES:
        hint = f"at most {MOST_PASSWORD_BYTES} bytes"
        raise BadInput([Problem(option, 0, 0, "the password is too long", hint)])
    return normal
