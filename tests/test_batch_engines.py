"""The engines: the same work, and what they refuse."""

import os
import signal
import sys
from importlib.util import find_spec

import pytest

from sharewise.engine.batch.dask_engine import refuse_unsafe, run_dask
from sharewise.engine.batch.local_engine import run_local
from sharewise.engine.errors import BatchError

needs_dask = pytest.mark.skipif(
    find_spec("distributed") is None, reason="Dask is not installed: pip install sharewise[dask]"
)


def test_one_job_is_done_here() -> None:
    assert list(run_local(abs, [-1, 2, -3], jobs=1)) == [1, 2, 3]
    assert list(run_local(abs, [], jobs=4)) == []


def test_processes_have_one_thread_each() -> None:
    names = ["POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"]
    before = [os.environ.get(name) for name in names]
    assert list(run_local(os.getenv, names, jobs=2)) == ["1", "1", "1"]
    assert [os.environ.get(name) for name in names] == before


def test_work_that_kills_every_worker_ends() -> None:
    with pytest.raises(BatchError, match="workers were killed 3 times over, with 2 parts to go"):
        list(run_local(signal.raise_signal, [signal.SIGKILL, signal.SIGKILL], jobs=2))


@pytest.mark.parametrize(
    "address",
    ["tls://cluster.example:8786", "tcp://127.0.0.1:8786", "localhost:8786", "tcp://[::1]:8786"],
)
def test_addresses_that_are_safe(address: str) -> None:
    refuse_unsafe(address)


@pytest.mark.parametrize(
    "address", ["tcp://10.0.0.7:8786", "cluster.example:8786", "ws://cluster.example:8786", ":8786"]
)
def test_addresses_that_are_not(address: str) -> None:
    with pytest.raises(BatchError, match="neither TLS nor this machine"):
        refuse_unsafe(address)
    with pytest.raises(BatchError, match="--insecure"):
        list(run_dask(abs, [1], address))


@needs_dask
def test_no_scheduler_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sharewise.engine.batch.dask_engine.TIMEOUT", "0.5s")
    with pytest.raises(BatchError, match=r"no scheduler at tcp://127\.0\.0\.1:9"):
        list(run_dask(abs, [1], "tcp://127.0.0.1:9"))


def test_without_dask_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BatchError, match=r"pip install 'sharewise\[dask\]'"):
        list(run_dask(abs, [1]))
