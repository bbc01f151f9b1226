"""How a handout was decided, as its record keeps it: every finding in its words, looser rules, versions.

Read back, it tells which rules say something else today.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handouts import __version__
from handouts.library import Library
from handouts.library.yaml_fields import Fields, read_as
from handouts.model import Finding
from handouts.reports.program_report import Record, finding_record
from handouts.reviewing.signatures import SignOff, sign_off_record

MOST_FINDINGS = 2000
MOST_SIGNED = 2000


def decision_record(
    findings: Sequence[Finding], looser: Sequence[str], sign_offs: Sequence[SignOff], library: Library
) -> Record:
    """What is kept beside the program: with it a decision can be explained when rules and content have changed.

    Of `sign_offs` those that somebody has signed: what is missing there was signed by nobody on the day of printing.
    """
    versions = library.versions
    return {
        "findings": [_recorded(finding) for finding in findings],
        "looser": list(looser),
        "sign_offs": [{"item": str(one.item), **sign_off_record(one)} for one in sign_offs if one.signature],
        "versions": {
            "handouts": __version__,
            "content": versions.content,
            "rules": versions.rules,
            "libraries": [folder._asdict() for folder in versions.folders],
        },
    }


@dataclass(frozen=True, kw_only=True)
class RecordedFinding:
    """A finding as a record tells it; the rule may be gone from today's library."""

    item: str
    condition: str
    rule: str | None = None
    verdict: str
    reason: str
    advice: str | None = None
    source: str | None = None
    overridden: str | None = None

    @property
    def about(self) -> str:
        """What the finding speaks about, with its rule."""
        rule = f" (rule {self.rule})" if self.rule else ""
        return f"{self.item or 'program'} with {self.condition}{rule}"


def recorded_findings(record: Fields) -> tuple[RecordedFinding, ...] | None:
    """The findings of a handout; None where its record is too old to have any. Problems go to `record`."""
    if not record.has("findings"):
        return None
    found = []
    for one in record.entries("findings", most=MOST_FINDINGS):
        items = one.maybe_text("exercise"), one.maybe_text("packet")
        found.append(read_as(RecordedFinding, one, item=next(filter(None, items), "")))
    return tuple(found)


def rules_changed(then: Sequence[RecordedFinding], today: Sequence[Finding]) -> tuple[str, ...]:
    """What the rules say otherwise today of an earlier handout, a line each.

    Args:
        then: the findings of that handout, as recorded.
        today: those of the same program, on its own date, by today's rules.
    """
    before = {(one.item, one.condition, one.rule): one for one in then}
    now = {(one.item, one.condition, one.rule): one for one in map(_as_recorded, today)}
    lines = [f"{one.about}: {one.verdict} then, no longer found" for key, one in before.items() if key not in now]
    lines += [f"{one.about}: new, {one.verdict}: {one.reason}" for key, one in now.items() if key not in before]
    for key, new in now.items():
        old = before.get(key, new)
        if old.verdict != new.verdict:
            lines.append(f"{new.about}: {old.verdict} then, {new.verdict} now: {new.reason}")
        elif (old.reason, old.advice) != (new.reason, new.advice):
            lines.append(f"{new.about}: in other words now: {new.advice if old.advice != new.advice else new.reason}")
        elif old.source != new.source:
            lines.append(f"{new.about}: from {new.source or 'no source'} now, from {old.source or 'no source'} then")
    return tuple(lines)


def _recorded(finding: Finding) -> Record:
    advice = finding.rule.text.advice if finding.rule else None
    kept = {name: value for name, value in finding_record(finding).items() if name != "alternatives"}
    return {**kept, "advice": advice}


def _as_recorded(finding: Finding) -> RecordedFinding:
    record = _recorded(finding)
    record["item"] = record.pop("exercise", None) or record.pop("packet", None) or ""
    return RecordedFinding(**record)
