"""The drafts that are open in the browser, each kept in its private file as `handouts build` keeps it."""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from handouts.drafting.draft import Draft, DraftHistory, ImpossibleChange
from handouts.drafting.draft_changes import take_step
from handouts.drafting.draft_files import ENDING, DraftFile, new_draft_file, saved_drafts
from handouts.drafting.draft_program import next_program, program_fields, unreadable
from handouts.drafting.typed_commands import without_new_faults
from handouts.errors import BadInput, on_page
from handouts.library import Library
from handouts.model import Program
from handouts.output_paths import file_stem
from handouts.prescription.program_file import program_text
from handouts.printing import Sent, print_file
from handouts.programs import ScreenedProgram, screen
from handouts.rendering import RenderedHandout, render
from handouts.reviewing import sign_off_problems
from handouts.screening import RefusedForSafety


@dataclass
class OpenDraft:
    """A draft that is open; `message` is what the next page says, and whether it went wrong."""

    name: str
    file: DraftFile
    history: DraftHistory
    message: tuple[str, bool] = ("", False)
    printed: tuple[DraftHistory, RenderedHandout] | None = field(default=None, repr=False)

    @property
    def draft(self) -> Draft:
        """The program as it stands."""
        return self.history.draft

    @property
    def stamp(self) -> str:
        """What tells the program as it stands from any other: a page says with each action which one it shows."""
        return hashlib.sha256(repr(self.draft).encode()).hexdigest()[:16]


class DraftStore:
    """Every open draft of one run. One request at a time changes or draws: the library is read as it is used."""

    def __init__(self, library: Library, folder: Path, begin: Draft, *, require_reviewed: bool = False) -> None:
        """`folder` keeps the drafts; `begin` is the empty draft with what the configuration says of it."""
        self.library, self._folder, self._begin = library, folder, begin
        self.require_reviewed = require_reviewed
        self._open: dict[str, OpenDraft] = {}
        self._lock = threading.RLock()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else changes or draws in the block."""
        with self._lock:
            yield

    def drafts(self) -> list[OpenDraft]:
        """The open drafts and those kept from before that this library can read, the latest first."""
        for file, history in saved_drafts(self._folder):
            name = file.path.name.removesuffix(ENDING)
            known = self._open.get(name)
            if (known is None or known.file.changed_elsewhere) and not unreadable(history.draft, self.library):
                self._open[name] = OpenDraft(name, file, history)
        return sorted(self._open.values(), key=lambda one: one.name, reverse=True)

    def find(self, name: str) -> OpenDraft | None:
        """The draft of that name; None when there is none."""
        known = self._open.get(name)
        if known and not known.file.changed_elsewhere:
            return known
        return next((one for one in self.drafts() if one.name == name), None)

    def begin(self, history: DraftHistory | None = None) -> OpenDraft:
        """A new draft, dated today, or the one of a next visit. It is kept from its first step on."""
        now = dt.datetime.now().astimezone()
        begun = history or DraftHistory(draft=replace(self._begin, date=now.date().isoformat(), question="command"))
        while (file := new_draft_file(self._folder, now)).path.name.removesuffix(ENDING) in self._open:
            now += dt.timedelta(seconds=1)
        one = OpenDraft(file.path.name.removesuffix(ENDING), file, begun)
        self._open[one.name] = one
        # An earlier handout was given once: it must not be needed again after the browser has been closed.
        if history:
            file.save(history)
        return one

    def close(self, one: OpenDraft) -> None:
        """Delete a draft and its file."""
        one.file.delete()
        self._open.pop(one.name, None)

    def take(self, one: OpenDraft, what: str, draft: Draft) -> None:
        """One more step, kept at once. Raises ImpossibleChange for one that makes a program nobody could read."""
        self._keep(one, take_step(one.history, what, without_new_faults(one.draft, draft, self.library)))

    def step(self, one: OpenDraft, step: Callable[[DraftHistory], tuple[str, DraftHistory]]) -> str:
        """Take the last step back (`undo`) or do it again (`redo`), and say which it was."""
        message, history = step(one.history)
        if why := unreadable(history.draft, self.library):
            raise ImpossibleChange(f"that step cannot be read: {on_page(why)}")
        self._keep(one, history)
        return message

    def screened(self, one: OpenDraft) -> ScreenedProgram:
        """The program with every finding. Raises BadInput while it is not whole."""
        return screen(next_program(one.history, self.library), self.library)

    def handout(self, one: OpenDraft) -> tuple[RenderedHandout, Program]:
        """The finished handout and its program. Raises what `make` refuses, and BadInput."""
        screened = self._printable(one)
        if one.printed is None or one.printed[0] is not one.history:
            one.printed = one.history, render(screened, self.library)
        return one.printed[1], screened.program

    def print(self, one: OpenDraft, printer: str | None, copies: int, duplex: bool | None) -> Sent:
        """Send the handout to a printer, as `make --print` does. Raises what `handout` raises, and FileTrouble."""
        made, program = self.handout(one)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "handout.pdf"
            path.write_bytes(made.pdf)
            return print_file(path, printer=printer, copies=copies, duplex=duplex, paper=program.layout.paper)

    def program_file(self, one: OpenDraft) -> tuple[str, str]:
        """The program's text and the name of its file without ending; the draft's file is deleted, as in `build`."""
        screened = self._printable(one)
        one.file.delete()
        return program_text(program_fields(one.draft, self.library)), file_stem(screened.program)

    def _printable(self, one: OpenDraft) -> ScreenedProgram:
        screened = self.screened(one)
        if screened.refused:
            raise RefusedForSafety(screened.findings)
        if self.require_reviewed and (problems := sign_off_problems(screened.sign_offs, self.library)):
            raise BadInput(problems)
        return screened

    def _keep(self, one: OpenDraft, history: DraftHistory) -> None:
        if history is not one.history:
            one.file.save(history)
            one.history = history
