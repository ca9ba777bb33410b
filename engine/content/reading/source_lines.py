"""On which line of its file a post, or a word of it, stands."""

from collections.abc import Iterator
from pathlib import Path

from .csv_dialect import dialect_of
from .csv_records import record_lengths
from .markdown_posts import FRONT
from .tables import SourceNotes

_SAMPLE = 1 << 18


def csv_row_lines(path: Path, encoding: str) -> Iterator[int]:
    """Yield the line on which each data row begins, from row 1 on; lines count from 1.

    Raises
    ------
    ReadError, OSError
        The file is not, or no longer, one of posts.
    """
    with path.open(encoding=encoding, errors="replace", newline="") as text:
        dialect = dialect_of(text.read(_SAMPLE), SourceNotes(str(path)))
        text.seek(0)
        for _ in range(dialect.skipped_lines):
            text.readline()
        line = dialect.skipped_lines + 1
        for at, length in enumerate(record_lengths(text, str(path), dialect.delimiter)):
            if at >= dialect.skipped_records:
                yield line
            line += length


def markdown_line(path: Path, encoding: str, start: int, words: str) -> int:
    """Return the line of ``words``, which begin at code point ``start`` of the post's text.

    The text is the file's without front matter and pictures, so words stand there or later.
    """
    content = path.read_bytes().decode(encoding, errors="replace").lstrip("\ufeff")
    front = FRONT.match(content)
    begins = front.start("body") if front else 0
    bare = words.removesuffix("…").strip()
    for wanted in (bare, *bare.split(" ")[:1]):
        found = content.find(wanted, begins + start) if wanted else -1
        if found >= 0:
            return content.count("\n", 0, found) + 1
    return content.count("\n", 0, begins) + 1
