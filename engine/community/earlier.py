"""What earlier runs left: the ranks of last time, who was rewarded and who was set aside."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

from ..content.reading.time_cells import TimeReader
from ..errors import CommunityError
from .people_codes import codes_by_handle
from .schema import TIME


def ranks_before(previous: pl.DataFrame, names: pl.Series) -> pl.DataFrame:
    """Return ``code, before``: the ranks of last time, of those who are among the people now.

    People are the same in any spelling of their handle.

    Parameters
    ----------
    previous
        ``person, rank`` of the earlier list.
    names
        The handle of each code.
    """
    codes = codes_by_handle(previous["person"], names)
    before = previous.select("person", pl.col("rank").cast(pl.Int64).alias("before"))
    found = before.unique("person", keep="first", maintain_order=True).join(
        codes, on="person", maintain_order="left"
    )
    return found.unique("code", keep="first", maintain_order=True).select("code", "before")


def previous_ranks(path: Path) -> pl.DataFrame:
    """Return ``person, rank`` of an earlier list of ambassadors: JSON lines, CSV or Parquet."""
    return _table(path, ("person", "rank"))


def set_aside(
    ledger: pl.DataFrame, horizon: timedelta, as_of: int, names: pl.Series
) -> pl.DataFrame:
    """Return ``code, set_aside_until`` of those who are set aside at ``as_of``.

    Parameters
    ----------
    ledger
        ``person, at, role`` as `earlier_rewards` returns it, in any spelling of the handle.
    horizon
        How long somebody held out is left without a reward.
    as_of
        In microseconds.
    names
        The handle of each code.
    """
    now = datetime.fromtimestamp(as_of / 1_000_000, UTC)
    until = (pl.col("at") + horizon).cast(TIME)
    running = ledger.filter(pl.col("role") == "held out", pl.col("at") <= now, until > now)
    codes = codes_by_handle(running["person"], names)
    return (
        running.join(codes, on="person").group_by("code").agg(until.max().alias("set_aside_until"))
    )


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
