"""What a run says: data on standard output, messages and progress on standard error.

A reader who goes away, such as `head`, is no error.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import click

from handouts.cli.session import Session, session_of
from handouts.errors import BadInput, HandoutError
from handouts.library import Library
from handouts.model import AGE, UNDER_AGE, Finding, Note

OK_MEANS = "ok means that no rule fired, never that a patient is cleared"


# -- standard output -------------------------------------------------------------------------------------------------


def put(text: str) -> None:
    """Write one piece of data to standard output; nothing where that is closed."""
    if sys.stdout is None:
        return
    try:
        click.echo(text)
        sys.stdout.flush()
    # The reader has what it wanted; the handouts are made all the same.
    except BrokenPipeError:
        silence()


def put_json(document: Any) -> None:
    """Write one JSON document to standard output."""
    put(json.dumps(document, ensure_ascii=False, indent=2))


def put_records(records: Sequence[dict[str, Any]]) -> None:
    """Write one record as a JSON object, several as an array."""
    put_json(records[0] if len(records) == 1 else records)


def silence() -> None:
    """Point broken streams at the null device, so that Python does not complain about them when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


# -- standard error --------------------------------------------------------------------------------------------------


def say(text: str, **style: bool | str) -> None:
    """Write one line to standard error; when nobody reads it any more, the work goes on."""
    try:
        click.secho(text, err=True, **style)  # type: ignore[arg-type]
    except BrokenPipeError:
        silence()


def say_unless_quiet(text: str) -> None:
    """Write one line to standard error, which `--quiet` leaves out."""
    if not session_of(click.get_current_context()).quiet:
        say(text)


def say_notes(notes: Iterable[Note], about: str = "") -> None:
    """Write notes for the clinician, those of the kinds that are asked for; they never block."""
    session = session_of(click.get_current_context())
    for note in notes:
        if session.shows(note.kind):
            say(click.style("note: ", fg="yellow") + (f"{about}: {note}" if about else str(note)))


def say_error(error: HandoutError) -> None:
    """Write an error that the user can act on, every problem on its own line."""
    for line in error_lines(error):
        say(line, fg="red")


def error_lines(error: HandoutError) -> list[str]:
    """Everything that an error names, one line each."""
    return [str(problem) for problem in error.problems] if isinstance(error, BadInput) else str(error).splitlines()


# -- findings --------------------------------------------------------------------------------------------------------


class Remedies(NamedTuple):
    """How somebody who may decides all the same, in the words of the place where the program is written."""

    override: str
    clearance: str


BY_OPTION = Remedies('--override "{target}=REASON" --clinician NAME', '--clearance {condition}="WHO, DATE"')
IN_ROSTER = Remedies(
    '"{target}=REASON" in the column overrides, and the clinician', '"{condition}=WHO, DATE" in the column clearances'
)
IN_FILE = Remedies(
    "{target} with its reason under overrides in the program file, and the clinician",
    "the condition's clearance: {{by, on}}",
)


def findings_text(findings: Sequence[Finding], session: Session, remedies: Remedies = BY_OPTION) -> str:
    """Findings for a person: what, why, by which source, what to do instead."""
    lines = (line for finding in findings for line in _finding_lines(finding, session.library, remedies))
    return "\n".join(line.replace("**", "") for line in lines)  # what is printed bold on the sheet


def caution_lines(findings: Sequence[Finding]) -> list[str]:
    """One line for each caution that a handout prints, once; of what was overridden a note tells."""
    lines = []
    for finding in findings:
        if finding.overridden is None:
            printed = finding.rule.text.advice.replace("**", "") if finding.rule else finding.reason
            item = finding.exercise or finding.packet
            lines.append(f"{click.style('caution:', fg='yellow')} {item}, {finding.condition}: {printed}")
    return list(dict.fromkeys(lines))


def _finding_lines(finding: Finding, library: Library, remedies: Remedies) -> Iterator[str]:
    condition = library.conditions[finding.condition]
    item = finding.exercise or finding.packet or "program"
    if finding.verdict == "caution":
        verdict = click.style("caution", fg="yellow")
    elif finding.overridden:
        verdict = click.style("contraindicated, overridden", fg="yellow")
    else:
        verdict = click.style(finding.verdict.replace("-", " "), fg="red", bold=True)
    yield f"{'packet ' if finding.packet else ''}{item}: {verdict} with {finding.condition} ({condition.text.name})"
    yield f"  why: {finding.reason}"
    if finding.source:
        source = library.sources.get(finding.source)
        yield f"  source: {finding.source}" + (f", {source.name} ({source.basis})" if source else "")
    if finding.verdict == "caution":
        if finding.rule:
            yield f"  the patient reads: {finding.rule.text.advice}"
        return
    if finding.overridden:
        yield f"  overridden: {finding.overridden}"
        return
    if finding.alternatives:
        yield f"  instead: {', '.join(finding.alternatives)}"
    is_age = finding.condition == UNDER_AGE  # which no word of clearance changes
    if condition.blocks_all:
        yield "  cannot be overridden: take the condition away once it is ruled out"
    elif finding.verdict == "clearance-needed" and not is_age:
        yield f"  once it is given: {remedies.clearance.format(condition=finding.condition)}"
    else:
        target = AGE if is_age else f"{item}:{finding.condition}"
        yield f"  or print it all the same: {remedies.override.format(target=target)}"


# -- progress --------------------------------------------------------------------------------------------------------

_BAR = 24
_EVERY_S = 0.1
_FEW, _PART = 3, 0.05
"""How many must be done, and how much of the whole, before the rest is estimated."""


class Progress:
    """How far a long run is, on one line of standard error; nothing where that is not a terminal."""

    def __init__(self, total: int, *, quiet: bool = False) -> None:
        self._total, self._done, self._shown = total, 0, 0.0
        self._start = time.monotonic()
        # In a log file each step would be a line of its own.
        self._on = total > 0 and not quiet and sys.stderr.isatty()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        now = time.monotonic()
        if self._on and (now - self._shown > _EVERY_S or self._done == self._total):
            self._shown = now
            sys.stderr.write(f"\r{self.line(now)}\x1b[K")
            sys.stderr.flush()

    def line(self, now: float) -> str:
        """The line as it is at a moment of the monotonic clock, in seconds."""
        rate = self._done / max(now - self._start, 1e-6)
        filled = _BAR * self._done // self._total
        line = f"[{'#' * filled}{'.' * (_BAR - filled)}] {self._done}/{self._total}"
        # The first ones take the time of starting: what they say of the others is wild.
        if self._done < max(_FEW, self._total * _PART):
            return line
        left = round((self._total - self._done) / rate)
        clock = (
            f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}" if left >= 3600 else f"{left // 60}:{left % 60:02}"
        )
        return f"{line}  {rate:.1f} a second  about {clock} left"

    def end(self) -> float:
        """Clear the line; return the seconds that the run took."""
        if self._on:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
        return time.monotonic() - self._start
