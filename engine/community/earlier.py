"""What earlier runs left: the ranks of last time, and who was rewarded."""

from pathlib import Path

import polars as pl

from ..content.reading.time_cells import TimeReader
from ..errors import CommunityError
from .handles import handle_key
from .schema import TIME


def with_change(frame: pl.DataFrame, previous: pl.DataFrame | None) -> pl.DataFrame:
    """Return the frame with ``change``: ranks gained since last time; null for the new.

    People are the same in any spelling of their handle.
    """
    if previous is None:
        return frame.with_columns(pl.lit(None, dtype=pl.Int64).alias("change"))
    key = handle_key(pl.col("person")).alias("key")
    before = previous.select(key, pl.col("rank").cast(pl.Int64).alias("before")).unique("key")
    joined = frame.with_columns(key).join(before, on="key", how="left", maintain_order="left")
    change = (pl.col("before") - pl.col("rank")).alias("change")
    return joined.with_columns(change).drop("before", "key")


def previous_ranks(path: Path) -> pl.DataFrame:
    """Return ``person, rank`` of an earlier list of ambassadors: JSON lines, CSV or Parquet."""
    return _table(path, ("person", "rank"))


def earlier_rewards(path: Path) -> pl.DataFrame:
    """Return ``person, at`` of a ledger of rewards; rows of another role than reward are not."""
    table = _table(path, ("person", "at"))
    if "role" in table.columns:
        table = table.filter(pl.col("role") == "reward")
    times = TimeReader().cells(table["at"])
    if times.faults:
        at, reason = next(iter(times.faults.items()))
        raise CommunityError(f"{path}: row {at + 1}: {reason}")
    return table.select("person", times.values.cast(TIME).alias("at"))


def _table(path: Path, needed: tuple[str, ...]) -> pl.DataFrame:
    ending = path.suffix.lower()
    try:
        if ending in (".jsonl", ".ndjson"):
            table = pl.read_ndjson(path, infer_schema_length=None)
        elif ending == ".parquet":
            table = pl.read_parquet(path)
        elif ending == ".csv":
            table = pl.read_csv(path, infer_schema=False)
        else:
            raise CommunityError(f"{path}: {ending or 'no ending'}; allowed: .jsonl .csv .parquet")
    except (pl.exceptions.PolarsError, OSError) as error:
        said = str(error).splitlines()[0][:120]
        raise CommunityError(f"{path}: can't be read: {said}") from None
    missing = [name for name in needed if name not in table.columns]
    if missing:
        raise CommunityError(
            f"{path}: no column {missing[0]}; found {', '.join(table.columns[:8])}"
        )
    return table.with_columns(pl.col("person").cast(pl.String))
