"""The edge table: every act as numbers, the truth that all of the community is computed from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from .kinds import OTHER, kinds
from .people_codes import HandleNumbers, People, codes_of, people_of

ACT_SCHEMA: dict[str, pl.DataType] = {
    "from": pl.UInt32(),
    "to": pl.UInt32(),
    "kind": pl.UInt8(),
    "at": pl.Int64(),
    "post": pl.UInt64(),
    "text": pl.UInt64(),
    "sentiment": pl.Float32(),
}
"""One row an act. ``from`` and ``to`` are codes of people, ``kind`` that of `kinds.Kind`, ``at``
microseconds since 1970 in UTC. ``post`` and ``text`` are hashes, good for telling same from other
within one run. Null: not known; ``to`` is null where no file says whose the post is."""

_FROM_TO = ("from", "to")


@dataclass(frozen=True)
class Edges:
    """The acts of a community.

    Attributes
    ----------
    acts : columns of `ACT_SCHEMA`
    people : String, the handle of each code
    clean : whether `cleaning.cleaned` has been over it: no self-loops, no doubles
    """

    acts: pl.DataFrame
    people: pl.Series
    clean: bool = False

    def codes(self, handles: Sequence[str]) -> list[int]:
        """Return the codes of handles, however they are spelled; unknown ones have none."""
        return codes_of(handles, self.people)

    def before(self, at: int) -> "Edges":
        """Return the same people with the acts before a time in microseconds."""
        return replace(self, acts=self.acts.filter(pl.col("at") < at))

    @property
    def timed(self) -> bool:
        """Whether any act has a time."""
        return self.acts["at"].null_count() < self.acts.height


def with_authors(acts: pl.DataFrame) -> pl.DataFrame:
    """Return acts with ``to`` filled from the post, where all that name it agree whose it is."""
    lost = pl.col("to").is_null() & pl.col("post").is_not_null()
    if not acts.select(lost.any()).item():
        return acts
    authors = (
        acts.lazy()
        .filter(pl.col("to").is_not_null() & pl.col("post").is_not_null())
        .group_by("post")
        .agg(pl.col("to").min().alias("author"), pl.col("to").max().alias("other"))
        .filter(pl.col("author") == pl.col("other"))
        .select("post", "author")
        .collect()
    )
    filled = acts.join(authors, on="post", how="left", maintain_order="left")
    return filled.with_columns(pl.coalesce("to", "author").alias("to")).drop("author")


class EdgeBuilder:
    """Takes interactions in batches; the people are numbered on arrival, in their order at last."""

    def __init__(self) -> None:
        self.rows = 0
        self._batches: list[pl.DataFrame] = []
        self._handles = HandleNumbers()

    def add(self, interactions: pl.DataFrame) -> None:
        """Take a batch of `schema.INTERACTION_SCHEMA`."""
        self.rows += interactions.height
        batch = interactions.select(
            *(self._handles.numbered(interactions[name]) for name in _FROM_TO),
            _kind_codes(interactions["kind"]),
            pl.col("at").dt.epoch("us"),
            *(_hash(interactions, name) for name in ("post", "text")),
            pl.col("sentiment").cast(pl.Float32),
        )
        self._batches.append(batch)

    def built(self, *, loops: bool = True) -> tuple[Edges, People]:
        """Return the edge table of all batches, and the people with their other spellings.

        Without ``loops``, acts on oneself are left out of each batch, which takes no second table.
        They are not where an act does not say on whom it is: a loop tells whose a post is.
        """
        if not self.rows:
            names = pl.Series("person", [], dtype=pl.String)
            merged = pl.DataFrame(schema={"shown": pl.String, "person": pl.String})
            return Edges(pl.DataFrame(schema=ACT_SCHEMA), names), People(names, merged)
        names, places = self._handles.spelled()
        people, codes = people_of(names)
        code = pl.Series(codes[places])
        loops = loops or any(batch["to"].null_count() for batch in self._batches)
        for at, batch in enumerate(self._batches):
            coded = batch.with_columns(code.gather(batch[name]).alias(name) for name in _FROM_TO)
            self._batches[at] = coded if loops else coded.filter(pl.col("from") != pl.col("to"))
        acts = _joined(self._batches)
        return Edges(with_authors(acts), people.names), people


def edges_of(interactions: pl.DataFrame) -> Edges:
    """Return the edge table of interactions (`schema.INTERACTION_SCHEMA`).

    Where only the post of an act is known, its author is taken from acts that name both.
    """
    builder = EdgeBuilder()
    builder.add(interactions)
    return builder.built()[0]


def _joined(batches: list[pl.DataFrame]) -> pl.DataFrame:
    """Return all batches as one, and forget them one column after the other.

    A column that is null throughout takes no memory.
    """
    height = sum(batch.height for batch in batches)
    acts = pl.select(pl.repeat(None, height, dtype=pl.Boolean).alias("none"))
    for name, kind in ACT_SCHEMA.items():
        parts = [batch[name] for batch in batches]
        batches[:] = [batch.drop(name) for batch in batches]
        empty = all(part.null_count() == len(part) for part in parts)
        whole = pl.lit(None, dtype=kind).alias(name) if empty else pl.concat(parts, rechunk=True)
        acts = acts.with_columns(whole)
    return acts.drop("none")


def _kind_codes(kind: pl.Series) -> pl.Series:
    if isinstance(kind.dtype, pl.Enum):
        return kind.to_physical().cast(pl.UInt8)
    codes = {name: one.code for name, one in kinds().items()}
    return kind.replace_strict(codes, default=codes[OTHER], return_dtype=pl.UInt8)


def _hash(interactions: pl.DataFrame, name: str) -> pl.Expr:
    if interactions[name].null_count() == interactions.height:
        return pl.lit(None, dtype=pl.UInt64).alias(name)
    return pl.when(pl.col(name).is_not_null()).then(pl.col(name).hash(1)).alias(name)
