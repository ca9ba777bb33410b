"""Where in a workbook the posts stand."""

from dataclasses import dataclass

import polars as pl

from .workbook_rows import header_row


@dataclass(frozen=True)
class SheetPlace:
    """The sheet of posts: its name, the place of its header row, and its cells as texts.

    ``header_at`` counts from 0, from the first row that holds anything; the columns of
    ``cells`` from the first that does, its rows from the one below the header.
    """

    sheet: str
    header_at: int
    cells: pl.DataFrame


def posts_place(content: bytes) -> SheetPlace | None:
    """Return the place of the posts in a workbook that reading takes, None where it has none."""
    import fastexcel

    book = fastexcel.read_excel(content)
    for name in filter(None, book.sheet_names):
        sheet: pl.DataFrame = book.load_sheet(name, header_row=None, dtypes="string").to_polars()
        header = header_row(sheet)
        if header is not None:
            at, names = header
            renamed = dict(zip(sheet.columns, names, strict=True))
            return SheetPlace(name, at, sheet.slice(at + 1).rename(renamed))
    return None
