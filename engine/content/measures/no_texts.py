"""The empty list of texts: there are none, which is not the same as not known."""

import polars as pl

TEXTS = pl.List(pl.String())
NO_TEXTS = pl.lit([], dtype=TEXTS)
