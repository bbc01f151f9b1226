"""The executor that makes the handouts: a pool of processes on this machine. `dask_cluster` has another one."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import closing
from functools import partial
from multiprocessing.connection import wait
from typing import Any

from handouts.batch.inputs import Entry
from handouts.batch.job import Job
from handouts.batch.job_runner import run_here
from handouts.batch.outcome import Outcome

_LOOK_EVERY_S = 1.0


class WorkerPool:
    """An executor that can be restarted when it broke; `workers` is how many entries it makes at once."""

    def __init__(
        self, start: Callable[[], tuple[Executor, Any]], workers: int, check: Callable[[], None] = lambda: None
    ) -> None:
        """`start` gives an executor, and the job as it takes it; `check` raises when no answer will come."""
        self._start, self.workers, self._check = start, workers, check
        self._executor, self._job = start()

    def submit(self, entry: Entry) -> Future[Outcome]:
        """Start to make an entry; when the executor is broken, the future says so."""
        try:
            return self._executor.submit(run_here, self._job, entry)
        except BrokenExecutor as broken:
            failed: Future[Outcome] = Future()
            failed.set_exception(broken)
            return failed

    def result(self, future: Future[Outcome]) -> Outcome:
        """Wait for a task. Raises FileTrouble when nobody is left to make it, and whatever the task raised."""
        while True:
            try:
                return future.result(timeout=_LOOK_EVERY_S)
            except TimeoutError:
                if future.done():  # the task's own
                    raise
                self._check()

    def restart(self) -> None:
        """Replace the workers. Raises FileTrouble when there are none any more."""
        self._check()
        self._executor.shutdown(wait=True)
        self._executor, self._job = self._start()

    def close(self) -> None:
        """End the workers after their last task."""
        self._executor.shutdown(wait=True)


def process_pool(job: Job, workers: int) -> closing[WorkerPool]:
    """Processes of this machine: forked where there is fork, so that they share what has been read."""
    # A forked worker has the library and the typefaces that were read before; a spawned one reads them anew.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    start = partial(ProcessPoolExecutor, workers, mp_context=context, initializer=_start_worker)
    return closing(WorkerPool(lambda: (start(), job), workers))


def _start_worker() -> None:
    """Leave Ctrl-C to the parent process, and end when the parent ends."""
    # A terminal sends Ctrl-C to every process: a worker that obeyed it would lose the handout it is making.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
