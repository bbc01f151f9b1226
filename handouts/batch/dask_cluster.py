"""The workers of a Dask cluster as the executor of a batch. Loaded for `--scheduler` alone: Dask is slow to import."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from typing import Any

from handouts.batch.executors import WorkerPool
from handouts.batch.fingerprint import worker_version
from handouts.batch.job import Job
from handouts.errors import BadInput, FileTrouble, Problem, bad_input

try:
    from distributed import Client
except ImportError:  # the optional dependency `cluster`
    Client = None

_CONNECT_S = 10
_ANSWER_S = 30
"""How long a worker may take to say which version it has: it loads the program first."""
_ALONE_S = 20
"""How long a cluster may be without a worker before the batch ends."""


@contextmanager
def dask_pool(job: Job, address: str) -> Iterator[WorkerPool]:
    """The workers of the Dask cluster at `address`; the job, with the clinic's content, goes once to each worker.

    Raises:
        BadInput: Dask is not installed, or a worker has another version of this program, its content or libraries.
        FileTrouble: The cluster cannot be reached, has no worker, or does not answer any more.
    """
    if Client is None:
        raise bad_input("--scheduler", "Dask is not installed", "install it with: pip install 'handouts[cluster]'")
    # Dask logs a page for every connection that is lost; here that is one line.
    logging.disable()
    try:
        with _connected(address) as client:
            workers = sum(client.ncores().values())
            if not workers:
                raise FileTrouble(address, "this cluster has no worker")
            pool = WorkerPool(lambda: _start(client, job, address), workers, _watch(client, address))
            yield pool
            pool.close()
    finally:
        logging.disable(logging.NOTSET)


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    try:
        client = Client(address, timeout=_CONNECT_S)
    except (OSError, ValueError) as error:
        raise FileTrouble(address, "no Dask scheduler answers there") from error
    except Exception as error:  # settings that Dask cannot use, such as tls:// without certificates
        raise FileTrouble(address, f"Dask cannot connect: {error}") from error
    try:
        yield client
    finally:
        # A scheduler that is gone does not say goodbye.
        with suppress(Exception):
            client.close(timeout=_CONNECT_S)


def _start(client: Any, job: Job, address: str) -> tuple[Executor, Any]:
    """The workers that there are, and the job as they have it.

    Raises FileTrouble when no worker comes, BadInput when one is not as it must be.
    """
    try:
        client.wait_for_workers(1, timeout=_ALONE_S)
    except TimeoutError as error:
        raise FileTrouble(address, "has no worker any more: run again with --resume") from error
    _check_versions(client, job.worker or "")
    # Once to each worker, not with each task: the clinic's pictures may be megabytes. A worker that comes later gets it
    # from the others, so it must be sent again when all of them were lost.
    return client.get_executor(), client.scatter(job, broadcast=True, hash=False, timeout=_ANSWER_S)


def _check_versions(client: Any, wanted: str) -> None:
    """Before any row is sent, every worker is to have what this machine has. Raises BadInput, FileTrouble."""
    asked = {name: client.submit(worker_version, workers=[name], pure=False) for name in client.ncores()}
    problems = []
    for name, answer in asked.items():
        try:
            found = answer.result(timeout=_ANSWER_S)
        except TimeoutError as error:
            raise FileTrouble(name, "this worker does not answer") from error
        except Exception as error:  # no such program there, or one of another version
            found = f"no version of it that can be used ({type(error).__name__})"
        if found != wanted:
            problems.append(Problem(name, 0, 0, f"this worker has {found}, not {wanted}", "install the same there"))
    if problems:
        raise BadInput(problems)


def _watch(client: Any, address: str) -> Callable[[], None]:
    """What raises FileTrouble when the scheduler is gone, or when there has been no worker for a while."""
    seen = time.monotonic()

    def check() -> None:
        nonlocal seen
        try:
            known = client.sync(client.scheduler.identity, callback_timeout=_CONNECT_S)
        except Exception as error:  # gone, or too busy to say so
            raise FileTrouble(address, "the scheduler does not answer any more: run again with --resume") from error
        if known["workers"]:
            seen = time.monotonic()
        elif time.monotonic() - seen > _ALONE_S:
            raise FileTrouble(address, "has no worker any more: run again with --resume")

    return check
