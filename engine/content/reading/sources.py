"""What a source is: a file of some format, a folder of Markdown, or standard input."""

import io
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ...errors import ReadError
from .json_tables import list_key

SUFFIXES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".txt": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".md": "markdown",
    ".markdown": "markdown",
}
ALLOWED = (
    "CSV, TSV, JSON, JSONL, Parquet, XLSX, XLS, Markdown, a folder of Markdown, or - for stdin"
)
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_HEAD = 1 << 16


def format_of(path: Path, name: str) -> str:
    """Return ``folder`` or the format a file's suffix says, by its content where it says none.

    Raises
    ------
    ReadError
        No such file, no permission, or neither a file nor a folder.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise ReadError(f"{name}: no such file") from None
    except (OSError, ValueError) as error:
        raise ReadError(f"{name}: {said(error)}") from None
    if stat.S_ISDIR(mode):
        return "folder"
    if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode):
        return "stream"
    if not stat.S_ISREG(mode):
        raise ReadError(f"{name}: not a file; read are {ALLOWED}")
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    with opened(path, name) as file:
        return sniffed(file.read(_HEAD), name)


def sniffed(head: bytes, name: str) -> str:
    """Return the format that the first bytes of a file or stream show."""
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if head.startswith(_OLD_WORKBOOK):
        return "xls"
    if head.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise ReadError(f"{name}: a workbook written as XML; open it and save it as .xlsx")
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")):
        raise ReadError(f"{name}: of a format that holds no posts; read are {ALLOWED}")
    wide = head[:4].count(0) > 0 or head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if wide else "utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    if text.startswith("["):
        return "json"
    if text.startswith("{"):
        return "jsonl" if _is_object_line(text.partition("\n")) else "json"
    return "markdown" if text.startswith("---\n") else "csv"


@contextmanager
def opened(path: Path, name: str) -> Iterator[BinaryIO]:
    """Open a file for reading bytes, saying what stands in the way."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise ReadError(f"{name}: {said(error)}") from None
    with file:
        yield file


@contextmanager
def spooled(stream: BinaryIO, name: str) -> Iterator[BinaryIO]:
    """Copy a stream that can be read once into a file that can be read again."""
    with tempfile.TemporaryFile() as copy:
        try:
            shutil.copyfileobj(stream, copy, 1 << 20)
        except OSError as error:
            raise ReadError(f"{name}: {said(error)}") from None
        copy.seek(0)
        yield copy


def standard_input() -> BinaryIO:
    """Return standard input as bytes."""
    return getattr(sys.stdin, "buffer", None) or io.BytesIO(os.fsencode(sys.stdin.read()))


def _is_object_line(parts: tuple[str, str, str]) -> bool:
    import json

    first, newline, rest = parts
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        return bool(newline) and rest.lstrip().startswith("{")
    return list_key(value) is None


def said(error: Exception) -> str:
    """Return what the system said, in plain words."""
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return (getattr(error, "strerror", None) or str(error)).lower()
