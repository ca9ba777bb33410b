"""Measures of the links of a post: those in its text and those given beside it."""

import polars as pl

from .no_texts import NO_TEXTS

_HOST = r"(?i)^(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@]*@)?(?:www\.)?([^/:?#]+)"
_QUERY = r"\?([^#]*)"
_UTM = ("utm_source", "utm_medium", "utm_campaign")
_WITH_SCHEME = r"(?i)^https?://"


def with_links(bodies: pl.DataFrame, domains: tuple[str, ...]) -> pl.DataFrame:
    """Add the ``links.*`` measures, and ``attached``: given links that are not in the text.

    Reads ``index`` (unique), ``urls`` (in the text) and ``given_links`` (null where none).
    ``domains`` are the brand's own; without them ``links.own`` and ``links.utm_missing``
    are null, since whose links they are is not known.
    """
    frame = _with_attached(bodies)
    one_a_link = (
        frame.select("index", pl.col("links.list").alias("link"))
        .explode("link", empty_as_null=True)
        .drop_nulls("link")
    )
    measured = one_a_link.with_columns(
        pl.col("link").str.extract(_HOST, 1).str.to_lowercase().alias("host"),
        pl.col("link").str.extract(_QUERY, 1).fill_null("").alias("query"),
    )
    return frame.join(_by_post(measured, domains), on="index", how="left").with_columns(
        pl.col("links.hosts", "links.query", "links.utm_medium").fill_null(NO_TEXTS),
        pl.col(
            "links.count", "links.unique", "links.insecure", "links.bare", "links.longest",
            "links.utm", "links.utm_partial", "links.utm_uppercase", "links.repeated",
        ).fill_null(0),
        *(pl.col(name).fill_null(0) for name in ("links.own", "links.utm_missing") if domains),
        pl.col("urls").list.len().cast(pl.Int64).alias("links.in_text"),
        pl.col("attached").list.len().cast(pl.Int64).alias("links.attached"),
    )  # fmt: skip


def _with_attached(bodies: pl.DataFrame) -> pl.DataFrame:
    if bodies["given_links"].null_count() == bodies.height:
        return bodies.with_columns(NO_TEXTS.alias("attached"), pl.col("urls").alias("links.list"))
    given = (
        bodies.select("index", "body", "urls", "given_links")
        .explode("given_links", empty_as_null=True)
        .drop_nulls("given_links")
        .filter(~pl.col("given_links").is_in(pl.col("urls")))
    )
    given = (
        given.filter(~_stands_in_text(given))
        .group_by("index", maintain_order=True)
        .agg(pl.col("given_links").unique(maintain_order=True).alias("attached"))
    )
    return (
        bodies.join(given, on="index", how="left", maintain_order="left")
        .with_columns(pl.col("attached").fill_null(NO_TEXTS))
        .with_columns(pl.concat_list("urls", "attached").alias("links.list"))
    )


def _stands_in_text(given: pl.DataFrame) -> pl.Series:
    """Return whether each link stands in its text as a word: also one that X takes for none."""
    link, body = pl.col("given_links"), pl.col("body").fill_null("")
    holds = given.select(body.str.contains(link, literal=True)).to_series()
    if not holds.any():
        return holds
    word = pl.format(r"(?:^|\s){}(?:$|[\s,.;:!?)])", link.str.escape_regex())
    as_word = given.filter(holds).select(body.str.contains(word)).to_series()
    return holds.scatter(holds.arg_true(), as_word)


def _by_post(links: pl.DataFrame, domains: tuple[str, ...]) -> pl.DataFrame:
    query = pl.col("query").str.to_lowercase()
    has = [query.str.contains(f"(?:^|&){name}=[^&]") for name in _UTM]
    tagged, touched = pl.all_horizontal(has), query.str.contains(r"(?:^|&)utm_")
    web = pl.col("link").str.contains(_WITH_SCHEME)
    values = pl.col("query").str.extract_all(r"(?i)(?:^|&)utm_[a-z]+=[^&]*").list.join("&")
    own = _is_own(domains)
    return links.group_by("index").agg(
        _count(pl.len(), "count"),
        _count(pl.col("link").n_unique(), "unique"),
        _count(pl.len() - pl.col("link").n_unique(), "repeated"),
        pl.col("host").unique(maintain_order=True).alias("links.hosts"),
        _count(pl.col("link").str.len_chars().max(), "longest"),
        _count(pl.col("link").str.contains(r"(?i)^http://").sum(), "insecure"),
        _count((~web).sum(), "bare"),
        query.alias("links.query"),
        _count(tagged.sum(), "utm"),
        _count((touched & ~tagged).sum(), "utm_partial"),
        _count(values.str.contains(r"[\p{Lu} ]|%20|\+").sum(), "utm_uppercase"),
        query.str.extract(r"(?:^|&)utm_medium=([^&]*)", 1)
        .drop_nulls()
        .unique(maintain_order=True)
        .alias("links.utm_medium"),
        _count(own.sum() if domains else pl.lit(None), "own"),
        _count((own & ~tagged).sum() if domains else pl.lit(None), "utm_missing"),
    )


def _is_own(domains: tuple[str, ...]) -> pl.Expr:
    host = pl.col("host")
    return pl.any_horizontal(
        pl.lit(False),
        *((host == name) | host.str.ends_with("." + name) for name in domains),
    )


def _count(expression: pl.Expr, name: str) -> pl.Expr:
    return expression.cast(pl.Int64).alias(f"links.{name}")
