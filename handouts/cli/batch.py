"""`handouts batch`: a roster, or many program files, as handouts."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from handouts.cli import collecting
from handouts.cli.examples import examples
from handouts.cli.options import fields_from, layout_options, named
from handouts.cli.paper import Printer, printing_options
from handouts.cli.progress import Progress
from handouts.cli.session import everywhere, session_of
from handouts.cli.streams import put
from handouts.cli.talk import findings_text, remark, say
from handouts.errors import BadInput, ExitCode, Problem

if TYPE_CHECKING:
    from handouts.batch import Bench, Entries, Entry, Outcome, Stop, Survey, Wanted
    from handouts.batch.crew import Crew
    from handouts.model import Finding


@click.command(
    "batch",
    epilog=examples(
        "handouts batch monday.csv -o monday/ --report monday.jsonl",
        "handouts batch monday.csv --merge monday.pdf --duplex",
    ),
)
@click.argument("paths", metavar="ROSTER ...", nargs=-1, required=True, type=click.Path(path_type=Path))
@layout_options
@click.option("--clinician", metavar="TEXT", help="Who gives the programs.")
@click.option("--date", metavar="YYYY-MM-DD", help="The handouts' date; today when nothing says otherwise.")
@click.option(
    "-o",
    "--output",
    callback=named,
    metavar="DIR",
    help="The folder of the handouts; with --merge, they are written too.",
)
@click.option("--jobs", type=click.IntRange(1, 1024), metavar="N", help="Worker processes; the machine's cores.")
@click.option("--merge", type=click.Path(path_type=Path), metavar="FILE.pdf", help="All in one file to print.")
@click.option("--duplex", is_flag=True, help="For two-sided paper: each handout starts on a right-hand page.")
@click.option("--cover/--no-cover", default=True, help="With --merge: a first page that says what is not in the file.")
@click.option("--resume", is_flag=True, help="Leave handouts alone that are whole and made from the same input.")
@click.option("--report", type=click.Path(path_type=Path), metavar="FILE", help="A line for each row: .jsonl or .csv.")
@click.option("--keep-going/--fail-fast", default=True, help="Make the good rows, or none while one cannot be made.")
@click.option("--scheduler", metavar="ADDRESS", help="A running Dask cluster in place of this machine's cores.")
@click.option("--force", is_flag=True, help="Write over files that are not handouts or reports.")
@printing_options
@everywhere
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    merge: Path | None,
    report: Path | None,
    *,
    duplex: bool,
    keep_going: bool,
    **_described: Any,
) -> int:
    """Make one handout for each row of ROSTER: a CSV file with a header row, or program files and folders of them.

    Every row is checked before the first page is made. Rows that cannot be made are named with line and column, the
    others are made, and the exit code is 6.
    """
    from handouts.batch import find_entries

    _check_usage(ctx, duplex=duplex, merge=merge, report=report)
    printer = Printer(ctx, duplex=duplex)
    entries = find_entries(paths)
    bench = _bench(ctx)
    survey = _surveyed(ctx, entries, bench)
    if survey.clashes:
        raise BadInput(survey.clashes)
    if not survey.total:
        raise BadInput([Problem(str(paths[0]), 0, 0, "the roster has no rows")])
    if not keep_going and survey.makeable < survey.total:
        say("nothing was made: take out --fail-fast to make the other rows", fg="red")
        return ExitCode.BAD_INPUT if survey.failed else ExitCode.REFUSED
    collecting.as_always()
    return _run(ctx, entries, bench, survey, printer)


def _check_usage(ctx: click.Context, *, duplex: bool, merge: Path | None, report: Path | None) -> None:
    from handouts.batch.report import ENDINGS

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


def _bench(ctx: click.Context) -> Bench:
    """The bench at which rows are checked here, over the library that is read already."""
    from handouts.batch import Bench, Given, Job, program_version

    session, params = session_of(ctx), ctx.params
    config = str(session.config).replace("{", "{{").replace("}", "}}")
    job = Job(
        folders=tuple(str(folder.resolve()) for folder in session.folders),
        options=Given(fields=fields_from(ctx, ParameterSource.COMMANDLINE)),
        below=(
            Given(fields=fields_from(ctx, ParameterSource.ENVIRONMENT), name="HANDOUTS_BATCH_{field}"),
            Given(fields=fields_from(ctx, ParameterSource.DEFAULT_MAP), name=f"{config}: {{option}}"),
        ),
        date=dt.date.today(),
        output=params["output"] or ("." if _own_files(ctx) else None),
        both_sides=params["duplex"],
        force=params["force"],
        resume=params["resume"],
        no_password=_no_password(ctx),
        no_leaflet="a print file takes no leaflet" if params["merge"] else None,
        program=program_version(),
    )
    return Bench(job, session.library)


def _surveyed(ctx: click.Context, entries: Entries, bench: Bench) -> Survey:
    """Every row checked and judged; what cannot be made is said on standard error as it is found."""
    from handouts.batch import survey_entries
    from handouts.batch.bench import place_of

    session = session_of(ctx)

    def on_refusal(entry: Entry, findings: tuple[Finding, ...]) -> None:
        path, line, _ = place_of(entry)
        say(f"{path}:{line}: refused for safety" if line else f"{path}: refused for safety", fg="red")
        if not session.quiet:
            say(findings_text(findings, session))

    return survey_entries(
        entries,
        bench,
        own_files=_own_files(ctx),
        one_file=ctx.params["merge"] is not None,
        on_problem=lambda problem: say(str(problem), fg="red"),
        on_refusal=on_refusal,
    )


def _no_password(ctx: click.Context) -> str | None:
    """Why no row of this run may have a password, if that is so."""
    if not _own_files(ctx):
        return "a print file cannot be locked for one patient"
    return "a locked handout cannot be printed" if ctx.params["print_"] and not ctx.params["merge"] else None


def _own_files(ctx: click.Context) -> bool:
    """Whether each row gets a file of its own: always, but for a print file alone."""
    return ctx.params["merge"] is None or ctx.params["output"] is not None


def _run(ctx: click.Context, entries: Entries, bench: Bench, survey: Survey, printer: Printer) -> int:
    from handouts.batch import Tally, batch_folder, open_report, print_entries, stop_on_interrupt

    params, tally = ctx.params, Tally()
    progress = Progress(survey.total, quiet=session_of(ctx).quiet)
    with stop_on_interrupt() as stop, open_report(params["report"], force=params["force"]) as report:
        known = {one.number for one in survey.unmade}

        def count(outcome: Outcome) -> None:
            if outcome.status == "failed" and outcome.number not in known:
                for problem in outcome.record["problems"]:
                    say(problem, fg="red")
            tally.add(outcome)
            report.add(outcome)
            progress.step()

        if _own_files(ctx):
            with batch_folder(Path(bench.job.output or ".")), _crew(ctx, bench, survey) as crew:
                for outcome in _made(entries, bench, crew, stop, resume=params["resume"]):
                    count(outcome)
                    if outcome.status == "made" and not params["merge"]:
                        printer.print(outcome.output or "")
        if params["merge"] and not stop.now:
            drawn = False
            for outcome in print_entries(entries, bench, survey, _wanted(ctx), stop):
                drawn |= outcome.status == "made" or outcome.standing
                if not _own_files(ctx):
                    count(outcome)
            if drawn:
                put(str(params["merge"]))
                printer.print(params["merge"])
    _sum_up(tally, progress.end())
    if stop.asked:
        raise click.Abort
    printer.done()
    return tally.exit_code


def _made(entries: Entries, bench: Bench, crew: Crew, stop: Stop, *, resume: bool) -> Iterator[Outcome]:
    """The outcome of every row, in order; what came back from elsewhere is written here. A full disk ends the run."""
    from handouts.batch import run_entries

    def look(entry: Entry) -> Outcome | None:
        return bench.standing_of(entry) if resume else None

    for outcome in run_entries(entries, crew, stop, look):
        if outcome.data is not None and outcome.output is not None:
            bench.write(Path(outcome.output), outcome.data, private=outcome.private)
        stop.now = stop.now or outcome.full
        yield outcome


def _crew(ctx: click.Context, bench: Bench, survey: Survey) -> AbstractContextManager[Crew]:
    """Whoever makes the rows: this machine's cores, or a cluster, which gets the clinic's own content with the job."""
    from msgspec.structs import replace

    from handouts.batch import MOST_ROWS, cluster_crew, keep_bench, local_crew, pack_content

    address, job = ctx.params["scheduler"], bench.job
    if address:
        folders = tuple(pack_content(folder) for folder in session_of(ctx).folders)
        return cluster_crew(replace(job, folders=folders, writes=False), address)
    workers = min(ctx.params["jobs"] or _cores(), max(1, survey.makeable))
    keep_bench(bench)
    bench.warm_up()
    rows = max(1, min(MOST_ROWS, survey.makeable // (workers * 4)))
    return local_crew(job, workers, rows)


def _wanted(ctx: click.Context) -> Wanted:
    from handouts.batch import Wanted

    params = ctx.params
    return Wanted(
        path=params["merge"],
        cover=params["cover"],
        duplex=params["duplex"],
        copies=params["copies"],
        resume=params["resume"],
        force=params["force"],
    )


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _sum_up(tally: Any, seconds: float) -> None:
    counts = tally.counts
    parts = [f"{counts['made']} made"]
    if tally.standing:
        parts.append(f"{tally.standing} there already")
    parts += [f"{counts[status]} {status}" for status in ("refused", "failed") if counts[status]]
    if left := counts["skipped"] - tally.standing:
        parts.append(f"{left} not begun")
    rate = f" ({counts['made'] / seconds:.1f} a second)" if counts["made"] and seconds else ""
    remark(f"{', '.join(parts)} in {seconds:.1f} s{rate}")
