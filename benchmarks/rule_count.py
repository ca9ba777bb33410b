"""What more rules cost: posts a CPU second with all packs, against few rules and hard limits.

On one core, since threads that wait for a busy machine count as CPU seconds too.
"""

import os

os.environ["POLARS_MAX_THREADS"] = "1"

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

from sharewise.engine.advice.recommending import Adviser, adviser
from sharewise.engine.advice.rule import Rule
from sharewise.engine.settings import Settings

from .machine import machine
from .posts import posts_file

POSTS = 20_000
PLATFORMS = ("x", "facebook", "linkedin")
ROUNDS = 5


def main() -> None:
    """Print the CPU seconds from Parquet to findings by the rules in force, and their ratios."""
    print(f"rule count · {machine()}")
    every = adviser(PLATFORMS).rulebook.rules
    first = {rule.id for rule in every[:60]}
    advisers = {
        f"the {len(every)} rules": adviser(PLATFORMS),
        "without calendar and series": _only(every, lambda rule: rule.id[:3] not in ("CAL", "SER")),
        "the first 60 rules": _only(every, lambda rule: rule.id in first),
        "errors alone": _only(every, lambda rule: rule.severity == "error"),
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "posts.parquet"
        sample = pl.read_parquet(posts_file())
        sample.sample(min(POSTS, sample.height), seed=1).write_parquet(file)
        for using in advisers.values():
            _run(using, file)
        runs = [
            {name: _run(using, file) for name, using in advisers.items()} for _ in range(ROUNDS)
        ]
    best = {name: min(run[name] for run in runs) for name in advisers}
    whole = next(iter(best.values()))
    for name, seconds in best.items():
        count = len(advisers[name].rulebook.rules)
        print(
            f"  {name} ({count} in force): {seconds:.2f} CPU s for {POSTS:,} posts × "
            f"{len(PLATFORMS)} platforms; all rules reach {seconds / whole:.0%} of its throughput"
        )


def _only(rules: tuple[Rule, ...], wanted: Callable[[Rule], bool]) -> Adviser:
    """Return an adviser with only some of the rules in force."""
    ignored = tuple(rule.id for rule in rules if not wanted(rule))
    return adviser(PLATFORMS, Settings(ignore=ignored))


def _run(using: Adviser, file: Path) -> float:
    """Return the CPU seconds of reading, measuring and deciding."""
    start = time.process_time()
    using.findings(using.read([file]).posts)
    return time.process_time() - start


if __name__ == "__main__":
    main()
