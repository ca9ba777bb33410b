"""One post from a cold start, against importing what it can't do without."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from .machine import machine

IMPORTS = [sys.executable, "-c", "import polars, click, durable_rules_engine"]
ROUNDS = 9
# As installed: pip compiles what it installs, a checkout is compiled when it first runs.
COMPILED = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def seconds(command: list[str]) -> float:
    """Return the wall time of one run."""
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True, env=COMPILED)
    return time.perf_counter() - start


def main(folder: Path) -> None:
    """Print the median of the ratios, pair by pair."""
    post = folder / "post.md"
    post.write_text("---\nplatform: x\n---\nOur winter blend is back. #HarborRoast\n")
    check = [sys.executable, "-m", "sharewise", "check", "--exit-zero", str(post)]
    seconds(IMPORTS), seconds(check)
    pairs = [(seconds(check), seconds(IMPORTS)) for _ in range(ROUNDS)]
    ratios = [ours / imports for ours, imports in pairs]
    print(f"cold start · {machine()}")
    print(
        f"  one post {statistics.median(a for a, _ in pairs):.2f} s, imports alone "
        f"{statistics.median(b for _, b in pairs):.2f} s: {statistics.median(ratios):.2f}× "
        f"({min(ratios):.2f} to {max(ratios):.2f} over {ROUNDS} pairs)"
    )


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder))
