"""The entries of a batch in one print file, one after the other. Whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from msgspec import Struct

from handouts.batch.bench import Bench, Checked, place_of, refused
from handouts.batch.cover import Cover, Unprinted
from handouts.batch.entries import Entry
from handouts.batch.fingerprint import LENGTH
from handouts.batch.folder import is_half
from handouts.batch.outcome import Outcome, not_begun, unmade
from handouts.batch.printfile import PrintFile
from handouts.batch.running import Stop
from handouts.batch.survey import Survey
from handouts.errors import BadInput, FileTrouble, HandoutError, Problem
from handouts.layout.theme import PAPERS
from handouts.pdf.files import whole_file
from handouts.pdf.input_digest import InputDigest, add_input_digest, read_input_digest
from handouts.render import Judged, Press
from handouts.reports.program_report import judged_record


class Wanted(Struct, frozen=True, kw_only=True):
    """How a print file is made."""

    path: Path
    cover: bool = True
    duplex: bool = False
    copies: int = 1
    resume: bool = False
    force: bool = False


class _Broken(Exception):
    """A handout could not be drawn to its end, which spoils the file it was drawn into."""

    def __init__(self, entry: Entry, fault: Exception) -> None:
        problem = Problem(*place_of(entry), f"internal fault: {type(fault).__name__}")
        self.entry, self.outcome = entry, unmade(entry.number, "failed", [problem])


class _Stopped(Exception):
    """The run was stopped while the file was being drawn: it is discarded."""


def print_entries(
    entries: Iterable[Entry], bench: Bench, survey: Survey, wanted: Wanted, stop: Stop
) -> Iterator[Outcome]:
    """Draw every entry that can be made into one file; then the outcome of each, in order.

    Nothing is written when no entry can be made, or when the run is stopped. Raises FileTrouble.
    """
    path, made_from = wanted.path, _made_from(survey, wanted)
    if survey.makeable and wanted.resume and (found := read_input_digest(path)) and found.made_from == made_from:
        there = {"output": str(path), "sha256": found.sha256}
        for entry in entries:
            yield _standing(entry, bench, there)
        return
    with TemporaryFile() as held:
        try:
            written = _write(held, entries, bench, survey, wanted, stop, made_from)
        except _Stopped:
            for entry in entries:
                yield not_begun(entry.number)
            return
        held.seek(0)
        for line in held:
            record: dict[str, Any] = json.loads(line)
            if record["status"] == "made" and written:
                record |= {"output": str(path), "sha256": written.sha256}
            yield Outcome(number=record["row"], status=record["status"], record=record, output=str(path))


def print_programs(
    path: Path, judged: Sequence[Judged], press: Press, *, duplex: bool, copies: int, force: bool
) -> tuple[int, tuple[str, ...]]:
    """Judged programs, at least one, in one file without a cover; returns its pages and all notes to the clinician.

    Raises FileTrouble, BadInput, UnprintableText.
    """
    first = judged[0].program
    notes: dict[str, None] = {}
    with whole_file(path, force=force) as file:
        locale, paper = press.locale(first.language), PAPERS[first.layout.paper]
        printed = PrintFile(file, locale, paper=paper, date=first.date, duplex=duplex)
        for one in judged:
            notes |= dict.fromkeys(_add(printed, press, one, duplex=duplex, copies=copies)[1])
        printed.finish()
    return printed.pages, tuple(notes)


def _write(
    held: BinaryIO,
    entries: Iterable[Entry],
    bench: Bench,
    survey: Survey,
    wanted: Wanted,
    stop: Stop,
    made_from: str,
) -> InputDigest | None:
    """Write the file, and every entry's record to `held`; None when nothing could be drawn.

    A handout that breaks while it is drawn is left out, and the file drawn again from the beginning.
    """
    left_out: dict[int, Outcome] = {}
    while survey.makeable > len(left_out):
        held.seek(0)
        held.truncate()
        try:
            force = wanted.force or (wanted.resume and is_half(wanted.path))
            with whole_file(wanted.path, force=force) as file:
                pages = _draw(file, held, entries, bench, survey, wanted, stop, left_out)
                add_input_digest(file, made_from, pages)
            return read_input_digest(wanted.path)
        except _Broken as broken:
            left_out[broken.entry.number] = broken.outcome
    for entry in entries:
        outcome = left_out.get(entry.number) or _checked(entry, bench)
        if isinstance(outcome, Outcome):
            _hold(held, outcome.record)
    return None


def _draw(
    file: BinaryIO,
    held: BinaryIO,
    entries: Iterable[Entry],
    bench: Bench,
    survey: Survey,
    wanted: Wanted,
    stop: Stop,
    left_out: dict[int, Outcome],
) -> int:
    first = survey.first
    assert first is not None  # an entry can be made
    locale = bench.press.locale(bench.job.options.fields.language or first.clinic.language)
    paper = first.layout.paper
    printed = PrintFile(file, locale, paper=PAPERS[paper], date=bench.job.date, duplex=wanted.duplex)
    if wanted.cover:
        why = ("internal fault",)
        broken = (Unprinted(number=number, id=None, refused=False, reasons=why) for number in left_out)
        unprinted = sorted((*survey.unmade, *broken), key=lambda one: one.number)
        handouts = survey.makeable - len(left_out)
        printed.add_cover(Cover(handouts=handouts, unprinted=tuple(unprinted), paper=paper))
    for entry in entries:
        if stop.now:
            raise _Stopped
        checked = left_out.get(entry.number) or _checked(entry, bench)
        if isinstance(checked, Outcome):
            _hold(held, checked.record)
            continue
        try:
            start = printed.pages + 1
            pages, notes = _add(printed, bench.press, checked.judged, duplex=wanted.duplex, copies=wanted.copies)
        except HandoutError as error:
            _hold(held, unmade(entry.number, "failed", [Problem(*place_of(entry), str(error))]).record)
            continue
        except OSError:
            raise
        except Exception as fault:  # a bug in one handout is not the end of the others
            raise _Broken(entry, fault) from fault
        judged = judged_record(checked.judged.program, checked.judged.findings, notes)
        place = {"status": "made", "row": entry.number, "output": None, "first_page": start, "pages": pages}
        _hold(held, {**place, **judged, "problems": []})
    printed.finish()
    return printed.pages


def _add(printed: PrintFile, press: Press, judged: Judged, *, duplex: bool, copies: int) -> tuple[int, tuple[str, ...]]:
    """Draw a judged program; returns its pages and the notes to the clinician.

    Raises RefusedForSafety, BadInput and UnprintableText before anything of it is drawn.
    """
    laid_out, locale, notes = press.set(judged, both_sides=duplex)
    patient = judged.program.patient
    name = patient.name or laid_out.title
    printed.add(laid_out, name=f"{name} ({patient.id})" if patient.id else name, lang=locale.tag, copies=copies)
    return laid_out.page_count, notes


def _checked(entry: Entry, bench: Bench) -> Checked | Outcome:
    try:
        checked = bench.check(entry)
    except BadInput as error:
        return unmade(entry.number, "failed", error.problems)
    except FileTrouble as trouble:
        return unmade(entry.number, "failed", [Problem(*place_of(entry), trouble.reason)])
    return refused(checked) if checked.judged.refused else checked


def _standing(entry: Entry, bench: Bench, there: dict[str, str]) -> Outcome:
    checked = _checked(entry, bench)
    if isinstance(checked, Outcome):
        return checked
    judged = judged_record(checked.judged.program, checked.judged.findings, checked.judged.notes)
    record = {"status": "skipped", "row": entry.number, **there, **judged, "problems": []}
    return Outcome(number=entry.number, status="skipped", record=record)


def _hold(held: BinaryIO, record: dict[str, Any]) -> None:
    held.write(json.dumps(record).encode() + b"\n")


def _made_from(survey: Survey, wanted: Wanted) -> str:
    whole = f"{survey.made_from} {wanted.cover} {wanted.duplex} {wanted.copies}"
    return hashlib.sha256(whole.encode()).hexdigest()[:LENGTH]
