"""What a saved table costs to make, to add a day to and to rank from, and what cards cost.

python -m benchmarks.community.table [MILLIONS]
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from sharewise.engine.batch.edge_run import EdgeRequest, aggregate
from sharewise.engine.batch.engines import Engine
from sharewise.engine.community.cards import with_cards
from sharewise.engine.community.ranked_people import Ambassadors, ranked_people
from sharewise.engine.community.reading import read_interactions
from sharewise.engine.settings import Settings

from ..machine import machine
from .made import interactions_file


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds that work takes, and what it gives."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def counted(source: Path, out: Path, update: Path | None = None) -> float:
    """Return the seconds of a run of ``community aggregate`` in one process."""
    request = EdgeRequest((str(source),), out, engine=Engine(jobs=1), update=update)
    return timed(lambda: aggregate(request, lambda text: None))[0]


def ranked(source: Path) -> Ambassadors:
    """Return the ambassadors of a file or table."""
    files = read_interactions([source], keep="edges")
    return ranked_people(files, brand=(), settings=Settings())


def main() -> None:
    """Print the ratios."""
    millions = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    source = interactions_file(millions * 1_000_000)
    print(f"community table · {millions} million · {machine()}")
    folder = Path(tempfile.mkdtemp(prefix="sharewise-table-"))
    try:
        acts = pl.scan_parquet(source)
        last = acts.select(pl.col("at").max().dt.truncate("1d")).collect().item()
        for name, chosen in (("before", pl.col("at") < last), ("new", pl.col("at") >= last)):
            acts.filter(chosen).sink_parquet(folder / f"{name}.parquet")
        rows = pl.scan_parquet(folder / "new.parquet").select(pl.len()).collect().item()
        whole = counted(source, folder / "all")
        counted(folder / "before.parquet", folder / "grown")
        added = counted(folder / "new.parquet", folder / "grown", folder / "grown")
        same = all(_rows(folder / "all", part).equals(_rows(folder / "grown", part))
                   for part in ("days", "edges"))  # fmt: skip
        print(f"  the last day ({rows:,} acts) added: {added / whole:.2f} of making the table anew")
        print(f"  the same table: {same}")
        from_file, result = timed(lambda: ranked(source))
        from_table, _ = timed(lambda: ranked(folder / "grown"))
        print(f"  ranked from the table: {from_table / from_file:.2f} of ranking from the file")
        cards, _ = timed(lambda: with_cards(result))
        print(f"  cards of the best, without groups: {cards / from_file:.3f} of ranking")
    finally:
        shutil.rmtree(folder)


def _rows(folder: Path, part: str) -> pl.DataFrame:
    return pl.read_parquet(sorted((folder / part).glob("*.parquet"))).sort(pl.all())


if __name__ == "__main__":
    main()
