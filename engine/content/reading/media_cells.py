"""The media of a post from its columns: paths, JSON, or one item's width, height, alt text."""

from collections.abc import Mapping

import polars as pl

from ..schema import MEDIA_SCHEMA, MEDIA_TYPE
from .cells import Cells, completed, without_placeholders
from .media_items import KIND_NAMES, KIND_OF_EXTENSION, KIND_OF_TYPE, guessed_kind, parse_media
from .number_cells import count_cells, seconds_cells, size_cells
from .text_cells import choice_cells, flag_cells, text_cells

OF_KIND = {
    "media_image": "image",
    "media_gif": "gif",
    "media_video": "video",
    "media_document": "document",
}
OF_ONE = {f"media_{name}": name for name in MEDIA_SCHEMA if name != "path"}


def media_cells(columns: Mapping[str, pl.Series]) -> dict[str, Cells]:
    """Return the cells of each media column; ``media`` holds the lists that they make together.

    Parameters
    ----------
    columns : ``media`` (paths parted by ``;`` or blanks, or JSON), columns of `OF_KIND`
        (paths), columns of `OF_ONE` (what is known of a single item), ``type`` (our names)

    Returns
    -------
    dict[str, Cells]
        ``media``, and an entry for each column that can have faults of its own.
    """
    read: dict[str, Cells] = {}
    length = max((len(column) for column in columns.values()), default=0)
    lists = pl.Series("media", [None] * length, dtype=MEDIA_TYPE)
    if "media" in columns:
        read["media"] = _items(columns["media"])
        lists = read["media"].values
    for name, kind in OF_KIND.items():
        if name in columns:
            read[name] = _items(columns[name], kind)
            lists = _together(lists, read[name].values)
    details = {OF_ONE[name]: _detail(name, columns[name]) for name in OF_ONE if name in columns}
    read.update({f"media_{name}": cells for name, cells in details.items()})
    if details:
        described = _described(lists, {name: cells.values for name, cells in details.items()})
        lists = described.values
        for at, reason in described.faults.items():
            read[f"media_{next(iter(details))}"].faults.setdefault(at, reason)
    faults = read["media"].faults if "media" in read else {}
    read["media"] = Cells(_with_kinds(lists, columns.get("type")), faults)
    return read


def _items(column: pl.Series, kind: str | None = None) -> Cells:
    """Return lists of media from one column."""
    if column.dtype == MEDIA_TYPE:
        return _checked(column)
    if isinstance(column.dtype, pl.List) and not column.dtype.inner.is_nested():
        return Cells(_from_paths(column.cast(pl.List(pl.String)), kind))
    if column.dtype.is_nested():
        column = as_json(column)
    texts = without_placeholders(column.cast(pl.String))
    plain = texts.set(texts.str.contains(r"^[\[{]"), None)
    separators = pl.when(pl.col("text").str.contains(r"[;|\n]")).then(pl.lit(r"[;|\n]"))
    parted = (
        pl.DataFrame({"text": plain})
        .select(
            separators.otherwise(pl.lit("")).alias("by"),
            pl.col("text"),
        )
        .select(
            pl.when(pl.col("by") == "")
            .then(pl.col("text").str.replace_all(r",?\s+", "\n"))
            .otherwise(pl.col("text").str.replace_all(r"\s*[;|\n]\s*", "\n"))
            .str.split("\n")
        )
        .to_series()
    )
    return completed(texts, _from_paths(parted, kind), parse_media)


def as_json(column: pl.Series) -> pl.Series:
    """Return nested values as JSON text, null for null."""
    frame = pl.DataFrame({"value": column})
    encoded = frame.select(pl.struct("value").struct.json_encode()).to_series()
    text = encoded.str.slice(9, None).str.head(-1)
    return text.set(column.is_null(), None).alias(column.name)


def _from_paths(paths: pl.Series, kind: str | None) -> pl.Series:
    path = pl.element().str.strip_chars()
    ending = path.str.extract(r"\.([A-Za-z0-9]{2,5})(?:[?#].*)?$").str.to_lowercase()
    guessed = ending.replace_strict(KIND_OF_EXTENSION, default=None, return_dtype=pl.String)
    values = {name: pl.lit(None, dtype=dtype).alias(name) for name, dtype in MEDIA_SCHEMA.items()}
    values["kind"] = pl.lit(kind) if kind and kind != "image" else guessed.fill_null(pl.lit(kind))
    values["kind"] = values["kind"].cast(pl.String).alias("kind")
    values["path"] = path.alias("path")
    present = paths.list.eval(pl.element().filter(path.str.len_bytes() > 0))
    lists = present.list.eval(pl.struct(*values.values())).cast(MEDIA_TYPE)
    return lists.set(lists.list.len() == 0, None)


