"""`handouts batch`: a roster, or many program files, as handouts."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from handouts.batch.executors import WorkerPool, process_pool
from handouts.batch.fingerprint import program_version, worker_version
from handouts.batch.inputs import Entries, Entry, find_entries
from handouts.batch.job import GivenOptions, Job, pack_folder
from handouts.batch.job_runner import JobRunner, prepare_workers
from handouts.batch.outcome import Outcome, Tally, moved_to
from handouts.batch.output_folder import batch_folder
from handouts.batch.preflight import Preflight, check_entries
from handouts.batch.print_run import PrintRun
from handouts.batch.report_file import ENDINGS, open_report
from handouts.batch.roster_columns import roster_reading
from handouts.batch.running import Stop, run_entries, stop_on_interrupt
from handouts.cli.delivery import Printer, formats_of
from handouts.cli.output import IN_FILE, IN_ROSTER, Progress, findings_text, put, say, say_notes, say_unless_quiet
from handouts.cli.requested import options_from
from handouts.cli.session import Session, session_of
from handouts.errors import ExitCode, bad_input, visible
from handouts.input_files import check_file
from handouts.model import Finding, Note, notes
from handouts.output_paths import PDF_ALONE, check_folder
from handouts.pdf.files import is_handout
from handouts.pdf.kept_handouts import REFUSED, dated_files, handouts_of, move_aside, move_superseded
from handouts.pdf.reading import carries_program
from handouts.screening import RefusedForSafety

_RESUME = "the same command with --resume makes what is missing"
_ROWS_NAMED = 5
"""Rows that are told one by one of those that a note is about."""


def run(ctx: click.Context, paths: tuple[Path, ...], merge: Path | None, report: Path | None, **options: Any) -> int:
    """Check every entry, then make those that can be made."""
    # Before anything is read: a slip in the options should not cost the check of a thousand rows.
    _check_usage(ctx, merge=merge, report=report)
    _check_places(ctx)
    printer = Printer(ctx)
    library = session_of(ctx).library
    reading = roster_reading(options["columns"], options["ignore"], options["encoding"], library.names.is_condition)
    entries = find_entries(paths, reading)
    _say_remarks(entries.roster.remarks if entries.roster else ())
    runner = JobRunner(_job(ctx), library)
    preflight, tally = _preflight(ctx, entries, runner), Tally()
    _say_remarks(preflight.remarks)
    say_notes(notes("safety", preflight.looser))
    dry_run = options["dry_run"]
    moved = {} if dry_run else _move_refused(preflight, runner.job.output)
    try:
        if not preflight.total:
            raise bad_input(paths[0], "the roster has no rows")
        if not options["keep_going"] and preflight.makeable < preflight.total:
            say("nothing was made: take out --fail-fast to make the other rows", fg="red")
            refused_alone = len(preflight.outcomes) == len(preflight.refused_patients)
            return ExitCode.REFUSED if refused_alone else ExitCode.BAD_INPUT
        if dry_run:
            return _rehearse(ctx, entries, runner, preflight, tally)
        return _make_all(ctx, entries, runner, preflight, printer, tally, moved)
    except KeyboardInterrupt:  # the second Ctrl-C, which waits for nothing
        say(_RESUME, fg="red")
        raise
    finally:
        if merge and preflight.refused_patients and not tally.is_drawn and not dry_run:
            _move_stale(merge)


def _say_remarks(remarks: Sequence[str]) -> None:
    for remark in remarks:
        say_unless_quiet(click.style("note: ", fg="yellow") + visible(remark))


def _move_refused(preflight: Preflight, output: str | None) -> dict[int, list[Path]]:
    """Move the earlier handouts of patients who are refused now out of the folder; where to, by the entry's number."""
    if output is None:
        return {}
    moved = {}
    refused = preflight.refused_patients
    for number, found in zip(refused, handouts_of(list(refused.values()), Path(output)), strict=True):
        # Two rows may be for one patient.
        moved[number] = [move_aside(path, REFUSED) for path in found if path.exists()]
        for path in moved[number]:
            say(f"row {number}: refused for safety: an earlier handout is now {path}", fg="red")
    return moved


