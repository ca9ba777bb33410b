"""A cluster reached by TLS under an address that is not this machine's loopback."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest

pytestmark = [
    pytest.mark.skipif(
        find_spec("distributed") is None,
        reason="Dask is not installed: pip install sharewise[dask]",
    ),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl for certificates"),
]
DEADLINE = 60


@pytest.fixture
def secured(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which Dask speaks TLS with a certificate of our own."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=sharewise-test", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    named = {"CA_FILE": certificate}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        named |= {f"{role}__CERT": certificate, f"{role}__KEY": key}
    prefix = "DASK_DISTRIBUTED__COMM__TLS__"
    return os.environ | {prefix + name: str(path) for name, path in named.items()}


def address() -> str:
    """Return an address of this machine that is not its loopback."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("this machine has no address but its loopback")
        return str(probe.getsockname()[0])


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        [sys.executable, *command],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(DEADLINE)


def batch(
    source: Path, out: Path, environment: dict[str, str], *more: str
) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "sharewise", "batch", str(source), "-o", str(out)]
    command += ["-p", "x", "--part-rows", "100", *more]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=DEADLINE
    )


def test_a_run_over_tls_gives_the_same_bytes(
    secured: dict[str, str], tmp_path: Path, backlog_of: Callable[..., pl.DataFrame]
) -> None:
    source, here, there = tmp_path / "posts.parquet", tmp_path / "here", tmp_path / "there"
    backlog_of(300).write_parquet(source)
    with closing(socket.socket()) as free:
        free.bind(("", 0))
        port = free.getsockname()[1]
    cluster = f"tls://{address()}:{port}"
    reached = ("--engine", "dask", "--scheduler", cluster)
    scheduler = ["-m", "distributed.cli.dask_scheduler", "--protocol", "tls", "--port", str(port)]
    worker = ["-m", "distributed.cli.dask_worker", cluster, "--nthreads", "1", "--no-dashboard"]
    worker += ["--local-directory", str(tmp_path / "worker")]
    with (
        running([*scheduler, "--no-dashboard"], secured),
        running(worker, secured),
    ):
        deadline = time.monotonic() + DEADLINE
        done = batch(source, there, secured, *reached)
        while done.returncode and time.monotonic() < deadline:
            assert "no scheduler at" in done.stderr or "it has no worker" in done.stderr
            done = batch(source, there, secured, *reached)
        stranger = batch(source, tmp_path / "no", dict(os.environ), *reached)
    assert done.returncode == 0, done.stderr
    assert batch(source, here, dict(os.environ), "-j", "1").returncode == 0
    names = sorted(path.name for path in (here / "posts").iterdir())
    assert len(names) == 3
    for name in names:
        assert (there / "posts" / name).read_bytes() == (here / "posts" / name).read_bytes()
    assert stranger.returncode == 2
    assert stranger.stderr.startswith(
        f"sharewise: --scheduler {cluster}: no certificate to show: name ca-file,"
    )
