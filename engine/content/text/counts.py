"""All the counts of a column of texts: `count_texts`."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

import polars as pl

from .entity import without
from .entity_counts import NO_ENTITIES, EntityCounts, count_entities
from .everyday_links import everyday_urls, links_by_these_alone, marked, prose
from .mastodon import shortenings
from .plain_texts import is_plain, may_have_entities, plain_counts
from .tally import Tally, tally
from .urls import extract_urls
from .weighted import URL_WEIGHT, weighted_length

_OTHER_TYPES: dict[str, pl.DataType] = {
    "capitals_share": pl.Float64(),
    "first_line": pl.String(),
    "first_sentence": pl.String(),
    "hashtags": pl.List(pl.String()),
    "mentions": pl.List(pl.String()),
    "cashtags": pl.List(pl.String()),
    "urls": pl.List(pl.String()),
    "digit_tags": pl.List(pl.String()),
    "server_mentions": pl.List(pl.String()),
    "domain_mentions": pl.List(pl.String()),
    "dotted_mentions": pl.List(pl.String()),
    "channel_mentions": pl.List(pl.String()),
    "starts_with_hashtag": pl.Boolean(),
    "starts_with_mention": pl.Boolean(),
}
COUNT_SCHEMA: dict[str, pl.DataType] = {
    name: _OTHER_TYPES.get(name, pl.Int64()) for name in Tally._fields + EntityCounts._fields
}
"""The columns of `count_texts`."""

_ROW = "__row"
_TEXT = "__text"
_MARKED = "__marked"


def count_texts(texts: pl.Series, only: Collection[str] | None = None) -> pl.DataFrame:
    """Count every text as the platforms do.

    Parameters
    ----------
    texts
        Strings; null counts as "".
    only
        The columns of `tally.Tally` that are asked for, to save time: the others may be null.
        None: all.

    Returns
    -------
    One row a text, in order, the columns of `COUNT_SCHEMA`; null only in
    ``capitals_share`` and what is not asked for:

    - ``characters`` code points; ``graphemes`` clusters (UAX 29); ``utf16`` units; ``bytes`` UTF-8;
    - ``weighted`` X; ``mastodon`` with URLs 23 and mentions without server; ``threads`` code
      points, emoji by their bytes (Meta's Threads API documentation);
    - ``words`` between spaces (two Chinese or Japanese characters a word), ``lines`` without
      blank ones before and after, ``sentences``;
    - outside URLs: ``letters``, ``capitals_share`` of them (null without letters),
      ``capital_words`` of four or more capitals, ``exclamations``, ``questions``;
    - ``emoji`` seen as pictures, ``emoji_run`` the most in a row (spaces allowed between),
      ``emoji_bullets`` lines that begin with one (0 below two);
    - ``styled_letters`` mathematical and full-width Latin, ``invisible`` characters,
      ``first_line``, ``first_sentence`` (else the first line);
    - ``hashtags``, ``mentions``, ``cashtags``, ``urls`` as X extracts them, values without sign;
      ``hashtags_inline`` those an ordinary word follows; ``urls_length`` code points;
      ``starts_with_hashtag``, ``starts_with_mention`` after spaces; ``digit_tags`` "#2026";
      ``server_mentions`` as on Mastodon, ``domain_mentions`` as on Bluesky,
      ``dotted_mentions`` as on Instagram, ``channel_mentions`` as on YouTube.

    Lists are in order of appearance.
    """
    frame = pl.DataFrame({_TEXT: texts.cast(pl.String).fill_null("")}).with_row_index(_ROW)
    kinds = frame.select(plain=is_plain(pl.col(_TEXT)), linking=may_have_entities(pl.col(_TEXT)))
    plain, linking = kinds["plain"], kinds["linking"]
    links = frame.filter(plain & linking).with_columns(marked(pl.col(_TEXT)).alias(_MARKED))
    alone = links.select(links_by_these_alone(pl.col(_TEXT), pl.col(_MARKED))).to_series()
    groups: list[tuple[pl.DataFrame, Callable[[pl.DataFrame], pl.DataFrame]]] = [
        (frame.filter(plain & ~linking), lambda group: _without_entities(group, only)),
        (links.filter(alone), lambda group: _with_everyday_urls(group, only)),
        (links.filter(~alone).drop(_MARKED), lambda group: _with_entities(group, only)),
        (frame.filter(~plain), _others),
    ]
    parts = [counted(group) for group, counted in groups if group.height]
    if not parts:
        return pl.DataFrame(schema=COUNT_SCHEMA)
    return pl.concat(parts).sort(_ROW).select(list(COUNT_SCHEMA))


def _without_entities(
    plain: pl.DataFrame, only: Collection[str] | None, prose: pl.Series | None = None
) -> pl.DataFrame:
    return (
        plain.select(_ROW)
        .hstack(_typed(plain_counts(plain[_TEXT], plain[_TEXT] if prose is None else prose, only)))
        .with_columns(
            pl.lit(list(value) if isinstance(value, tuple) else value, COUNT_SCHEMA[name]).alias(
                name
            )
            for name, value in NO_ENTITIES._asdict().items()
        )
    )


def _with_everyday_urls(links: pl.DataFrame, only: Collection[str] | None) -> pl.DataFrame:
    """Count simple texts that hold a mark for each of their everyday URLs."""
    found = links.select(
        prose=prose(pl.col(_MARKED)), urls=everyday_urls(pl.col(_TEXT))
    ).with_columns(
        number=pl.col("urls").list.len().cast(pl.Int64),
        urls_length=pl.col("urls").list.join("").str.len_chars().cast(pl.Int64),
    )
    longer = found["number"] * URL_WEIGHT - found["urls_length"]
    bare = _without_entities(links.select(_ROW, _TEXT), only, found["prose"])
    return bare.with_columns(
        pl.col("weighted", "mastodon") + pl.lit(longer), found["urls"], found["urls_length"]
    ).select(bare.columns)


def _with_entities(plain: pl.DataFrame, only: Collection[str] | None) -> pl.DataFrame:
    """Count simple texts; what links to something is looked at one text at a time."""
    weigh, shorten = (only is None or name in only for name in ("weighted", "mastodon"))
    rows = [_linking(text, weigh, shorten) for text in plain[_TEXT].to_list()]
    weighted, saved = (pl.Series([row[i] for row in rows], dtype=pl.Int64) for i in (0, 1))
    prose = pl.Series([row[2] for row in rows], dtype=pl.String)
    return (
        plain.select(_ROW)
        .hstack(_typed(plain_counts(plain[_TEXT], prose, only)))
        .with_columns(
            pl.coalesce(pl.lit(weighted), "weighted").alias("weighted"),
            pl.col("mastodon") - saved,
        )
        .hstack(_columns([row[3:] for row in rows], EntityCounts._fields))
    )


def _linking(text: str, weigh: bool, shorten: bool) -> tuple[Any, ...]:
    """Return weighted length (None: no URL changes it), what Mastodon saves, prose, entities."""
    urls = extract_urls(text)
    weighted = weighted_length(text, urls=urls) if urls and weigh else None
    counted = shortenings(text) if shorten else []
    saved = sum([end - start - len(short) for start, end, short in counted])
    return (weighted, saved, without(text, urls), *count_entities(text, urls))


def _typed(counts: pl.DataFrame) -> pl.DataFrame:
    """Return the counts with their types; what was not asked for has none of its own."""
    return counts.cast({name: COUNT_SCHEMA[name] for name in counts.columns})


def _others(frame: pl.DataFrame) -> pl.DataFrame:
    counted = [tally(text) for text in frame[_TEXT].to_list()]
    return frame.select(_ROW).hstack(
        _columns([numbers for numbers, _ in counted], Tally._fields)
        + _columns([entities for _, entities in counted], EntityCounts._fields)
    )


def _columns(rows: Sequence[tuple[Any, ...]], names: tuple[str, ...]) -> list[pl.Series]:
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return [_column(name, values) for name, values in zip(names, columns, strict=True)]


def _column(name: str, values: Sequence[Any]) -> pl.Series:
    if not isinstance(COUNT_SCHEMA[name], pl.List):
        return pl.Series(name, values, dtype=COUNT_SCHEMA[name])
    # Ten times as fast as a series of lists; no entity holds a line feed.
    joined = pl.Series(name, ["\n".join(value) for value in values], dtype=pl.String)
    return joined.replace("", None).str.split("\n").fill_null([])