def _move_stale(merge: Path) -> None:
    """Move a print file out of the way that this run did not draw anew: it may have a handout that is refused now."""
    if is_handout(merge) and not carries_program(merge):
        say(f"this print file may have what is refused now; it is now {move_aside(merge, REFUSED)}", fg="red")


def _check_usage(ctx: click.Context, *, merge: Path | None, report: Path | None) -> None:
    params = ctx.params
    if not params["cover"] and not merge:
        raise click.UsageError("--no-cover goes with --merge.", ctx)
    if params["scheduler"] and merge and not params["output"]:
        raise click.UsageError("--merge draws one file on this machine: --scheduler needs -o.", ctx)
    if params["scheduler"] and params["jobs"]:
        raise click.UsageError("--jobs is for this machine; the workers of --scheduler are its own.", ctx)
    if merge and merge.suffix.lower() != ".pdf":
        raise click.UsageError(f"--merge writes a PDF, not '{merge.name}'.", ctx)
    if params["dry_run"] and report:
        raise click.UsageError("--dry-run writes nothing: leave out --report.", ctx)
    if report and report.suffix.lower() not in ENDINGS:
        raise click.UsageError(f"--report writes {' or '.join(ENDINGS)}, not '{report.name}'.", ctx)


def _check_places(ctx: click.Context) -> None:
    """Raise FileTrouble for what cannot be written, before a thousand rows are checked and drawn."""
    params = ctx.params
    if _has_own_files(ctx):
        check_folder(Path(params["output"] or "."))
    for path in (params["merge"], params["report"]):
        if path is not None:
            check_file(path)
            check_folder(path.parent)


def _has_own_files(ctx: click.Context) -> bool:
    """Whether each handout gets a file of its own: always, but for one file to print alone."""
    return ctx.params["merge"] is None or ctx.params["output"] is not None


def _job(ctx: click.Context) -> Job:
    session, params = session_of(ctx), ctx.params
    # The name is filled in by `format`: braces in a path must stay braces.
    config = str(session.config).replace("{", "{{").replace("}", "}}")
    no_password, formats = None, formats_of(ctx)
    if not _has_own_files(ctx):
        no_password = "a print file cannot be locked for one patient"
    elif params["print_"] and not params["merge"]:
        no_password = "a locked handout cannot be printed"
    elif formats != PDF_ALONE:
        no_password = "a page or a text cannot be locked"
    return Job(
        folders=tuple(str(folder.resolve()) for folder in session.folders),
        options=GivenOptions(fields=options_from(ctx, ParameterSource.COMMANDLINE)),
        below=(
            GivenOptions(fields=options_from(ctx, ParameterSource.ENVIRONMENT), name="HANDOUTS_BATCH_{field}"),
            GivenOptions(fields=options_from(ctx, ParameterSource.DEFAULT_MAP), name=f"{config}: {{option}}"),
        ),
        date=dt.date.today(),
        date_order=params["date_order"],
        output=params["output"] or ("." if _has_own_files(ctx) else None),
        formats=formats,
        both_sides=bool(params["duplex"]),
        force=params["force"],
        resume=params["resume"],
        writes=not params["dry_run"],
        require_reviewed=params["require_reviewed"],
        no_password=no_password,
        no_leaflet="a print file takes no leaflet" if params["merge"] else None,
        program=program_version(),
    )


