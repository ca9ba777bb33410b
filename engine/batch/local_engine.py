"""Parts through the processes of this machine; one that dies costs a repetition, no row."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from ..errors import BatchError
from ..worker_environment import worker_environment

Task = TypeVar("Task")
Result = TypeVar("Result")
DEATHS = 3


def run_local(
    work: Callable[[Task], Result], tasks: Sequence[Task], jobs: int | None = None
) -> Iterator[Result]:
    """Yield what ``work`` gives for each task, as it is done, in any order.

    ``jobs`` are processes, None: as many as cores; with 1 the work is done in this one. Where a
    worker is killed, what it had not finished is given to new ones. What is left undone by an
    exception here (Ctrl-C too) ends at once.

    Raises
    ------
    BatchError
        Workers were killed `DEATHS` times and nothing was done in between.
    """
    jobs = min(jobs or os.cpu_count() or 1, len(tasks))
    if jobs <= 1:
        yield from map(work, tasks)
        return
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    left = dict(enumerate(tasks))
    deaths = 0
    while left:
        try:
            for number, result in _in_processes(work, dict(left), jobs):
                del left[number]
                deaths = 0
                yield result
        except TerminatedWorkerError:
            deaths += 1
            if deaths == DEATHS:
                raise BatchError(
                    f"workers were killed {DEATHS} times over, with {len(left)} parts to go; if "
                    "memory is short, fewer --jobs or smaller --part-rows; --resume goes on"
                ) from None


def _in_processes(
    work: Callable[[Task], Result], tasks: dict[int, Task], jobs: int
) -> Iterator[tuple[int, Result]]:
    from joblib import Parallel, delayed
    from joblib.externals.loky import get_reusable_executor

    with worker_environment():
        pool = Parallel(n_jobs=jobs, return_as="generator_unordered", pre_dispatch="2*n_jobs")
        done = pool(delayed(_numbered)(work, number, task) for number, task in tasks.items())
        try:
            yield from done
        except BaseException:
            get_reusable_executor().shutdown(wait=True, kill_workers=True)
            raise


def _numbered(work: Callable[[Task], Result], number: int, task: Task) -> tuple[int, Result]:
    # Ctrl-C reaches the whole group of processes; the one that leads ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return number, work(task)
