"""Run every benchmark."""

import subprocess
import sys
import tempfile
from pathlib import Path

from .cold_start import main as cold_start
from .inference import main as inference
from .throughput import main as throughput


def main() -> None:
    """Print them one after the other."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cold_start(folder)
        inference()
        # These keep to one core, so each has a process of its own.
        for name in ("benchmarks.rule_count", "benchmarks.pages"):
            subprocess.run([sys.executable, "-m", name], check=True)
        throughput(folder / "findings.parquet")


if __name__ == "__main__":
    main()
