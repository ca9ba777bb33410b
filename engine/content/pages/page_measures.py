"""Measure pages: a general row a page, and a row a page × platform that draws a card for it."""

from collections.abc import Collection, Mapping, Sequence

import polars as pl

from ..limit_names import LIMIT_NAMES
from ..measures.page_catalogue import PAGE_MEASURES
from ..platform import Platform
from ..platform_names import PLATFORM_IDS
from .card_data import CardForm, load_card_forms

EVERYWHERE = "all"
"""What stands for the platform in a page's general row."""
KEYS = ("index", "post", "platform")


def measure_pages(
    pages: pl.DataFrame,
    platforms: Mapping[str, Platform],
    names: Collection[str] | None = None,
) -> pl.DataFrame:
    """Measure ``pages`` for the platforms that are asked for.

    Parameters
    ----------
    pages
        One row a page, as `page_files.read_pages` returns them.
    platforms
        The platforms to look at, in the order in which their rows come out.
    names
        The measures wanted: ``page.*``, ``card.*`` and ``limit.*``; None: all.

    Returns
    -------
    pl.DataFrame
        ``index`` (UInt32, the row in ``pages``), ``post`` (the file), ``platform``, ``text.body``
        (null: a page has none), then the measures. The general rows come first; their
        ``platform`` is `EVERYWHERE` and their ``card.*`` and ``limit.*`` are null. In the rows
        of platforms ``page.*`` are null. Null otherwise: not known.
    """
    limits = [f"limit.{name}" for name in LIMIT_NAMES]
    if names is None:
        own = {f"limit.{name}" for one in platforms.values() for name in one.limits}
        limits = [name for name in limits if name in own]
    known = [*PAGE_MEASURES, *limits]
    wanted = [name for name in known if names is None or name in names]
    general = _general(pages, [name for name in wanted if name.startswith("page.")])
    cards = [name for name in wanted if not name.startswith("page.")]
    frames = [general]
    for platform in platforms.values():
        form = load_card_forms()[platform.id]
        if form is not None:
            frames.append(_on_platform(pages, platform, form, cards))
    measured = pl.concat(frames, how="diagonal")
    absent = [pl.lit(None, _type(name)).alias(name) for name in wanted if name not in measured]
    return measured.with_columns(absent).select(*KEYS, "text.body", *wanted)


def looked_at(platforms: Sequence[str]) -> tuple[str, ...]:
    """Return the platforms that draw a card at all, in their order."""
    forms = load_card_forms()
    return tuple(name for name in platforms if name in PLATFORM_IDS and forms[name] is not None)


def card_expressions(form: CardForm) -> dict[str, pl.Expr]:
    """Return a card's title, description, picture and kind from the columns of pages."""
    title, description, image = (
        pl.coalesce(pl.lit(None, pl.String), *some)
        for some in (form.title, form.description, form.image)
    )
    same = image == pl.col("image")
    width, height = (pl.when(same).then(pl.col(f"image_{side}")) for side in ("width", "height"))
    large = ~(width < form.small_below).fill_null(False) & pl.lit(not form.always_small)
    if form.large_if:
        large &= (pl.col("card_type") == form.large_if).fill_null(False)
    kind = pl.when(image.is_null()).then(pl.lit("none")).when(large).then(pl.lit("large"))
    return {
        "title": title,
        "description": description,
        "image": image,
        "image_width": width,
        "image_height": height,
        "image_bytes": pl.when(same).then(pl.col("image_bytes")),
        "image_format": pl.when(same).then(pl.col("image_format")),
        "kind": kind.otherwise(pl.lit("small")),
    }


def _general(pages: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    return pages.select(
        *_keys(EVERYWHERE), *(pl.col(name.removeprefix("page.")).alias(name) for name in names)
    )


def _on_platform(
    pages: pl.DataFrame, platform: Platform, form: CardForm, names: Sequence[str]
) -> pl.DataFrame:
    card = card_expressions(form)
    lengths = {f"{part}_length": card[part].str.len_chars().fill_null(0).cast(pl.Int64)
               for part in ("title", "description")}  # fmt: skip
    own = {
        "drawn": card["title"].is_not_null(),
        "types": pl.col("card_types"),
        "type": pl.col("card_type"),
        "type_known": pl.col("card_type_known"),
        "sites": pl.col("card_sites"),
        "creators": pl.col("creators"),
        "shared_to": pl.col("share_services").list.contains(platform.id),
    }
    measures = {f"card.{name}": one for name, one in (card | lengths | own).items()}
    for name, limit in platform.limits.items():
        measures[f"limit.{name}"] = pl.lit(float(limit.value))
    return pages.select(
        *_keys(platform.id), *(measures[name].alias(name) for name in names if name in measures)
    )


def _keys(platform: str) -> tuple[pl.Expr, ...]:
    return (
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("index"),
        pl.col("file").alias("post"),
        pl.lit(platform).alias("platform"),
        pl.lit(None, pl.String).alias("text.body"),
    )


def _type(name: str) -> pl.DataType:
    return PAGE_MEASURES[name].dtype if name in PAGE_MEASURES else pl.Float64()
