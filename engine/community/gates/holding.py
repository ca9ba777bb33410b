"""All gates over one community: who is held back, by which gate, and what shows it."""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import polars as pl

from ...settings_gates import GATES, Thresholds
from ..arrays import Ints
from ..kinds import kinds
from ..people_codes import codes_of
from .alike_sources import alike_sources
from .bots import likely_bots
from .lockstep import lockstep
from .rings import rings
from .seen import Seen
from .single_sources import single_sources
from .standing import Standing, negative, rewarded_lately
from .threshold import too_little

_SPANS_FOR_TENURE = 10


def held_back(
    seen: Seen, standing: Standing, limits: Thresholds, allow: Collection[str] = ()
) -> tuple[npt.NDArray[np.uint8], pl.DataFrame]:
    """Return the first gate that holds each person, and what shows it.

    ``allow`` names gates that hold nobody back.

    Returns
    -------
    gates : by code, the place of the gate among `GATES`; their number where none holds
    reasons : ``code, reason``, a row a person; none where a gate holds many for what their counts
        show
    """
    few, many = _few(seen, standing, limits), _many(seen, standing, limits)
    names = list(GATES)
    gates = np.full(len(seen.edges.people), len(names), dtype=np.uint8)
    for place, name in reversed(list(enumerate(names))):
        if name not in allow:
            gates[many.get(name, [])] = place
            gates[list(few.get(name, {}))] = place
    told = {
        code: reason for place, name in enumerate(names)
        for code, reason in few.get(name, {}).items() if gates[code] == place
    }  # fmt: skip
    reasons = pl.DataFrame(
        {"code": list(told), "reason": list(told.values())},
        schema={"code": pl.UInt32, "reason": pl.String},
    )
    return gates, reasons


def _few(seen: Seen, standing: Standing, limits: Thresholds) -> dict[str, dict[int, str]]:
    """Return by gate the few it holds, each with what shows it."""
    edges, clock = seen.edges, seen.clock
    acts = edges.acts
    spoken = acts.filter(pl.col("to").is_in(list(seen.brand))) if seen.brand else acts
    displeased = [kind.code for kind in kinds().values() if kind.negative]
    with ThreadPoolExecutor(1) as beside:
        in_step = beside.submit(_in_step, seen, limits)
        found = {
            "employee": dict.fromkeys(edges.codes(standing.employees), "named among the employees"),
            "competitor": dict.fromkeys(
                edges.codes(standing.competitors), "named as a competitor's"
            ),
            "no_consent": dict.fromkeys(edges.codes(standing.opted_out), "asked to be left out"),
            "ring": rings(seen.amplifiers, seen.pairs, limits),
            "single_source": alike_sources(seen.amplifiers, seen.pairs, acts, limits)
            | single_sources(seen.amplifiers, seen.pairs, limits),
            "likely_bot": likely_bots(acts, seen.busy_days, clock, limits),
            "negative": negative(spoken, displeased, limits),
            "lockstep": in_step.result(),
        }
    if standing.rewarded is not None:
        found["recently_rewarded"] = rewarded_lately(
            standing.rewarded, edges.people, clock.as_of, limits
        )
    return found


def _in_step(seen: Seen, limits: Thresholds) -> dict[int, str]:
    """Return who acts in step, and whose reach is mostly accounts that do."""
    if not seen.edges.timed:
        return {}
    found = lockstep(seen.edges.acts, limits)
    if not found:
        return {}
    people, names = len(seen.edges.people), seen.edges.people
    stepping = np.zeros(people, dtype=bool)
    stepping[list(found)] = True
    from_, to = seen.pairs["from"].to_numpy(), seen.pairs["to"].to_numpy()
    behind = np.bincount(to[stepping[from_]], minlength=people)
    count = seen.amplifiers.count
    moved = (behind >= limits.source_accounts) & (behind >= limits.lockstep_share * count)
    reached = {
        int(one): f"{behind[one]} of {count[one]} accounts that act on theirs act in step"
        for one in np.flatnonzero(moved)
    }
    return reached | {one: f"{told} ({names[other]})" for one, (other, told) in found.items()}


def _many(seen: Seen, standing: Standing, limits: Thresholds) -> dict[str, Ints]:
    """Return by gate the many it holds."""
    found: dict[str, Ints] = {}
    acting = seen.days > 0
    if standing.consent is not None:
        agreed = np.zeros(len(acting), dtype=bool)
        agreed[codes_of(standing.consent, seen.edges.people)] = True
        found["no_consent"] = np.flatnonzero(acting & ~agreed)
    low = too_little(seen, limits)
    if seen.span >= limits.tenure_days * _SPANS_FOR_TENURE:
        found["too_new"] = np.flatnonzero(~low & (seen.first_days < limits.tenure_days))
    found["below_threshold"] = np.flatnonzero(low)
    return found
