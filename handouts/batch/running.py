"""Entries in, outcomes out, in the same order: a window of tasks at work, dead workers replaced, a stop obeyed.

Holds no more entries than are at work. Knows neither files nor pages.
"""

from __future__ import annotations

import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from types import FrameType

from handouts.batch.crew import Crew
from handouts.batch.entries import Entry, ProgramFile
from handouts.batch.outcome import Outcome, not_begun, unmade
from handouts.errors import FileTrouble, HandoutError, Problem

TRIES = 2
"""How often a row that its worker dies of is tried alone before it is given up."""
_AHEAD = 2
"""Tasks waiting for each worker, so that none is ever idle."""

Look = Callable[[Entry], Outcome | None]


class Stop:
    """Whether the run is to end after what is in hand; `asked` when a person asked for it."""

    def __init__(self) -> None:
        self.asked = False
        self.now = False


@contextmanager
def stop_on_interrupt() -> Iterator[Stop]:
    """The first Ctrl-C asks the run to stop, the second ends it at once."""
    stop = Stop()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        if stop.asked:
            raise KeyboardInterrupt
        stop.asked = stop.now = True

    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


class _Task:
    """Neighbouring entries: those with an outcome already, and those that somebody is to make."""

    def __init__(self) -> None:
        self.slots: list[Entry | Outcome] = []
        self.future: Future[list[Outcome]] | None = None

    @property
    def entries(self) -> list[Entry]:
        return [slot for slot in self.slots if not isinstance(slot, Outcome)]

    def filled(self, made: Iterable[Outcome]) -> Iterator[Outcome]:
        """All outcomes in order, `made` in the places of the entries."""
        fresh = iter(made)
        return (slot if isinstance(slot, Outcome) else next(fresh) for slot in self.slots)


def run_entries(entries: Iterable[Entry], crew: Crew, stop: Stop, look: Look) -> Iterator[Outcome]:
    """The outcome of every entry, in order.

    `look` gives the outcome of an entry that needs no making, such as one whose handout is there. Entries that a stop
    came before are reported as not begun. Raises FileTrouble when the workers cannot be reached any more.
    """
    waiting = _tasks(iter(entries), crew.rows, look, stop)
    window: deque[_Task] = deque()
    try:
        while True:
            while not stop.now and len(window) < crew.workers * _AHEAD + 1 and (task := next(waiting, None)):
                _begin(task, crew)
                window.append(task)
            if not window:
                break
            yield from _ended(window.popleft(), window, crew, stop)
    finally:
        _cancel(window)
    for task in waiting:
        yield from task.filled(map(_skipped, task.entries))


def _ended(task: _Task, window: deque[_Task], crew: Crew, stop: Stop) -> Iterator[Outcome]:
    """The outcomes of the task that is first in line, waited for."""
    if stop.now and task.future and task.future.cancel():
        return task.filled(map(_skipped, task.entries))
    try:
        return task.filled(task.future.result() if task.future else [])
    except HandoutError:
        raise
    except (Exception, CancelledError):
        return task.filled(_one_by_one(task.entries, window, crew, stop))


def _cancel(window: Iterable[_Task]) -> None:
    for task in window:
        if task.future:
            task.future.cancel()


def _tasks(entries: Iterator[Entry], rows: int, look: Look, stop: Stop) -> Iterator[_Task]:
    """Tasks of at most `rows` entries to make; entries that need no making ride along, as many at most again."""
    task = _Task()
    for entry in entries:
        slot = None if stop.now else look(entry)
        task.slots.append(slot or entry)
        if len(task.entries) == rows or len(task.slots) == 2 * rows:
            yield task
            task = _Task()
    if task.slots:
        yield task


def _begin(task: _Task, crew: Crew) -> None:
    task.future = crew.submit(task.entries) if task.entries else None


def _one_by_one(entries: list[Entry], window: deque[_Task], crew: Crew, stop: Stop) -> list[Outcome]:
    """The rows of a task whose worker died, each alone, so that the one that kills its worker is found.

    A pool of processes dies as a whole: what else was at work begins anew afterwards.
    """
    _cancel(window)
    crew.renew()
    found = [_skipped(entry) if stop.now else _alone(entry, crew) for entry in entries]
    for other in window:
        if other.future and not _succeeded(other.future):
            _begin(other, crew)
    return found


def _succeeded(future: Future[list[Outcome]]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _alone(entry: Entry, crew: Crew) -> Outcome:
    for _ in range(TRIES):
        try:
            return crew.submit([entry]).result()[0]
        except HandoutError:
            raise
        except OSError as trouble:
            raise FileTrouble("workers", "they cannot be reached any more") from trouble
        except (Exception, CancelledError):
            crew.renew()
    path, line, column = (entry.path, 0, 0) if isinstance(entry, ProgramFile) else entry.place()
    return unmade(entry.number, "failed", [Problem(path, line, column, f"its worker died {TRIES} times")])


def _skipped(entry: Entry) -> Outcome:
    return not_begun(entry.number)