def _together(first: pl.Series, second: pl.Series) -> pl.Series:
    return (
        pl.DataFrame({"first": first, "second": second})
        .select(
            pl.when(pl.col("second").is_null())
            .then("first")
            .when(pl.col("first").is_null())
            .then("second")
            .otherwise(pl.concat_list("first", "second"))
        )
        .to_series()
        .alias("media")
    )


def _detail(name: str, column: pl.Series) -> Cells:
    if name == "media_kind":
        return choice_cells(column, KIND_NAMES, "kind of medium")
    if name == "media_seconds":
        return seconds_cells(column)
    if name == "media_bytes":
        return size_cells(column)
    if name == "media_alt":
        return text_cells(column)
    if name == "media_captions":
        return flag_cells(column)
    return count_cells(column, smallest=1)


def _described(lists: pl.Series, details: Mapping[str, pl.Series]) -> Cells:
    """Put what is known of a single item on the only item, making it where none is listed."""
    frame = pl.DataFrame({"media": lists, **details})
    said = pl.any_horizontal(pl.col(name).is_not_null() for name in details)
    count = pl.col("media").list.len().fill_null(0)
    first = pl.col("media").list.first()
    fields = [
        pl.coalesce(pl.col(name), first.struct.field(name)).alias(name)
        if name in details
        else first.struct.field(name).alias(name)
        for name in MEDIA_SCHEMA
    ]
    single = pl.concat_list(pl.struct(*fields)).cast(MEDIA_TYPE)
    values = frame.select(
        pl.when(said & (count <= 1)).then(single).otherwise("media").alias("media")
    ).to_series()
    several = frame.select(said & (count > 1)).to_series().arg_true().to_list()
    faults: dict[int, str] = {}
    shared: dict[int, list[dict[str, object]]] = {}
    for at in several:
        alts = str(frame["alt"][at] or "").split("|") if "alt" in details else []
        only_alt = all(frame[name][at] is None for name in details if name != "alt")
        items = lists[at].to_list()
        if only_alt and len(alts) == len(items):
            shared[at] = [
                {**item, "alt": alt.strip() or None} for item, alt in zip(items, alts, strict=True)
            ]
        else:
            faults[at] = (
                f"one description for {len(items)} media; write media as JSON, "
                "or as many alt texts as media with | between them"
            )
    return Cells(_replaced(values, shared), faults)


def _with_kinds(lists: pl.Series, types: pl.Series | None) -> pl.Series:
    """Fill in kinds that no path tells: from the post's type, else from what is known."""
    unknown = lists.list.eval(pl.element().struct.field("kind").is_null()).list.any()
    told: dict[int, list[dict[str, object]]] = {}
    for at in unknown.fill_null(False).arg_true().to_list():
        of_type = KIND_OF_TYPE.get(types[at]) if types is not None else None
        told[at] = [
            {**item, "kind": item["kind"] or guessed_kind(item) or of_type or _drawn(item)}
            for item in lists[at].to_list()
        ]
    return _replaced(lists, told)


def _drawn(item: Mapping[str, object]) -> str | None:
    """Return image for what has no path and only a size or an alt text."""
    return "image" if item["path"] is None else None


def _replaced(lists: pl.Series, new: Mapping[int, list[dict[str, object]]]) -> pl.Series:
    if not new:
        return lists
    more = pl.DataFrame(
        {
            "at": pl.Series(list(new), dtype=pl.UInt32),
            "new": pl.Series(list(new.values()), dtype=MEDIA_TYPE),
        }
    )
    return (
        pl.DataFrame({"media": lists})
        .with_row_index("at")
        .join(more, on="at", how="left", maintain_order="left")
        .select(pl.coalesce("new", "media").alias("media"))
        .to_series()
    )


def _checked(lists: pl.Series) -> Cells:
    """Return media of the right type, refusing numbers that can't be and unknown kinds."""
    item = pl.element().struct.field
    wrong = (
        (item("width") < 1)
        | (item("height") < 1)
        | (item("bytes") < 1)
        | (item("pages") < 1)
        | (item("seconds") < 0)
        | item("seconds").is_nan()
        | item("seconds").is_infinite()
        | ~item("kind").is_in(list(KIND_NAMES.values()))
    )
    bad = lists.list.eval(wrong.fill_null(False)).list.any().fill_null(False)
    reason = "a medium with a size or duration that can't be, or an unknown kind"
    return Cells(
        lists.set(lists.list.len() == 0, None), dict.fromkeys(bad.arg_true().to_list(), reason)
    )
