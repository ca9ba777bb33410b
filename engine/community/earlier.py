"""What earlier runs left: the ranks of last time, who was rewarded and who was set aside."""

from datetime import UTC, datetime, timedelta
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


def with_set_aside(
    frame: pl.DataFrame, ledger: pl.DataFrame | None, horizon: timedelta, as_of: int | None
) -> pl.DataFrame:
    """Return the frame with ``set_aside_until``, null for all who are not set aside at ``as_of``.

    Parameters
    ----------
    frame
        ``person``, in any spelling of the handle.
    ledger
        ``person, at, role`` as `earlier_rewards` returns it; None: nobody is set aside.
    horizon
        How long somebody held out is left without a reward.
    as_of
        In microseconds; None: not known, so nobody is set aside.
    """
    name = "set_aside_until"
    if ledger is None or as_of is None:
        return frame.with_columns(pl.lit(None, dtype=TIME).alias(name))
    now = datetime.fromtimestamp(as_of / 1_000_000, UTC)
    until = (pl.col("at") + horizon).cast(TIME)
    running = ledger.filter(pl.col("role") == "held out", pl.col("at") <= now, until > now)
    key = handle_key(pl.col("person")).alias("key")
    latest = running.group_by(key).agg(until.max().alias(name))
    keyed = frame.with_columns(key)
    return keyed.join(latest, on="key", how="left", maintain_order="left").drop("key")


def earlier_rewards(path: Path) -> pl.DataFrame:
    """Return ``person, at, role`` of a ledger; where it has no roles all rows are rewards."""
    table = _table(path, ("person", "at"))
    if "role" not in table.columns:
        table = table.with_columns(role=pl.lit("reward"))
    times = TimeReader().cells(table["at"])
    if times.faults:
        at, reason = next(iter(times.faults.items()))
        raise CommunityError(f"{path}: row {at + 1}: {reason}")
    return table.select("person", times.values.cast(TIME).alias("at"), "role")


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
