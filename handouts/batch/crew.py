"""Who makes the rows: processes of this machine, or the workers of a Dask cluster; both through one executor's face."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import Any

from handouts.batch.bench import make_rows
from handouts.batch.entries import Entry
from handouts.batch.job import Job
from handouts.batch.outcome import Outcome
from handouts.errors import BadInput, FileTrouble, Problem

MOST_ROWS = 16
"""Rows of a task: enough that sending it costs nothing beside making it."""
_CONNECT_S = 10


class Crew:
    """An executor that can be opened anew when it broke.

    `job` is the job itself, or what the executor hands over in its place; `rows` is how many a task has.
    """

    def __init__(self, open_executor: Callable[[], Executor], job: Any, workers: int, rows: int) -> None:
        self._open, self._job = open_executor, job
        self.workers, self.rows = workers, rows
        self._executor = open_executor()

    def submit(self, entries: list[Entry]) -> Future[list[Outcome]]:
        """A task for whoever is free. What keeps it from being taken is found in its result."""
        try:
            return self._executor.submit(make_rows, self._job, entries)
        except BrokenExecutor as broken:
            failed: Future[list[Outcome]] = Future()
            failed.set_exception(broken)
            return failed

    def renew(self) -> None:
        """Fresh workers in place of those that died."""
        self._executor.shutdown(wait=True)
        self._executor = self._open()

    def close(self) -> None:
        """Send everybody home after their last task."""
        self._executor.shutdown(wait=True)


@contextmanager
def local_crew(job: Job, workers: int, rows: int) -> Iterator[Crew]:
    """Processes of this machine: forked where there is fork, so that they share what has been read."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")

    def open_executor() -> Executor:
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_enter)

    crew = Crew(open_executor, job, workers, rows)
    try:
        yield crew
    finally:
        crew.close()


@contextmanager
def cluster_crew(job: Job, address: str) -> Iterator[Crew]:
    """The workers of the Dask cluster at `address`. The job goes once to each worker, the clinic's content in it.

    Raises BadInput when Dask is not installed, FileTrouble when the cluster cannot be reached or has no worker.
    """
    try:
        from distributed import Client
    except ImportError as missing:
        hint = "install it with: pip install 'handouts[cluster]'"
        raise BadInput([Problem("--scheduler", 0, 0, "Dask is not installed", hint)]) from missing
    try:
        client = Client(address, timeout=_CONNECT_S)
    except (OSError, ValueError) as trouble:
        raise FileTrouble(address, "no Dask scheduler answers there") from trouble
    with client:
        workers = sum(client.ncores().values())
        if not workers:
            raise FileTrouble(address, "this cluster has no worker")
        shared = client.scatter(job, broadcast=True, hash=False)
        crew = Crew(client.get_executor, shared, workers, MOST_ROWS)
        try:
            yield crew
        finally:
            crew.close()


def _enter() -> None:
    """A worker's first act: Ctrl-C is its parent's business, and it does not outlive its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()


def _leave_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
