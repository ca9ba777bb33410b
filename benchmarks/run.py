"""Run every benchmark."""

import subprocess
import sys
import tempfile
from pathlib import Path

from .cold_start import main as cold_start
from .inference import main as inference
from .rule_count import main as rule_count
from .throughput import main as throughput


def main() -> None:
    """Print them one after the other."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cold_start(folder)
        inference()
        rule_count()
        # It keeps to one core, so it has a process of its own.
        subprocess.run([sys.executable, "-m", "benchmarks.pages"], check=True)
        throughput(folder / "findings.parquet")


if __name__ == "__main__":
    main()
