"""Lines made to fit the terminal that they are printed to."""

from typing import TextIO

from .plain_text import hanging
from .style import style_of


def fitted(text: str, stream: TextIO) -> str:
    """Return ``text`` broken at the width of a terminal; as it is for a file or a pipe."""
    if not stream.isatty():
        return text
    columns = style_of(stream).width
    return "\n".join(part for line in text.splitlines() for part in hanging(line, columns))
