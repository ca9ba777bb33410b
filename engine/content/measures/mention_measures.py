"""Measures of the accounts a text names, in the form that a platform knows."""

import polars as pl

from ..text.characters import SPACE_LIST
from ..text.mentions import MENTION_FORMS

_COLUMNS = {form: "mentions" if form == "name" else f"{form}_mentions" for form in MENTION_FORMS}
_AFTER_NAME = {"server": r"@.*$", "domain": r"\.bsky\.social$"}


def mention_expressions(form: str, handles: tuple[str, ...]) -> list[pl.Expr]:
    """Return the measures ``mentions.*`` on a platform whose mentions have that ``form``.

    They read the mention columns of `count_texts` and ``body``. ``mentions.brand`` is null where
    no own handle is known; a handle without server, or without Bluesky's own domain, fits too.
    """
    found = pl.col(_COLUMNS[form])
    return [
        found.list.len().cast(pl.Int64).alias("mentions.count"),
        found.alias("mentions.list"),
        _first(form).alias("mentions.first"),
        _brand(found, form, handles).alias("mentions.brand"),
    ]


def _first(form: str) -> pl.Expr:
    if form == "name":
        return pl.col("starts_with_mention")
    first = pl.lit("@") + pl.col(_COLUMNS[form]).list.first()
    begins = pl.col("body").str.strip_chars_start(SPACE_LIST).str.starts_with(first)
    return begins.fill_null(False)


def _brand(found: pl.Expr, form: str, handles: tuple[str, ...]) -> pl.Expr:
    if not handles:
        return pl.lit(None, pl.Int64)
    name = pl.element().str.to_lowercase()
    own = name.is_in(list(handles)) | name.str.replace(_AFTER_NAME.get(form, "^@"), "").is_in(
        list(handles)
    )
    return found.list.eval(own.cast(pl.Int64)).list.sum().fill_null(0)
