"""Seconds and memory of the full score with gates, and of plain networkx, in one run.

python -m benchmarks.community.speed            1 and 10 million, networkx at 1 million
python -m benchmarks.community.speed --all      networkx at 10 million too, and 100 million
"""

import json
import subprocess
import sys
from pathlib import Path

from ..machine import machine
from .made import interactions_file

OURS = """
import json, resource, sys, time
from sharewise.engine.community.reading import read_interactions
from sharewise.engine.community.scoring import score_people
start = time.perf_counter()
files = read_interactions([sys.argv[1]], edges_only=True)
read = time.perf_counter() - start
people = score_people(files.edges)
seconds = time.perf_counter() - start
best = people.filter(people["rank"].is_not_null()).head(3)["person"].to_list()
mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
found = {"read": read, "seconds": seconds, "mb": mb, "people": people.height, "best": best}
print(json.dumps(found))
"""
PLAIN = """
import json, resource, sys, time
import polars as pl
from benchmarks.community.plain_networkx import scores
start = time.perf_counter()
found = scores(pl.read_parquet(sys.argv[1]), 14.0)
seconds = time.perf_counter() - start
best = sorted(found, key=found.get, reverse=True)[:3]
mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "mb": mb, "people": len(found), "best": best}))
"""


def run(code: str, path: Path) -> dict[str, float]:
    """Run in a process of its own and return what it measured."""
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def main() -> None:
    """Print times, memory and ratios."""
    whole = "--all" in sys.argv
    print(f"community speed · {machine()}")
    per_million = {}
    for millions in (1, 10, 100) if whole else (1, 10):
        path = interactions_file(millions * 1_000_000)
        ours = run(OURS, path)
        per_million[millions] = ours["seconds"] / millions
        print(
            f"  {millions} million: {ours['seconds']:.1f} s ({ours['read']:.1f} reading), "
            f"{ours['mb'] / 1024:.2f} GB, {ours['people']:,} people"
        )
        if millions == 1 or (whole and millions == 10):
            plain = run(PLAIN, path)
            print(
                f"    plain networkx: {plain['seconds']:.1f} s, {plain['mb'] / 1024:.2f} GB: "
                f"{plain['seconds'] / ours['seconds']:.1f}×; same best three: "
                f"{plain['best'] == ours['best']}"
            )
    if whole:
        print(f"  an interaction at 100 million costs {per_million[100] / per_million[10]:.2f}× "
              "that at 10 million")  # fmt: skip


if __name__ == "__main__":
    main()
