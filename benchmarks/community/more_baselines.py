"""More ways to rank people than the product offers, for the comparison on real data."""

from collections.abc import Callable

import numpy as np

from sharewise.engine.community.arrays import Floats, summed
from sharewise.engine.community.baselines import METHODS, love
from sharewise.engine.community.scoring import Scored


def ends(found: Scored) -> tuple[Floats, Floats, int]:
    """Return who acted, on whom, and the number of people."""
    pairs = found.seen.pairs
    return pairs["from"].to_numpy(), pairs["to"].to_numpy(), len(found.raw)


def hits(found: Scored) -> Floats:
    """Return HITS authorities (Kleinberg, 1999)."""
    from_, to, people = ends(found)
    hubs: Floats = np.ones(people)
    authorities = hubs
    for _ in range(60):
        authorities = summed(to, hubs[from_], people)
        authorities = authorities / np.linalg.norm(authorities)
        hubs = summed(from_, authorities[to], people)
        hubs = hubs / np.linalg.norm(hubs)
    return authorities


def katz(found: Scored, alpha: float = 0.005) -> Floats:
    """Return Katz centrality (1953), along who acts on whom."""
    from_, to, people = ends(found)
    rank: Floats = np.ones(people)
    for _ in range(40):
        rank = 1 + alpha * summed(to, rank[from_], people)
    return rank


def leaderrank(found: Scored) -> Floats:
    """Return LeaderRank (Lü et al., 2011): a walk with one ground node tied to everyone."""
    from_, to, people = ends(found)
    out = np.bincount(from_, minlength=people) + 1.0
    rank: Floats = np.ones(people)
    ground = 0.0
    for _ in range(100):
        share = rank / out
        rank, ground = summed(to, share[from_], people) + ground / people, share.sum()
    return rank + ground / people


def collective_influence(found: Scored) -> Floats:
    """Return (k - 1) × the sum over those who act on somebody of (k - 1), radius 1 (2015)."""
    from_, to, people = ends(found)
    degree = np.bincount(to, minlength=people)
    around = summed(to, np.maximum(degree[from_] - 1.0, 0), people)
    return np.maximum(degree - 1, 0) * around


def voterank(found: Scored, top: int = 150) -> Floats:
    """Return VoteRank (Zhang et al., 2016): elected one by one, each weakens their voters."""
    from_, to, people = ends(found)
    order = np.argsort(to, kind="stable")
    voters, starts = from_[order], np.searchsorted(to[order], np.arange(people + 1))
    ability = np.ones(people)
    weaker = 1 / max(1.0, len(from_) / people)
    scores = np.zeros(people)
    votes = summed(to, ability[from_], people)
    by_voter = np.argsort(from_, kind="stable")
    targets, places = to[by_voter], np.searchsorted(from_[by_voter], np.arange(people + 1))
    for place in range(top):
        one = int(votes.argmax())
        scores[one] = top - place
        votes[one] = -np.inf
        mine = voters[starts[one] : starts[one + 1]]
        lost = np.minimum(weaker, ability[mine])
        for voter, less in zip(mine[lost > 0], lost[lost > 0], strict=True):
            ability[voter] -= less
            votes[targets[places[voter] : places[voter + 1]]] -= less
    return scores


def neighbours(found: Scored) -> Floats:
    """Return the sum of the degrees of those who act on somebody (Pei et al., 2014)."""
    from_, to, people = ends(found)
    return summed(to, np.bincount(to, minlength=people)[from_].astype(np.float64), people)


def reverse_pagerank(found: Scored) -> Floats:
    """Return PageRank against the direction of acts: it ranks the busy."""
    from_, to, people = ends(found)
    out = np.bincount(to, minlength=people)
    rank = np.full(people, 1 / people)
    for _ in range(60):
        share = rank / np.maximum(out, 1)
        lost = rank[out == 0].sum()
        rank = (0.15 + 0.85 * lost) / people + 0.85 * summed(from_, share[to], people)
    return rank


ALL: dict[str, Callable[[Scored], Floats]] = {
    **METHODS,
    "hits": hits,
    "katz": katz,
    "leaderrank": leaderrank,
    "collective influence": collective_influence,
    "voterank": voterank,
    "love": love,
    "neighbours": neighbours,
    "reverse pagerank": reverse_pagerank,
}
