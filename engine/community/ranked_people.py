"""From what was read to the list of ambassadors, with all that is told of them."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
import polars as pl

from ..errors import CommunityError
from ..settings import Settings
from ..settings_gates import GATES
from .audience import audience_of
from .baselines import loyal, orbit, pagerank, reach, score
from .brand_handles import with_may_be_staff
from .cleaning import cleaned
from .details import raw_without_top, samples_of, trends_of
from .earlier import ranks_before, set_aside
from .evidence import DETAILED
from .gates.standing import Standing
from .listing import Listing, listing_of
from .people_codes import codes_of
from .people_list import NOTES, PeopleList
from .reading import InteractionFiles
from .scoring import Scored, measured

BY = {"score": score, "reach": reach, "loyal": loyal, "pagerank": pagerank, "orbit": orbit}


@dataclass(frozen=True)
class Overview:
    """What the list rests on: how many acts over how many days, and how they were counted.

    ``as_of`` in microseconds; ``later`` acts came after it and are left out.
    """

    acts: int
    span: float
    timed: bool
    half_life: float
    as_of: int
    with_loyalty: bool
    later: int


@dataclass(frozen=True)
class Ambassadors:
    """The people, and what was found out on the way.

    Attributes
    ----------
    everyone : the people, the best first
    found : the community with its parts
    files : what was read and cleaned
    brand : the brand's handles that are in the data
    later : acts after ``as_of``, left out
    by : what people are ranked by
    """

    everyone: PeopleList
    found: Scored
    files: InteractionFiles
    brand: tuple[str, ...]
    later: int
    by: str = "score"

    @property
    def people(self) -> pl.DataFrame:
        """Everyone, made anew at each call: columns of `people_list.COLUMNS`."""
        return self.everyone.rows()

    @property
    def overview(self) -> Overview:
        """What the list rests on, without the acts themselves."""
        seen, clock = self.found.seen, self.found.seen.clock
        liked = self.found.loyalty is not None
        acts, timed = seen.edges.acts.height, seen.edges.timed
        return Overview(acts, seen.span, timed, clock.half_life, clock.as_of, liked, self.later)


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
    with ThreadPoolExecutor(1) as beside:
        trends = beside.submit(trends_of, found)
        listing = _same_scores(listing_of(found, standing, chosen, allow))
    names = files.edges.people
    own = tuple(names.gather(codes_of(brand, names)))
    ledger = None if rewarded is None or given is rewarded else rewarded
    now = found.seen.clock.as_of if clean.edges.timed else None
    called = [name for name in (settings.brand.name or "", *brand) if name]
    everyone = PeopleList(
        listing,
        trends.result(),
        audience_of(listing, files.edges.acts, files.interactions["followers"]),
        _notes(previous, ledger, settings.rewards.horizon, now, names),
        _best(listing, found, called, files),
    )
    return Ambassadors(everyone, found, files, own, clean.future, by)


def _notes(
    previous: pl.DataFrame | None,
    ledger: pl.DataFrame | None,
    horizon: timedelta,
    now: int | None,
    names: pl.Series,
) -> pl.DataFrame:
    """Return `people_list.NOTES`: the ranks of last time, and until when somebody is set aside."""
    empty = pl.DataFrame(schema=NOTES)
    before = empty.select("code", "before")
    until = empty.select("code", "set_aside_until")
    if previous is not None:
        before = ranks_before(previous, names)
    if ledger is not None and now is not None:
        until = set_aside(ledger, horizon, now, names)
    return before.join(until, on="code", how="full", coalesce=True)


def _best(
    listing: Listing,
    found: Scored,
    called: Sequence[str],
    files: InteractionFiles,
) -> pl.DataFrame:
    """Return `people_list.BEST` of the first `evidence.DETAILED` places."""
    first = listing.order[:DETAILED]
    names = listing.names.gather(pl.Series(first)).alias("person")
    least = raw_without_top(found, first) * (100.0 / listing.best)
    return with_may_be_staff(names.to_frame(), called).select(
        pl.Series("score_without_top", least),
        "may_be_staff",
        samples_of(first, files.edges, files.interactions["text"], found.seen.brand),
    )


def _same_scores(listing: Listing) -> Listing:
    """Return the list with 100 for the best who is ranked or was rewarded lately.

    So a reward takes somebody off the list for a while, and changes no other score.
    """
    codes = listing.order
    counted = np.isin(listing.gates[codes], [list(GATES).index("recently_rewarded"), len(GATES)])
    best = float(listing.parts["raw"][codes[counted]].max(initial=0.0))
    return replace(listing, best=best) if best > 0 else listing
