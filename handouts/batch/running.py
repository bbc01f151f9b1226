"""Entries in, outcomes out, in the same order: workers run ahead, dead workers are replaced, a stop is obeyed.

Holds no more entries than are at work. Knows neither files nor pages.
"""

from __future__ import annotations

import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from handouts.batch.executors import WorkerPool
from handouts.batch.inputs import Entry
from handouts.batch.outcome import Outcome, not_begun, unmade
from handouts.errors import FileTrouble, HandoutError, Problem

TRIES = 2
"""How often an entry whose worker dies is tried alone before it is given up."""
_PER_WORKER = 4
"""Entries at work for each worker, so that none is idle."""


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


@dataclass
class _Work:
    """An entry, and its outcome or the task that makes it."""

    entry: Entry
    made: Outcome | Future[Outcome]

    def cancel(self) -> bool:
        """Whether nothing will be made of it, or has been."""
        return isinstance(self.made, Future) and self.made.cancel()


def run_entries(
    entries: Iterable[Entry], pool: WorkerPool, stop: Stop, known: Callable[[Entry], Outcome | None]
) -> Iterator[Outcome]:
    """The outcome of every entry, in order; entries that a stop comes before are reported as not begun.

    Args:
        stop: Ends the run when it is set; it is set, with the trouble, when nobody is left to make anything.
        known: The outcome of an entry that needs no making, such as one whose handout is there; else None.
    """
    waiting = iter(entries)
    at_work: deque[_Work] = deque()
    try:
        while True:
            while not stop.now and len(at_work) < pool.workers * _PER_WORKER and (entry := next(waiting, None)):
                at_work.append(_Work(entry, known(entry) or pool.submit(entry)))
            if not at_work:
                break
            yield _outcome(at_work.popleft(), at_work, pool, stop)
    finally:
        for work in at_work:
            work.cancel()
    for entry in waiting:
        yield known(entry) or not_begun(entry.number)


def _outcome(work: _Work, at_work: deque[_Work], pool: WorkerPool, stop: Stop) -> Outcome:
    """Wait for what is first in line."""
    if isinstance(work.made, Outcome):
        return work.made
    if not (stop.now and (stop.trouble or work.cancel())):
        try:
            try:
                return pool.result(work.made)
            except HandoutError:
                raise
            except (Exception, CancelledError):
                return _again(work.entry, at_work, pool, stop)
        except HandoutError as trouble:
            stop.trouble, stop.now = trouble, True
    return not_begun(work.entry.number)


def _again(entry: Entry, at_work: deque[_Work], pool: WorkerPool, stop: Stop) -> Outcome:
    """Make an entry whose worker died alone: of several at work together nobody knows which one killed it.

    A pool of processes dies as a whole: the others at work start again afterwards.
    """
    for other in at_work:
        other.cancel()
    pool.restart()
    outcome = not_begun(entry.number) if stop.now else _alone(entry, pool)
    for other in at_work:
        made = other.made
        # What was made before the worker died is whole and stays.
        if isinstance(made, Future) and (not made.done() or made.cancelled() or made.exception()):
            other.made = pool.submit(other.entry)
    return outcome


def _alone(entry: Entry, pool: WorkerPool) -> Outcome:
    for _ in range(TRIES):
        try:
            return pool.result(pool.submit(entry))
        except HandoutError:
            raise
        except OSError as error:
            raise FileTrouble("workers", "cannot be reached any more") from error
        except (Exception, CancelledError):
            pool.restart()
    return unmade(entry.number, "failed", [Problem(*entry.place(), f"its worker died {TRIES} times")])
