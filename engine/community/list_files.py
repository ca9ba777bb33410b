"""The list of people as text or Parquet, some rows at a time, so that it need not fit in memory."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from ..advice.reports.cells import guarded
from ..advice.reports.json_text import escaped_json, json_text
from .cards import Cards

_THREADS = 2
ROWS = 25_000


def people_pieces(cards: Cards, form: str) -> Iterator[bytes]:
    """Yield the people as ``json``, ``jsonl`` or ``csv`` in pieces that are the whole together."""
    slices = _parts(cards)
    if form == "json":
        yield from _json_pieces(slices)
        return
    make = _lines if form == "jsonl" else _table
    with ThreadPoolExecutor(_THREADS) as pool:
        made: deque[Future[bytes]] = deque()
        for place, some in enumerate(slices):
            made.append(pool.submit(make, some, first=place == 0))
            if len(made) > _THREADS:
                yield made.popleft().result()
        while made:
            yield made.popleft().result()


def write_parquet(cards: Cards, path: Path) -> None:
    """Write the people to a Parquet file."""

    def slices(
        columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, batch: int | None
    ) -> Iterator[pl.DataFrame]:
        yield from cards.slices()

    people = register_io_source(slices, schema=cards.first.schema)
    people.sink_parquet(path, maintain_order=True)


def _parts(cards: Cards) -> Iterator[pl.DataFrame]:
    """Yield everyone, so few at a time that memory for their text is used again; once at least."""
    for some in cards.slices():
        numbers = some.with_columns(pl.col(pl.Float64).fill_nan(None))
        yield numbers.head(ROWS)
        yield from numbers.slice(ROWS).iter_slices(ROWS)


def _json_pieces(slices: Iterator[pl.DataFrame]) -> Iterator[bytes]:
    """Yield one JSON list of all."""
    begun = False
    for some in slices:
        if some.height:
            inside = json_text(some.to_dicts(), indent=2).removeprefix("[").removesuffix("\n]")
            yield f"{',' if begun else '['}{inside}".encode()
            begun = True
    yield b"\n]\n" if begun else b"[]\n"


def _lines(people: pl.DataFrame, *, first: bool) -> bytes:
    """Return a JSON object a line, whether these are the first or not."""
    written = BytesIO()
    people.write_ndjson(written)
    lines = written.getvalue()
    if lines.isascii() and b"\x7f" not in lines:
        return lines
    return escaped_json(lines.decode()).encode()


def _table(people: pl.DataFrame, *, first: bool) -> bytes:
    """Return CSV, with the names of columns where these are the first."""
    return _cells(people).write_csv(include_header=first).encode()


def _cells(people: pl.DataFrame) -> pl.DataFrame:
    """Return lists as text, and no text that a spreadsheet would run."""
    numbers = pl.col(pl.List(pl.Int64)).cast(pl.List(pl.String))
    lists = pl.col(pl.List(pl.String)).list.join(" | ")
    return guarded(people.with_columns(numbers).with_columns(lists))
