"""What a worker process needs from its start: one thread, and memory that is used again.

Source: jemalloc(3), 2024, ``dirty_decay_ms``: how long freed pages stay with the process. Polars
allocates by it; the half second it asks for is shorter than a batch.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

WORKER_ENVIRONMENT = dict.fromkeys(
    (
        *("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"),
        *("MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "NUMEXPR_NUM_THREADS"),
    ),
    "1",
) | {"_RJEM_MALLOC_CONF": "dirty_decay_ms:2000,muzzy_decay_ms:-1"}


@contextmanager
def worker_environment() -> Iterator[None]:
    """Give the processes started inside `WORKER_ENVIRONMENT`: the cores are theirs."""
    before = {name: os.environ.get(name) for name in WORKER_ENVIRONMENT}
    os.environ.update(WORKER_ENVIRONMENT)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
