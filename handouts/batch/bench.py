"""The place where one entry after the other becomes a handout: checked, judged, set, locked, written.

The same code runs in this process, in a worker and on another machine. Knows no executor.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any, NamedTuple, get_args

from handouts.batch.entries import Entry
from handouts.batch.fingerprint import Fingerprints, program_version
from handouts.batch.folder import is_half
from handouts.batch.job import Content, Job
from handouts.batch.outcome import Outcome, unmade
from handouts.batch.roster_columns import Row, RowPlaces, row_layer
from handouts.errors import BadInput, FileTrouble, HandoutError, Problem
from handouts.library import Library, read_library
from handouts.library.yaml_reading import Where, parse_yaml, read_yaml
from handouts.model import Program
from handouts.output_paths import file_stem
from handouts.pdf.encryption import encrypt, opens
from handouts.pdf.files import check_writable, write_whole
from handouts.pdf.fonts import UnprintableText, Weight, face, family_for
from handouts.pdf.input_digest import read_input_digest, with_input_digest
from handouts.prescription import assemble, file_layer
from handouts.render import Judged, Press, judge
from handouts.reports.program_report import judged_record, made_record
from handouts.resources import content_folder

_NO_MORE_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)


class Checked(NamedTuple):
    """An entry whose program is right, judged, and where its handout goes."""

    entry: Entry
    judged: Judged
    path: Path

    @property
    def locked(self) -> bool:
        """Whether its handout is locked with a password."""
        return self.entry.password is not None


class Bench:
    """Makes the entries of one job."""

    def __init__(self, job: Job, library: Library | None = None) -> None:
        self.job = job
        self.library = library or _library(job)
        self.press = Press(self.library)
        self._fingerprints = Fingerprints(self.press, job.program)
        self._folder = Path(job.output or ".")

    def check(self, entry: Entry) -> Checked:
        """The entry's program, judged. Raises BadInput with everything wrong in it, FileTrouble for its file."""
        program = self._program(entry)
        path = self._folder / f"{file_stem(program)}.pdf"
        problems = _unprintable(program, entry)
        try:
            if self.job.output is not None and path.parent.is_dir():
                check_writable(path, force=self._may_replace(path))
        except FileTrouble as trouble:
            problems.append(Problem(*place_of(entry), f"its handout cannot be written: {trouble.reason}"))
        for leaflet in self.press.leaflet_paths(program):
            if self.job.no_leaflet:
                problems.append(Problem(*place_of(entry), self.job.no_leaflet, "print it apart"))
            elif not leaflet.is_file():
                problems.append(Problem(*place_of(entry), f"there is no leaflet {leaflet.name}"))
        if isinstance(entry, Row) and entry.password is not None and self.job.no_password:
            problems.append(Problem(*entry.place("password"), self.job.no_password))
        if problems:
            raise BadInput(problems)
        return Checked(entry, judge(program, self.library), path)

    def fingerprint(self, checked: Checked) -> str:
        """What goes into the entry's handout."""
        return self._fingerprints.of(checked.judged, locked=checked.locked, both_sides=self.job.both_sides)

    def standing(self, checked: Checked) -> Outcome | None:
        """The handout that lies there already, when it is whole and made from all that it would be made from now."""
        found = read_input_digest(checked.path)
        if found is None or found.made_from != self.fingerprint(checked):
            return None
        if checked.entry.password is not None and not opens(checked.path, checked.entry.password):
            return None
        judged = checked.judged
        record = {
            "status": "skipped",
            "row": checked.entry.number,
            "output": shown_path(checked),
            "pages": found.pages,
            "bytes": found.size,
            "sha256": found.sha256,
            **judged_record(judged.program, judged.findings, judged.notes),
            "problems": [],
        }
        return Outcome(number=checked.entry.number, status="skipped", record=record, output=str(checked.path))

    def standing_of(self, entry: Entry) -> Outcome | None:
        """As `standing`, for an entry that nobody has checked; None for one that is not right."""
        try:
            checked = self.check(entry)
            return None if checked.judged.refused else self.standing(checked)
        except (BadInput, FileTrouble):
            return None

    def write(self, path: Path, pdf: bytes, *, private: bool) -> None:
        """Write a handout whole. Raises FileTrouble."""
        write_whole(path, pdf, force=self._may_replace(path), private=private)

    def _may_replace(self, path: Path) -> bool:
        """Whether what lies there may go though it is no handout."""
        return self.job.force or (self.job.resume and is_half(path))

    def warm_up(self) -> None:
        """Read the typefaces, before workers are forked that would each read them again."""
        for weight in get_args(Weight):
            face(weight)

    def outcome(self, entry: Entry) -> Outcome:
        """The entry made, and written when the job writes; whatever goes wrong is in the outcome."""
        try:
            checked = self.check(entry)
            if checked.judged.refused:
                return refused(checked)
            return self._made(checked)
        except BadInput as error:
            return unmade(entry.number, "failed", error.problems)
        except FileTrouble as trouble:
            full = getattr(trouble.__cause__, "errno", None) in _NO_MORE_ROOM
            failed = unmade(entry.number, "failed", [Problem(*place_of(entry), trouble.reason)])
            return Outcome(number=entry.number, status="failed", record=failed.record, full=full)
        except HandoutError as error:
            return unmade(entry.number, "failed", [Problem(*place_of(entry), str(error))])
        except Exception as fault:  # a bug in one row is not the end of the others
            return unmade(
                entry.number, "failed", [Problem(*place_of(entry), f"internal fault: {type(fault).__name__}")]
            )

    def _made(self, checked: Checked) -> Outcome:
        made = self.press.make(checked.judged, both_sides=self.job.both_sides)
        pdf, password = made.pdf, checked.entry.password
        if password is not None:
            pdf = encrypt(pdf, password)
        pdf = with_input_digest(pdf, self.fingerprint(checked), made.pages)
        if self.job.writes:
            self.write(checked.path, pdf, private=checked.locked)
        program, findings = checked.judged.program, checked.judged.findings
        record: dict[str, Any] = {
            **made_record(program, findings, made.notes, output="", pdf=pdf, pages=made.pages),
            "output": shown_path(checked),
            "problems": [],
        }
        record = {"status": record.pop("status"), "row": checked.entry.number, **record}
        return Outcome(
            number=checked.entry.number,
            status="made",
            record=record,
            output=str(checked.path),
            data=None if self.job.writes else pdf,
            private=checked.locked,
        )

    def _program(self, entry: Entry) -> Program:
        problems: list[Problem] = []
        job = self.job
        layers = [job.options.layer(problems)]
        if isinstance(entry, Row):
            layers.append(row_layer(entry, problems))
        else:
            path, text = entry.path, entry.text
            layers.append(file_layer(read_yaml(Path(path)) if text is None else parse_yaml(text, path)))
        layers += [given.layer(problems) for given in job.below]
        by_row = isinstance(entry, Row)  # a row without a name has been found by then
        return assemble(layers, self.library, date=job.date, name_required=not by_row, problems=problems)


