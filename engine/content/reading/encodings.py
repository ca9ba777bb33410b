"""Which encoding a text file has: byte order mark, strict UTF-8, then the likeliest other."""

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from ...errors import ReadError
from ..text.alphabets import is_of_one_alphabet
from .tables import SourceNotes

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
# Of encodings that differ in few letters, the one that Windows writes.
_WINDOWS_FIRST = {
    "mac_cyrillic": "cp1251",
    "iso8859_5": "cp1251",
    "mac_greek": "cp1253",
    "iso8859_7": "cp1253",
    "mac_latin2": "cp1250",
    "iso8859_9": "cp1254",
}

_CYRILLIC = ("cp1251", "koi8_r", "koi8_u", "cp866")


@contextmanager
def opened_text(
    file: BinaryIO, notes: SourceNotes, encoding: str | None = None
) -> Iterator[io.TextIOWrapper]:
    """Give the file as text with its line ends kept, and note the encoding.

    Bytes that are not of a UTF-8 file come as lone surrogates, so that only their rows are lost.

    Raises
    ------
    ReadError
        ``encoding`` is unknown or is not the file's.
    """
    if encoding:
        notes.encoding = _named(encoding, file, notes)
        errors = "strict"
    else:
        notes.encoding, errors = _detected(file, notes)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=notes.encoding, errors=errors, newline="")
    try:
        yield text
    finally:
        text.detach()


def _named(encoding: str, file: BinaryIO, notes: SourceNotes) -> str:
    try:
        codec = codecs.lookup(encoding)
    except (LookupError, ValueError):
        raise ReadError(
            f"{encoding[:40]!r} is not an encoding; write a name such as utf-8, cp1252, utf-16"
        ) from None
    if not codec._is_text_encoding:
        raise ReadError(f"{encoding[:40]!r} is not an encoding of text; write utf-8, cp1252 …")
    name = "utf-8-sig" if codec.name == "utf-8" else codec.name
    fault = _first_fault(file, name)
    if fault is not None:
        raise ReadError(f"{notes.name}: byte {fault + 1} is not {encoding}; name another encoding")
    return name


def _detected(file: BinaryIO, notes: SourceNotes) -> tuple[str, str]:
    file.seek(0)
    head = file.read(_SAMPLE)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, "surrogateescape" if name == "utf-8-sig" else "replace"
    wide = _without_mark(head)
    if wide:
        notes.warn(f"read as {wide}, which has no byte order mark; --encoding names another")
        return wide, "replace"
    fault = _first_fault(file, "utf-8")
    if fault is None:
        return "utf-8", "strict"
    file.seek(max(0, fault - _SAMPLE // 2))
    around = file.read(_SAMPLE)
    if _mostly_utf8(head + around):
        notes.warn(f"byte {fault + 1} is not UTF-8; the rows with such bytes are rejected")
        return "utf-8", "surrogateescape"
    name = _likeliest(head + around, file)
    notes.warn(f"not UTF-8; read as {name}; --encoding names another")
    return name, "strict"


def _without_mark(head: bytes) -> str | None:
    """Return UTF-16 where every other byte is zero, as in Latin text of that encoding."""
    if len(head) < 4 or head.count(0) < len(head) // 4:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 3 * max(1, even):
        return "utf-16-le"
    return "utf-16-be" if even > 3 * max(1, odd) else None


def _first_fault(file: BinaryIO, encoding: str) -> int | None:
    """Return the position of the first byte that is not of the encoding, None for none."""
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    position = 0
    while True:
        chunk = file.read(_CHUNK)
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return max(0, position - pending + error.start)
        except UnicodeError:
            return position
        if not chunk:
            return None
        position += len(chunk)


def _mostly_utf8(sample: bytes) -> bool:
    """Tell whether far more of the non-ASCII bytes form UTF-8 characters than not."""
    text = sample.decode("utf-8", errors="surrogateescape")
    wrong = sum("\udc80" <= character <= "\udcff" for character in text)
    right = sum(character > "\x7f" for character in text) - wrong
    return right > 2 * wrong


def _likeliest(sample: bytes, file: BinaryIO) -> str:
    if _latin_letters(sample):
        candidates = [_western_or_central(sample)]
    else:
        from charset_normalizer import from_bytes

        best = from_bytes(sample).best()
        guess = best.encoding if best else "cp1252"
        candidates = [_WINDOWS_FIRST.get(guess, guess), guess]
        if not _is_plain_words(sample, guess):
            cyrillic = [name for name in _CYRILLIC if _is_plain_words(sample, name)]
            candidates = [*cyrillic, *candidates]
    fitting = (
        name for name in (*candidates, "cp1252", "latin_1") if _first_fault(file, name) is None
    )
    return codecs.lookup(next(fitting)).name


def _is_plain_words(sample: bytes, encoding: str) -> bool:
    """Tell whether the sample is of one alphabet in that encoding.

    A few words of Cyrillic are good Japanese too by their bytes, but not Japanese as it is written.
    """
    return is_of_one_alphabet(sample.decode(encoding, errors="replace"))


def _latin_letters(sample: bytes) -> bool:
    """Tell whether words with bytes beyond ASCII are mostly ASCII otherwise, as in Latin script."""
    words = b"".join(_WORD.findall(sample))
    high = sum(byte > 0x7F for byte in words)
    return high <= 0.75 * len(words)


def _western_or_central(sample: bytes) -> str:
    """Return cp1250 where its reading makes letters of what cp1252 reads as signs."""
    high = bytes(byte for byte in sample if byte > 0xA0)
    letters = {
        name: sum(character.isalpha() for character in high.decode(name, errors="replace"))
        for name in ("cp1252", "cp1250")
    }
    return max(letters, key=lambda name: letters[name])
