"""A page's bytes as UTF-8: byte order mark, declared encoding, UTF-8, then the likeliest other.

The order is that of WHATWG HTML, "Determining the character encoding" (2026).
"""

import codecs
import re
from dataclasses import dataclass

from ...errors import ReadError

DECLARED_WITHIN = 1024
"""A declaration further down is found too late (WHATWG HTML, 2026)."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
          (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_DECLARED = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.I)
_OTHER_FORMATS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"PK\x03\x04": "a ZIP archive or Office file",
    b"\x1f\x8b": "compressed with gzip",
    b"PAR1": "a Parquet file",
    b"\xd0\xcf\x11\xe0": "an Office file",
}


@dataclass(frozen=True, slots=True)
class PageText:
    """A page in UTF-8, of ``bytes`` as it came.

    ``declared`` is the encoding that it names early enough, "" for none.
    """

    html: bytes
    bytes: int
    declared: str


def page_text(data: bytes) -> PageText:
    """Return a page as UTF-8; bytes that are not of its encoding become U+FFFD.

    Raises
    ------
    ReadError
        The bytes are no page: empty, or those of another format.
    """
    if not data.strip():
        raise ReadError("empty: there is no page")
    head = data[:64].lstrip()
    for start, name in _OTHER_FORMATS.items():
        if head.startswith(start):
            raise ReadError(f"{name}, not a page")
    for mark, name in _MARKS:
        if data.startswith(mark):
            return PageText(_utf8(data[len(mark) :], name), len(data), name)
    found = _DECLARED.search(data)
    early = found is not None and found.end() <= DECLARED_WITHIN
    declared = _codec(found.group(1)) if found else ""
    name = declared or _undeclared(data)
    return PageText(_utf8(data, name), len(data), declared if early else "")


def _utf8(data: bytes, name: str) -> bytes:
    """Return the bytes in UTF-8, without NUL."""
    if name != "utf-8" or not _is_utf8(data):
        data = data.decode(name, errors="replace").encode("utf-8", errors="replace")
    return data.replace(b"\0", b"") if b"\0" in data else data


def _codec(label: bytes) -> str:
    """Return the codec that browsers use for a label, "" for one that they don't know."""
    try:
        name = codecs.lookup(label.decode("ascii"))
    except (LookupError, ValueError):
        return ""
    if not name._is_text_encoding or name.name.startswith(("utf-7", "unicode", "raw", "idna")):
        return ""
    # A declaration that can be read as ASCII is not UTF-16; latin-1 means what Windows writes.
    if name.name.startswith(("utf-16", "utf-32")):
        return "utf-8"
    return {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name.name, name.name)


def _undeclared(data: bytes) -> str:
    sample = data[: 1 << 16]
    if len(sample) > 4 and sample.count(0) > len(sample) // 4:
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    return "utf-8" if _is_utf8(data) else "cp1252"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
