"""When the brand last answered somebody: a manager sees who was never thanked."""

import polars as pl

from .gates.seen import Seen
from .kinds import kinds
from .schema import TIME


def brand_answers(codes: pl.Series, seen: Seen) -> pl.DataFrame:
    """Return when the brand last acted on each of some people: a reply, mention, share …

    A complaint is no answer.

    Parameters
    ----------
    codes
        The people asked for, UInt32.
    seen
        The community.

    Returns
    -------
    pl.DataFrame
        ``code``; ``answered``: whether the brand ever acted on them, null where no brand is named
        or the data hold not one act of it, so that nobody can tell; ``last_answer``: the newest
        time, and ``last_answer_kind``: what that was, both null where never or not known.
    """
    acts = seen.edges.acts
    own = acts.lazy().filter(pl.col("from").is_in(list(seen.brand)), pl.col("to").is_not_null())
    found = own.select("to", "kind", "at").collect()
    names = {kind.code: name for name, kind in kinds().items() if not kind.negative}
    last = (
        found.filter(pl.col("to").is_in(codes.implode()), pl.col("kind").is_in(list(names)))
        .sort("at", "kind", nulls_last=False)
        .group_by("to")
        .agg(pl.col("at").last(), pl.col("kind").last())
        .select(
            pl.col("to").alias("code"),
            pl.lit(True).alias("answered"),
            pl.col("at").cast(TIME).alias("last_answer"),
            pl.col("kind").replace_strict(names, return_dtype=pl.String).alias("last_answer_kind"),
        )
    )
    every = codes.alias("code").to_frame().join(last, on="code", how="left", maintain_order="left")
    return every.with_columns(pl.col("answered").fill_null(False)) if found.height else every


def answer_words() -> pl.Expr:
    """Return the answer in words: ``your last reply to them 2026-10-03``; null: not known."""
    words = {name: kind.words[0] for name, kind in kinds().items()}
    kind = pl.col("last_answer_kind").replace_strict(words, default="act", return_dtype=pl.String)
    when = pl.col("last_answer").dt.strftime("%Y-%m-%d").fill_null("at a time not known")
    return (
        pl.when("answered")
        .then(pl.format("your last {} to them: {}", kind, when))
        .when(~pl.col("answered"))
        .then(pl.lit("never answered by you"))
    )
