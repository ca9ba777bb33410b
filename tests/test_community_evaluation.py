"""Evaluation: measures by hand, baselines against networkx, windows that see no future."""

from math import log2

import networkx as nx
import numpy as np
import polars as pl
import pytest

from sharewise.engine.community.baselines import METHODS, core, pagerank
from sharewise.engine.community.cleaning import cleaned, last_plausible
from sharewise.engine.community.edges import ACT_SCHEMA, Edges
from sharewise.engine.community.evaluation import evaluate, ndcg
from sharewise.engine.community.scoring import Scored, measured
from sharewise.engine.errors import CommunityError

DAY = 86_400_000_000


def community(seed: int = 0, acts: int = 3_000, people: int = 120, days: int = 40) -> Edges:
    rng = np.random.default_rng(seed)
    weight = rng.pareto(1.5, people) + 0.1
    weight /= weight.sum()
    frame = pl.DataFrame(
        {
            "from": rng.choice(people, acts, p=weight).astype(np.uint32),
            "to": rng.choice(people, acts, p=weight[::-1] * 0.5 + weight * 0.5).astype(np.uint32),
            "kind": np.full(acts, 3, dtype=np.uint8),
            "at": 1_700_000_000_000_000 + rng.integers(0, days * DAY, acts),
        }
    )
    nothing = [pl.lit(None, dtype=t).alias(n) for n, t in ACT_SCHEMA.items() if n not in frame]
    table = frame.with_columns(nothing).select(list(ACT_SCHEMA))
    edges = Edges(table, pl.Series("person", [f"p{n}" for n in range(people)]))
    return cleaned(edges).edges


@pytest.fixture(scope="module")
def found() -> Scored:
    return measured(cleaned(community()), (), None, 14)


def graph(found: Scored) -> "nx.DiGraph[int]":
    made: nx.DiGraph[int] = nx.DiGraph()
    made.add_nodes_from(range(len(found.raw)))
    made.add_edges_from(found.seen.pairs.select("from", "to").iter_rows())
    return made


def test_pagerank_is_that_of_networkx(found: Scored) -> None:
    expected = nx.pagerank(graph(found), tol=1e-12, max_iter=1_000)
    assert pagerank(found) == pytest.approx([expected[n] for n in range(len(found.raw))], abs=1e-9)


def test_core_numbers_are_those_of_networkx(found: Scored) -> None:
    expected = nx.core_number(graph(found).to_undirected())
    assert core(found).tolist() == [expected[n] for n in range(len(found.raw))]


def test_ndcg_by_hand() -> None:
    values, scores = np.array([3.0, 1.0, 0.0]), np.array([1.0, 2.0, 3.0])
    ties = np.zeros(3)
    gained = 0 / log2(2) + 1 / log2(3) + 2 / log2(4)
    best = 2 / log2(2) + 1 / log2(3)
    assert ndcg(values, scores, 3, ties) == pytest.approx((gained / best, 1.0))
    assert ndcg(values, scores, 1, ties) == (0.0, 0.0)
    assert ndcg(np.zeros(3), scores, 3, ties) == (0.0, 0.0)


def test_the_future_does_not_change_the_ranking() -> None:
    edges = community()
    middle = int(edges.acts["at"].median() or 0)  # type: ignore[arg-type]
    past = measured(cleaned(edges.before(middle)), (), middle, 14)
    other = edges.acts.filter(pl.col("at") < middle)
    later = edges.acts.filter(pl.col("at") >= middle).with_columns(pl.col("to").reverse())
    changed = Edges(pl.concat([other, later]), edges.people)
    again = measured(cleaned(changed.before(middle)), (), middle, 14)
    assert np.array_equal(past.raw, again.raw)


def test_evaluation_counts_every_method_in_every_window() -> None:
    result = evaluate(community(), half_life=7, top=20)
    assert result.windows.height == 9 * len(METHODS)
    assert set(result.methods["method"]) == set(METHODS)
    assert result.windows["ndcg"].is_between(0, 1).all()
    assert result.methods.filter(pl.col("method") == "sharewise")["wins"].item() is None
    chance = result.methods.filter(pl.col("method") == "random")["ndcg"].item()
    best = result.methods.filter(pl.col("method") == "sharewise")["ndcg"].item()
    assert best > chance


def test_same_seed_same_answer() -> None:
    one, two = (evaluate(community(), half_life=7, top=20, seed=3) for _ in range(2))
    assert one.windows.equals(two.windows)


def test_too_long_a_horizon_is_refused() -> None:
    with pytest.raises(CommunityError, match="at most"):
        evaluate(community(), half_life=7, horizon=30)


def test_dates_of_the_future() -> None:
    now = 1_000 * DAY
    assert last_plausible(pl.Series([990, 999]) * DAY, now) is None
    assert last_plausible(pl.Series([990, 1_010]) * DAY, now) is None
    assert last_plausible(pl.Series([990, 1_010, 1_300]) * DAY, now) == 1_010 * DAY
    assert last_plausible(pl.Series([1_100, 1_300]) * DAY, now) is None
