"""Makes the handouts of a job one by one: checked, screened, rendered, locked, written.

The same code runs in this process, in a worker process and on another machine. Knows no executor.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from handouts.batch.fingerprint import Fingerprints, worker_version
from handouts.batch.inputs import Entry
from handouts.batch.job import Job, PackedFolder
from handouts.batch.outcome import Outcome, Status, moved_to, unmade
from handouts.batch.output_folder import is_half_written
from handouts.batch.roster_row import Row, row_layer
from handouts.errors import BadInput, FileTrouble, HandoutError, Problem, bad_input
from handouts.library import Library
from handouts.library.yaml_reading import Where, parse_yaml, read_yaml
from handouts.model import Note, Program
from handouts.output_paths import file_stem, in_format
from handouts.pdf.files import check_writable, is_handout, write_together
from handouts.pdf.finished_pdfs import encrypt, locked_made_from
from handouts.pdf.fonts import UnprintableText, Weight, face, split_by_family
from handouts.pdf.input_digest import UNKNOWN_SOURCE, read_input_digest, with_input_digest
from handouts.pdf.kept_handouts import EARLIER, check_may_name, holds, move_aside
from handouts.prescription import assemble, file_layer
from handouts.programs import ScreenedProgram, open_library, screen
from handouts.rendering import leaflet_paths, print_file_notes, render
from handouts.reports.program_report import Record, made_record, screened_record
from handouts.reviewing import sign_off_problems

_DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)


@dataclass(frozen=True)
class CheckedEntry:
    """An entry whose program is right and screened, and the file of its handout."""

    entry: Entry
    screened: ScreenedProgram
    path: Path

    @property
    def is_hidden(self) -> bool:
        """Whether it is a row that its sheet does not show."""
        return isinstance(self.entry, Row) and self.entry.is_hidden

    @property
    def record(self) -> Record:
        """Its program, findings and notes for the report."""
        return screened_record(self.screened.program, self.screened.findings, self.reported(self.screened.notes))

    def written(self, status: Status, notes: Sequence[Note], files: Mapping[Path, bytes], pages: int) -> Record:
        """The line of the report of its handout; it names no file that is named after the patient."""
        program = self.screened.program
        names = bool(program.patient.id)
        made = made_record(
            program, self.screened.findings, self.reported(notes), files=files, pages=pages, names=names, status=status
        )
        return {"status": status, "row": self.entry.number} | made | {"problems": []}

    def reported(self, notes: Sequence[Note]) -> Sequence[Note]:
        """The notes with what the report says of the row itself."""
        return (*notes, Note("choice", "the row is hidden in the sheet")) if self.is_hidden else notes


class JobRunner:
    """Makes the handouts of one job; the library is read once."""

    def __init__(self, job: Job, library: Library | None = None) -> None:
        self.job = job
        self.library = library or open_library(
            *(one.unpack() if isinstance(one, PackedFolder) else one for one in job.folders)
        )
        self._folder = Path(job.output or ".")
        self._fingerprints = Fingerprints(self.library, job.program)

    def check(self, entry: Entry) -> CheckedEntry:
        """Build and screen the entry's program.

        Raises:
            BadInput: Everything that keeps the entry from being made, but for the safety rules.
            FileTrouble: Its program file cannot be read.
        """
        program = self._program(entry)
        path = in_format(self._folder / f"{file_stem(program)}.pdf", self.job.formats[0])
        problems = _unprintable(program, entry)
        try:
            if self.job.output is not None and path.parent.is_dir():
                for file in (in_format(path, form) for form in self.job.formats):
                    # With --resume, half a file is made anew though it is no handout.
                    if self.job.force or (self.job.resume and is_half_written(file)):
                        check_writable(file, force=True)
                    else:
                        check_may_name(file)
        except FileTrouble as trouble:
            problems.append(Problem(*entry.place(), f"its handout cannot be written: {trouble.reason}"))
        if self.job.no_leaflet and program.append:
            problems.append(Problem(*entry.place(), self.job.no_leaflet, "print it apart"))
        missing = [path.name for path in leaflet_paths(program, self.library) if not path.is_file()]
        problems += [Problem(*entry.place(), f"there is no leaflet {name}") for name in missing]
        if entry.password is not None and self.job.no_password:
            problems.append(Problem(*entry.place("password"), self.job.no_password))
        screened = screen(program, self.library)
        if self.job.require_reviewed and not screened.refused:
            unsigned = sign_off_problems(screened.sign_offs, self.library)
            problems += [Problem(*entry.place(), one.message, one.hint) for one in unsigned]
        if problems:
            raise BadInput(problems)
        return CheckedEntry(entry, screened, path)

    def try_check(self, entry: Entry) -> CheckedEntry | Outcome:
        """As `check`, with the outcome of an entry that cannot be made or is refused."""
        try:
            checked = self.check(entry)
        except BadInput as error:
            return unmade(entry.number, "failed", error.problems)
        except FileTrouble as trouble:
            return unmade(entry.number, "failed", [Problem(*entry.place(), trouble.reason)])
        return unmade(entry.number, "refused", (), checked.record) if checked.screened.refused else checked

    def fingerprint(self, checked: CheckedEntry) -> str:
        """A digest of everything that goes into the entry's handout."""
        return self._fingerprints.fingerprint(
            checked.screened, locked=checked.entry.password is not None, both_sides=self.job.both_sides
        )

    def unchanged(self, entry: Entry) -> Outcome | None:
        """The outcome of an entry whose handout is there in all formats, whole and made from the same input; else None.

        A PDF says what it was made from. A page or a text is composed again and compared.
        """
        # A handout may only stay when its program would be printed today: so it is screened again first.
        checked = self.try_check(entry)
        if isinstance(checked, Outcome):
            return None
        files = {form: in_format(checked.path, form) for form in self.job.formats}
        pages = 0
        if "pdf" in files:
            found = read_input_digest(files["pdf"])
            if found is None:
                return None
            password = entry.password
            made_from = found.made_from if password is None else locked_made_from(files["pdf"], password)
            if made_from != self.fingerprint(checked):
                return None
            pages = found.pages
        if others := files.keys() - {"pdf"}:
            try:
                composed = render(checked.screened, self.library, formats=others).files
            except HandoutError:
                return None  # `run` tells it
            if not all(holds(files[form], composed[form]) for form in others):
                return None
        there = {path: path.read_bytes() for path in files.values()}
        record = checked.written("unchanged", checked.screened.notes, there, pages)
        return Outcome(record=record, output=str(checked.path))

    def run(self, entry: Entry) -> Outcome:
        """Make the entry's handout, and write it when the job writes; whatever goes wrong is in the outcome."""

        def failed(reason: str, *, disk_full: bool = False) -> Outcome:
            return unmade(entry.number, "failed", [Problem(*entry.place(), reason)], disk_full=disk_full)

        try:
            checked = self.try_check(entry)
            return checked if isinstance(checked, Outcome) else self._make(checked)
        except BadInput as error:
            return unmade(entry.number, "failed", error.problems)
        except FileTrouble as trouble:
            return failed(trouble.reason, disk_full=getattr(trouble.__cause__, "errno", None) in _DISK_FULL)
        except HandoutError as error:
            return failed(str(error))
        except Exception as fault:  # a bug in one handout must not stop the others
            return failed(f"internal fault: {type(fault).__name__}")

    def write(self, outcome: Outcome) -> Outcome:
        """Write a handout whole, in all its formats; others under its names are moved to the folder `earlier` first.

        Returns the outcome without the handout's bytes. Raises FileTrouble.
        """
        if not outcome.files:
            return outcome
        files = {Path(name): data for name, data in outcome.files.items()}
        moved: dict[Path, Path] = {}
        try:
            for path, data in files.items():
                if is_handout(path) and not is_half_written(path) and not holds(path, data):
                    moved[path] = move_aside(path, EARLIER)
            write_together(files, force=True, private=outcome.private)
        except BaseException:
            for path, aside in moved.items():
                aside.replace(path)
            raise
        for aside in moved.values():
            outcome = moved_to(outcome, aside)
        return replace(outcome, files={})

    def _make(self, checked: CheckedEntry) -> Outcome:
        entry, program = checked.entry, checked.screened.program
        handout = render(checked.screened, self.library, both_sides=self.job.both_sides, formats=self.job.formats)
        files = {in_format(checked.path, form): handout.files[form] for form in self.job.formats}
        notes = (*handout.notes, *(print_file_notes(program) if self.job.no_leaflet else ()))
        made_from = self.fingerprint(checked)
        if "pdf" in handout.files:
            pdf = handout.pdf
            source_digest = made_from
            if entry.password is not None:
                pdf, source_digest = encrypt(pdf, entry.password, made_from), UNKNOWN_SOURCE
            # After locking: the digest is of the bytes as they lie on the disk.
            files[checked.path] = with_input_digest(pdf, source_digest, handout.pages)
        outcome = Outcome(
            record=checked.written("made", notes, files, handout.pages),
            output=str(checked.path),
            papers=(program.layout.paper,),
            files={str(path): data for path, data in files.items()},
            private=entry.password is not None,
            made_from=made_from,
        )
        return self.write(outcome) if self.job.writes else outcome

    def _program(self, entry: Entry) -> Program:
        problems: list[Problem] = []
        job = self.job
        layers = [job.options.layer(problems)]
        if isinstance(entry, Row):
            layers.append(row_layer(entry, self.library, job.date_order, problems))
        else:
            document = read_yaml(Path(entry.path)) if entry.text is None else parse_yaml(entry.text, entry.path)
            layers.append(file_layer(document))
        layers += [given.layer(problems) for given in job.below]
        # Told once: two lines about one missing name would read like two patients.
        from_file = not isinstance(entry, Row)  # `row_layer` has reported a row without a name
        return assemble(layers, self.library, date=job.date, name_required=from_file, problems=problems)


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
            split_by_family(text or "", str(where[-1]))
        except UnprintableText as error:
            problems.append(Problem(*entry.locate(where), str(error)))
    return problems


_runners: dict[Job, JobRunner] = {}
"""The runner of each process's job; forked workers inherit their parent's, with the library it has read."""


def prepare_workers(runner: JobRunner) -> None:
    """Let the processes that are forked from this one start with what has been read: the library, the typefaces."""
    for weight in get_args(Weight):
        face(weight)
    # One job a process: an earlier job's library would only take memory.
    _runners.clear()
    _runners[runner.job] = runner


def run_here(job: Job, entry: Entry) -> Outcome:
    """Make an entry in this worker.

    Raises:
        BadInput: The worker has another version of this program, its content or libraries than the job was made for.
    """
    if job not in _runners:
        here = job.worker and worker_version()
        if here != job.worker:
            raise bad_input("worker", f"runs {here}, not {job.worker}")
        prepare_workers(JobRunner(job))
    return _runners[job].run(entry)
