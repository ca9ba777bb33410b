"""The text of a file with all that is needed to give the same bytes back."""

import codecs
import io
from dataclasses import dataclass

from ...errors import WriteError
from ..reading.encodings import opened_text
from ..reading.tables import SourceNotes
from .unwritable import UnwritableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True)
class EncodedText:
    """A decoded file: ``mark`` is its byte order mark, ``errors`` how odd bytes are carried."""

    text: str
    encoding: str
    mark: bytes
    errors: str

    def encoded(self, text: str) -> bytes:
        """Return ``text`` as this file would hold it."""
        return self.mark + text.encode(self.encoding, self.errors)

    def refuse_foreign(self, text: str) -> None:
        """Raise where the file's encoding lacks a character of ``text``.

        Raises
        ------
        UnwritableError
            Names the character and the encoding.
        """
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError as error:
            raise UnwritableError(
                f"{text[error.start]!r} can't be written in {self.encoding}; "
                "save the file as UTF-8 first"
            ) from None


def decoded(content: bytes, name: str, encoding: str | None = None) -> EncodedText:
    """Return the text of a file, read as `reading` reads it.

    Raises
    ------
    ReadError
        ``encoding`` is not that of the file.
    WriteError
        The text would not give the same bytes back.
    """
    with opened_text(io.BytesIO(content), SourceNotes(name), encoding) as opened:
        found, errors = codecs.lookup(opened.encoding).name, opened.errors or "strict"
    mark = b""
    for bom, plain in _MARKS:
        if content.startswith(bom) and found in (plain, plain[:6], f"{plain}-sig"):
            mark, found = bom, plain
            break
    found = found.removesuffix("-sig")
    try:
        one = EncodedText(content[len(mark) :].decode(found, errors), found, mark, errors)
        whole = one.encoded(one.text) == content
    except UnicodeError:
        whole = False
    if not whole:
        raise WriteError(
            f"{name}: not written: its bytes are not all {found}; save it as UTF-8 first"
        )
    return one