def _preflight(ctx: click.Context, entries: Entries, runner: JobRunner) -> Preflight:
    """Check every entry; what cannot be made is said on standard error as it is found."""
    session = session_of(ctx)

    def say_refusal(entry: Entry, findings: tuple[Finding, ...]) -> None:
        path, line, _ = entry.place()
        place = f"{path}:{line}" if line else str(path)
        say(f"{place}: {RefusedForSafety(findings) if session.quiet else 'refused for safety'}", fg="red")
        if not session.quiet:
            say(findings_text(findings, session, IN_ROSTER if entries.roster else IN_FILE))

    return check_entries(
        entries,
        runner,
        own_files=_has_own_files(ctx),
        fingerprints=bool(ctx.params["merge"] or ctx.params["scheduler"]),
        on_problem=lambda problem: say(str(problem), fg="red"),
        on_refusal=say_refusal,
    )


def _rehearse(ctx: click.Context, entries: Entries, runner: JobRunner, preflight: Preflight, tally: Tally) -> int:
    """Draw every handout and write none; the names of the files go to standard output."""
    progress = Progress(preflight.makeable, quiet=session_of(ctx).quiet)
    with stop_on_interrupt() as stop, _pool(ctx, runner, preflight) as pool:
        for outcome in run_entries(entries, pool, stop, lambda entry: preflight.outcomes.get(entry.number)):
            tally.add(outcome)
            if outcome.number in preflight.outcomes:
                continue
            progress.step()
            if outcome.status == "made" and _has_own_files(ctx):
                put(f"{outcome.output}: {outcome.record['pages'] or 'no'} pages, not written")
            for problem in outcome.record["problems"]:
                say(problem, fg="red")
    if ctx.params["merge"]:
        put(f"{ctx.params['merge']}: not written")
    _say_notes(tally, session_of(ctx), None)
    _say_counts(tally, progress.end(), None, made="could be made")
    if stop.asked:
        raise click.Abort
    return tally.exit_code


def _make_all(
    ctx: click.Context,
    entries: Entries,
    runner: JobRunner,
    preflight: Preflight,
    printer: Printer,
    tally: Tally,
    moved: dict[int, list[Path]],
) -> int:
    params = ctx.params
    progress = Progress(preflight.makeable, quiet=session_of(ctx).quiet)
    before = dated_files(Path(runner.job.output or "."))
    with stop_on_interrupt() as stop, open_report(params["report"], force=params["force"]) as report:

        def count(outcome: Outcome) -> None:
            # Problems that the check has told already are not told a second time.
            if outcome.status == "failed" and outcome.number not in preflight.outcomes:
                for problem in outcome.record["problems"]:
                    say(problem, fg="red")
            places = [*map(Path, outcome.moved), *moved.get(outcome.number, ())]
            if outcome.status == "made" and _has_own_files(ctx):
                places += move_superseded(Path(outcome.output or ""), before)
            if places:
                outcome = moved_to(outcome, *places, patient=preflight.refused_patients.get(outcome.number))
            tally.add(outcome)
            report(outcome)
            if outcome.number not in preflight.outcomes:
                progress.step()

        if _has_own_files(ctx):
            with batch_folder(Path(runner.job.output or ".")), _pool(ctx, runner, preflight) as pool:
                for outcome in _written(entries, runner, preflight, pool, stop):
                    count(outcome)
                    # With a file to print, that one goes to the printer, never the single files too.
                    if outcome.status == "made" and not params["merge"]:
                        printer.print(outcome.output or "", outcome.papers)
        if params["merge"] and not stop.now:
            how = {name: params[name] for name in ("cover", "copies", "resume", "force")}
            drawn = PrintRun(
                entries, runner, preflight, stop, path=params["merge"], duplex=bool(params["duplex"]), **how
            )
            for outcome in drawn.outcomes():
                tally.is_drawn |= outcome.status in ("made", "unchanged")
                if not _has_own_files(ctx):
                    count(outcome)
            if tally.is_drawn:
                put(str(params["merge"]))
                printer.print(params["merge"], preflight.papers)
    folder = runner.job.output if tally.counts["made"] or tally.counts["unchanged"] else None
    seconds = progress.end()
    _say_notes(tally, session_of(ctx), ctx.params["report"])
    _say_counts(tally, seconds, folder)
    if tally.counts["not-begun"] and _has_own_files(ctx):
        say(_RESUME, fg="red")
    if stop.trouble:
        raise stop.trouble
    if stop.asked:
        raise click.Abort
    printer.finish()
    return tally.exit_code