def refused(checked: Checked) -> Outcome:
    """An entry that the safety rules forbid."""
    judged = checked.judged
    return unmade(checked.entry.number, "refused", (), judged_record(judged.program, judged.findings, judged.notes))


def shown_path(checked: Checked) -> str | None:
    """The handout's file for a report; None for one that is named after the patient."""
    return str(checked.path) if checked.judged.program.patient.id else None


def _library(job: Job) -> Library:
    folders = [folder.unpack() if isinstance(folder, Content) else Path(folder) for folder in job.folders]
    return read_library([content_folder(), *folders])


def place_of(entry: Entry) -> tuple[str, int, int]:
    """Path, line and column of an entry; line 0 for a whole file."""
    return entry.place() if isinstance(entry, Row) else (entry.path, 0, 0)


def _unprintable(program: Program, entry: Entry) -> list[Problem]:
    """Every word of the clinic's about this patient that no bundled font can print, before any page is laid out."""
    texts: list[tuple[Where, str | None]] = [
        (("patient", "name"), program.patient.name),
        (("clinician",), program.clinician),
        (("goal",), program.goal),
        (("note",), program.note),
    ]
    texts += [(("patient", "conditions"), known.limits) for known in program.patient.conditions]
    texts += [(("exercises",), prescription.note) for prescription in program.prescriptions]
    problems = []
    for where, text in texts:
        try:
            family_for(text or "", str(where[-1]))
        except UnprintableText as error:
            place = RowPlaces(entry).locate(where) if isinstance(entry, Row) else (entry.path, 0, 0)
            problems.append(Problem(*place, str(error)))
    return problems


_benches: dict[str, Bench] = {}
"""The bench of the job at hand, in each process; workers that are forked find their parent's."""


def keep_bench(bench: Bench) -> None:
    """Let the processes forked from this one start with what this bench has read."""
    _benches.clear()
    _benches[bench.job.key] = bench


def make_rows(job: Job, entries: list[Entry]) -> list[Outcome]:
    """What a worker does. Raises BadInput when it runs another version of this program than the job was made for."""
    if job.key not in _benches:
        if job.program != program_version():
            raise BadInput([Problem("worker", 0, 0, f"runs {program_version()}, not {job.program}")])
        keep_bench(Bench(job))
    bench = _benches[job.key]
    return [bench.outcome(entry) for entry in entries]
