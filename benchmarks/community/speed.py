"""Seconds and memory of the full score with gates, and of plain networkx, in one run.

Processor seconds are of all cores together; on a machine that others use, they say more than the
time on the clock. The imports are in them.

python -m benchmarks.community.speed            1 and 10 million, networkx at 1 million
python -m benchmarks.community.speed --all      networkx at 10 million too, and 100 million
python -m benchmarks.community.speed 10 100     these millions, without networkx but at 1
"""

import json
import subprocess
import sys
from typing import Any

from ..machine import machine

MOST_TOLD = 10
BRAND = ("--brand", "user0")

MADE = """
import json, sys
from benchmarks.community import made
print(json.dumps(str(getattr(made, sys.argv[1])(int(sys.argv[2])))))
"""
OURS = """
import json, resource, sys, time
from sharewise.engine.community.reading import read_interactions
from sharewise.engine.community.score_people import score_people
start = time.perf_counter()
edges = [read_interactions([sys.argv[1]], keep="edges").edges]
read = time.perf_counter() - start
people = score_people(edges.pop())  # Nobody else holds the table: it goes when it is not needed.
seconds = time.perf_counter() - start
best = people.select("score", "person").top_k(3, by="score")["person"].to_list()  # Without gates.
used = resource.getrusage(resource.RUSAGE_SELF)
found = {"read": read, "seconds": seconds, "cpu": used.ru_utime + used.ru_stime}
found |= {"mb": used.ru_maxrss / 1024, "people": people.height, "best": best}
print(json.dumps(found))
"""
COMMAND = """
import json, os, resource, sys, time
start = time.perf_counter()
from sharewise.cli import main
screen = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
sys.argv = ["sharewise", "ambassadors", *sys.argv[1:], "--quiet"]
try:
    main()
except SystemExit:
    pass
seconds = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_SELF)
found = {"seconds": seconds, "mb": used.ru_maxrss / 1024}
os.write(screen, json.dumps(found).encode())
"""
PLAIN = """
import json, resource, sys, time
import polars as pl
from benchmarks.community.plain_networkx import scores
start = time.perf_counter()
found = scores(pl.read_parquet(sys.argv[1]), 14.0)
seconds = time.perf_counter() - start
best = sorted(found, key=found.get, reverse=True)[:3]
used = resource.getrusage(resource.RUSAGE_SELF)
found = {"seconds": seconds, "cpu": used.ru_utime + used.ru_stime, "people": len(found)}
print(json.dumps(found | {"mb": used.ru_maxrss / 1024, "best": best}))
"""


def run(code: str, *arguments: str) -> Any:
    """Run in a process of its own, which has nothing of our memory, and return what it says."""
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Print times, memory and ratios."""
    whole = "--all" in sys.argv
    print(f"community speed · {machine()}")
    sizes = [int(size) for size in sys.argv[1:] if size.isdigit()]
    per_million = {}
    for millions in sizes or ((1, 10, 100) if whole else (1, 10)):
        path = run(MADE, "interactions_file", f"{millions}000000")
        ours = run(OURS, path)
        per_million[millions] = ours["seconds"] / millions
        print(
            f"  {millions} million: {ours['seconds']:.1f} s ({ours['read']:.1f} reading), "
            f"{ours['cpu']:.1f} processor seconds, {ours['mb'] / 1024:.2f} GB, "
            f"{ours['people']:,} people"
        )
        asked = {"the command, with a brand": path}
        if millions <= MOST_TOLD:
            asked["with posts, texts and followers"] = run(MADE, "told_file", f"{millions}000000")
        for what, file in asked.items():
            command = run(COMMAND, file, *BRAND)
            print(f"    {what}: {command['seconds']:.1f} s, {command['mb'] / 1024:.2f} GB")
        if millions == 1 or (whole and millions == 10):
            plain = run(PLAIN, path)
            print(
                f"    plain networkx: {plain['seconds']:.1f} s, "
                f"{plain['cpu']:.1f} processor seconds, {plain['mb'] / 1024:.2f} GB: "
                f"{plain['seconds'] / ours['seconds']:.1f}×, "
                f"{plain['cpu'] / ours['cpu']:.1f}× in processor seconds; same best three: "
                f"{plain['best'] == ours['best']}"
            )
    if {10, 100} <= set(per_million):
        print(f"  an interaction at 100 million costs {per_million[100] / per_million[10]:.2f}× "
              "that at 10 million")  # fmt: skip


if __name__ == "__main__":
    main()
