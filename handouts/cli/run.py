"""One run of the command line: every way in which it can end, and the exit code of each."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from handouts.cli.group import handouts
from handouts.cli.session import Session
from handouts.cli.streams import put_json, silence
from handouts.cli.talk import problems_of, show_error
from handouts.errors import ExitCode, HandoutError, visible

INTERRUPTED = 130
COMPLETE_VARIABLE = "_HANDOUTS_COMPLETE"
"""In its environment a shell asks what Tab completes; the name is Click's rule for a program called handouts."""
REPORT_TO = "the project's issue tracker"


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one run; whatever happened has been said on standard error."""
    session = Session()
    if COMPLETE_VARIABLE in os.environ:
        from handouts.cli.completing import answer_shells

        answer_shells()
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
        vars(error)["message"] = visible(error.message)
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        return INTERRUPTED
    except HandoutError as error:
        show_error(error)
        if session.as_json:
            status = "refused" if error.exit_code is ExitCode.REFUSED else "failed"
            put_json({"status": status, "problems": problems_of(error)})
        return error.exit_code
    except BrokenPipeError:
        silence()
        return ExitCode.DONE
    except OSError as trouble:  # of a folder that is listed, or a stream that is full: no room answers for those
        what = visible(str(trouble.filename or "standard output"))
        click.echo(f"{what}: {(trouble.strerror or str(trouble)).lower()}", err=True)
        silence()
        return ExitCode.FILE_TROUBLE
    except Exception as fault:  # the last line of defence: a bug is one line, not a page
        return _fault(fault, verbose=session.verbose)


def _fault(fault: Exception, *, verbose: bool) -> int:
    if verbose:
        import traceback

        traceback.print_exc(file=sys.stderr)
    what = visible(f"{type(fault).__name__}: {fault}".splitlines()[0])
    again = "" if verbose else "run again with -v and "
    click.echo(f"internal fault: {what}; {again}report it to {REPORT_TO}", err=True)
    return ExitCode.FAULT
