"""Run a command and measure it with all its processes: seconds, CPU seconds, own memory."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sharewise.engine.worker_environment import WORKER_ENVIRONMENT

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measured:
    """``seconds`` on the wall; ``cpu`` seconds and ``peak_mb`` of own memory, of all processes."""

    seconds: float
    cpu: float
    peak_mb: float
    output: str


def measured(command: Sequence[str]) -> Measured:
    """Run a command of this Python, given its arguments, one thread a process; measure it."""
    environment = os.environ | WORKER_ENVIRONMENT
    start = time.perf_counter()
    run = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, text=True, env=environment
    )
    watch = _Watch(run.pid)
    thread = threading.Thread(target=watch.run, daemon=True)
    thread.start()
    output, _ = run.communicate()
    seconds = time.perf_counter() - start
    watch.over = True
    thread.join()
    if run.returncode:
        raise SystemExit(f"{' '.join(command)}: ended with {run.returncode}")
    return Measured(seconds, sum(watch.cpu.values()), watch.peak / 1024, output)


class _Watch:
    """Looks at a process and its descendants five times a second."""

    def __init__(self, process: int) -> None:
        self.process, self.over = process, False
        self.cpu: dict[int, float] = {}
        self.peak = 0

    def run(self) -> None:
        while not self.over:
            memory = 0
            for process in _family(self.process):
                try:
                    stat = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
                    lines = Path(f"/proc/{process}/status").read_text().splitlines()
                except OSError:
                    continue
                self.cpu[process] = (int(stat[11]) + int(stat[12])) / TICK
                memory += sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))
            self.peak = max(self.peak, memory)
            time.sleep(0.2)


def _family(process: int) -> list[int]:
    found = [process]
    for tasks in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = tasks.read_text().split()
        except OSError:
            continue
        for child in map(int, children):
            found += _family(child)
    return found
