"""What Python code and the command line ask for: the ambassadors of some interactions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Union, cast

import polars as pl

from ..errors import CommunityError
from ..settings import Settings
from .audience import with_audience
from .baselines import loyal, orbit, pagerank, reach, score
from .brand_handles import with_may_be_staff
from .cleaning import cleaned
from .details import with_details, with_samples
from .earlier import with_change, with_set_aside
from .gates.standing import Standing
from .people_codes import codes_of
from .reading import InteractionFiles, interactions_from_frame, read_interactions
from .schema import AMBASSADOR_SCHEMA
from .scoring import Scored, measured, ranked

if TYPE_CHECKING:
    from .graph.graph_acts import Graph

Interactions = Union[pl.DataFrame, str, Path, Sequence[str | Path], "Graph"]
BY = {"score": score, "reach": reach, "loyal": loyal, "pagerank": pagerank, "orbit": orbit}


@dataclass(frozen=True)
class Ambassadors:
    """The people, and what was found out on the way.

    Attributes
    ----------
    people : columns of `schema.AMBASSADOR_SCHEMA`, then counts, tier, change, trend …
    found : the community with its parts
    files : what was read and cleaned
    brand : the brand's handles that are in the data
    later : acts after ``as_of``, left out
    by : what people are ranked by
    """

    people: pl.DataFrame
    found: Scored
    files: InteractionFiles
    brand: tuple[str, ...]
    later: int
    by: str = "score"


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
    return with_cards(found, wanted=cards).result.people


def _files_of(interactions: Interactions) -> InteractionFiles:
    if isinstance(interactions, pl.DataFrame):
        return interactions_from_frame(interactions)
    if isinstance(interactions, str | Path):
        return read_interactions([interactions])
    if hasattr(interactions, "is_directed"):
        from .graph.graph_acts import interactions_from_graph

        return interactions_from_graph(interactions)
    return read_interactions(cast(Sequence[str | Path], interactions))


def ranked_people(
    files: InteractionFiles,
    *,
    brand: Sequence[str],
    settings: Settings,
    as_of: datetime | None = None,
    half_life: float | None = None,
    rewarded: pl.DataFrame | None = None,
    previous: pl.DataFrame | None = None,
    allow: Sequence[str] = (),
    by: str = "score",
) -> Ambassadors:
    """Return the ambassadors of what was read; parameters as those of `ambassadors`.

    ``previous`` is ``person, rank`` of last time.
    """
    if by not in BY:
        raise CommunityError(f"by {by!r}: allowed: {', '.join(BY)}")
    chosen = settings.community
    if files.aggregated:
        chosen = replace(chosen, gates={**chosen.gates, "bot_hours": 25})
        allow = (*allow, "lockstep")
    end = None if as_of is None else int(as_of.timestamp() * 1_000_000)
    clean = cleaned(files.edges, end)
    found = measured(clean, brand, end, chosen.half_life if half_life is None else half_life)
    found = found if by == "score" else replace(found, raw=BY[by](found))
    given = rewarded
    if rewarded is not None and "role" in rewarded.columns:
        given = rewarded.filter(role="reward")
    standing = Standing(
        settings.employees, settings.competitors, chosen.opted_out, chosen.consent, given
    )
    people = with_details(_same_scores(ranked(found, standing, chosen, allow)), found)
    names = files.edges.people
    own = tuple(names.gather(codes_of(brand, names)))
    texts = files.interactions if files.interactions.height else None
    people = with_change(with_audience(people, texts), previous)
    ledger = None if rewarded is None or given is rewarded else rewarded
    now = found.seen.clock.as_of if clean.edges.timed else None
    called = (settings.brand.name or "", *brand)
    people = with_may_be_staff(people, [name for name in called if name])
    people = with_set_aside(people, ledger, settings.rewards.horizon, now)
    if texts is not None:
        people = with_samples(people, texts, list(own))
    first = [name for name in people.columns if name not in (*AMBASSADOR_SCHEMA, "code", "raw")]
    return Ambassadors(
        people.select(*AMBASSADOR_SCHEMA, *first), found, files, own, clean.future, by
    )


def _same_scores(people: pl.DataFrame) -> pl.DataFrame:
    """Return the people with 100 for the best who is ranked or was rewarded lately.

    So a reward takes somebody off the list for a while, and changes no other score.
    """
    counted = pl.col("gate").is_null() | (pl.col("gate") == "recently_rewarded")
    best = people.filter(counted)["raw"].max()
    if not isinstance(best, float) or best <= 0:
        return people
    return people.with_columns(score=pl.col("raw") * (100.0 / best))
