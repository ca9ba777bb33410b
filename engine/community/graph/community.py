"""A community: its people and who acted on whom, with a door to networkx and to igraph."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from ..edges import Edges, edges_of
from ..people_codes import HandleNumbers
from .links import checked_weights, links_of

if TYPE_CHECKING:
    import igraph
    import networkx as nx

NO_TEXTS = pl.DataFrame(schema={"person": pl.String, "text": pl.String})


@dataclass(frozen=True)
class Community:
    """Who acts on whom. The direction is: an edge u → v says that u acted on v.

    So PageRank, along the edges, ranks whom people act on; reversed, it would rank the busy.

    Attributes
    ----------
    people : the names, sorted; a person's place is their code, and their vertex in igraph
    links : as `LINK_SCHEMA`, sorted by ``from`` and ``to``; no self-loops
    texts : ``person`` and ``text``, a row for each text somebody wrote; they name the groups
    notes : what was left out of the input, in words
    """

    people: pl.Series
    links: pl.DataFrame
    texts: pl.DataFrame
    notes: tuple[str, ...] = ()

    @classmethod
    def from_interactions(
        cls,
        interactions: pl.DataFrame,
        *,
        as_of: datetime | None = None,
        half_life: timedelta | None = None,
        left_out: Sequence[str] = (),
    ) -> "Community":
        """Return the community of an interactions frame; parameters as those of `from_acts`."""
        return cls.from_acts(
            edges_of(interactions),
            texts=interactions["text"],
            as_of=as_of,
            half_life=half_life,
            left_out=left_out,
        )

    @classmethod
    def from_acts(
        cls,
        edges: Edges,
        *,
        texts: pl.Series | None = None,
        as_of: datetime | None = None,
        half_life: timedelta | None = None,
        left_out: Sequence[str] = (),
    ) -> "Community":
        """Return the community of an edge table.

        Parameters
        ----------
        texts : what was written in each act, String
        as_of, half_life : see `links_of` for the weights
        left_out : handles that are left out with their links, such as the brand's own, on which
            everyone acts and which would make one group of all
        """
        loops = edges.acts.filter(pl.col("from") == pl.col("to")).height
        apart = edges.acts["to"].null_count()
        notes = []
        if loops:
            notes.append(f"{loops:,} acts on oneself make no edge")
        if apart:
            notes.append(f"{apart:,} acts name nobody they are meant for: no edge")
        gone = edges.codes(left_out)
        links = links_of(edges, as_of=as_of, half_life=half_life)
        links = links.filter(~pl.col("from").is_in(gone), ~pl.col("to").is_in(gone))
        written = NO_TEXTS
        if texts is not None and len(texts) == edges.acts.height:
            authors = edges.people.gather(edges.acts["from"]).rename("person")
            written = pl.DataFrame([authors, texts.rename("text")]).drop_nulls()
        people, links = _by_name(edges.people, links, gone)
        return cls(people, links, written, tuple(notes))

    @classmethod
    def from_edges(
        cls, edges: pl.DataFrame, *, people: pl.Series | None = None, notes: tuple[str, ...] = ()
    ) -> "Community":
        """Return the community of edges between names, which are taken as they stand.

        Parameters
        ----------
        edges : the columns of `edges`, each pair once and not with itself
        people : more people than the edges name

        Raises
        ------
        GraphError
            A weight is missing, NaN, infinite or negative.
        """
        sides = [edges[side].rename("person") for side in ("from", "to")]
        handles = HandleNumbers()
        numbers = [handles.numbered(side) for side in sides]
        if people is not None:
            handles.numbered(people.rename("person").drop_nulls())
        names, places = handles.spelled()
        order = names.arg_sort()
        everyone = names.gather(order)
        codes = np.empty(len(order), dtype=np.uint32)
        codes[order.to_numpy()] = np.arange(len(order), dtype=np.uint32)
        code = pl.Series(codes[places])
        coded = [
            code.gather(number).rename(side)
            for side, number in zip(("from", "to"), numbers, strict=True)
        ]
        links = edges.with_columns(coded)
        return cls(everyone, checked_weights(links, everyone), NO_TEXTS, notes)

    @classmethod
    def from_networkx(cls, graph: "nx.Graph[Any]") -> "Community":
        """Return the community that any networkx graph holds; see `from_graph`."""
        from .networkx_graph import from_graph

        return from_graph(graph)

    def to_networkx(
        self, *, top: int | None = None, ego: str | None = None, whole: bool = False
    ) -> "nx.DiGraph[str]":
        """Return a part of the community, or all of it, as a ``networkx.DiGraph``.

        Say which part: `to_graph` has the parameters and the attributes.
        """
        from .networkx_graph import to_graph

        return to_graph(self, top=top, ego=ego, whole=whole)

    def pagerank(self) -> pl.DataFrame:
        """Return ``person`` and ``pagerank`` of everyone; see `centrality.pagerank`."""
        from .centrality import pagerank

        return pagerank(self)

    def core_numbers(self) -> pl.DataFrame:
        """Return ``person`` and ``core`` of everyone; see `centrality.core_numbers`."""
        from .centrality import core_numbers

        return core_numbers(self)

    @property
    def edges(self) -> pl.DataFrame:
        """The links with names in place of codes, as String."""
        return self.links.with_columns(
            self.people.gather(self.links[side]).rename(side) for side in ("from", "to")
        )

    @cached_property
    def igraph(self) -> "igraph.Graph":
        """The whole as a directed igraph graph; edges in the order of ``links``."""
        from .igraph_graph import directed

        return directed(self)


def _by_name(
    people: pl.Series, links: pl.DataFrame, gone: Sequence[int]
) -> tuple[pl.Series, pl.DataFrame]:
    """Number people by their names, so that the same community gives the same groups always.

    Those ``gone``, who have no link, get no number.
    """
    order = people.rename("person").to_frame().with_row_index("code")
    order = order.sort(pl.col("code").is_in(gone), "person")
    places = order.with_row_index("place").sort("code")["place"].cast(pl.UInt32)
    sides = [places.gather(links[side]).rename(side) for side in ("from", "to")]
    kept = order["person"].head(order.height - len(gone))
    return kept, links.with_columns(sides).sort("from", "to")
