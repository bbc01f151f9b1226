"""One run of the command line: every way in which it can end, and the exit code of each."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import click

from handouts.cli.commands import handouts
from handouts.cli.completion import register_shells
from handouts.cli.output import error_lines, put_json, say_error, silence
from handouts.cli.session import Session, source_of
from handouts.errors import ExitCode, HandoutError, reason_of, visible

INTERRUPTED = 130
REPORT_TO = "the project's issue tracker"


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line, by default this process's own.

    Returns:
        The exit code; whatever happened has been said on standard error.
    """
    # ReportLab reads it as a number and fails where it is none; the dates in a handout are the program's own.
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    session = Session()
    register_shells()
    try:
        result = handouts.main(
            args=None if arguments is None else list(arguments),
            prog_name="handouts",
            standalone_mode=False,
            obj=session,
        )
        return result if isinstance(result, int) else ExitCode.DONE
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        vars(error)["message"] = visible(error.message)  # `Final` only for type checkers
        _name_the_source(error)
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        return INTERRUPTED
    except HandoutError as error:
        say_error(error)
        # The configuration is read, and may be at fault, before the option is.
        if session.as_json or "--json" in (sys.argv if arguments is None else arguments):
            status = "refused" if error.exit_code is ExitCode.REFUSED else "failed"
            put_json({"status": status, "problems": error_lines(error), **error.record()})
        return error.exit_code
    # A reader such as `head` has gone: no error, as for every tool in a pipe.
    except BrokenPipeError:
        silence()
        return ExitCode.DONE
    except OSError as error:  # a folder that cannot be listed, a standard output on a full disk
        # Only a current folder that was deleted is missed without a name.
        unnamed = "the current folder" if isinstance(error, FileNotFoundError) else "standard output"
        click.echo(f"{visible(str(error.filename or unnamed))}: {reason_of(error)}", err=True)
        silence()
        return ExitCode.FILE_TROUBLE
    except Exception as fault:  # a bug is one line for the user, not a page
        if session.verbose:
            traceback.print_exc(file=sys.stderr)
        what = visible(f"{type(fault).__name__}: {fault}".splitlines()[0])
        again = "" if session.verbose else "run again with -v and "
        click.echo(f"internal fault: {what}; {again}report it to {REPORT_TO}", err=True)
        return ExitCode.FAULT


def _name_the_source(error: click.ClickException) -> None:
    """Say that a bad value was set in the environment or the configuration, where nobody typed the option."""
    if isinstance(error, click.BadParameter) and error.ctx and error.param:
        source, place = source_of(error.ctx, error.param)
        if source in ("environment", "config"):
            error.param_hint = place
