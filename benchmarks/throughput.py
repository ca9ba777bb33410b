"""Posts × platforms a second, Parquet to findings; memory as the input grows tenfold."""

import json
import subprocess
import sys
from pathlib import Path

from .machine import machine
from .posts import grown, posts_file

PLATFORMS = ("x", "facebook", "linkedin")
RUN = """
import json, os, sys, threading, time
from pathlib import Path
from sharewise.engine.advice.recommending import adviser
from sharewise.engine.advice.streaming import stream_findings

def own_memory(process):
    # Anonymous memory alone: pages of the mapped input file are the system's to take back.
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))

def descendants(process):
    found = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += [child, *descendants(child)]
        except OSError:
            pass
    return found

def watch():
    while True:
        used = own_memory(os.getpid()) + sum(map(own_memory, descendants(os.getpid())))
        peak[0] = max(peak[0], used)
        time.sleep(0.1)

peak = [0]
threading.Thread(target=watch, daemon=True).start()
source, target, platforms = sys.argv[1], Path(sys.argv[2]), sys.argv[3].split(",")
start = time.perf_counter()
counts = stream_findings(source, target, adviser(platforms))
seconds = time.perf_counter() - start
print(json.dumps({
    "posts": counts.posts, "findings": counts.findings, "seconds": seconds,
    "peak_mb": peak[0] / 1024,
}))
"""


def run(source: Path, target: Path) -> dict[str, float]:
    """Run the job in a process of its own and return what it measured."""
    command = [sys.executable, "-c", RUN, str(source), str(target), ",".join(PLATFORMS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def main(target: Path) -> None:
    """Print both runs and their ratios."""
    print(f"throughput · {machine()}")
    source = posts_file()
    results = []
    for times in (1, 10):
        result = run(source if times == 1 else grown(source, times), target)
        rows = result["posts"] * len(PLATFORMS)
        results.append(result)
        print(
            f"  ×{times}: {result['posts']:,.0f} posts × {len(PLATFORMS)} platforms in "
            f"{result['seconds']:.1f} s = {rows / result['seconds']:,.0f} rows a second; "
            f"{result['findings']:,.0f} findings; peak {result['peak_mb']:.0f} MB, all processes"
        )
    grew = results[1]["peak_mb"] / results[0]["peak_mb"]
    print(f"  memory at ten times the input: {grew:.2f}×")


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder) / "findings.parquet")
