"""One handle, one person: the same spelling however it is written, and spellings that deceive."""

from functools import cache
from pathlib import Path

import polars as pl

from ..content.safe_yaml import load_yaml

_UNSEEN = (
    r"[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]"
)
_WHOLE_FLOAT = r"^([0-9]+)\.0+$"
_LOOKALIKES = Path(__file__).parent / "lookalikes.yaml"


def shown_handle(column: pl.Expr) -> pl.Expr:
    """Return a handle as it is shown: composed (NFC), without unseen characters and spaces around.

    An id that a table wrote as a fraction, ``88.0``, is ``88``. Null where nothing is left.
    """
    clean = (
        column.str.normalize("NFC")
        .str.replace_all(_UNSEEN, "")
        .str.strip_chars()
        .str.replace(_WHOLE_FLOAT, "$1")
    )
    return pl.when(clean.str.strip_chars_start("@").str.len_bytes() > 0).then(clean)


def handle_key(column: pl.Expr) -> pl.Expr:
    """Return what two spellings of one handle share: no case, no ``@``, one form (NFKC)."""
    return (
        shown_handle(column)
        .str.strip_chars_start("@")
        .str.normalize("NFKC")
        .str.to_lowercase()
        .str.strip_chars()
    )


def lookalike_key(key: pl.Expr) -> pl.Expr:
    """Return what two handles share that look alike: letters of other scripts as Latin ones."""
    pairs = lookalikes()
    return key.str.replace_many(list(pairs), list(pairs.values()))


@cache
def lookalikes() -> dict[str, str]:
    """Return the letters that look like others, each with the one it is taken for."""
    data = load_yaml(_LOOKALIKES.read_text(encoding="utf-8"))
    return {letter: latin for latin, letters in data["lookalikes"].items() for letter in letters}
