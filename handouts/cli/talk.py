"""What is said to the person at the terminal, on standard error: problems, findings, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from handouts.cli.session import Session, session_of
from handouts.cli.streams import silence
from handouts.errors import BadInput, HandoutError

if TYPE_CHECKING:
    from handouts.library import Library
    from handouts.model import Finding

OK_MEANS = "ok means that no rule fired, never that a patient is cleared"


def say(text: str, **style: bool | str) -> None:
    """One line on standard error; when nobody reads it any more, the work goes on all the same."""
    try:
        click.secho(text, err=True, **style)  # type: ignore[arg-type]
    except BrokenPipeError:
        silence()


def remark(text: str) -> None:
    """One line on standard error that `--quiet` leaves out."""
    if not session_of(click.get_current_context()).quiet:
        say(text)


def note(notes: Iterable[str], about: str = "") -> None:
    """Notes to the clinician; they never block."""
    for one in notes:
        remark(click.style("note: ", fg="yellow") + (f"{about}: {one}" if about else one))


def show_error(error: HandoutError) -> None:
    """An error that the user can act on, every problem on its own line."""
    for line in problems_of(error):
        say(line, fg="red")


def problems_of(error: HandoutError) -> list[str]:
    """Everything an error names, each as one line."""
    return [str(problem) for problem in error.problems] if isinstance(error, BadInput) else str(error).splitlines()


def findings_text(findings: Sequence[Finding], session: Session) -> str:
    """Findings as a person reads them: what, why, by which source, what instead."""
    return "\n".join(line for finding in findings for line in _finding(finding, session.library))


def caution_lines(findings: Sequence[Finding]) -> list[str]:
    """A line for each caution that a handout prints, and for each contraindication that was overridden."""
    lines = []
    for one in findings:
        what = "overridden" if one.overridden else "caution"
        told = one.overridden or (one.rule.text.advice.replace("**", "") if one.rule else one.reason)
        lines.append(f"{click.style(f'{what}:', fg='yellow')} {one.exercise or one.packet}, {one.condition}: {told}")
    return lines


def _finding(finding: Finding, library: Library) -> Iterator[str]:
    item = finding.exercise or finding.packet or ""
    what = f"packet {item}" if finding.packet else item
    condition = library.conditions[finding.condition]
    if finding.verdict == "caution":
        verdict = click.style("caution", fg="yellow")
    elif finding.overridden:
        verdict = click.style("contraindicated, overridden", fg="yellow")
    else:
        verdict = click.style("contraindicated", fg="red", bold=True)
    yield f"{what}: {verdict} with {finding.condition} ({condition.text.name})"
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
    if condition.blocks_all:
        yield "  cannot be overridden: take the condition away once it is ruled out"
    else:
        yield f'  or print it all the same: --override "{item}:{finding.condition}=REASON"'