def _written(
    entries: Entries, runner: JobRunner, preflight: Preflight, pool: WorkerPool, stop: Stop
) -> Iterator[Outcome]:
    """The outcome of every entry in order; what came back from a cluster is written here. A full disk ends the run."""

    def known(entry: Entry) -> Outcome | None:
        judged = preflight.outcomes.get(entry.number)
        return judged or (runner.unchanged(entry) if runner.job.resume and not stop.now else None)

    for outcome in run_entries(entries, pool, stop, known):
        outcome = runner.write(preflight.agreed(outcome))
        stop.now = stop.now or outcome.disk_full
        yield outcome


def _pool(ctx: click.Context, runner: JobRunner, preflight: Preflight) -> AbstractContextManager[WorkerPool]:
    """The workers: this machine's cores, or a cluster, which gets the clinic's own content with the job."""
    session: Session = session_of(ctx)
    if address := ctx.params["scheduler"]:
        folders = tuple(pack_folder(folder) for folder in session.folders)
        dask_cluster = import_module("handouts.batch.dask_cluster")  # only this option needs Dask
        pool: AbstractContextManager[WorkerPool] = dask_cluster.dask_pool(
            replace(runner.job, folders=folders, writes=False, worker=worker_version()), address
        )
        return pool
    # A container may have fewer cores for this process than the machine has.
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    workers = min(ctx.params["jobs"] or cores, max(1, preflight.makeable))
    prepare_workers(runner)
    return process_pool(runner.job, workers)


def _say_notes(tally: Tally, session: Session, report: Path | None) -> None:
    """What is about safety, and what is about every handout; a line for all rows that a note is about."""
    done, shown = tally.counts["made"] + tally.counts["unchanged"], Counter[str]()
    for note, rows in tally.rows.items():
        if note.kind == "safety" or len(rows) == done:
            some = ", ".join(map(str, rows[:_ROWS_NAMED]))
            more = f" and {len(rows) - _ROWS_NAMED} more" if len(rows) > _ROWS_NAMED else ""
            say_notes([Note(note.kind, f"{note} (row{'s' if len(rows) > 1 else ''} {some}{more})")])
            shown[note.kind] += len(rows)
    if tally.cautions:
        say(f"cautions printed, by handouts: {', '.join(f'{name} {n}' for name, n in tally.cautions.most_common())}")
    others = [f"{n - shown[kind]} {kind}" for kind, n in tally.notes.items() if n > shown[kind] and session.shows(kind)]
    if others:
        where_noted = "notes in the report" if report else "more notes, which --report FILE writes down"
        say_unless_quiet(f"{where_noted}: {', '.join(others)}")


def _say_counts(tally: Tally, seconds: float, folder: str | None, made: str = "made") -> None:
    """How many rows came to what, and where the files are."""
    counts = tally.counts
    parts = [f"{counts['made']} {made}"]
    parts += [
        f"{counts[status]} {status.replace('-', ' ')}"
        for status in ("unchanged", "refused", "failed", "not-begun")
        if counts[status]
    ]
    rate = f" ({counts['made'] / seconds:.1f} a second)" if counts["made"] and seconds else ""
    where = f": {folder}" if folder else ""
    say_unless_quiet(f"{', '.join(parts)} in {seconds:.1f} s{rate}{where}")
    for place, number in tally.moved.items():
        say_unless_quiet(f"{number} earlier handout{'s' if number > 1 else ''} moved to {place}{os.sep}")
    if folder:
        put(folder)
