"""Interactions to measure speed with: as many as asked, few people act and are acted on much."""

from pathlib import Path

import numpy as np
import polars as pl

GENERATED = Path(__file__).parent.parent / "generated"
KINDS = ("like", "share", "reply", "mention", "comment")
WORDS = ("great", "coffee", "love", "this", "thanks", "bad", "awful", "new", "the", "shop")
DAYS = 180
START = 1_750_000_000


def interactions_file(rows: int, *, numbers: bool = False, seed: int = 7) -> Path:
    """Return a Parquet file of ``from, to, kind, at``; a fifth as many people as rows.

    Handles are text such as ``user123``; whole numbers with ``numbers``.
    """
    target = GENERATED / f"interactions_{rows}{'_numbers' if numbers else ''}.parquet"
    if target.exists():
        return target
    GENERATED.mkdir(exist_ok=True)
    rng = np.random.default_rng(seed)
    people = max(10, rows // 5)
    part = 5_000_000
    folder = []
    for start in range(0, rows, part):
        size = min(part, rows - start)
        frame = pl.DataFrame(
            {
                "from": (people * rng.random(size) ** 2).astype(np.int64),
                "to": (people * rng.random(size) ** 3).astype(np.int64),
                "kind": rng.integers(0, len(KINDS), size).astype(np.uint8),
                "at": START + rng.integers(0, DAYS * 86_400, size),
            }
        ).with_columns(
            pl.col("kind").replace_strict(dict(enumerate(KINDS)), return_dtype=pl.String),
            pl.from_epoch("at", time_unit="s").cast(pl.Datetime("us")).dt.replace_time_zone("UTC"),
        )
        if not numbers:
            frame = frame.with_columns(
                pl.format("user{}", name).alias(name) for name in ("from", "to")
            )
        path = target.with_suffix(f".{start}.part")
        frame.write_parquet(path)
        folder.append(path)
    pl.scan_parquet(folder).sink_parquet(target)
    for path in folder:
        path.unlink()
    return target


def told_file(rows: int, *, seed: int = 11) -> Path:
    """Return the same interactions with ``post``, ``text`` and ``followers``, too."""
    target = GENERATED / f"interactions_{rows}_told.parquet"
    if target.exists():
        return target
    rng = np.random.default_rng(seed)
    words = pl.Series(WORDS)
    said = [words.gather(rng.integers(0, len(WORDS), rows)) for _ in range(3)]
    acts = pl.read_parquet(interactions_file(rows))
    acts.with_columns(
        pl.Series("post", rng.integers(0, rows // 20 + 1, rows)).cast(pl.String),
        pl.concat_str(*said, pl.Series(rng.integers(0, 1_000, rows)), separator=" ").alias("text"),
        pl.Series("followers", rng.integers(0, 100_000, rows)),
    ).write_parquet(target)
    return target
