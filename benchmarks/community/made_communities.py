"""Communities of other kinds than Higgs: friends, a forum, groups, a fan page, a live audience …"""

from collections.abc import Callable, Iterator

import networkx as nx
import numpy as np
import polars as pl

DAYS = 60
START = 1_760_000_000
BRAND = -1

_Acts = tuple[np.ndarray, np.ndarray]


def communities(seed: int = 0) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the name and the interactions of each."""
    rng = np.random.default_rng(seed)
    made: dict[str, Callable[[], _Acts]] = {
        "forum": lambda: _talk(rng, nx.barabasi_albert_graph(20_000, 5, seed=seed), 150_000, 0.5),
        "friends": lambda: _talk(
            rng, nx.watts_strogatz_graph(10_000, 12, 0.1, seed=seed), 100_000, 0.7
        ),
        "groups": lambda: _talk(
            rng, nx.planted_partition_graph(40, 100, 0.12, 0.0008, seed=seed), 80_000, 0.8
        ),
        "fan page": lambda: _fans(rng, nx.barabasi_albert_graph(5_000, 3, seed=seed)),
        "broadcast": lambda: _broadcast(rng),
    }
    for name, acts in made.items():
        from_, to = acts()
        yield name, _frame(from_, to, rng.integers(0, DAYS * 86_400, len(from_)))
    yield "live", _frame(*_live(rng))


def _talk(rng: np.random.Generator, graph: "nx.Graph[int]", acts: int, answered: float) -> _Acts:
    """Return acts along the ties of a graph, of which a part is answered."""
    ties = np.array(graph.edges())
    weight = rng.pareto(1.5, len(ties)) + 1
    some = ties[rng.choice(len(ties), acts, p=weight / weight.sum())]
    turned = rng.random(acts) < 0.5
    from_, to = np.where(turned, some[:, 0], some[:, 1]), np.where(turned, some[:, 1], some[:, 0])
    back = rng.random(acts) < answered
    return np.append(from_, to[back]), np.append(to, from_[back])


def _fans(rng: np.random.Generator, graph: "nx.Graph[int]") -> _Acts:
    """Return three acts on the brand for each that fans make on each other."""
    from_, to = _talk(rng, graph, 20_000, 0.2)
    fans = (len(graph) * rng.random(3 * len(from_)) ** 2).astype(np.int64)
    return np.append(from_, fans), np.append(to, np.full(len(fans), BRAND))


def _broadcast(rng: np.random.Generator) -> _Acts:
    """Return acts of many, most of whom nobody acts on, on few."""
    people, acts = 150_000, 300_000
    from_ = rng.integers(0, people, acts)
    to = (rng.pareto(1.1, acts) * 20).astype(np.int64) % people
    return from_[from_ != to], to[from_ != to]


def _live(rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Return what fans do within half a minute of 800 posts by sixty authors, and their talk."""
    authors, fans, posts = 60, 3_000, 800
    author = (rng.pareto(1.2, posts) * 5).astype(np.int64) % authors
    posted = rng.integers(0, DAYS * 86_400, posts)
    part = np.minimum(rng.pareto(1.3, fans) * 0.02, 0.9)
    fan, post = np.nonzero(rng.random((fans, posts)) < part[:, None])
    at = posted[post] + rng.exponential(30, len(fan)).astype(np.int64)
    talk = rng.choice(fans, (2, len(fan) // 3), p=part / part.sum())
    talk = talk[:, talk[0] != talk[1]]
    then = rng.integers(0, DAYS * 86_400, talk.shape[1])
    from_ = np.append(fan, talk[0]) + authors
    return from_, np.append(author[post], talk[1] + authors), np.append(at, then)


def _frame(from_: np.ndarray, to: np.ndarray, at: np.ndarray) -> pl.DataFrame:
    return pl.DataFrame({"from": from_, "to": to, "at": START + at}).select(
        pl.format("p{}", "from").alias("from"),
        pl.format("p{}", "to").alias("to"),
        pl.lit("like").alias("kind"),
        pl.from_epoch("at", time_unit="s").dt.replace_time_zone("UTC").alias("at"),
    )
