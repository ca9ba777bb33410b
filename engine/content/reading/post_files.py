"""What reading gives: the posts, the rejected rows, and how each file was understood."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from ..schema import empty_posts, empty_rejects

STDIN = "<stdin>"


@dataclass(frozen=True)
class FileReading:
    """How one source was read.

    Attributes
    ----------
    file : the source as it was named; `STDIN` for standard input
    rows, kept, rejected : ``rows = kept + rejected``
    mapped : the file's column → our field, for every column that was recognised
    unknown : the columns that go through as they are
    warnings : what was assumed, a sentence each
    encoding : of a text file; "" for a binary one
    """

    file: str
    rows: int
    kept: int
    rejected: int
    mapped: dict[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    encoding: str = ""


@dataclass(frozen=True)
class PostFiles:
    """Posts read from one or more sources.

    Attributes
    ----------
    posts : one row a post, columns `schema.POST_SCHEMA`, then the unknown columns as text
    rejects : one row a rejected row, columns `schema.REJECT_SCHEMA`
    files : one entry a source, in the order read
    """

    posts: pl.DataFrame
    rejects: pl.DataFrame
    files: tuple[FileReading, ...] = ()


def joined(parts: Sequence[PostFiles]) -> PostFiles:
    """Return several readings as one: batches of one source first become one entry.

    Unknown columns that only some parts have are null in the others.
    """
    if not parts:
        return PostFiles(empty_posts(), empty_rejects())
    files: dict[str, FileReading] = {}
    for part in parts:
        for entry in part.files:
            files[entry.file] = _merged(files[entry.file], entry) if entry.file in files else entry
    return PostFiles(
        pl.concat([part.posts for part in parts], how="diagonal"),
        pl.concat([part.rejects for part in parts]),
        tuple(files.values()),
    )


def _merged(first: FileReading, second: FileReading) -> FileReading:
    return FileReading(
        first.file,
        first.rows + second.rows,
        first.kept + second.kept,
        first.rejected + second.rejected,
        first.mapped | second.mapped,
        tuple(dict.fromkeys(first.unknown + second.unknown)),
        tuple(dict.fromkeys(first.warnings + second.warnings)),
        first.encoding,
    )
