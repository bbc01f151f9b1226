"""Entries in, outcomes out, in the same order: tasks run ahead, dead workers are replaced, a stop is obeyed.

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

from handouts.batch.executors import WorkerPool
from handouts.batch.inputs import Entry
from handouts.batch.outcome import Outcome, not_begun, unmade
from handouts.errors import FileTrouble, HandoutError, Problem

TRIES = 2
"""How often an entry whose worker dies is tried alone before it is given up."""
_TASKS_PER_WORKER = 2
"""Tasks that wait for each worker, so that none is idle."""


class Stop:
    """Whether the run is to end after the tasks at work (`now`); whether a person `asked` for it, or what `trouble`."""

    def __init__(self) -> None:
        self.asked = False
        self.now = False
        self.trouble: HandoutError | None = None


@contextmanager
def stop_on_interrupt() -> Iterator[Stop]:
    """The first Ctrl-C asks the run to stop, the second ends it at once."""
    stop = Stop()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        if stop.asked:
            raise KeyboardInterrupt
        stop.asked = stop.now = True

    # A program that calls the batch from a thread of its own handles its signals itself.
    if threading.current_thread() is not threading.main_thread():
        yield stop  # only the main thread may handle signals
        return
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


class _Task:
    """Entries that follow each other: those with an outcome already, and those that a worker is to make."""

    def __init__(self) -> None:
        self.items: list[Entry | Outcome] = []
        self.future: Future[list[Outcome]] | None = None

    @property
    def entries(self) -> list[Entry]:
        return [item for item in self.items if not isinstance(item, Outcome)]

    def outcomes(self, made: Iterable[Outcome]) -> Iterator[Outcome]:
        """All outcomes in order, with those that were `made` in the places of the entries."""
        fresh = iter(made)
        return (item if isinstance(item, Outcome) else next(fresh) for item in self.items)

    def start(self, pool: WorkerPool) -> None:
        self.future = pool.submit(self.entries) if self.entries else None

    def cancel(self) -> bool:
        return self.future is not None and self.future.cancel()


def run_entries(
    entries: Iterable[Entry], pool: WorkerPool, stop: Stop, known: Callable[[Entry], Outcome | None]
) -> Iterator[Outcome]:
    """The outcome of every entry, in order; entries that a stop comes before are reported as not begun.

    Args:
        entries: What to make.
        pool: Makes it.
        stop: Ends the run when it is set; it is set, with the trouble, when nobody is left to make anything.
        known: The outcome of an entry that needs no making, such as one whose handout is there; else None.
    """
    waiting = _tasks(entries, pool.entries_per_task, known)
    at_work: deque[_Task] = deque()
    try:
        while True:
            while not stop.now and len(at_work) <= pool.workers * _TASKS_PER_WORKER and (task := next(waiting, None)):
                task.start(pool)
                at_work.append(task)
            if not at_work:
                break
            yield from _finished(at_work.popleft(), at_work, pool, stop)
    finally:
        for task in at_work:
            task.cancel()
    for task in waiting:
        yield from task.outcomes(not_begun(entry.number) for entry in task.entries)


def _tasks(entries: Iterable[Entry], size: int, known: Callable[[Entry], Outcome | None]) -> Iterator[_Task]:
    """Tasks of at most `size` entries to make, and as many again that need no making."""
    task = _Task()
    for entry in entries:
        task.items.append(known(entry) or entry)
        if len(task.entries) == size or len(task.items) == 2 * size:
            yield task
            task = _Task()
    if task.items:
        yield task


def _finished(task: _Task, at_work: deque[_Task], pool: WorkerPool, stop: Stop) -> Iterator[Outcome]:
    """Wait for the task that is first in line; its outcomes."""
    if not (stop.now and (stop.trouble or task.cancel())):
        try:
            return task.outcomes(_made(task, at_work, pool, stop))
        except HandoutError as trouble:
            stop.trouble, stop.now = trouble, True
    return task.outcomes(not_begun(entry.number) for entry in task.entries)


def _made(task: _Task, at_work: deque[_Task], pool: WorkerPool, stop: Stop) -> list[Outcome]:
    try:
        return pool.result(task.future) if task.future else []
    except HandoutError:
        raise
    except (Exception, CancelledError):
        return _one_by_one(task.entries, at_work, pool, stop)


def _one_by_one(entries: list[Entry], at_work: deque[_Task], pool: WorkerPool, stop: Stop) -> list[Outcome]:
    """Make the entries of a task whose worker died, each alone, to find the one that kills its worker.

    A pool of processes dies as a whole: the other tasks at work start again afterwards.
    """
    for other in at_work:
        other.cancel()
    pool.restart()
    # One at a time: of entries that were at work together nobody knows which one killed the worker.
    outcomes = [not_begun(entry.number) if stop.now else _alone(entry, pool) for entry in entries]
    for other in at_work:
        made = other.future
        # What was made before the worker died is whole and stays.
        if made and (not made.done() or made.cancelled() or made.exception()):
            other.start(pool)
    return outcomes


def _alone(entry: Entry, pool: WorkerPool) -> Outcome:
    for _ in range(TRIES):
        try:
            return pool.result(pool.submit([entry]))[0]
        except HandoutError:
            raise
        except OSError as error:
            raise FileTrouble("workers", "cannot be reached any more") from error
        except (Exception, CancelledError):
            pool.restart()
    return unmade(entry.number, "failed", [Problem(*entry.place(), f"its worker died {TRIES} times")])
