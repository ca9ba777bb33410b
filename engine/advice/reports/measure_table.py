"""What was measured, as tables for machines and as lines for a reader."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import polars as pl

from ...content.schema import POST_SCHEMA
from ...content.writing import write_beside
from ...errors import WriteError
from .cells import guarded
from .plain_text import hanging, pad, printable, shorten, width
from .report import plain_number
from .style import Style

FIRST = ("post", "platform", "length", "limit", "unit")
ENDINGS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def measure_table(
    measured: pl.DataFrame, posts: pl.DataFrame, platforms: tuple[str, ...]
) -> pl.DataFrame:
    """Return a row a post × platform, post by post: `FIRST`, every measure, unknown columns.

    A column of whole numbers has a whole type. A column of the posts that no field was found
    for keeps its name; ``input.`` stands before a name that is taken.
    """
    places = pl.col("platform").replace_strict(
        list(platforms), list(range(len(platforms))), default=len(platforms), return_dtype=pl.UInt8
    )
    ordered = measured.sort("index", places, maintain_order=True)
    measures = [name for name in measured.columns if name not in ("index", "post", "platform")]
    table = ordered.select(
        "index",
        "post",
        "platform",
        pl.col("text.length").alias("length"),
        pl.col("limit.text").alias("limit"),
        pl.col("text.unit").alias("unit"),
        *measures,
    )
    taken = set(table.columns)
    beyond = posts.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("index"),
        *(
            pl.col(name).alias(f"input.{name}" if name in taken else name)
            for name in posts.columns
            if name not in POST_SCHEMA
        ),
    )
    joined = table.join(beyond, on="index", how="left", maintain_order="left").drop("index")
    return joined.with_columns(_whole(joined))


def write_measures(table: pl.DataFrame, form: str, path: Path) -> None:
    """Write the table as ``csv``, ``jsonl`` or ``parquet``, whole or not at all."""
    if form == "parquet":
        write_beside(path, lambda beside: table.write_parquet(beside, compression="zstd"))
    else:
        write_beside(path, measure_text(table, form).encode("utf-8"))


def measure_text(table: pl.DataFrame, form: str) -> str:
    """Return the table as ``csv`` (lists joined by a space, no formulas) or ``jsonl``."""
    if form == "csv":
        lists = pl.col(pl.List(pl.String)).list.join(" ")
        return guarded(table.with_columns(lists)).write_csv()
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", table.write_ndjson())


def format_of(path: Path, asked: str | None = None) -> str:
    """Return the format asked for, else that of the file's ending.

    Raises
    ------
    WriteError
        Measures are not written in the format of that ending, or another was asked for.
    """
    form = ENDINGS.get(path.suffix.lower())
    if asked is not None:
        if form not in (None, asked):
            raise WriteError(f"-f {asked} and -o {path} disagree; leave one of them out")
        return asked
    if form is None:
        raise WriteError(f"{path}: measures can be written as {', '.join(ENDINGS)}")
    return form


def measure_lines(table: pl.DataFrame, style: Style, only: bool = False) -> Iterator[str]:
    """Yield what was counted, post by post, for a reader; ``only`` what is in the table."""
    names = max((width(name) for name in table["platform"].unique()), default=0)
    rows = (table if only else table.select(*_SHOWN)).iter_rows(named=True)
    for post, of_post in groupby(rows, key=lambda row: row["post"]):
        yield style.paint(shorten(printable(post), style.width), "bold")
        for row in of_post:
            beyond = _named(row) if only else _contents(row)
            line = f"  {pad(row['platform'], names)}  {_length(row, style)}{beyond}"
            yield from hanging(line, style.width)
        yield ""


_COUNTED = {
    "title.length": ("character of title", "characters of title"),
    "hashtags.count": ("hashtag", "hashtags"),
    "mentions.count": ("mention", "mentions"),
    "links.count": ("link", "links"),
    "text.emoji": ("emoji", "emoji"),
    "media.count": ("media item", "media items"),
    "media.without_alt": ("image without alt text", "images without alt text"),
}
_SHOWN = ("post", "platform", "length", "limit", "unit", "text.budget", *_COUNTED)


def _length(row: dict[str, Any], style: Style) -> str:
    length, limit = row["length"], plain_number(row["limit"])
    if limit is None:
        return f"{length:,} {row['unit']}"
    over = f", {style.paint(f'{length - limit:,} over', 'error')}" if length > limit else ""
    budget = f" ({row['text.budget']})" if row.get("text.budget") else ""
    return f"{length:,} of {limit:,} {row['unit']}{budget}{over}"


def _contents(row: dict[str, Any]) -> str:
    counts = [(row[name] or 0, words) for name, words in _COUNTED.items()]
    told = [f"{count:,} {words[count != 1]}" for count, words in counts if count]
    return f" · {', '.join(told)}" if told else ""


def _named(row: dict[str, Any]) -> str:
    told = {name: value for name, value in row.items() if name not in FIRST and value is not None}
    return "".join(f" · {name} {printable(str(value))}" for name, value in told.items())


def _whole(table: pl.DataFrame) -> list[pl.Expr]:
    floats = [name for name, dtype in table.schema.items() if dtype == pl.Float64]
    tests = table.select((pl.col(name) == pl.col(name).floor()).all() for name in floats)
    return [pl.col(name).cast(pl.Int64) for name in floats if tests[name].item()]
