"""Workbooks that unpack to far more than they are, refused before they are opened."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from ...errors import ReadError

MAX_UNPACKED = 400_000_000
MAX_CELLS = 50_000_000
_MAX_ENTRIES = 10_000
_CHUNK = 1 << 18
_CELL = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')


def refuse_bombs(file: BinaryIO, name: str) -> None:
    """Unpack every entry without keeping it, and refuse what Excel would not write.

    Raises
    ------
    ReadError
        No zip file; over `MAX_UNPACKED` bytes inside; an entry longer than it says; a sheet
        whose corner cells span over `MAX_CELLS` cells.
    """
    try:
        entries = zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise ReadError(_damaged(name)) from None
    total = 0
    if len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise ReadError(_too_large(name))
    for entry in entries:
        corner = (0, 0)
        tail = b""
        size = 0
        for chunk in _unpacked(file, entry, name):
            size += len(chunk)
            if size > entry.file_size or total + size > MAX_UNPACKED:
                raise ReadError(_too_large(name))
            if entry.filename.startswith("xl/worksheets/"):
                corner = _corner(tail + chunk, corner)
                tail = chunk[-40:]
                if corner[0] * corner[1] > MAX_CELLS:
                    raise ReadError(
                        f"{name}: cells as far as row {corner[1]}, column {corner[0]}; "
                        f"at most {MAX_CELLS} cells are read"
                    )
        total += size


def _unpacked(file: BinaryIO, entry: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """Yield what an entry's data unpacks to, whatever size its header claims."""
    file.seek(entry.header_offset)
    header = file.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise ReadError(_damaged(name))
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    file.seek(name_length + extra_length, 1)
    left = entry.compress_size
    stored = entry.compress_type == zipfile.ZIP_STORED
    if not stored and entry.compress_type != zipfile.ZIP_DEFLATED:
        raise ReadError(_damaged(name))
    inflater = zlib.decompressobj(-15)
    while left > 0 and (packed := file.read(min(left, _CHUNK))):
        left -= len(packed)
        if stored:
            yield packed
            continue
        while packed:
            try:
                yield inflater.decompress(packed, _CHUNK)
            except zlib.error:
                raise ReadError(_damaged(name)) from None
            packed = inflater.unconsumed_tail


def _corner(xml: bytes, corner: tuple[int, int]) -> tuple[int, int]:
    """Return the last column and row, from 1, of the cells in a piece of a sheet."""
    found = _CELL.findall(xml)
    if not found:
        return corner
    column = max(_column(letters) for letters in {letters for letters, _ in found})
    row = max(int(number) for _, number in found)
    return max(corner[0], column), max(corner[1], row)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _damaged(name: str) -> str:
    return f"{name}: not an Excel workbook (.xlsx), or a damaged one"


def _too_large(name: str) -> str:
    return f"{name}: unpacks to over {MAX_UNPACKED} bytes or more than it says; save it anew as CSV"
