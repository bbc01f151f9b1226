"""`handouts batch`: a roster, or many program files, as handouts."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from handouts.batch.executors import MOST_ENTRIES, WorkerPool, process_pool
from handouts.batch.fingerprint import program_version
from handouts.batch.inputs import Entries, Entry, find_entries
from handouts.batch.job import GivenOptions, Job, pack_folder
from handouts.batch.job_runner import JobRunner, prepare_workers
from handouts.batch.outcome import Outcome, Tally
from handouts.batch.output_folder import batch_folder
from handouts.batch.preflight import Preflight, check_entries
from handouts.batch.print_run import PrintOptions, print_entries
from handouts.batch.report_file import ENDINGS, open_report
from handouts.batch.running import Stop, run_entries, stop_on_interrupt
from handouts.cli.delivery import Printer, formats_of
from handouts.cli.output import Progress, findings_text, put, say, say_notes, say_unless_quiet
from handouts.cli.requested import options_from
from handouts.cli.session import Session, session_of
from handouts.errors import BadInput, ExitCode, Problem
from handouts.model import Finding
from handouts.output_paths import PDF_ALONE


def run(
    ctx: click.Context,
    paths: tuple[Path, ...],
    merge: Path | None,
    report: Path | None,
    *,
    duplex: bool,
    keep_going: bool,
    **_options: Any,
) -> int:
    """Check every entry, then make those that can be made."""
    # Before anything is read: a slip in the options should not cost the check of a thousand rows.
    _check_usage(ctx, duplex=duplex, merge=merge, report=report)
    printer = Printer(ctx, duplex=duplex)
    entries = find_entries(paths)
    runner = JobRunner(_job(ctx), session_of(ctx).library)
    preflight = _preflight(ctx, entries, runner)
    say_notes(preflight.looser, always=preflight.looser)
    if preflight.clashes:
        raise BadInput(preflight.clashes)
    if not preflight.total:
        raise BadInput([Problem(str(paths[0]), 0, 0, "the roster has no rows")])
    if not keep_going and preflight.makeable < preflight.total:
        say("nothing was made: take out --fail-fast to make the other rows", fg="red")
        return ExitCode.BAD_INPUT if preflight.failed else ExitCode.REFUSED
    return _make_all(ctx, entries, runner, preflight, printer)


def _check_usage(ctx: click.Context, *, duplex: bool, merge: Path | None, report: Path | None) -> None:
    params = ctx.params
    if duplex and not (merge or params["print_"]):
        raise click.UsageError("--duplex goes with --merge or --print.", ctx)
    if not params["cover"] and not merge:
        raise click.UsageError("--no-cover goes with --merge.", ctx)
    if params["scheduler"] and merge and not params["output"]:
        raise click.UsageError("--merge draws one file on this machine: --scheduler needs -o.", ctx)
    if params["scheduler"] and params["jobs"]:
        raise click.UsageError("--jobs is for this machine; the workers of --scheduler are its own.", ctx)
    if merge and merge.suffix.lower() != ".pdf":
        raise click.UsageError(f"--merge writes a PDF, not '{merge.name}'.", ctx)
    if report and report.suffix.lower() not in ENDINGS:
        raise click.UsageError(f"--report writes {' or '.join(ENDINGS)}, not '{report.name}'.", ctx)


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
        output=params["output"] or ("." if _has_own_files(ctx) else None),
        formats=formats,
        both_sides=params["duplex"],
        force=params["force"],
        resume=params["resume"],
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
        say(f"{path}:{line}: refused for safety" if line else f"{path}: refused for safety", fg="red")
        if not session.quiet:
            say(findings_text(findings, session))

    return check_entries(
        entries,
        runner,
        own_files=_has_own_files(ctx),
        one_file=ctx.params["merge"] is not None,
        on_problem=lambda problem: say(str(problem), fg="red"),
        on_refusal=say_refusal,
    )


def _make_all(ctx: click.Context, entries: Entries, runner: JobRunner, preflight: Preflight, printer: Printer) -> int:
    params, tally = ctx.params, Tally()
    progress = Progress(preflight.total, quiet=session_of(ctx).quiet)
    with stop_on_interrupt() as stop, open_report(params["report"], force=params["force"]) as report:
        # Problems that the check has told already are not told a second time.
        said = {one.number for one in preflight.unmade}

        def count(outcome: Outcome) -> None:
            if outcome.status == "failed" and outcome.number not in said:
                for problem in outcome.record["problems"]:
                    say(problem, fg="red")
            tally.add(outcome)
            report.add(outcome)
            progress.step()

        if _has_own_files(ctx):
            with batch_folder(Path(runner.job.output or ".")), _pool(ctx, runner, preflight) as pool:
                for outcome in _written(entries, runner, pool, stop):
                    count(outcome)
                    # With a file to print, that one goes to the printer, never the single files too.
                    if outcome.status == "made" and not params["merge"]:
                        printer.print(outcome.output or "")
        if params["merge"] and not stop.now:
            is_drawn = False
            how = {name: params[name] for name in ("cover", "duplex", "copies", "resume", "force")}
            options = PrintOptions(path=params["merge"], **how)
            for outcome in print_entries(entries, runner, preflight, options, stop):
                is_drawn |= outcome.status in ("made", "unchanged")
                if not _has_own_files(ctx):
                    count(outcome)
            if is_drawn:
                put(str(params["merge"]))
                printer.print(params["merge"])
    _say_counts(tally, progress.end())
    if stop.asked:
        raise click.Abort
    printer.finish()
    return tally.exit_code


def _written(entries: Entries, runner: JobRunner, pool: WorkerPool, stop: Stop) -> Iterator[Outcome]:
    """The outcome of every entry in order; what came back from a cluster is written here. A full disk ends the run."""
    for outcome in run_entries(entries, pool, stop, runner.unchanged if runner.job.resume else lambda _entry: None):
        if outcome.data is not None and outcome.output is not None:
            runner.write(Path(outcome.output), outcome.data, outcome.also, private=outcome.private)
        stop.now = stop.now or outcome.disk_full
        yield outcome


def _pool(ctx: click.Context, runner: JobRunner, preflight: Preflight) -> AbstractContextManager[WorkerPool]:
    """The workers: this machine's cores, or a cluster, which gets the clinic's own content with the job."""
    session: Session = session_of(ctx)
    if address := ctx.params["scheduler"]:
        folders = tuple(pack_folder(folder) for folder in session.folders)
        dask_cluster = import_module("handouts.batch.dask_cluster")  # only this option needs Dask
        pool: AbstractContextManager[WorkerPool] = dask_cluster.dask_pool(
            replace(runner.job, folders=folders, writes=False), address
        )
        return pool
    # A container may have fewer cores for this process than the machine has.
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    workers = min(ctx.params["jobs"] or cores, max(1, preflight.makeable))
    prepare_workers(runner)
    return process_pool(runner.job, workers, max(1, min(MOST_ENTRIES, preflight.makeable // (workers * 4))))


def _say_counts(tally: Tally, seconds: float) -> None:
    counts = tally.counts
    parts = [f"{counts['made']} made"]
    parts += [
        f"{counts[status]} {status.replace('-', ' ')}"
        for status in ("unchanged", "refused", "failed", "not-begun")
        if counts[status]
    ]
    rate = f" ({counts['made'] / seconds:.1f} a second)" if counts["made"] and seconds else ""
    say_unless_quiet(f"{', '.join(parts)} in {seconds:.1f} s{rate}")
