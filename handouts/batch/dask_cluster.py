"""The workers of a Dask cluster as the executor of a batch. Loaded for `--scheduler` alone: Dask is slow to import."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from handouts.batch.executors import MOST_ENTRIES, WorkerPool
from handouts.batch.job import Job
from handouts.errors import BadInput, FileTrouble, Problem

try:
    from distributed import Client
except ImportError:  # the optional dependency `cluster`
    Client = None

_CONNECT_S = 10


@contextmanager
def dask_pool(job: Job, address: str) -> Iterator[WorkerPool]:
    """The workers of the Dask cluster at `address`; the job, with the clinic's content, goes once to each worker.

    Raises:
        BadInput: Dask is not installed.
        FileTrouble: The cluster cannot be reached or has no worker.
    """
    if Client is None:
        hint = "install it with: pip install 'handouts[cluster]'"
        raise BadInput([Problem("--scheduler", 0, 0, "Dask is not installed", hint)])
    try:
        client = Client(address, timeout=_CONNECT_S)
    except (OSError, ValueError) as error:
        raise FileTrouble(address, "no Dask scheduler answers there") from error
    with client:
        workers = sum(client.ncores().values())
        if not workers:
            raise FileTrouble(address, "this cluster has no worker")
        # Once to each worker, not with each task: the clinic's pictures may be megabytes.
        shared = client.scatter(job, broadcast=True, hash=False)
        pool = WorkerPool(client.get_executor, shared, workers, MOST_ENTRIES)
        try:
            yield pool
        finally:
            pool.close()
