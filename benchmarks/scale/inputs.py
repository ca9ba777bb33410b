"""Backlogs of any size and a history to learn from, generated in the real data's shape."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl

from ..posts import GENERATED, grown, posts_file

PLATFORMS = ("x", "facebook", "linkedin")
_PAST = 1_500


def backlog(rows: int) -> Path:
    """Return a Parquet file of so many posts, each with an id of its own."""
    target = GENERATED / f"backlog_{rows}.parquet"
    if not target.exists():
        source = posts_file()
        held = pl.scan_parquet(source).select(pl.len()).collect().item()
        whole = grown(source, -(-rows // held))
        GENERATED.mkdir(exist_ok=True)
        scan = pl.scan_parquet(whole).head(rows)
        names = {"status_id": "id", "status_message": "text", "link_name": "title",
                 "status_link": "links", "message": "text"}  # fmt: skip
        there = scan.collect_schema().names()
        kept = {old: new for old, new in names.items() if old in there}
        same = [name for name in ("id", "text", "title", "links") if name in there]
        scan.select(*same, **{new: pl.col(old) for old, new in kept.items()}).sink_parquet(
            target, row_group_size=50_000
        )
    return target


def as_csv(parquet: Path) -> Path:
    """Return the same posts as CSV."""
    target = parquet.with_suffix(".csv")
    if not target.exists():
        frame = pl.read_parquet(parquet)
        texts = [pl.col(name).list.join(" ") for name, dtype in frame.schema.items()
                 if isinstance(dtype, pl.List)]  # fmt: skip
        frame.with_columns(texts).write_csv(target)
    return target


def model(seed: int = 5) -> Path:
    """Return the default model, trained on past posts whose words have an effect."""
    target = GENERATED / "scale.model"
    if not target.exists():
        history = GENERATED / "scale_history.parquet"
        _history(seed).write_parquet(history)
        command = [sys.executable, "-m", "sharewise", "model", "train", str(history)]
        subprocess.run([*command, "-q", "-o", str(target)], check=True)
    return target


def _history(seed: int) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    posts = pl.read_parquet(backlog(20_000)).filter(pl.col("text").is_not_null())
    parts = []
    for number, platform in enumerate(PLATFORMS):
        own = posts[number * _PAST : (number + 1) * _PAST].select("id", "text")
        words = own["text"].str.to_lowercase()
        effect = sum(
            words.str.contains(word).to_numpy() * 0.8 for word in ("police", "team", "new")
        )
        likes = np.exp(4 + effect + rng.normal(0, 0.5, own.height)).astype(np.int64)
        start = pl.datetime(2025, 1, 1, time_zone="UTC")
        parts.append(
            own.with_columns(
                platform=pl.lit(platform),
                published_at=start + pl.duration(hours=8) * pl.int_range(pl.len()),
                likes=pl.Series(likes),
            )
        )
    return pl.concat(parts)
