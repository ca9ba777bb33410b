"""What X does not count of a post it has published.

X leaves out the mentions that open a reply, and writes a t.co link for attached media or a
quoted post at the end of the text, which is not counted either (X developer documentation,
"Counting characters" and "Tweet objects: display_text_range", 2021). A draft has neither, so
only posts with ``published_at`` get this.
"""

import polars as pl

_OPENING_MENTIONS = r"^\s*((?:@[A-Za-z0-9_]{1,15}\s+)+)"
_CLOSING_LINK = r"(\s*)https?://t\.co/[A-Za-z0-9]+(\s*)$"
_LINK_WEIGHT = 23


def uncounted_on_x(published: pl.Expr) -> pl.Expr:
    """Return how much of the weighted length of ``body`` X does not count, 0 for drafts."""
    body = pl.col("body").fill_null("")
    mentions = body.str.extract(_OPENING_MENTIONS, 1).str.len_chars().fill_null(0)
    spaces = [body.str.extract(_CLOSING_LINK, group).str.len_chars() for group in (1, 2)]
    closing = (spaces[0] + spaces[1] + _LINK_WEIGHT).fill_null(0)
    return pl.when(published).then(mentions + closing).otherwise(0).cast(pl.Int64)
