"""Text, yes/no and closed choices: what a cell may hold and what it is called here."""

from collections.abc import Mapping

import polars as pl

from .cells import BadValueError, Cells, completed, stripped, without_placeholders

MAX_CHARACTERS = 200_000
"""The longest text that is read; the longest that a platform takes is LinkedIn's article."""

_YES = ("true", "yes", "y", "1", "1.0", "on", "x", "✓")
_NO = ("false", "no", "n", "0", "0.0", "off")


def text_cells(column: pl.Series, *, strip: bool = True) -> Cells:
    """Return text, null where blank; NUL or more than `MAX_CHARACTERS` is a fault.

    ``strip`` takes outer white space away; the text of a post keeps it.
    """
    texts = column.cast(pl.String)
    if strip:
        texts = stripped(texts)
    else:
        # A text that begins with a printed character of ASCII is not blank: a fast look.
        if not ((texts >= "!") & (texts < "\x7f")).all():
            blank = ~texts.str.contains(r"\S")
            texts = texts.set(blank, None) if blank.any() else texts
    return Cells(texts, {**_too_long(texts), **with_nul(texts)})


def with_nul(texts: pl.Series) -> dict[int, str]:
    """Return the faults of texts that hold the character U+0000."""
    nul = texts.str.contains("\x00", literal=True)
    if not nul.any():
        return {}
    reason = "a NUL character (U+0000) in the text; delete it"
    return dict.fromkeys(nul.fill_null(False).arg_true().to_list(), reason)


def flag_cells(column: pl.Series) -> Cells:
    """Return yes/no from true/false, yes/no, 1/0, on/off; blank is null."""
    if column.dtype == pl.Boolean:
        return Cells(column)
    texts = without_placeholders(column.cast(pl.String)).str.to_lowercase()
    known = {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}
    values = texts.replace_strict(known, default=None, return_dtype=pl.Boolean)

    def refuse(text: str) -> bool:
        raise BadValueError(f"{text[:60]!r} is neither yes nor no; write true or false")

    return completed(texts, values, refuse)


def choice_cells(column: pl.Series, names: Mapping[str, str], what: str) -> Cells:
    """Return our name for each cell, whatever its case and word breaks.

    Parameters
    ----------
    names : accepted name in lower case → ours
    what : what a cell should be, for the reason ("type")
    """
    texts = without_placeholders(column.cast(pl.String))
    plain = texts.str.to_lowercase().str.replace_all(r"[\s_\-]+", " ")
    values = plain.replace_strict(dict(names), default=None, return_dtype=pl.String)

    def refuse(text: str) -> str:
        raise BadValueError(_not_allowed(text, names, what))

    return completed(texts, values, refuse)


def platform_cells(lists: pl.Series, names: Mapping[str, str] | None) -> Cells:
    """Return platform ids for lists of platform names, each once; null for none.

    Parameters
    ----------
    names : accepted name in lower case → id; None lets every name through in lower case
    """
    lower = pl.element().str.to_lowercase()
    if names is None:
        return Cells(lists.list.eval(lower).list.unique(maintain_order=True))
    mapped = lower.replace_strict(dict(names), default=None, return_dtype=pl.String)
    values = lists.list.eval(mapped)
    wrong = values.list.eval(pl.element().is_null()).list.any().fill_null(False)
    faults = {
        at: next(
            _not_allowed(name, names, "platform") for name in lists[at] if name.lower() not in names
        )
        for at in wrong.arg_true().to_list()
    }
    return Cells(values.list.unique(maintain_order=True), faults)


def _not_allowed(text: str, names: Mapping[str, str], what: str) -> str:
    ours = list(dict.fromkeys(names.values()))
    return f"{text[:60]!r} is not a {what}; write one of {', '.join(ours)}"


def _too_long(texts: pl.Series) -> dict[int, str]:
    if (texts.str.len_bytes().max() or 0) <= MAX_CHARACTERS:  # type: ignore[operator]
        return {}
    lengths = texts.str.len_chars()
    return {
        at: f"{lengths[at]} characters; at most {MAX_CHARACTERS} are read"
        for at in (lengths > MAX_CHARACTERS).fill_null(False).arg_true().to_list()
    }
