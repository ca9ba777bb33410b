"""What Python code asks for: the ambassadors of some interactions."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Union, cast

import polars as pl

from ..settings import Settings
from .ranked_people import ranked_people
from .reading import InteractionFiles, interactions_from_frame, read_interactions

if TYPE_CHECKING:
    from .graph.graph_acts import Graph

Interactions = Union[pl.DataFrame, str, Path, Sequence[str | Path], "Graph"]


def ambassadors(
    interactions: Interactions,
    *,
    brand: str | Sequence[str] = (),
    as_of: datetime | None = None,
    half_life: float | None = None,
    settings: Settings | None = None,
    rewarded: pl.DataFrame | None = None,
    allow: Sequence[str] = (),
    by: str = "score",
    cards: bool | None = None,
) -> pl.DataFrame:
    """Return everyone of a community, the best first, each with reasons.

    Parameters
    ----------
    interactions
        A Polars frame with ``from``, ``to``, ``kind``, ``at`` and optional ``post``, ``text``,
        ``sentiment``, ``followers``, or files of these; other usual names are recognised. Or any
        networkx graph: see `graph.graph_acts` for the attributes that are read.
    brand
        The brand's handles; none: those of the settings.
    as_of
        From when age is measured; None: the newest interaction.
    half_life
        Days after which an act counts half; None: the settings', 14.
    settings
        The brand's settings; None: none.
    rewarded
        ``person, at``: earlier rewards, for the cool-down. With a column ``role``, as in a ledger,
        ``reward`` is that, and ``held out`` is who is set aside to measure what rewards change.
    allow
        Reason codes of gates that hold nobody back.
    by
        ``score``, or another ranking: ``reach``, ``loyal``, ``pagerank``, ``orbit``.
    cards
        Whether communities reached and confidence are found for the best; None: in up to
        `cards.MOST_ACTS` interactions.

    Raises
    ------
    ReadError
        A source that can't be read at all.
    CommunityError
        Nothing is left to rank.
    GraphError
        An edge of a graph has a weight, count or time that is none.

    Examples
    --------
    >>> import polars as pl
    >>> from sharewise import ambassadors
    >>> on = ["harborroast", "ana", "ana", "ana"]
    >>> acts = pl.DataFrame({"from": ["ana", "bo", "cy", "di"], "to": on})
    >>> people = ambassadors(acts, brand="@harborroast")
    >>> people.select("person", "rank", "gate").rows()[0]
    ('ana', 1, None)
    """
    from .cards import with_cards

    files = _files_of(interactions)
    using = settings or Settings()
    named = (brand,) if isinstance(brand, str) else tuple(brand)
    found = ranked_people(
        files,
        brand=named or using.brand.handles,
        as_of=as_of,
        half_life=half_life,
        settings=using,
        rewarded=rewarded,
        allow=allow,
        by=by,
    )
    told = with_cards(found, wanted=cards)
    del files, found  # Rows need the memory that the acts took.
    return told.people


def _files_of(interactions: Interactions) -> InteractionFiles:
    if isinstance(interactions, pl.DataFrame):
        return interactions_from_frame(interactions, keep="told")
    if isinstance(interactions, str | Path):
        return read_interactions([interactions], keep="told")
    if hasattr(interactions, "is_directed"):
        from .graph.graph_acts import interactions_from_graph

        return interactions_from_graph(interactions)
    return read_interactions(cast(Sequence[str | Path], interactions), keep="told")
