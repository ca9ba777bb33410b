"""Parts through the workers of a Dask cluster, one that is there or one of this machine."""

import ipaddress
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

from ... import __version__
from ..errors import BatchError
from ..worker_environment import WORKER_ENVIRONMENT

Task = TypeVar("Task")
Result = TypeVar("Result")
RETRIES = 3
TIMEOUT = "10s"


def run_dask(
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    scheduler: str | None = None,
    jobs: int | None = None,
    *,
    insecure: bool = False,
) -> Iterator[Result]:
    """Yield what ``work`` gives for each task, as it is done, in any order.

    Parameters
    ----------
    work, tasks
        As of `local_engine.run_local`; the same function.
    scheduler
        Address of a scheduler; None: a cluster of this machine, on its loopback alone.
    jobs
        Workers of that cluster of this machine; None: as many as cores.
    insecure
        Allow an address elsewhere without TLS: whoever reaches it runs code on the workers.

    Raises
    ------
    BatchError
        Dask is not installed; no scheduler there, or it went away; an address that is not safe;
        workers of other versions; a part that killed one worker after another.
    """
    with _client(scheduler, jobs, insecure=insecure) as client:
        yield from _results(client, work, tasks)


def refuse_unsafe(address: str) -> None:
    """Refuse an address that is neither TLS nor this machine.

    Raises
    ------
    BatchError
        Anybody who reaches such an address runs code on the workers.
    """
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if parts.scheme in ("tls", "wss", "inproc") or _is_loopback(parts.hostname or ""):
        return
    raise BatchError(
        f"--scheduler {address}: neither TLS nor this machine; whoever reaches it can run code on "
        "the workers. Use tls://, or say --insecure on a network that is yours alone"
    )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _installed() -> tuple[Any, Any]:
    try:
        import dask
        import distributed
    except ImportError:
        raise BatchError("--engine dask needs Dask: pip install 'sharewise[dask]'") from None
    return dask, distributed


@contextmanager
def _client(scheduler: str | None, jobs: int | None, *, insecure: bool) -> Iterator[Any]:
    if scheduler is not None and not insecure:
        refuse_unsafe(scheduler)
    dask, distributed = _installed()
    # Looking at every stack a hundred times a second, and giving each freed page back at once,
    # take a quarter of the time.
    ours = {
        "distributed.nanny.pre-spawn-environ": WORKER_ENVIRONMENT,
        "distributed.worker.profile.enabled": False,
    }
    with dask.config.set(ours):
        if scheduler is None:
            with _own_cluster(distributed, jobs) as cluster, distributed.Client(cluster) as client:
                yield client
            return
        with _connected(distributed, scheduler) as client:
            _check_workers(client, scheduler)
            yield client


def _own_cluster(distributed: Any, jobs: int | None) -> Any:
    return distributed.LocalCluster(
        n_workers=jobs,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
    )


def _connected(distributed: Any, scheduler: str) -> Any:
    try:
        return distributed.Client(scheduler, timeout=TIMEOUT)
    except TypeError:
        # What Dask raises where TLS is asked for and its configuration names no certificate.
        raise BatchError(
            f"--scheduler {scheduler}: no certificate to show: name ca-file, client cert and key "
            "under distributed.comm.tls in Dask's configuration"
        ) from None
    except (OSError, ValueError) as error:
        raise BatchError(f"no scheduler at {scheduler}: {_first_line(error)}") from None


def _check_workers(client: Any, scheduler: str) -> None:
    """Refuse workers that would not give the same answers."""
    if not client.scheduler_info(n_workers=-1)["workers"]:
        raise BatchError(f"{scheduler}: it has no worker; start some: dask worker {scheduler}")
    try:
        client.get_versions(check=True)
    except ValueError as error:
        raise BatchError(f"{scheduler}: versions differ: {error}") from None
    for worker, found in client.run(_worker_version, on_error="return").items():
        if found != __version__:
            told = "none" if isinstance(found, Exception) else found
            raise BatchError(f"{worker}: sharewise there is {told}, here is {__version__}")


def _worker_version() -> str:
    return __version__


def _results(
    client: Any, work: Callable[[Task], Result], tasks: Sequence[Task]
) -> Iterator[Result]:
    _, distributed = _installed()
    futures = [client.submit(work, task, pure=False, retries=RETRIES) for task in tasks]
    try:
        for future in distributed.as_completed(futures):
            yield _result(future, len(tasks))
            future.release()
    finally:
        for future in futures:
            future.cancel()


def _result(future: Any, tasks: int) -> Any:
    _, distributed = _installed()
    try:
        return future.result()
    except distributed.KilledWorker:
        raise BatchError(
            f"a part killed one worker after another, of {tasks} parts; if memory is short, give "
            "the workers more or use smaller --part-rows; --resume goes on"
        ) from None
    except (CancelledError, OSError) as error:
        raise BatchError(
            f"the scheduler went away ({_first_line(error)}); what is finished stays, "
            "--resume goes on"
        ) from None


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]
